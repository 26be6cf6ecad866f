"""Reception: recorded once a day, with codes that hold, corrected with both texts kept."""

from datetime import date, timedelta

import pytest

from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

RECEIVED = date(2026, 2, 10)


def received(person: Person, by: Acting, **fields: object) -> cases.Reception:
    given = {"received_on": RECEIVED, "category": "quota_refugee", "route": "allocation", **fields}
    return cases.receive(person=person, by=by, **given)


def test_a_reception_is_recorded_and_logged(amina: Person, bertil: Acting) -> None:
    reception = received(amina, bertil, previous_municipality="0180", allocation_number=" A-17 ")
    assert cases.receptions_of(amina) == [reception]
    assert (reception.unit_id, reception.allocation_number) == (bertil.unit_id, "A-17")
    entry = trail.of_person(amina.pk, by=bertil)[0]
    assert (entry.action, entry.outcome) == ("cases.reception.received", "created")
    assert "A-17" not in entry.canon


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"category": "martian"}, "unknown_code", "category"),
        ({"route": "balloon"}, "unknown_code", "route"),
        ({"previous_municipality": "9999"}, "unknown_code", "previous_municipality"),
        ({"received_on": date(2199, 1, 1)}, "in_future", "received_on"),
        ({"received_on": date(1980, 1, 1)}, "before_birth", "received_on"),
        ({"allocated_on": date(2026, 2, 11)}, "allocated_after_received", "allocated_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    amina: Person, bertil: Acting, fields: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as fault:
        received(amina, bertil, **fields)
    assert (fault.value.code, fault.value.field) == (code, field)
    assert cases.receptions_of(amina) == []


def test_one_reception_a_day(amina: Person, bertil: Acting) -> None:
    received(amina, bertil)
    with pytest.raises(RuleBroken) as fault:
        received(amina, bertil)
    assert fault.value.code == "received_already"
    received(amina, bertil, received_on=RECEIVED + timedelta(days=200))
    assert [row.received_on for row in cases.receptions_of(amina)] == [RECEIVED + timedelta(days=200), RECEIVED]


def test_two_who_correct_the_same_reception_see_both(amina: Person, bertil: Acting) -> None:
    first = received(amina, bertil)
    second = cases.receptions_of(amina)[0]
    cases.correct_reception(reception=first, by=bertil, version=1, category="relative")
    with pytest.raises(Conflict) as conflict:
        cases.correct_reception(reception=second, by=bertil, version=1, category="other_immigrant")
    assert conflict.value.mine["category"] == "other_immigrant"
    assert conflict.value.theirs["category"] == "relative"


def test_a_correction_that_breaks_a_rule_leaves_the_row(amina: Person, bertil: Acting) -> None:
    reception = received(amina, bertil)
    with pytest.raises(RuleBroken):
        cases.correct_reception(reception=reception, by=bertil, category="martian")
    assert cases.receptions_of(amina)[0].category == "quota_refugee"


def test_undo_takes_a_reception_back(amina: Person, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        received(amina, bertil)
    trail.undo(act.receipt_id, by=bertil)
    assert cases.receptions_of(amina) == []
    received(amina, bertil)


def test_a_reader_reads_and_does_not_write(amina: Person, bertil: Acting, cast: Cast) -> None:
    reception = received(amina, bertil)
    with acting_as(cast.rakel) as rakel:
        assert cases.reception_for(rakel, reception.pk) == reception
        with pytest.raises(NotAllowed):
            received(amina, rakel, received_on=RECEIVED + timedelta(days=1))
        with pytest.raises(NotAllowed):
            cases.correct_reception(reception=reception, by=rakel, category="relative")


def test_outsiders_find_nothing(amina: Person, bertil: Acting, cast: Cast) -> None:
    reception = received(amina, bertil)
    for outsider in cast.outsiders:
        with acting_as(outsider), pytest.raises(Missing):
            cases.reception_for(outsider, reception.pk)


def test_the_limit_for_reception_cites_the_law() -> None:
    limit = cases.reception_limit(date(2025, 12, 31))
    assert limit.on == date(2026, 2, 28)
    assert "2016:38" in limit.paragraph


def test_today_is_a_day_that_has_come(amina: Person, bertil: Acting) -> None:
    assert received(amina, bertil, received_on=clock.today())
