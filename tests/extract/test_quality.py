"""What is missing: found in what is counted, told by unit with small numbers hidden, mended by those who may."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from matrikel.domain.people import door as people
from matrikel.domain.people import facts
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry
from matrikel.extract import door as extract
from matrikel.extract.lacks import LACKS, Known
from matrikel.extract.quality import _judged
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel.kernel.numbers import IdentityNumber
from tests.cast import acting_as
from tests.extract.world import FREEZE, GOAL, World, newcomer

TODAY = date(2026, 11, 20)
DAY = date(2025, 3, 3)


def whole() -> Known:
    """Somebody of whom nothing lacks."""
    return Known(
        born=date(1990, 1, 1), sex="female", has_number=True, enrolled=[DAY], receptions=[(DAY, "quota_refugee")],
        registered=[(DAY, None)], applied=[DAY], spells=[("sfi", DAY, TODAY, "passed", "")],
    )  # fmt: skip


def change(**values: Any) -> Callable[[Known], None]:
    return lambda known: known.__dict__.update(values)


LACKING: dict[str, Callable[[Known], None]] = {
    "fodelsedatum": change(born=None),
    "kon": change(sex=""),
    "nummer": change(has_number=False),
    "mottagande": change(receptions=[]),
    "kategori": change(receptions=[(DAY, "")]),
    "folkbokforing": change(registered=[]),
    "arende": change(enrolled=[]),
    "sfi-resultat": change(spells=[("sfi", DAY, DAY, "", "")]),
    "sfi-anmalan": change(applied=[DAY + timedelta(days=1)]),
    "yrke": change(spells=[("employment", DAY, None, "", "unknown")]),
    "flytt": change(registered=[(DAY, DAY)]),
    "fore-fodelsen": change(born=DAY + timedelta(days=1)),
    "efter-doden": change(died=DAY - timedelta(days=1)),
    "framtid": change(receptions=[(TODAY + timedelta(days=1), "quota_refugee")]),
}


def found(known: Known) -> set[str]:
    return {lack.key for lack in LACKS if lack.find(known, TODAY) is not None}


def test_of_somebody_whole_nothing_lacks() -> None:
    assert found(whole()) == set()


@pytest.mark.parametrize("key", [lack.key for lack in LACKS])
def test_each_lack_is_found_and_alone(key: str) -> None:
    known = whole()
    LACKING[key](known)
    assert found(known) == {key}


def test_a_move_with_a_place_is_no_lack_nor_one_that_ended_in_death() -> None:
    known = whole()
    known.registered, known.left = [(DAY, DAY)], [DAY]
    assert found(known) == set()
    known.left, known.died, known.spells = [], TODAY, []
    assert found(known) == set()


def lines(by: Acting) -> dict[str, extract.Lacking]:
    with acting_as(by):
        return {line.lack.key: line for line in extract.quality(by).lines}


def test_the_measures_follow_from_the_definitions(world: World) -> None:
    touched = {key: {each.id for each in line.measures} for key, line in lines(world.cast.bertil).items()}
    assert GOAL in touched["fodelsedatum"] & touched["folkbokforing"] & touched["flytt"] & touched["kon"]
    assert "effect_goal" in touched["mottagande"] & touched["sfi-resultat"]
    assert "effect_goal_refugees" in touched["kategori"]
    assert "effect_goal" not in touched["kategori"] | touched["folkbokforing"]
    assert touched["sfi-anmalan"] == {"sfi_wait"}
    assert touched["nummer"] == set()


def test_those_who_work_with_the_persons_see_their_own(world: World) -> None:
    own, other = lines(world.cast.bertil), lines(world.cast.david)
    assert own["fodelsedatum"].whole.n == 1
    assert own["nummer"].whole.n == 30
    assert (other["fodelsedatum"].whole.n, other["nummer"].whole.n) == (0, 3)


def test_others_see_what_the_latest_run_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, browse: Callable[[Acting], Client]
) -> None:
    elsa = world.cast.elsa
    assert "Måtten har inte körts" in browse(elsa).get("/resultat/kvalitet/").content.decode()
    with acting_as(world.cast.cecilia) as by:
        run = extract.run_figures(by=by, freeze=FREEZE, indicators=[GOAL])
    assert sum(run.lacks["persons"].values()) == 33
    with acting_as(world.cast.bertil) as by:
        newcomer(by, "Sen")
    monkeypatch.setattr("matrikel.extract.quality.Told", None)
    with acting_as(elsa) as by:
        assert extract.quality(by).whole.n == 33, "not read from the register again"
        assert Entry.objects.filter(chain=by.board_id, action="figures.quality.opened", post_id=by.post_id).count() == 2


def test_others_see_units_with_small_numbers_hidden(world: World) -> None:
    """Three persons in Försörjningsenheten: their numbers are hidden, and what would give them away."""
    with acting_as(world.cast.cecilia) as by:
        extract.run_figures(by=by, freeze=FREEZE, indicators=[GOAL])
    with acting_as(world.cast.elsa) as by:
        seen = extract.quality(by)
    assert seen.units == ("Försörjningsenheten", "Integrationsenheten")
    assert (seen.whole.n, [each.why for each in seen.persons]) == (33, ["small", "withheld"])
    told = {line.lack.key: line for line in seen.lines}
    assert (told["fodelsedatum"].whole.n, told["fodelsedatum"].whole.why) == (None, "small")
    assert told["nummer"].whole.n == 33
    assert [each.n for each in told["nummer"].units] == [None, None]
    assert [each.why for each in _judged([30, 10, 20], [33, 12, 21])] == ["small", "small", "small"]


def test_the_page_and_the_list_for_each_reader(world: World, browse: Any) -> None:
    unknown = world.named["unknown"]
    address = f"/personer/{unknown}/"
    page = browse(world.cast.bertil).get("/resultat/kvalitet/").content.decode()
    assert "Födelsedatum saknas" in page
    assert "/resultat/kvalitet/fodelsedatum/" in page
    assert address in browse(world.cast.bertil).get("/resultat/kvalitet/fodelsedatum/").content.decode()
    with acting_as(world.cast.bertil) as by:
        assert trail.of_person(unknown, by=by)[0].action == "figures.lack.listed"
    for outsider in (world.cast.david, world.cast.erik):
        answer = browse(outsider).get("/resultat/kvalitet/fodelsedatum/")
        assert answer.status_code == 200
        assert str(unknown) not in answer.content.decode()
    for without in (world.cast.elsa, world.cast.rakel):
        assert browse(without).get("/resultat/kvalitet/").status_code == 200
        assert "kvalitet/fodelsedatum/" not in browse(without).get("/resultat/kvalitet/").content.decode()
        assert browse(without).get("/resultat/kvalitet/fodelsedatum/").status_code == 404
        with acting_as(without) as by, pytest.raises(Missing):
            extract.to_mend("fodelsedatum", by=by)
    assert browse(world.lena).get("/resultat/kvalitet/").status_code == 404
    assert browse(world.cast.administrator).get("/resultat/kvalitet/").status_code == 403
    assert browse(world.cast.bertil).get("/resultat/kvalitet/annat/").status_code == 404


def test_a_protected_person_is_nameless_in_the_list(world: World, browse: Any) -> None:
    with acting_as(world.cast.bertil) as by:
        person = people.get_for(by, world.named["unknown"])
        people.protect(person=person, level="marked", circle=[world.cast.bertil.post_id], by=by)
    page = browse(world.cast.bertil).get("/resultat/kvalitet/fodelsedatum/").content.decode()
    assert f"/personer/{person.pk}/" in page
    assert "Okänd Prov" not in page
    assert str(person.pk) not in browse(world.cast.cecilia).get("/resultat/kvalitet/fodelsedatum/").content.decode()


def test_of_numbers_only_the_kind_is_told(world: World) -> None:
    with acting_as(world.cast.bertil) as by:
        person = people.get_for(by, world.named["child"])
        people.give_number(person=person, identity=IdentityNumber("lma", "50123456"), by=by)
        assert [row[1:] for row in facts.numbers().rows] == [("lma",)]
