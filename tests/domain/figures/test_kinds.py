"""Every kind of measure has its page: figure, sentence, picture, table with interval, files. What is few is hidden."""

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from matrikel.domain.exchange import door as exchange
from matrikel.domain.exchange import keys, queries
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.models import Figure
from matrikel.domain.figures.reader import Reader
from matrikel.domain.figures.sources import read
from matrikel.kernel.acting import Acting
from matrikel_stats import load, run
from tests.cast import acting_as
from tests.extract.world import World
from tests.stats.worlds import CODES, indicator, world

Browse = Callable[[Acting], Client]
FREEZE = date(2025, 12, 31)
OWN = {
    "came_to_class": 'kind = "attendance"\nbreakdowns = [["sex"]]\n[attendance]\nevery = "year"\n',
    "wellbeing": 'kind = "score"\ndecimals = 1\n[score]\ninstrument = "WHO-5"\nitems = ["q1"]\nleast = 0\nmost = 5\n'
    "index = true\n",
    "both_long": 'kind = "composite"\nbreakdowns = [["sex"]]\n[composite]\n'
    'parts = [{ indicator = "assistance_long_term" }, { indicator = "assistance_very_long_term" }]\n',
}
SHIPPED = (
    "assistance_long_term", "assistance_very_long_term", "assistance_of_population", "assistance_amount",
    "assistance_recipients_rolling",
)  # fmt: skip


def drawing() -> str:
    """Twenty women and fourteen men with assistance 2023-2025; of them three and six for three months of 2025 alone."""
    who = [(f"w{n}", "f", 36 if n < 17 else 3) for n in range(20)]
    who += [(f"m{n}", "m", 36 if n < 8 else 3) for n in range(14)]
    persons = [f"{name} | 1980-05-05 | {sex}" for name, sex, _months in who]
    months, classes, answers = [], [], []
    for name, _sex, length in who:
        for at in range(36 - length, 36):
            months.append(f"{name} | {2023 + at // 12}-{at % 12 + 1:02d} | - | {6000 if length == 36 else 9000} | 2380")
        classes.append(f"{name} | 2025-03-03 | 4 | {3 if length == 36 else 1}")
        answers.append(f"{name} | WHO-5 | q1 | 2025-04-01 | {4 if length == 36 else 1}")
    heads = {
        "persons": ("person_id | birth_date | sex", persons),
        "assistance_months": ("person_id | month | household_id | amount | municipality", months),
        "attendance": ("person_id | date | planned | attended", classes),
        "responses": ("person_id | instrument | item | date | value", answers),
        "populations": (
            "date | population | sex | age | municipality",
            [
                f"{year}-12-31 | {n} | {sex} | 40 | 2380"
                for year in (2023, 2024, 2025)
                for n, sex in ((900, "f"), (700, "m"))
            ],
        ),
    }  # fmt: skip
    return "\n".join(line for name, (head, rows) in heads.items() for line in (name, head, *rows))


@pytest.fixture
def counted(published: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """The board's figures of every kind, counted by the engine from tables no room keeps yet."""
    folder = tmp_path / "definitions"
    shutil.copytree(settings.DEFINITIONS, folder)
    monkeypatch.setattr(settings, "DEFINITIONS", folder)
    for name in ("came_to_class", "wellbeing"):
        indicator(folder / "indicators" / "assistance", OWN[name], name)
    text = (folder / "indicators" / "assistance" / "came_to_class.toml").read_text(encoding="utf-8")
    head = text[: text.index("kind =")].replace("came_to_class", "both_long")
    (folder / "indicators" / "assistance" / "both_long.toml").write_text(head + OWN["both_long"], encoding="utf-8")
    wanted = {*OWN, *SHIPPED}
    with world(tmp_path / "data", drawing(), FREEZE.isoformat()) as data:
        results = [run(each, data) for each in load(folder / "indicators", CODES) if each.id in wanted]
    assert {result.indicator for result in results} == wanted
    with acting_as(published.cast.cecilia) as by:
        asked = figures.begin(run=figures.ask_for_run(freeze=FREEZE, by=by), by=by)
        figures.publish(run=asked, results=results, persons=34, digest="0" * 16, by=by)
    return published


SAID = {
    "assistance_long_term": ("25 av 34", "74\u00a0%"),
    "assistance_of_population": ("34 av 1\u00a0600 invånare", "2,1 per 100"),
    "assistance_amount": ("34 hushåll fick i snitt", "kr"),
    "assistance_recipients_rolling": ("12 senaste månaderna", "27,2"),
    "came_to_class": ("34 personer var med", "%"),
    "wellbeing": ("34 personer svarade", "64,1"),
    "both_long": ("Vägt medel av 2 mått", "%"),
}


@pytest.mark.parametrize("name", SAID)
def test_each_kind_says_its_figure_with_picture_table_and_interval(counted: World, browse: Browse, name: str) -> None:
    client = browse(counted.cast.cecilia)
    answer = client.get(f"/resultat/{name}/?omrade=kommun")
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in SAID[name]:
        assert words in page, words
    assert "Måttet har inte körts" not in page
    assert 'class="tbl' in page
    assert "<svg" in page
    if name != "assistance_recipients_rolling":
        assert 'class="ci"' in page, "never a value without its limits"
        assert "Osäkerhet" in page
    english = client.get(f"/resultat/{name}/?omrade=kommun", headers={"accept-language": "en"})
    assert english.status_code == 200


@pytest.mark.parametrize("name", SAID)
def test_each_kind_has_its_files_and_history(counted: World, browse: Browse, name: str) -> None:
    client = browse(counted.cast.cecilia)
    assert client.get(f"/resultat/{name}/kalkylblad/?omrade=kommun")["Content-Type"].endswith("sheet")
    told = client.get(f"/resultat/{name}/struktur/?omrade=kommun").json()
    assert told["total"]["value"] is not None
    lines = list(csv.DictReader(io.StringIO(client.get(f"/resultat/{name}/tabell/?omrade=kommun").content.decode())))
    assert lines[0]["value"]
    assert client.get(f"/resultat/{name}/historik/").status_code == 200
    assert client.get(f"/resultat/{name}/personer/").status_code == 404


def test_they_stand_in_the_overview_when_somebody_has_counted_them(counted: World, browse: Browse) -> None:
    page = browse(counted.cast.cecilia).get("/resultat/").content.decode()
    assert "Ekonomiskt bistånd" in page
    with acting_as(counted.kerstin) as by:
        assert not [line for line in figures.overview(by) if line.definition.id == "assistance_very_long_term"
                    and not any(seen for _area, seen in line.areas)]  # fmt: skip


def test_few_without_long_assistance_are_hidden_from_those_without_persons(counted: World) -> None:
    """Three women of twenty: hidden, and the men with them. The composite tells no more than its parts."""
    for reader, area in ((counted.cast.elsa, figures.BOARD), (counted.lena, figures.COUNTY)):
        with acting_as(reader) as by:
            for name in ("assistance_long_term", "both_long"):
                view = figures.show(by, name, area=area, year="2025", split="sex")
                assert [row.seen.why for row in view.rows] == ["small", "withheld"], name
                assert all(row.seen.cell.value is None for row in view.rows)
                assert not view.total.hidden


def test_a_package_carries_every_kind_as_the_pages_tell_it(counted: World) -> None:
    with acting_as(counted.cast.cecilia) as by:
        others = Figure.objects.filter(is_current=True).exclude(indicator__in={*SAID, *SHIPPED})
        others.update(is_current=False)
        given = {each.shown.indicator: each.shown for each in figures.results_to_share(by)}
        assert set(given) == {*SAID, *SHIPPED}
        exchange.make_key(by=by)
        taken = exchange.give(by=by)[1]
        key = keys.own_key(by)
        shutil.rmtree(Path(settings.HOME) / "keys", ignore_errors=True)
    assert key is not None
    with zipfile.ZipFile(io.BytesIO(taken)) as archive:
        names = {Path(name).stem for name in archive.namelist() if name.startswith("tables/")}
    assert names == set(given) - {"both_long"}, "a mean of others is made of them"
    with acting_as(counted.kerstin) as by:
        exchange.trust(name=key.signer, public_key=key.public, by=by)
        received = exchange.receive(content=taken, by=by)
        rows = {row.definition.id: row for row in queries.beside(received, by=by)}
    with acting_as(counted.cast.elsa) as by:
        for name, row in rows.items():
            page = figures.show(by, name, area=figures.BOARD, year=row.year)
            assert row.theirs.value == pytest.approx(page.total.cell.value), name
            if page.total.cell.low is not None:
                assert row.theirs.low == pytest.approx(page.total.cell.low, rel=1e-3), name
    assert set(rows) == set(given)


def test_a_rolling_mean_with_a_month_of_few_is_hidden(counted: World) -> None:
    with acting_as(counted.cast.elsa) as by:
        definition = figures.definition("assistance_recipients_rolling")
        reader = Reader(read(by, [definition])[definition.id])
        months = reader.held.own.years if reader.held.own else []
        assert months[0] == "2023-12", "the first month with twelve behind it"
        assert not reader.seen(figures.BOARD, "2025-12").hidden
        few = {("", "", ""): (120, 0, 0)}
        cube = reader.held.own
        assert cube is not None
        reader.threshold = 30
        assert reader._few({"": cube}, "2025-12", few, set()) == {("", "", ""): "small"}
