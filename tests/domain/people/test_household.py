"""Who lives together, from and to which day, seen only as far as one reaches."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Member
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.test_register import last_receipt

ON = date(2025, 1, 1)


@pytest.fixture
def karim(bertil: Acting) -> people.Person:
    return people.register(by=bertil, given_name="Karim", family_name="Hassan", protection="none")


def shown(person: people.Person) -> list[tuple[str, str, bool]]:
    return [(mate.person.name, mate.role, mate.is_current) for mate in people.household_of(person)]


def test_a_household_is_formed_joined_and_left(amina: people.Person, karim: people.Person, bertil: Acting) -> None:
    household = people.form_household(members=[(amina, "adult")], on=ON, by=bertil)
    member = people.join_household(household=household, person=karim, role="partner", on=ON, by=bertil)
    assert shown(amina) == [("Amina Hassan", "adult", True), ("Karim Hassan", "partner", True)]
    people.leave_household(member=member, on=ON + timedelta(days=30), by=bertil)
    assert shown(amina)[1] == ("Karim Hassan", "partner", False)
    assert trail.of_person(karim.pk, by=bertil).filter(action="people.household.left").exists()
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert shown(amina)[1][2]


def test_two_move_together_in_one_act(amina: people.Person, karim: people.Person, bertil: Acting) -> None:
    people.live_with(person=karim, other=amina, role="partner", on=ON, by=bertil)
    assert len(shown(karim)) == 2
    child = people.register(by=bertil, given_name="Li")
    people.live_with(person=child, other=amina, role="child", on=ON, by=bertil)
    assert len(shown(karim)) == 3
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert len(shown(karim)) == 2


def test_a_person_lives_in_one_household_at_a_time(amina: people.Person, karim: people.Person, bertil: Acting) -> None:
    people.form_household(members=[(amina, "adult")], on=ON, by=bertil)
    with pytest.raises(RuleBroken) as refused:
        people.form_household(members=[(karim, "adult"), (amina, "partner")], on=ON + timedelta(days=1), by=bertil)
    assert refused.value.code == "in_household"
    assert Member.objects.count() == 1  # nothing half written
    for members, code in (([], "nobody"), ([(karim, "boss")], "unknown_code")):
        with pytest.raises(RuleBroken) as refused:
            people.form_household(members=members, on=ON, by=bertil)
        assert refused.value.code == code


def test_one_cannot_leave_before_one_came_or_twice(amina: people.Person, bertil: Acting) -> None:
    people.form_household(members=[(amina, "adult")], on=ON, by=bertil)
    member = Member.objects.get()
    with pytest.raises(RuleBroken) as refused:
        people.leave_household(member=member, on=ON - timedelta(days=1), by=bertil)
    assert refused.value.code == "end_before_start"
    people.leave_household(member=member, on=ON, by=bertil)
    with pytest.raises(RuleBroken) as refused:
        people.leave_household(member=member, on=ON, by=bertil)
    assert refused.value.code == "already_left"


def test_a_member_out_of_reach_is_not_there(amina: people.Person, cast: Cast, bertil: Acting) -> None:
    spouse = people.register(by=bertil, given_name="Skyddad", family_name="Make", protection="none")
    people.form_household(members=[(amina, "adult"), (spouse, "partner")], on=ON, by=bertil)
    with acting_as(cast.cecilia) as cecilia:
        people.protect(person=people.get_for(cecilia, spouse.pk), level="marked", by=cecilia)
        assert len(shown(amina)) == 2
    with acting_as(cast.bertil):
        assert shown(amina) == [("Amina Hassan", "adult", True)]
        assert not people.whereabouts_shown(people.get_for(bertil, amina.pk))  # still hidden, without saying why
        assert not people.whereabouts_shown(amina)


def test_outsiders(amina: people.Person, cast: Cast, unseen: Callable[[people.Person], None]) -> None:
    with acting_as(cast.bertil) as bertil:
        household = people.form_household(members=[(amina, "adult")], on=ON, by=bertil)
        member = Member.objects.get()
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by):
            for act in (
                lambda by=by: people.form_household(members=[(amina, "adult")], on=ON, by=by),
                lambda by=by: people.join_household(household=household, person=amina, role="adult", on=ON, by=by),
                lambda by=by: people.leave_household(member=member, on=ON, by=by),
            ):
                with pytest.raises(fault):
                    act()
    unseen(amina)
