"""A child is born into the parent's household and protection; a death ends what was going on."""

from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Member, Registration
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.test_register import last_receipt

BORN = date(2025, 6, 1)


def test_a_child_lives_with_the_parent(amina: people.Person, cast: Cast, bertil: Acting) -> None:
    people.form_household(members=[(amina, "adult")], on=date(2025, 1, 1), by=bertil)
    child = people.record_birth(parent=amina, given_name="Li", family_name="Hassan", birth_date=BORN, by=bertil)
    member = Member.objects.get(person=child)
    assert (member.role, member.start_date, child.protection) == ("child", BORN, "none")
    assert people.head_of(amina).children == 1
    assert trail.of_person(amina.pk, by=bertil).filter(action="people.person.born").exists()
    with acting_as(cast.cecilia) as cecilia:
        assert people.get_for(cecilia, child.pk)
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert Member.objects.count() == 1
    with pytest.raises(Missing):
        people.get_for(bertil, child.pk)


def test_a_child_of_a_protected_parent_is_protected(hidden: people.Person, cast: Cast) -> None:
    with acting_as(cast.cecilia) as cecilia:
        child = people.record_birth(parent=hidden, given_name="Li", birth_date=BORN, by=cecilia)
        assert child.protection == "marked"
    for by in (cast.bertil, *cast.outsiders):
        with acting_as(by), pytest.raises(Missing):
            people.get_for(by, child.pk)


def test_a_child_is_younger_than_the_parent(amina: people.Person, bertil: Acting) -> None:
    for born, code in ((date(1980, 1, 1), "parent_younger"), (date(2999, 1, 1), "born_in_future")):
        with pytest.raises(RuleBroken) as refused:
            people.record_birth(parent=amina, given_name="Li", birth_date=born, by=bertil)
        assert refused.value.code == code


def test_a_death_ends_what_was_going_on(amina: people.Person, bertil: Acting) -> None:
    on = clock.today() - timedelta(days=10)
    people.register_in_municipality(person=amina, municipality="2380", on=date(2024, 1, 1), by=bertil)
    people.form_household(members=[(amina, "adult")], on=date(2024, 1, 1), by=bertil)
    people.begin_activity(person=amina, kind="employment", start_date=date(2024, 1, 1), by=bertil)
    people.begin_activity(person=amina, kind="studies_higher", start_date=on + timedelta(days=5), by=bertil)
    amina = people.get_for(bertil, amina.pk)
    people.record_death(person=amina, on=on, by=bertil)
    assert Registration.objects.get().end_date == on
    assert Member.objects.get().end_date == on
    assert [(job.kind, job.end_date) for job in people.Activity.objects.all()] == [("employment", on)]
    with pytest.raises(RuleBroken) as refused:
        people.begin_activity(person=amina, kind="employment", start_date=on + timedelta(days=1), by=bertil)
    assert refused.value.code == "after_death"
    with pytest.raises(RuleBroken) as refused:
        people.record_death(person=amina, on=on, by=bertil)
    assert refused.value.code == "already_dead"
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.get_for(bertil, amina.pk).death_date is None
    assert Registration.objects.get().end_date is None
    assert people.Activity.objects.count() == 2


def test_a_day_of_death_that_cannot_be_is_refused(amina: people.Person, bertil: Acting) -> None:
    for on, code in ((clock.today() + timedelta(days=1), "in_future"), (date(1980, 1, 1), "before_birth")):
        with pytest.raises(RuleBroken) as refused:
            people.record_death(person=amina, on=on, by=bertil)
        assert refused.value.code == code


def test_outsiders(amina: people.Person, cast: Cast) -> None:
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by):
            with pytest.raises(fault):
                people.record_birth(parent=amina, given_name="X", birth_date=BORN, by=by)
            with pytest.raises(fault):
                people.record_death(person=amina, on=BORN, by=by)
