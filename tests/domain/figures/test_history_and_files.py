"""What a measure was counted by before, what the latest run changed, and a result as files."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.flat import COLUMNS, _safe
from matrikel.domain.figures.history import History
from matrikel.domain.figures.models import Figure
from matrikel.domain.trail.models import Entry
from matrikel.extract import door as extract
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.world import GOAL, World, newcomer

LATER = date(2026, 11, 15)


@pytest.fixture
def again(published: World) -> World:
    """Counted a second time, after two more have come in 2024: one reached the goal, one did not."""
    with acting_as(published.cast.bertil) as by:
        newcomer(by, "Sen", began=date(2024, 9, 2))
        newcomer(by, "Sist")
    with acting_as(published.cast.cecilia) as by:
        extract.run_figures(by=by, freeze=LATER, indicators=[GOAL])
    return published


def told(by: Acting, area: str = "") -> History:
    with acting_as(by):
        return figures.history(by, GOAL, area=area)


def test_the_own_unit_sees_what_the_latest_run_changed(again: World) -> None:
    found = told(again.cast.bertil)
    assert (found.since, found.freeze, found.area) == (date(2026, 10, 31), LATER, figures.UNIT)
    (change,) = found.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.year, change.before.cell.n, change.after.cell.n) == ("2024", 23, 25)
    assert (change.before.cell.k, change.after.cell.k, change.newly) == (13, 14, 2)


def test_a_small_difference_is_not_told_to_those_without_access(again: World) -> None:
    found = told(again.cast.elsa, figures.BOARD)
    (change,) = found.changes
    assert (change.before, change.small, change.newly) == (None, True, None)
    assert told(again.cast.elsa, figures.UNIT).changes == (), "the unit is withheld, and so is that it differs"


def test_every_run_says_what_it_was_counted_by(again: World, browse: Any) -> None:
    found = told(again.cast.elsa)
    assert [(each.freeze, each.what) for each in found.runs] == [(LATER, "same"), (date(2026, 10, 31), "first")]
    with acting_as(again.cast.cecilia):
        first = Figure.objects.get(indicator=GOAL, is_current=False)
        Figure.objects.filter(pk=first.pk).update(text_hash="0" * 16, result={**first.result, "name": "Fel namn"})
    assert told(again.cast.elsa).runs[0].what == "wording"
    assert told(again.cast.elsa).runs[0].said[0][:2] == ("name", "Fel namn")
    assert told(again.cast.elsa).changes, "a corrected text breaks no comparison"
    page = browse(again.cast.bertil).get(f"/resultat/{GOAL}/historik/").content.decode()
    assert "<del>Fel namn</del>" in page
    assert "2 personer fler finns med" in page
    with acting_as(again.cast.cecilia):
        Figure.objects.filter(pk=first.pk).update(logic_hash="0" * 16)
    found = told(again.cast.bertil)
    assert (found.runs[0].what, found.since, found.changes) == ("logic", None, ())
    assert "annan regel" in browse(again.cast.bertil).get(f"/resultat/{GOAL}/historik/").content.decode()


def test_the_coordinator_sees_the_freeze_dates_of_the_county(again: World, browse: Any) -> None:
    found = told(again.lena)
    assert [(each.freeze, each.boards) for each in found.runs] == [(LATER, 1), (date(2026, 10, 31), 2)]
    assert found.areas == ()
    assert browse(again.lena).get(f"/resultat/{GOAL}/historik/").status_code == 200
    assert [each.freeze for each in told(again.cast.erik).runs] == [date(2026, 10, 31)], "his own board's runs alone"


def test_a_role_that_reads_no_figures_gets_neither(again: World, browse: Any) -> None:
    for tail in ("historik/", "tabell/", "struktur/", "kalkylblad/"):
        assert browse(again.cast.administrator).get(f"/resultat/{GOAL}/{tail}").status_code == 403
        assert browse(again.cast.bertil).get(f"/resultat/inget_sadant/{tail}").status_code == 404


def test_the_files_say_what_the_page_says_and_stand_in_the_log(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    answer = client.get(f"/resultat/{GOAL}/tabell/?omrade=kommun&ar=2024&dela=sex")
    assert answer["Content-Disposition"].endswith('.csv"')
    assert "no-store" in answer["Cache-Control"]
    lines = list(csv.DictReader(StringIO(answer.content.decode())))
    assert tuple(lines[0]) == COLUMNS
    assert (lines[0]["n"], lines[0]["k"], lines[0]["freeze"]) == ("26", "15", "2026-10-31")
    hidden = [line for line in lines if line["hidden"]]
    assert hidden
    assert all(line["n"] == line["k"] == line["value"] == "" for line in hidden)
    assert "23" not in {line["n"] for line in lines}
    plain = json.loads(client.get(f"/resultat/{GOAL}/struktur/?omrade=kommun&ar=2024").content)
    assert (plain["total"]["n"], plain["total"]["k"]) == (26, 15)
    with acting_as(published.cast.cecilia):
        found = set(Entry.objects.filter(action__startswith="figures.").values_list("action", flat=True))
    assert {"figures.table.fetched", "figures.structure.fetched"} <= found


def test_no_text_of_a_file_is_a_formula() -> None:
    assert [_safe(each) for each in ("=1+1", "@x", "-2", -2, "Åre")] == ["'=1+1", "'@x", "'-2", -2, "Åre"]
