"""Where a person is registered and on what ground they stay."""

from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Registration
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.test_register import last_receipt

ON = date(2024, 9, 3)


def spells(person: people.Person) -> list[tuple[str, date, date | None, str]]:
    rows = Registration.objects.filter(person=person).order_by("start_date")
    return [(row.municipality, row.start_date, row.end_date, row.moved_to) for row in rows]


def test_a_registration_ends_the_one_before(amina: people.Person, bertil: Acting) -> None:
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    assert amina.first_registered_on == ON
    moved = ON + timedelta(days=100)
    people.register_in_municipality(person=amina, municipality="2309", on=moved, by=bertil)
    assert spells(amina) == [("2380", ON, moved - timedelta(days=1), "2309"), ("2309", moved, None, "")]
    assert people.get_for(bertil, amina.pk).first_registered_on == ON
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert spells(amina) == [("2380", ON, None, "")]


def test_an_earlier_time_elsewhere_can_be_added(amina: people.Person, bertil: Acting) -> None:
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    people.register_in_municipality(
        person=amina, municipality="2309", on=date(2023, 1, 1), until=ON - timedelta(days=1), by=bertil
    )
    assert [spell[0] for spell in spells(amina)] == ["2309", "2380"]


@pytest.mark.parametrize(
    ("municipality", "on", "until", "code"),
    [
        ("2309", ON, None, "overlap"),
        ("2309", date(2020, 1, 1), None, "overlap"),
        ("2309", date(2020, 1, 1), ON, "overlap"),
        ("2309", date(2020, 1, 2), date(2020, 1, 1), "end_before_start"),
        ("9999", date(2020, 1, 1), date(2020, 1, 1), "unknown_code"),
        ("", date(2020, 1, 1), date(2020, 1, 1), "unknown_code"),
        ("2309", date(1980, 1, 1), date(1980, 1, 1), "before_birth"),
    ],
)
def test_what_cannot_be_is_refused(
    amina: people.Person, bertil: Acting, municipality: str, on: date, until: date | None, code: str
) -> None:
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    with pytest.raises(RuleBroken) as refused:
        people.register_in_municipality(person=amina, municipality=municipality, on=on, until=until, by=bertil)
    assert refused.value.code == code
    assert len(spells(amina)) == 1


def test_a_move_out_is_remembered_with_its_destination(amina: people.Person, bertil: Acting) -> None:
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    with pytest.raises(RuleBroken) as refused:
        people.move_out(person=amina, on=ON, to_municipality="2309", abroad=True, by=bertil)
    assert refused.value.code == "two_destinations"
    row = people.move_out(person=amina, on=ON, to_municipality="2309", by=bertil)
    assert (row.end_date, row.moved_to, row.moved_abroad) == (ON, "2309", False)
    with pytest.raises(RuleBroken) as refused:
        people.move_out(person=amina, on=ON, by=bertil)
    assert refused.value.code == "not_registered"
    assert trail.of_person(amina.pk, by=bertil).filter(action="people.registration.ended").exists()


def test_where_somebody_is_registered_now(amina: people.Person, bertil: Acting) -> None:
    assert people.registered_here([amina.pk], by=bertil) == {}
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    assert people.registered_here([amina.pk], by=bertil) == {amina.pk: ON}
    people.move_out(person=amina, on=ON, by=bertil, abroad=True)
    assert people.registered_here([amina.pk], by=bertil) == {}


def test_a_permit_has_ground_and_days(amina: people.Person, bertil: Acting) -> None:
    permit = people.grant_permit(person=amina, ground="refugee", start_date=ON, end_date=ON, by=bertil)
    assert (permit.ground, permit.end_date) == ("refugee", ON)
    for ground, end, code in (("none", ON, "unknown_code"), ("refugee", ON - timedelta(days=1), "end_before_start")):
        with pytest.raises(RuleBroken) as refused:
            people.grant_permit(person=amina, ground=ground, start_date=ON, end_date=end, by=bertil)
        assert refused.value.code == code
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert not amina.permits.exists()


def test_outsiders(amina: people.Person, cast: Cast) -> None:
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by):
            for act in (
                lambda by=by: people.register_in_municipality(person=amina, municipality="2380", on=ON, by=by),
                lambda by=by: people.move_out(person=amina, on=ON, by=by),
                lambda by=by: people.grant_permit(person=amina, ground="refugee", start_date=ON, by=by),
            ):
                with pytest.raises(fault):
                    act()
