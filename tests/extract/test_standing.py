"""Where a person stands and why, and the lists behind the numbers: within reach only, and logged."""

from typing import Any

import pytest

from matrikel.domain.figures import door as figures
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.extract import door as extract
from matrikel.kernel.errors import Missing
from tests.cast import acting_as
from tests.extract.world import FREEZE, GOAL, World

SAYS = {
    "reached": ("done", "2 sep 2024: Anställning."),
    "missed": ("stop", "Tiden gick ut 31 jan 2025"),
    "dead": ("closed", "Avled 1 jun 2024"),
    "moved": ("closed", "Flyttade inom länet 31 jul 2024"),
    "waiting": ("todo", "Tiden går ut 1 mar 2027"),
    "early": ("done", "Räknas in i andelen när tiden har gått ut, 1 mar 2027."),
    "child": ("none", "var inte 20–64 år den dagen"),
    "unknown": ("none", "födelsedatum saknas"),
}


def test_each_standing_says_why(world: World, browse: Any) -> None:
    client = browse(world.cast.bertil)
    with acting_as(world.cast.bertil) as by:
        for name, (mark, why) in SAYS.items():
            person = people.get_for(by, world.named[name])
            goal = next(each for each in extract.standing_of(person, by) if each.definition.id == GOAL)
            assert goal.mark == mark, name
            assert why in goal.why, name
            assert why in client.get(f"/personer/{person.pk}/mal/").content.decode(), name
        stranger = people.register(given_name="Ingen", birth_date=None, by=by)
        goal = extract.standing_of(stranger, by)[0]
    assert (goal.mark, goal.state) == ("none", "Räknas inte")
    assert "utgår från" in goal.why


def test_the_panel_of_a_person_out_of_reach_is_not_there(world: World, browse: Any) -> None:
    for outsider in world.cast.outsiders:
        answer = browse(outsider).get(f"/personer/{world.named['waiting']}/mal/")
        assert answer.status_code in (403, 404)
        assert answer.status_code == 404 or outsider is world.cast.elsa


def test_the_lists_make_up_k_and_n(published: World) -> None:
    with acting_as(published.cast.bertil) as by:
        cell = figures.show(by, GOAL, area=figures.UNIT, year="2024").total.cell
        asked: dict[str, Any] = {"by": by, "indicator": GOAL, "cell": {"year": "2024", "unit": str(by.unit_id)}}
        reached = extract.members(key="natt", freeze=FREEZE, **asked)
        counts = reached.counts
    assert reached.total == len(reached.rows) == cell.k
    assert counts["natt"] + counts["missat"] + counts["flyttat"] == cell.n


def test_the_work_list_is_sorted_by_days_left_and_logged(published: World, browse: Any) -> None:
    with acting_as(published.cast.bertil) as by:
        found = extract.members(by=by, indicator=GOAL)
        assert (found.key, found.total) == ("kvar", 4)
        assert [row.standing.days_left for row in found.rows] == [101] * 4
        entry = trail.of_person(published.named["waiting"], by=by)[0]
    assert (entry.action, entry.outcome) == ("figures.people.listed", "read")
    client = browse(published.cast.bertil)
    page = client.get(f"/resultat/{GOAL}/personer/?ordna=namn").content.decode()
    assert f"/personer/{published.named['waiting']}/" in page
    assert 'aria-sort="ascending"' in page


def test_nobody_out_of_reach_is_on_a_list(published: World, browse: Any) -> None:
    with acting_as(published.cast.david) as by:
        found = extract.members(by=by, indicator=GOAL, key="natt", freeze=FREEZE)
        assert found.total == 2, "his own unit's, not Bertil's"
    for without in (published.cast.elsa, published.lena):
        assert browse(without).get(f"/resultat/{GOAL}/personer/").status_code == 404
        with acting_as(without) as by, pytest.raises(Missing):
            extract.members(by=by, indicator=GOAL)
