"""Whom a survey is sent to: numbers from another system or those enrolled; as many questions however many they are."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matrikel.domain.casework import door as casework
from matrikel.domain.casework.recipients import Chosen, enrolled, listed
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from matrikel.kernel.numbers import parse
from tests.cast import Cast, acting_as

BORN = date(1990, 3, 12)
NUMBERS = [f"5000{n:04d}" for n in range(1, 25)]


def known(by: Acting, number: str, protection: str = "none") -> Person:
    identity = parse(number, register_date=date(2026, 1, 1))
    person = people.register(
        given_name="Amina", family_name="Prov", birth_date=BORN, sex="female", identity=identity,
        protection=protection, by=by,
    )  # fmt: skip
    casework.enrol(
        person=person, received_on=date(2026, 2, 2), registered_on=date(2026, 2, 2), category="quota_refugee", by=by
    )
    return person


@pytest.fixture
def persons(cast: Cast) -> list[Person]:
    """Twelve of Cecilia's unit."""
    with acting_as(cast.cecilia) as by:
        return [known(by, number) for number in NUMBERS[:12]]


def asked(choose: Callable[[], Chosen]) -> int:
    with CaptureQueriesContext(connection) as found:
        choose()
    return len(found)


def test_those_within_reach_are_found_by_their_numbers(cast: Cast, persons: list[Person]) -> None:
    with acting_as(cast.cecilia) as by:
        chosen = listed([*NUMBERS[:3], NUMBERS[0], f" {NUMBERS[1]} ", "", NUMBERS[20], "inget nummer"], by=by)
        assert {each.person for each in chosen.recipients} == {person.pk for person in persons[:3]}
        assert len(chosen.recipients) == 3, "once each"
        assert chosen.unread == ("inget nummer",)
        assert chosen.recipients[0].groups == {"sex": "female", "age_band": "35-44"}
        log = Entry.objects.filter(action="casework.recipients.chosen")
        assert {entry.person_id for entry in log} == {person.pk for person in persons[:3]}


def test_nobody_outside_finds_anybody_by_number(cast: Cast, persons: list[Person]) -> None:
    for outsider in (cast.david, cast.erik):
        with acting_as(outsider) as by:
            assert listed(NUMBERS[:12], by=by) == Chosen()


def test_those_whose_whereabouts_are_not_shown_get_no_letter(cast: Cast, persons: list[Person]) -> None:
    with acting_as(cast.cecilia) as by:
        unknown = known(by, NUMBERS[12], protection="unknown")
        hidden = known(by, NUMBERS[13], protection="registration")
        people.form_household(members=[(persons[0], "adult"), (hidden, "adult")], on=date(2026, 3, 1), by=by)
        chosen = listed([*NUMBERS[:2], *NUMBERS[12:14]], by=by)
    assert {each.person for each in chosen.recipients} == {persons[1].pk}, "whoever lives with one of them neither"
    assert chosen.without_letter == 3
    assert unknown.pk not in {each.person for each in chosen.recipients}


def test_a_number_changes_nothing_in_how_often_the_database_is_asked(cast: Cast, persons: list[Person]) -> None:
    with acting_as(cast.cecilia) as by:
        few = asked(lambda: listed(NUMBERS[:2], by=by))
        assert asked(lambda: listed(NUMBERS[:12], by=by)) == few
        before = asked(lambda: enrolled(by=by))
        for number in NUMBERS[14:18]:
            known(by, number)
        assert asked(lambda: enrolled(by=by)) == before
