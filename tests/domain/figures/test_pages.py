"""The pages: whole for every reader, cheap, and the same as a workbook and in the shell."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from matrikel.cli import figures as command
from matrikel.cli import installation
from matrikel.cli.main import Parser
from matrikel.domain.figures import door as figures
from matrikel.domain.figures import sources
from tests.cast import acting_as
from tests.extract.world import GOAL, World

PAGES = (
    "/resultat/",
    f"/resultat/{GOAL}/",
    f"/resultat/{GOAL}/?omrade=lan&ar=2024&dela=sex",
    f"/resultat/{GOAL}/?omrade=kommun&ar=alla",
    "/resultat/effect_goal/?dela=category",
    "/resultat/sfi_wait/",
    "/resultat/enrolled/?omrade=kommun&dela=place",
    "/resultat/in_sfi_31_december/",
)


def test_every_page_opens_for_every_reader_with_few_queries(published: World, browse: Any) -> None:
    cast = published.cast
    for reader in (cast.bertil, cast.cecilia, cast.elsa, cast.rakel, cast.erik, published.lena):
        client = browse(reader)
        client.get("/konto/losenord/")
        for url in PAGES:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.get(url)
            assert answer.status_code == 200, (reader.name, url)
            assert len(queries) <= 12, (reader.name, url, len(queries))


def test_no_figure_is_lost_however_few_are_kept_in_memory(published: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The own figures, which are read first, make no room for the county's."""
    monkeypatch.setattr(sources, "KEPT", 1)
    sources._cubes.clear()
    with acting_as(published.cast.bertil) as by:
        line = next(line for line in figures.overview(by) if line.definition.id == GOAL)
    assert [(area, seen is None) for area, seen in line.areas] == [
        (figures.UNIT, False), (figures.BOARD, False), (figures.COUNTY, False)
    ]  # fmt: skip


def test_what_counts_nobody_is_named_once_under_what_counts_somebody(published: World, browse: Any) -> None:
    page = browse(published.cast.elsa).get("/resultat/").content.decode()
    group = page[page.index('id="g-sfi"') : page.index('id="g-yearly"')]
    assert "<table" not in group
    assert '<a href="/resultat/sfi_wait/">' in group[group.index("Inget att räkna:") : group.index("</p>")]
    assert page.count(f'href="/resultat/{GOAL}/"') == 1
    assert page.index(f'href="/resultat/{GOAL}/"') < page.index("Inget att räkna:")


def test_an_unknown_measure_is_not_there(published: World, browse: Any) -> None:
    for tail in ("", "kalkylblad/", "personer/"):
        assert browse(published.cast.bertil).get(f"/resultat/inget_sadant/{tail}").status_code == 404


def test_the_sentence_and_the_definition_stand_on_the_page(published: World, browse: Any) -> None:
    page = browse(published.cast.elsa).get(f"/resultat/{GOAL}/?omrade=kommun&ar=2024").content.decode()
    assert "fattas 4 personer till målet" in page
    assert "15 av 26 är framme." in page
    assert "Så räknas det" in page
    assert "31 oktober 2026" in page
    assert "Integrationsenheten" in page


def test_the_workbook_carries_its_definition_and_no_formula(published: World, browse: Any) -> None:
    answer = browse(published.cast.elsa).get(f"/resultat/{GOAL}/kalkylblad/?omrade=kommun&ar=2024")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names == ["Resultat", "Så räknas det"]
    cells = [cell for row in book.get_sheet_by_name("Resultat").to_python() for cell in row]
    assert 26 in cells
    assert "··" in cells
    assert 23 not in cells
    terms = dict(row[:2] for row in book.get_sheet_by_name("Så räknas det").to_python())
    assert "20–64" in terms["Vilka"]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`matrikel figures …` inside the test's database."""
    monkeypatch.setattr(installation, "start_installed", lambda: None)

    def run(*argv: str) -> int:
        parser = Parser(prog="matrikel")
        command.add_to(parser.add_subparsers(required=True, parser_class=Parser))
        arguments = parser.parse_args(["figures", *argv])
        return int(arguments.run(arguments))

    return run


def test_the_shell_gives_the_same_and_hides_the_same(published: World, shell: Any, capsys: Any) -> None:
    asked = ("show", GOAL, "--area", "kommun", "--year", "2024", "--by", "sex", "--json")
    assert shell(*asked, "--as", "elsa@example.test") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"]["n"], told["total"]["k"], told["total"]["hidden"]) == (26, 15, None)
    assert {place["name"]: (place["n"], place["hidden"]) for place in told["places"]} == {
        "Försörjningsenheten": (None, "small"),
        "Integrationsenheten": (None, "withheld"),
    }
    assert told["freeze"] == "2026-10-31"
    assert {"logic_hash", "text_hash", "version", "excluded", "years"} <= set(told)
    assert shell("show", "--as", "bertil@example.test") == 0
    assert "I arbete" in capsys.readouterr().out
    assert shell("explain", GOAL, "--as", "bertil@example.test") == 0
    assert "Utgår från:" in capsys.readouterr().out


def test_a_run_from_the_shell(published: World, shell: Any, capsys: Any) -> None:
    assert shell("run", GOAL, "--freeze", "2026-10-31", "--json", "--as", "cecilia@example.test") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["figures"], told["freeze"]) == ("done", 1, "2026-10-31")
