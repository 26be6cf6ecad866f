"""Protected persons: outside the circle they do not exist."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast


def sees(by: Acting, person: people.Person) -> bool:
    with acting_as(by):
        try:
            people.get_for(by, person.pk)
        except Missing:
            return False
        return True


def test_raising_leaves_the_circle_alone(
    amina: people.Person, cast: Cast, unseen: Callable[[people.Person], None]
) -> None:
    with acting_as(cast.bertil) as bertil:
        people.protect(person=amina, level="marked", by=bertil, circle=[cast.cecilia.post_id])
        assert trail.of_person(amina.pk, by=bertil).filter(action="people.protection.raised").exists()
    assert sees(cast.bertil, amina)
    assert sees(cast.cecilia, amina)
    assert not sees(cast.rakel, amina)
    unseen(amina)


def test_the_acting_post_is_always_in_the_circle(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.cecilia) as cecilia:
        people.protect(person=people.get_for(cecilia, amina.pk), level="registration", by=cecilia)
    assert sees(cast.cecilia, amina)
    assert not sees(cast.bertil, amina)


def test_lowering_takes_a_second_person(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.bertil) as bertil:
        people.protect(person=amina, level="marked", by=bertil, circle=[cast.cecilia.post_id])
        with pytest.raises(RuleBroken) as refused:
            people.protect(person=amina, level="none", by=bertil)
        assert refused.value.code == "raised_by_you"
    with acting_as(cast.cecilia) as cecilia:
        people.protect(person=people.get_for(cecilia, amina.pk), level="none", by=cecilia)
    assert sees(cast.rakel, amina)


def test_where_whereabouts_stay_hidden_the_level_is_not_lowered_to_none(cast: Cast, bertil: Acting) -> None:
    circle = [cast.cecilia.post_id]
    both = [people.register(by=bertil, given_name=name, protection="none") for name in ("Make", "Maka")]
    people.form_household(members=[(both[0], "adult"), (both[1], "partner")], on=date(2025, 1, 1), by=bertil)
    for person in both:
        people.protect(person=person, level="marked", by=bertil, circle=circle)
    with acting_as(cast.cecilia) as cecilia:
        one = people.get_for(cecilia, both[0].pk)
        with pytest.raises(RuleBroken) as refused:
            people.protect(person=one, level="none", by=cecilia)
        assert refused.value.code == "still_true"
        people.protect(person=one, level="unknown", by=cecilia)


def test_an_unchecked_level_is_settled_by_one(bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Ny")
    assert not people.whereabouts_shown(person)
    people.protect(person=person, level="none", by=bertil)
    assert people.whereabouts_shown(person)


def test_whereabouts_are_hidden_in_the_timeline(bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Ny")
    people.register_in_municipality(person=person, municipality="2309", on=date(2024, 1, 1), by=bertil)
    people.begin_activity(person=person, kind="employment", start_date=date(2024, 1, 1), place="Storköket", by=bertil)
    people.register_in_municipality(person=person, municipality="2380", on=date(2025, 1, 1), by=bertil)
    told = repr(people.timeline(people.get_for(bertil, person.pk)))
    assert "Krokom" not in told
    assert "Storköket" not in told
    assert "Folkbokförd i Östersund" in told
    people.protect(person=person, level="none", by=bertil)
    told = repr(people.timeline(people.get_for(bertil, person.pk)))
    assert "Krokom" in told
    assert "Storköket" in told


def test_who_may_not(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.bertil) as bertil, pytest.raises(Missing):
        people.protect(person=amina, level="marked", by=bertil, circle=[uuid4()])
    with acting_as(cast.bertil) as bertil, pytest.raises(Missing):
        people.protect(person=amina, level="marked", by=bertil, circle=[cast.erik.post_id])
    with acting_as(cast.bertil) as bertil, pytest.raises(RuleBroken):
        people.protect(person=amina, level="lots", by=bertil)
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by), pytest.raises(fault):
            people.protect(person=amina, level="marked", by=by)


def test_the_head_of_a_protected_person_names_nobody(hidden: people.Person, cast: Cast) -> None:
    with acting_as(cast.cecilia) as cecilia:
        head = people.head_of(people.get_for(cecilia, hidden.pk))
    assert head.title == "Skyddad person"
    assert head.protection_label == "Sekretessmarkering"
    assert "Adressat" not in repr(head)
