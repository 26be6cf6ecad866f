"""SFI: applied for, begun, ended with a result; and how long somebody may wait."""

from datetime import date, timedelta

import pytest
import time_machine

from matrikel.domain.people.door import Person
from matrikel.domain.people.models import Activity
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as
from tests.domain.services.conftest import person_of

APPLIED = date(2026, 9, 1)
STARTED = date(2026, 10, 5)


def applied(person: Person, by: Acting, on: date = APPLIED) -> services.Participation:
    return services.apply(person=person, kind="sfi", on=on, by=by)


def test_applied_begun_and_passed(amina: Person, bertil: Acting) -> None:
    course = applied(amina, bertil)
    services.start_applied(participation=course, on=STARTED, by=bertil, title="2B", provider="Lärcentrum")
    services.end(participation=course, on=date(2026, 11, 20), by=bertil, result="passed")
    (held,) = services.participations_of(amina)
    assert (held.applied_on, held.start_date, held.end_date) == (APPLIED, STARTED, date(2026, 11, 20))
    assert (held.title, held.provider, held.result) == ("2B", "Lärcentrum", "passed")
    actions = list(trail.of_person(amina.pk, by=bertil).order_by("seq").values_list("action", flat=True))
    assert [a.rsplit(".", 1)[-1] for a in actions if a.startswith("services.")] == ["applied", "started", "ended"]
    assert not any("Lärcentrum" in entry.canon for entry in trail.of_person(amina.pk, by=bertil))


def test_one_application_waits_at_a_time(amina: Person, bertil: Acting) -> None:
    first = applied(amina, bertil)
    with pytest.raises(RuleBroken) as fault:
        applied(amina, bertil)
    assert (fault.value.code, fault.value.field) == ("applied_already", "on")
    assert "2026-09-01" in str(fault.value)
    services.start_applied(participation=first, on=STARTED, by=bertil)
    assert applied(amina, bertil, on=STARTED)


@pytest.mark.parametrize(("on", "code"), [(date(2199, 1, 1), "in_future"), (date(1980, 1, 1), "before_birth")])
def test_an_application_has_come_in_the_person_s_life(amina: Person, bertil: Acting, on: date, code: str) -> None:
    with pytest.raises(RuleBroken) as fault:
        applied(amina, bertil, on=on)
    assert (fault.value.code, fault.value.field) == (code, "on")


def test_what_cannot_be_is_refused_at_the_day_asked_for(amina: Person, bertil: Acting) -> None:
    course = applied(amina, bertil)
    attempts = [
        (
            lambda c: services.start_applied(participation=c, on=date(2026, 8, 31), by=bertil),
            "start_before_application",
        ),
        (lambda c: services.end(participation=c, on=STARTED, by=bertil), "not_started"),
    ]
    for attempt, code in attempts:
        with pytest.raises(RuleBroken) as fault:
            attempt(services.participation_for(bertil, course.pk))
        assert (fault.value.code, fault.value.field) == (code, "on")
    services.start_applied(participation=course, on=STARTED, by=bertil)
    attempts = [
        (lambda c: services.start_applied(participation=c, on=STARTED, by=bertil), "started_already"),
        (lambda c: services.end(participation=c, on=STARTED - timedelta(days=1), by=bertil), "end_before_start"),
    ]
    for attempt, code in attempts:
        with pytest.raises(RuleBroken) as fault:
            attempt(services.participation_for(bertil, course.pk))
        assert (fault.value.code, fault.value.field) == (code, "on")
    with pytest.raises(RuleBroken) as fault:
        services.end(participation=course, on=STARTED, by=bertil, result="splendid")
    assert (fault.value.code, fault.value.field) == ("unknown_code", "result")


def test_the_limit_is_three_months_or_one_in_the_programme() -> None:
    def limit(on: date, programme: bool = False) -> tuple[date, int]:
        found = services.sfi_start_limit(on, programme)
        assert "20 kap." in found.paragraph
        return found.on, found.months

    assert limit(date(2026, 9, 1)) == (date(2026, 12, 1), 3)
    assert limit(date(2025, 11, 30)) == (date(2026, 2, 28), 3)
    assert limit(date(2026, 1, 31), programme=True) == (date(2026, 2, 28), 1)
    assert limit(date(2018, 1, 1), programme=True) == (date(2018, 2, 1), 1)
    assert limit(date(2017, 12, 31), programme=True) == (date(2018, 3, 31), 3)


def test_the_waiting_list_has_the_nearest_limit_first(amina: Person, bertil: Acting) -> None:
    newer, begun = person_of(bertil, "Sara"), person_of(bertil, "Omar")
    applied(amina, bertil)
    applied(newer, bertil, on=date(2026, 9, 20))
    services.start_applied(participation=applied(begun, bertil), on=STARTED, by=bertil)
    with trail.writing("test.activity.made", by=bertil) as act:
        for person, kind, first, last in (
            (newer, "establishment_programme", date(2026, 9, 20), None),
            (amina, "establishment_programme", date(2026, 1, 1), date(2026, 8, 31)),
            (amina, "employment", date(2026, 1, 1), None),
        ):
            act.create(Activity(board_id=bertil.board_id, person=person, kind=kind, start_date=first, end_date=last))
    with time_machine.travel("2026-10-30T12:00:00Z", tick=False):
        waiting = services.waiting_for_sfi(bertil)
    assert [(w.person_id, w.limit, w.days_left, w.in_establishment) for w in waiting] == [
        (newer.pk, date(2026, 10, 20), -10, True),
        (amina.pk, date(2026, 12, 1), 32, False),
    ]


def test_a_programme_taken_back_does_not_shorten_the_limit(amina: Person, bertil: Acting) -> None:
    course = applied(amina, bertil)
    with trail.writing("test.activity.made", by=bertil) as act:
        programme = act.create(
            Activity(
                board_id=bertil.board_id, person=amina, kind="establishment_programme", start_date=date(2026, 1, 1)
            )
        )
    assert services.limits_of([course])[course.pk].months == 1
    with trail.writing("test.activity.voided", by=bertil) as act:
        act.void(programme)
    assert services.limits_of([course])[course.pk].months == 3


def test_an_application_taken_back_leaves_the_list_and_can_be_had_back(amina: Person, bertil: Acting) -> None:
    course = applied(amina, bertil)
    with trail.writing("test.outer", by=bertil) as act:
        services.withdraw(participation=course, by=bertil)
    assert services.waiting_for_sfi(bertil) == []
    assert services.participations_of(amina) == []
    trail.undo(act.receipt_id, by=bertil)
    assert len(services.waiting_for_sfi(bertil)) == 1


def test_undo_of_a_start_puts_the_application_back_on_the_list(amina: Person, bertil: Acting) -> None:
    course = applied(amina, bertil)
    with trail.writing("test.outer", by=bertil) as act:
        services.start_applied(participation=course, on=STARTED, by=bertil, provider="Lärcentrum")
    trail.undo(act.receipt_id, by=bertil)
    (waiting,) = services.waiting_for_sfi(bertil)
    assert waiting.participation.provider == ""


def test_the_waiting_list_costs_one_query(amina: Person, bertil: Acting, django_assert_num_queries: object) -> None:
    for name in "abcde":
        applied(person_of(bertil, name), bertil)
    with django_assert_num_queries(1):
        assert len(services.waiting_for_sfi(bertil)) == 5


def test_readers_read_and_outsiders_find_nothing(amina: Person, bertil: Acting, cast: Cast) -> None:
    course = applied(amina, bertil)
    with acting_as(cast.rakel) as rakel:
        assert services.participation_for(rakel, course.pk) == course
        assert len(services.waiting_for_sfi(rakel)) == 1
    for outsider in (cast.rakel, cast.elsa):
        with acting_as(outsider):
            for attempt in (
                lambda by=outsider: services.withdraw(participation=course, by=by),
                lambda by=outsider: services.start_applied(participation=course, on=STARTED, by=by),
                lambda by=outsider: services.end(participation=course, on=STARTED, by=by),
                lambda by=outsider: applied(amina, by),
                lambda by=outsider: services.correct(participation=course, by=by, title="x"),
            ):
                with pytest.raises(NotAllowed):
                    attempt()
    for outsider in cast.outsiders:
        with acting_as(outsider):
            assert services.waiting_for_sfi(outsider) == []
            with pytest.raises(Missing):
                services.participation_for(outsider, course.pk)
