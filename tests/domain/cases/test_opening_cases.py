"""Opening a case: numbered, assigned, one of a kind; found by its number; invisible to outsiders."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from matrikel.domain.access import door as access
from matrikel.domain.access.models import Relation
from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as
from tests.domain.cases.conftest import person_of

OPENED = date(2026, 3, 2)


def test_a_case_is_opened_numbered_and_worked(amina: Person, bertil: Acting) -> None:
    case = cases.open_case(person=amina, on=OPENED, by=bertil)
    assert case.number == "IE 2026-0001"
    assert [(a.post_id, a.role, a.start_date) for a in case.assignments.all()] == [(bertil.post_id, "main", OPENED)]
    assert Relation.objects.filter(source_id=case.pk, ground="case", unit_id=bertil.unit_id).exists()
    assert cases.current_case(amina) == case
    assert case.caseworker == "Bertil"
    assert [c.pk for c in cases.my_cases(bertil)] == [case.pk]
    actions = set(trail.of_person(amina.pk, by=bertil).values_list("action", flat=True))
    assert {"cases.case.opened", "access.relation.given"} <= actions


def test_numbers_run_by_year_of_opening_and_board_and_are_never_used_twice(bertil: Acting, cast: Cast) -> None:
    def opened(on: date) -> str:
        return cases.open_case(person=person_of(bertil), on=on, by=bertil).number

    assert [opened(OPENED), opened(date(2025, 5, 5)), opened(OPENED)] == [
        "IE 2026-0001",
        "IE 2025-0001",
        "IE 2026-0002",
    ]
    with trail.writing("test.outer", by=bertil) as act:
        opened(OPENED)
    trail.undo(act.receipt_id, by=bertil)
    assert opened(OPENED) == "IE 2026-0004"
    with acting_as(cast.erik) as erik:
        assert cases.open_case(person=person_of(erik), on=OPENED, by=erik).number == "IE 2026-0001"


def test_a_series_does_not_end_at_9999(bertil: Acting) -> None:
    first = cases.open_case(person=person_of(bertil), on=OPENED, by=bertil)
    with trail.writing("test.many", by=bertil) as act:
        act.change(first, serial=9999, number="IE 2026-9999")
    assert cases.open_case(person=person_of(bertil), on=OPENED, by=bertil).number == "IE 2026-10000"
    assert cases.open_case(person=person_of(bertil), on=OPENED, by=bertil).number == "IE 2026-10001"


def test_a_second_open_case_is_refused_with_the_way_out(amina: Person, case: cases.Case, bertil: Acting) -> None:
    with pytest.raises(RuleBroken) as fault:
        cases.open_case(person=amina, on=OPENED, by=bertil)
    assert fault.value.code == "open_case_exists"
    assert case.number in str(fault.value)


def test_the_database_itself_holds_one_open_case(amina: Person, case: cases.Case, bertil: Acting) -> None:
    twin = cases.Case(
        board_id=bertil.board_id, person=amina, unit_id=bertil.unit_id, series="X", serial=1, number="X",
        start_date=OPENED,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(("on", "code"), [(date(2199, 1, 1), "in_future"), (date(1980, 1, 1), "before_birth")])
def test_a_day_that_cannot_be_is_refused(amina: Person, bertil: Acting, on: date, code: str) -> None:
    with pytest.raises(RuleBroken) as fault:
        cases.open_case(person=amina, on=on, by=bertil)
    assert (fault.value.code, fault.value.field) == (code, "on")


def test_a_case_is_opened_for_a_colleague_of_the_unit_only(amina: Person, bertil: Acting, cast: Cast) -> None:
    for stranger in (cast.david.post_id, cast.rakel.post_id, uuid4()):
        with pytest.raises(RuleBroken) as fault:
            cases.open_case(person=amina, on=OPENED, by=bertil, post_id=stranger)
        assert (fault.value.code, fault.value.field) == ("unknown_post", "post_id")
    assert cases.open_case(person=amina, on=OPENED, by=bertil, post_id=cast.cecilia.post_id).caseworker == "Cecilia"


def test_undo_takes_case_assignment_and_relation_back(amina: Person, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        case = cases.open_case(person=amina, on=OPENED, by=bertil)
    trail.undo(act.receipt_id, by=bertil)
    assert cases.cases_of(amina) == []
    assert not cases.Assignment.objects.filter(case_id=case.pk).exists()
    assert not Relation.objects.filter(source_id=case.pk).exists()


def test_a_reader_reads_and_does_not_write(amina: Person, case: cases.Case, cast: Cast) -> None:
    with acting_as(cast.rakel) as rakel:
        assert cases.case_for(rakel, case.pk) == case
        with pytest.raises(NotAllowed):
            cases.open_case(person=amina, on=OPENED, by=rakel)


def test_outsiders_find_nothing(amina: Person, case: cases.Case, cast: Cast) -> None:
    for outsider in cast.outsiders:
        with acting_as(outsider):
            for unknown in (case.pk, uuid4()):
                with pytest.raises(Missing):
                    cases.case_for(outsider, unknown)
            assert not cases.unit_cases(outsider).exists()
            assert not cases.my_cases(outsider).exists()
            assert cases.person_ids_of_case_number(outsider, case.number) == set()
            assert cases.case_numbers(outsider, [amina.pk]) == {}


def test_another_unit_with_its_own_relation_does_not_see_the_case(amina: Person, case: cases.Case, cast: Cast) -> None:
    """Cases and journals are the unit's own, also when two units of a board know the same person."""
    with acting_as(cast.david) as david:
        access.relate(person_id=amina.pk, ground=access.Ground.REGISTRATION, by=david)
        own = cases.open_case(person=amina, on=OPENED, by=david)
        assert cases.cases_of(amina) == [own]
        with pytest.raises(Missing):
            cases.case_for(david, case.pk)
        with pytest.raises(Missing):
            cases.close_case(case=case, on=OPENED, reason="moved", by=david)
        assert [spell.note for spell in cases.timeline(amina).spells] == [own.number]


def test_the_case_of_a_protected_person_stays_in_the_circle(bertil: Acting, cast: Cast) -> None:
    hidden = person_of(bertil, "Farah", protection="marked")
    with pytest.raises(RuleBroken) as fault:
        cases.open_case(person=hidden, on=OPENED, by=bertil, post_id=cast.cecilia.post_id)
    assert fault.value.code == "outside_circle"
    case = cases.open_case(person=hidden, on=OPENED, by=bertil)
    assert [c.pk for c in cases.unit_cases(bertil)] == [case.pk]
    with acting_as(cast.cecilia) as cecilia:
        assert not cases.unit_cases(cecilia).exists()
        with pytest.raises(Missing):
            cases.case_for(cecilia, case.pk)


def test_a_case_of_somebody_merged_is_as_hidden_as_the_one_who_was_kept(
    amina: Person, case: cases.Case, bertil: Acting, cast: Cast
) -> None:
    kept = person_of(bertil, "Farah", protection="marked")
    with trail.writing("test.merged", by=bertil) as act:
        act.change(amina, merged_into=kept)
    assert [c.pk for c in cases.unit_cases(bertil)] == [case.pk]
    assert cases.person_ids_of_case_number(bertil, case.number) == {kept.pk}
    assert cases.case_numbers(bertil, [kept.pk]) == {kept.pk: case.number}
    with pytest.raises(RuleBroken) as fault:
        cases.open_case(person=kept, on=OPENED, by=bertil)
    assert fault.value.code == "open_case_exists"
    with acting_as(cast.cecilia) as cecilia:
        assert not cases.unit_cases(cecilia).exists()
        assert cases.person_ids_of_case_number(cecilia, case.number) == set()
        with pytest.raises(Missing):
            cases.case_for(cecilia, case.pk)


@pytest.mark.parametrize("text", ["IE 2026-0001", "ie2026-1", " IE 2026-001 ", "2026-0001", "IE2026/1"])
def test_a_case_is_found_by_its_number_in_any_writing(
    amina: Person, case: cases.Case, bertil: Acting, text: str
) -> None:
    assert cases.person_ids_of_case_number(bertil, text) == {amina.pk}


@pytest.mark.parametrize("text", ["", "1", "Amina", "IE 2026-0002", "XX 2026-0001", "900312-9812", "19900312"])
def test_other_texts_find_no_case(case: cases.Case, bertil: Acting, text: str) -> None:
    assert cases.person_ids_of_case_number(bertil, text) == set()


def test_reading_a_case_is_logged(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.case_for(bertil, case.pk)
    entry = trail.of_person(amina.pk, by=bertil)[0]
    assert (entry.action, entry.outcome) == ("cases.case.read", "read")
