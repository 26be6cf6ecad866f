"""Reading cases and the journal. Cases and notes are the unit's own; a reception follows the person."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from matrikel.base import codes, scope
from matrikel.domain.cases.models import Assignment, Case, Note, Reception, Referral
from matrikel.domain.cases.rules import parse_number
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel.kernel.timeline import Mark, Spell, Timeline

KEPT = Coalesce("person__merged_into_id", "person_id")
CLOSED_CASE = "closed case"
"""Ground in the log for reading a case that is over."""


def case_to_write(by: Acting, case_id: UUID) -> Case:
    """A case of the acting unit, for an act that shows nothing and logs itself. Raises Missing."""
    case = unit_cases(by).filter(pk=case_id).first()
    if case is None:
        raise Missing
    return case


def case_for(by: Acting, case_id: UUID) -> Case:
    """A case of the acting unit about somebody within reach; logged. Raises Missing."""
    case = case_to_write(by, case_id)
    trail.read("cases.case.read", by=by, persons=[case.person_id], ground=_ground(case))
    return case


def note_for(by: Acting, note_id: UUID) -> Note:
    """A note the acting post may see: signed in the unit, or one's own draft; logged. Raises Missing."""
    note: Note | None = _reached(_readable(by), by).filter(pk=note_id).first()
    if note is None:
        raise Missing
    trail.read("cases.note.read", by=by, persons=[note.person_id], ground=_ground(note.case))
    return note


def reception_for(by: Acting, reception_id: UUID) -> Reception:
    """A reception of somebody within reach; logged. Raises Missing."""
    found = Reception.objects.filter(pk=reception_id).select_related("person")
    reception: Reception | None = _reached(found, by).first()
    if reception is None:
        raise Missing
    trail.read("cases.reception.read", by=by, persons=[reception.person_id])
    return reception


def cases_of(person: Person) -> list[Case]:
    """The acting unit's cases about a person, open first, then newest; who works them at hand as `working`."""
    cases = Case.objects.filter(people.own_rows(person), unit_id=scope.current().unit_id).prefetch_related(_working())
    return sorted(cases, key=lambda case: (not case.is_open, -case.start_date.toordinal()))


def current_case(person: Person) -> Case | None:
    """The acting unit's open case about a person, if any, with the name of its main caseworker at hand."""
    main = Assignment.objects.filter(case=OuterRef("pk"), role="main", end_date=None)
    case: Case | None = (
        Case.objects.filter(people.own_rows(person), unit_id=scope.current().unit_id, end_date=None)
        .annotate(main_caseworker=Subquery(main.values("post__user__name")[:1]))
        .order_by("-start_date")
        .first()
    )
    return case


def receptions_of(person: Person) -> list[Reception]:
    """Receptions of a person in the board, newest first."""
    return list(Reception.objects.filter(people.own_rows(person)).order_by("-received_on"))


def referrals_of(person: Person) -> list[Referral]:
    """Where the acting unit has referred a person, newest first."""
    unit = scope.current().unit_id
    return list(Referral.objects.filter(people.own_rows(person), case__unit_id=unit).order_by("-on"))


def notes_of(case: Case, by: Acting) -> QuerySet[Note]:
    """The notes of a case that the acting post may see, newest first."""
    return _readable(by).filter(case=case)


def journal_of(person: Person, by: Acting) -> QuerySet[Note]:
    """The notes of all the unit's cases about a person that the acting post may see, newest first."""
    return _readable(by).filter(people.own_rows(person))


def own_note(by: Acting, note_id: UUID) -> Note | None:
    """A note the acting post has begun, also one thrown away or signed since; not logged, being one's own."""
    note: Note | None = Note.with_voided.filter(pk=note_id, author_id=by.post_id).select_related("case").first()
    return note


def unit_cases(by: Acting) -> QuerySet[Case]:
    """All cases of the acting unit about persons within reach, with person and who works them (`working`)."""
    cases: QuerySet[Case] = _reached(Case.objects.filter(unit_id=by.unit_id), by)
    return cases.select_related("person__merged_into").prefetch_related(_working())


def introduced(by: Acting, *, since: date | None = None, until: date | None = None) -> list[UUID]:
    """Persons of the acting unit's introduction cases: discharged from a day to a day, or enrolled now without days."""
    cases = unit_cases(by).filter(kind="introduction")
    found = cases.filter(end_date__range=(since, until)) if since and until else cases.filter(end_date=None)
    return list(found.order_by().values_list(KEPT, flat=True).distinct())


def my_cases(by: Acting) -> QuerySet[Case]:
    """Open cases that the acting post works today."""
    mine = Assignment.objects.filter(post_id=by.post_id, end_date=None)
    return unit_cases(by).filter(end_date=None, pk__in=mine.values("case_id"))


def person_ids_of_case_number(by: Acting, text: str) -> set[UUID]:
    """Persons within reach whose case in the acting unit has the number, written as people write it."""
    parsed = parse_number(text)
    if parsed is None:
        return set()
    series, serial = parsed
    named = Q(series__endswith=series) if series.startswith(" ") else Q(series=series)
    return set(unit_cases(by).filter(named, serial=serial).values_list(KEPT, flat=True))


def case_numbers(by: Acting, person_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Number of the acting unit's newest case by person: what stands in a list instead of a protected name."""
    merged = Person.objects.filter(merged_into_id__in=person_ids).values_list("pk", flat=True)
    cases = unit_cases(by).filter(person_id__in=[*person_ids, *merged])
    return dict(cases.order_by("start_date", "serial").values_list(KEPT, "number"))


def shown_person(case: Case) -> Person:
    """Whom the case is about, with its number to stand for a protected name."""
    person: Person = case.person.merged_into or case.person
    person.case_number = case.number
    return person


def timeline(person: Person) -> Timeline:
    """Cases as spells; receptions, referrals and closings as marks. No journal text."""
    spells, marks = [], []
    kinds = dict(Case.KINDS)
    for what, code, start, end, number, reason in _way(person):
        if what == "case":
            spells.append(Spell("case", str(kinds.get(code, code)), start, end, note=number))
            if end:
                marks.append(Mark(_("Ärendet avslutat"), end, note=codes.label("close_reasons", reason)))
        elif what == "reception":
            note = codes.label("routes", code) if code else ""
            marks.append(Mark(_("Mottagen av kommunen"), start, note=note, weighty=True))
        else:
            marks.append(Mark(_("Hänvisad vidare"), start, note=codes.label("receivers", code)))
    return Timeline(tuple(spells), tuple(marks))


def _way(person: Person) -> Any:
    """Three tables as one list, so that a page costs one query however much has happened."""
    mine, unit = people.own_rows(person), scope.current().unit_id
    nothing, no_day = Value("", CharField()), Value(None, DateField())
    cases = Case.objects.filter(mine, unit_id=unit).values_list(
        Value("case", CharField()), "kind", "start_date", "end_date", "number", "close_reason"
    )
    receptions = Reception.objects.filter(mine).values_list(
        Value("reception", CharField()), "route", "received_on", no_day, nothing, nothing
    )
    referrals = Referral.objects.filter(mine, case__unit_id=unit).values_list(
        Value("referral", CharField()), "receiver", "on", no_day, nothing, nothing
    )
    return sorted(cases.union(receptions, referrals, all=True), key=lambda row: (row[2], row[0], row[1]), reverse=True)


def _reached(rows: Any, by: Acting) -> Any:
    """Rows about persons within reach. Of a merged pair the one kept decides: protection may be higher there.

    Asked row by row: as a list of ids, SQLite would read every person of the unit first.
    """
    return rows.alias(kept=KEPT).filter(Exists(people.visible(by).filter(pk=OuterRef("kept"))))


def _working() -> Prefetch[str, QuerySet[Assignment], str]:
    current = Assignment.objects.filter(end_date=None).select_related("post__user").order_by("-role", "start_date")
    return Prefetch("assignments", queryset=current, to_attr="working")


def _readable(by: Acting) -> QuerySet[Note]:
    notes: QuerySet[Note] = Note.objects.filter(case__unit_id=by.unit_id)
    return (
        notes.filter(Q(signed_at__isnull=False) | Q(author_id=by.post_id))
        .select_related("case", "author__user", "struck_by__user")
        .order_by("-happened_at", "-recorded_at", "pk")
    )


def _ground(case: Case) -> str:
    return "casework" if case.is_open else CLOSED_CASE
