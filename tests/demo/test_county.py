"""A small county, written through the rooms' own actions."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction

from matrikel.base.scope import acting_as
from matrikel.demo import generate
from matrikel.demo.county import PLACES
from matrikel.demo.showcase import MANAGER
from matrikel.domain.access import door as access
from matrikel.domain.benefits import door as benefits
from matrikel.domain.cases import door as cases
from matrikel.domain.casework import recipients
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.domain.surveys import door as surveys
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting

TODAY = date(2026, 9, 30)
NOW = datetime(2026, 9, 30, 20, 0, tzinfo=UTC)
PERSONS = 60


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Written once for the module and rolled back after it. Its digest."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():  # type: ignore[attr-defined]
        made = generate.populate(
            today=TODAY, seed=5, persons=PERSONS, passwords={"maria.lindqvist@ostersund.example": "x"}
        )
        assert made == PERSONS
        yield digest()
        transaction.set_rollback(True)


def heads() -> Iterator[Acting]:
    """Somebody in every unit of every board who sees persons."""
    for post in access.Post.objects.filter(role="unit_manager").select_related("unit__board", "user").order_by("pk"):
        with acting_as(access.acting(post)) as by:
            yield by


def digest() -> str:
    """Who was registered, with which days, whatever their ids."""
    lines = []
    for by in heads():
        for person in people.Person.objects.all():
            lines.append(f"{by.municipality} {person.name} {person.birth_date} {person.country} {person.protection}")
        for model in (people.Activity, services.Participation):
            days = model.objects.values_list("kind", "start_date", "end_date", "person__sort_key")
            lines += [str(row) for row in days]
    return hashlib.sha256("\n".join(sorted(set(lines))).encode()).hexdigest()


def somebody(email: str) -> Acting:
    return access.acting(access.Post.objects.select_related("unit__board", "user").get(user__email=email))


def test_every_municipality_has_persons(county: str) -> None:
    found = {by.municipality for by in heads() if people.Person.objects.exists()}
    assert found == {place.code for place in PLACES}


def test_only_test_numbers_are_held(county: str) -> None:
    for _by in heads():
        for row in people.IdentityNumber.objects.filter(kind__in=["personal", "coordination"]):
            assert row.number.is_test


def test_the_log_is_whole_and_says_that_it_was_a_demo(county: str) -> None:
    assert trail.broken_chains() == []
    for by in heads():
        assert '"channel":"demo"' in Entry.objects.filter(chain=by.board_id).first().canon  # type: ignore[union-attr]


def test_the_database_is_a_demo_for_ever(county: str) -> None:
    assert access.is_demo()


def test_nothing_begins_after_today(county: str) -> None:
    for _by in heads():
        assert not people.Activity.objects.filter(start_date__gt=TODAY).exists()
        assert not people.Registration.objects.filter(start_date__gt=TODAY).exists()
        assert not services.Participation.objects.filter(start_date__gt=TODAY).exists()
        assert not cases.Case.objects.filter(start_date__gt=TODAY).exists()
        assert not cases.Note.objects.filter(happened_at__gt=NOW).exists()


def test_maria_finds_selam_and_her_children(county: str) -> None:
    with acting_as(somebody("maria.lindqvist@ostersund.example")) as maria:
        found = people.search(maria, "selam tesf")
        assert [person.name for person in found] == ["Selam Tesfay"]
        selam = people.get_for(maria, found[0].id)
        assert len(people.household_of(selam)) == 3
        assert {note.signed_at is None for note in cases.notes_of(cases.cases_of(selam)[0], maria)} == {True, False}


def test_a_colleague_in_the_unit_does_not_see_the_protected_family(county: str) -> None:
    seen = {}
    for name in ("maria.lindqvist", "karin.bergstrom", "anders.hallen", "ulrika.sand"):
        with acting_as(somebody(f"{name}@ostersund.example")) as by:
            seen[name] = people.visible(by).filter(given_name="Rima", protection="registration").exists()
    assert seen == {"maria.lindqvist": True, "karin.bergstrom": True, "anders.hallen": False, "ulrika.sand": False}


def test_only_those_with_a_printed_log_in_can_log_in(county: str) -> None:
    able = [user.email for user in access.User.objects.all() if user.has_usable_password()]
    assert able == ["maria.lindqvist@ostersund.example"]


INDEX_ASKS = 10
"""Fewer answers than this hide an index; a question of the survey shows from five."""


def test_the_unit_that_is_shown_first_knows_who_had_assistance(county: str) -> None:
    told = {by.post_id: list(benefits.month_lists(by)) for by in heads()}
    manager = somebody(MANAGER)
    (months,) = [found for found in told.values() if found]
    assert months == told[manager.post_id]
    assert [months[0].month, months[-1].month] == [date(2026, 8, 1), date(2022, 9, 1)]
    latest = months[0]
    assert latest.persons > latest.households > 0 < latest.unreached
    assert latest.amount / latest.households > 5_000
    with acting_as(manager) as by:
        asked = recipients.assisted(latest.month, by=by)
        assert 0 < len(asked.recipients) + asked.without_letter <= latest.persons


def test_a_survey_has_been_asked(county: str) -> None:
    """Those enrolled in the unit that is shown first were asked, and two thirds answered."""
    found = [(by, campaign) for by in heads() for campaign in surveys.campaigns(by)]
    assert len(found) == 1
    by, campaign = found[0]
    with acting_as(by):
        told = surveys.results_of(campaign)
    assert (campaign.state, told.answered) == ("closed", 2 * told.invited // 3)
    assert told.questions
    assert bool(told.indices) is (told.answered >= INDEX_ASKS)
