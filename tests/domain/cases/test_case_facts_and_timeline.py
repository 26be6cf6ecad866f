"""What the statistics and the life line are told, and nothing more."""

from datetime import UTC, date, datetime

from matrikel.domain.cases import door as cases
from matrikel.domain.cases import facts
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as
from tests.domain.cases.conftest import person_of

RECEIVED = date(2026, 2, 10)


def enrolled(person: Person, by: Acting) -> cases.Case:
    cases.receive(
        person=person,
        received_on=RECEIVED,
        category="quota_refugee",
        route="quota",
        previous_municipality="0180",
        by=by,
    )
    case = cases.open_case(person=person, on=date(2026, 3, 2), by=by)
    cases.close_case(case=case, on=date(2026, 9, 30), reason="social_services", by=by)
    return case


def test_facts_are_rows_in_the_declared_columns(amina: Person, bertil: Acting) -> None:
    enrolled(amina, bertil)
    unit, place = bertil.unit_id, "2380"
    told = [
        (facts.receptions(), (RECEIVED, unit, place, "quota_refugee", "quota", "0180")),
        (facts.enrolments(), (date(2026, 3, 2), unit, place, "quota_refugee")),
        (facts.discharges(), (date(2026, 9, 30), unit, place, "quota_refugee", "social_services")),
        (facts.referrals(), (date(2026, 9, 30), unit, place, "quota_refugee", "social_services")),
    ]
    kinds = []
    for found, expected in told:
        row = next(found.rows)
        assert next(found.rows, None) is None
        assert len(row) == len(found.columns)
        assert (row[0], row[2:]) == (amina.pk, expected)
        kinds.append(row[1])
    assert kinds == ["reception", "enrolment", "discharge", "referral"]


def test_the_category_is_that_of_the_reception_in_force(amina: Person, bertil: Acting) -> None:
    for on, category in ((date(2024, 1, 1), "relative"), (date(2026, 5, 1), "secondary_mover")):
        cases.receive(person=amina, received_on=on, category=category, by=bertil)
    cases.open_case(person=amina, on=date(2026, 3, 2), by=bertil)
    late = person_of(bertil, "Sara")
    cases.open_case(person=late, on=date(2026, 3, 2), by=bertil)
    cases.receive(person=late, received_on=date(2026, 3, 20), category="other_immigrant", by=bertil)
    bare = person_of(bertil, "Omar")
    cases.open_case(person=bare, on=date(2026, 3, 2), by=bertil)
    enrolments = facts.enrolments()
    found = {row[0]: row[enrolments.columns.index("category")] for row in enrolments.rows}
    assert found == {amina.pk: "relative", late.pk: "other_immigrant", bare.pk: ""}


def test_facts_of_a_few_persons_are_only_theirs(amina: Person, bertil: Acting) -> None:
    enrolled(amina, bertil)
    other = person_of(bertil, "Sara")
    cases.open_case(person=other, on=date(2026, 3, 2), by=bertil)
    assert [row[0] for row in facts.enrolments([other.pk]).rows] == [other.pk]
    assert list(facts.receptions([other.pk]).rows) == []


def test_what_is_open_voided_or_another_board_s_is_not_told(amina: Person, bertil: Acting, cast: Cast) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        enrolled(amina, bertil)
    with acting_as(cast.erik):
        for told in (facts.receptions, facts.enrolments, facts.discharges, facts.referrals):
            assert list(told().rows) == []
    trail.undo(act.receipt_id, by=bertil)
    cases.open_case(person=amina, on=date(2026, 3, 2), by=bertil)
    assert len(list(facts.enrolments().rows)) == 1
    for told in (facts.receptions, facts.discharges, facts.referrals):
        assert list(told().rows) == []


def test_the_timeline_shows_spells_and_marks_without_journal_text(amina: Person, bertil: Acting) -> None:
    case = enrolled(amina, bertil)
    newer = cases.open_case(person=amina, on=date(2026, 10, 1), by=bertil)
    cases.write_note(case=newer, kind="visit", happened_at=datetime(2026, 10, 2, tzinfo=UTC), text="hemligt", by=bertil)
    way = cases.timeline(amina)
    assert [(s.lane, s.first, s.last, s.note) for s in way.spells] == [
        ("case", date(2026, 10, 1), None, newer.number),
        ("case", date(2026, 3, 2), date(2026, 9, 30), case.number),
    ]
    marks = {(m.label, m.on, m.note, m.weighty) for m in way.marks}
    assert marks == {
        ("Mottagen av kommunen", RECEIVED, "Direkt från ett annat land inom kvoten", True),
        ("Ärendet avslutat", date(2026, 9, 30), "Vidare till socialtjänsten", False),
        ("Hänvisad vidare", date(2026, 9, 30), "Socialtjänsten", False),
    }
    assert "hemligt" not in repr(way)


def test_rows_of_a_merged_person_follow_the_one_kept(amina: Person, bertil: Acting) -> None:
    twin = person_of(bertil, "Amina H")
    enrolled(twin, bertil)
    with trail.writing("test.merged", by=bertil) as act:
        act.change(twin, merged_into=amina)
    assert len(cases.cases_of(amina)) == len(cases.receptions_of(amina)) == len(cases.referrals_of(amina)) == 1
