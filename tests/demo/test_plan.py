"""The invented county before it is written: only test numbers, nothing ahead of today, the same for the same seed."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from matrikel.demo import generate
from matrikel.demo.county import PLACES, STAFF
from matrikel.demo.plan import Family, Individual
from matrikel.kernel.period import age_on

TODAY = date(2026, 9, 30)


@cache
def county(seed: int = 7, persons: int = 1000) -> list[Family]:
    return generate.plan(today=TODAY, seed=seed, persons=persons)


def people() -> list[Individual]:
    return [member for family in county() for member in family.members]


def test_there_are_as_many_as_asked_for_and_some_in_every_municipality() -> None:
    assert len(people()) == 1000
    assert Counter(family.place for family in county()).keys() == {place.code for place in PLACES}


def test_the_same_seed_gives_the_same_county_and_another_does_not() -> None:
    again = generate.plan(today=TODAY, seed=7, persons=1000)
    assert repr(again) == repr(county())
    assert repr(generate.plan(today=TODAY, seed=8, persons=1000)) != repr(county())


def test_personal_numbers_are_published_for_tests_and_belong_to_their_holder() -> None:
    for person in people():
        for number in (person.number, person.later_number[0] if person.later_number else None):
            if number is not None and number.kind in ("personal", "coordination"):
                assert number.is_test
                assert (number.birth_date, number.sex) == (person.born, person.sex)


def test_nothing_has_happened_after_today() -> None:
    for person in people():
        assert person.born <= TODAY
        way = person.way
        assert way is not None
        days = [way.received, way.registered, way.opened, way.gone, *(on for _r, on in way.referrals)]
        days += [way.closed[0] if way.closed else None, way.allocation[1] if way.allocation else None]
        days += [day for doing in way.doings for day in (doing.applied, doing.first)]
        days += [entry.at.date() for entry in way.entries]
        days += [person.later_number[1] if person.later_number else None]
        days += [person.later_family[1] if person.later_family else None]
        assert all(day <= TODAY for day in days if day), person


def test_who_has_gone_does_nothing_afterwards() -> None:
    for person in people():
        if person.way and person.way.gone:
            assert all(doing.last and doing.last <= person.way.gone for doing in person.way.doings if doing.first)


def test_the_county_is_as_various_as_real_ones() -> None:
    shown = people()
    ways = [person.way for person in shown if person.way]
    assert len({person.country for person in shown}) >= 25
    assert {person.number.kind if person.number else None for person in shown} == {
        "personal", "coordination", "lma", "dossier", None,
    }  # fmt: skip
    assert {person.script for person in shown} >= {"", "ar", "ti", "uk", "prs"}
    assert {"quota_refugee", "relative", "secondary_mover", "other_immigrant"} <= {way.category for way in ways}
    assert {"moved", "work", "period_over", "social_services", "studies"} <= {w.closed[1] for w in ways if w.closed}
    assert any(way.died for way in ways)
    assert any(person.born_here for person in shown)
    assert any(way.left and way.left[1] in {place.code for place in PLACES} for way in ways)
    assert {family.protection for family in county()} >= {"none", "unknown", "registration"}


def test_municipalities_reach_the_goals_differently() -> None:
    """Drawn from far more people than the demo has, so that the chances show."""
    shares = {}
    for place in PLACES:
        reached = [
            any(doing.first and doing.first < person.way.registered + timedelta(days=365) for doing in counted)
            for family in county(3, 12000)
            if family.place == place.code
            for person in family.members
            if person.way and person.role != "child" and 20 <= age_on(person.born, person.way.registered) <= 64
            if person.way.registered < TODAY - timedelta(days=366)
            for counted in [[d for d in person.way.doings if d.kind in COUNTED]]
        ]
        shares[place.name] = sum(reached) / len(reached)
    assert max(shares.values()) > 0.8
    assert min(shares.values()) < 0.65


COUNTED = frozenset(
    {
        "internship", "labour_market_programme", "employment", "subsidised_employment", "own_business",
        "studies_upper_secondary", "studies_higher",
    }
)  # fmt: skip


@pytest.mark.parametrize("worker", STAFF, ids=lambda worker: worker.email)
def test_staff_have_addresses_that_cannot_exist(worker: object) -> None:
    assert str(getattr(worker, "email", "")).endswith(".example")


def test_there_are_forty_of_them() -> None:
    assert len({worker.email for worker in STAFF}) == 40
