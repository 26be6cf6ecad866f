"""From what case workers wrote to published figures, against numbers worked out by hand."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.models import Figure, Published
from matrikel.extract import door as extract
from matrikel.extract import run as running
from matrikel.kernel.errors import NotAllowed, RuleBroken
from tests.cast import acting_as
from tests.extract.world import FREEZE, GOAL, INDICATORS, World


def test_the_figures_are_those_worked_out_by_hand(published: World) -> None:
    with acting_as(published.cast.bertil) as by:
        view = figures.show(by, GOAL, area=figures.UNIT, year="2024", split="sex")
        effect = figures.show(by, "effect_goal", area=figures.UNIT, year="2024", split="sex")
        enrolled = figures.show(by, "enrolled", area=figures.UNIT, year="2024")
        stock = figures.show(by, "enrolled_31_december", area=figures.UNIT, year="2024")
    assert (view.total.cell.n, view.total.cell.k) == (23, 13)
    assert [(row.key, row.seen.cell.n, row.seen.cell.k) for row in view.rows] == [("female", 12, 7), ("male", 11, 6)]
    left = view.total.cell.left_before
    assert left is not None
    assert (left.inside, left.outside, left.died) == (1, 0, 1)
    later = dict(view.series)["2026"]
    assert (later.cell.n, later.cell.not_mature) == (0, 5)
    assert (effect.total.cell.n, effect.total.cell.k) == (23, 7), "internship alone is not enough"
    assert enrolled.total.cell.n == 25, "also the child and the one without a birth date"
    assert stock.total.cell.n == 23, "one has died and one has moved"


def test_the_county_is_the_sum_of_its_boards(published: World) -> None:
    with acting_as(published.cast.elsa) as by:
        county = figures.show(by, GOAL, area=figures.COUNTY, year="2024")
        own = figures.show(by, GOAL, area=figures.BOARD, year="2024")
    krokom = next(row for row in county.places if row.label == "Krokom")
    assert (own.total.cell.n, own.total.cell.k) == (26, 15)
    assert (krokom.seen.cell.n, krokom.seen.cell.k) == (24, 13)
    assert (county.total.cell.n, county.total.cell.k) == (50, 28)
    assert county.freeze == FREEZE
    assert county.silent == ()


def test_the_extract_holds_nobody_by_id_and_only_the_latest_is_kept(published: World, settings: Any) -> None:
    with acting_as(published.cast.cecilia) as by:
        first = figures.latest_run(by)
        second = extract.run_figures(by=by, freeze=FREEZE, indicators=[GOAL])
    folder = extract.extracts()
    assert first is not None
    assert not (folder / str(first.pk)).exists()
    persons = pq.read_table(folder / str(second.pk) / "persons.parquet").to_pydict()
    assert set(persons) == {"person_id", "birth_date", "sex", "unit", "municipality", "category"}
    assert len(set(persons["person_id"])) == second.persons
    assert not {person.int for person in published.named.values()} & set(persons["person_id"])


def test_a_run_is_logged_and_only_some_may_ask_for_it(world: World) -> None:
    with acting_as(world.cast.bertil) as by, pytest.raises(NotAllowed):
        extract.run_figures(by=by, freeze=FREEZE)
    with acting_as(world.cast.elsa) as by:
        with pytest.raises(RuleBroken, match="Frysdagen"):
            extract.run_figures(by=by, freeze=FREEZE.replace(year=2027))
        figures.ask_for_run(freeze=FREEZE, by=by)
        with pytest.raises(RuleBroken, match="pågår redan"):
            figures.ask_for_run(freeze=FREEZE, by=by)


def test_a_fault_in_a_definition_ends_the_run_in_words_and_publishes_nothing(
    published: World, settings: Any, tmp_path: Path, browse: Any
) -> None:
    shutil.copytree(settings.DEFINITIONS, tmp_path / "definitions")
    settings.DEFINITIONS = tmp_path / "definitions"
    broken = tmp_path / "definitions" / "indicators" / "sfi" / "sfi_wait.toml"
    broken.write_text(broken.read_text().replace('unit = "weeks"', 'unit = "wekks"'))
    before = set(Published.objects.values_list("pk", flat=True))
    with acting_as(published.cast.cecilia) as by:
        run = extract.run_figures(by=by, freeze=FREEZE)
        assert run.status == "failed"
        assert "sfi_wait.toml:" in run.error
        assert Figure.objects.filter(is_current=True).count() == len(INDICATORS)
        assert not (extract.extracts() / str(run.pk)).exists()
        assert [each.mark for each in figures.waiting(by)] == ["stop", "done"]
    assert set(Published.objects.values_list("pk", flat=True)) == before
    page = browse(published.cast.cecilia).get("/resultat/korning/").content.decode()
    assert "sfi_wait.toml:" in page
    assert "kör igen" in page


def test_an_unforeseen_fault_leaves_nothing_half_published(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(running, "run", stop)
    with acting_as(world.cast.cecilia) as by:
        with pytest.raises(OSError, match="disk full"):
            extract.run_figures(by=by, freeze=FREEZE, indicators=[GOAL])
        run = figures.latest_run(by)
        assert run is not None
        assert (run.status, Figure.objects.count()) == ("failed", 0)
        assert "disk" not in run.error
    assert not Published.objects.exists()


def test_what_the_register_has_no_data_for_is_passed_by_in_words(published: World) -> None:
    with acting_as(published.cast.cecilia) as by:
        both = extract.run_figures(by=by, freeze=FREEZE, indicators=["assistance_long_term", GOAL])
        alone = extract.run_figures(by=by, freeze=FREEZE, indicators=["assistance_of_population"])
        listed = {line.definition.id for line in figures.overview(by)}
        assert not Figure.objects.filter(indicator__startswith="assistance").exists()
    assert (both.status, both.figures) == ("done", 1)
    assert both.error == "Räknas inte än, registret har inga uppgifter för: Långvarigt ekonomiskt bistånd."
    assert (alone.status, alone.figures) == ("failed", None)
    assert "Invånare med ekonomiskt bistånd" in alone.error
    assert not any(name.startswith("assistance") for name in listed), "no page can show them"
