"""Reading what is filled in. Responses are the unit's own; a sensitive one exists only for those close to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from matrikel.base import scope
from matrikel.domain.access.door import Right
from matrikel.domain.cases.door import Assignment
from matrikel.domain.instruments.catalogue import forms, name_of, worded
from matrikel.domain.instruments.models import Approval, FormVersion, OfficialWording, Opening, Response, Section
from matrikel.domain.instruments.rules import DUE_SOON_DAYS, log_as, may_use, require_draft
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel_forms import Form, form_asked

OWN_KINDS = ("assessment", "instrument", "checklist")
"""The kinds begun and signed here: plans and surveys have rooms of their own."""


@dataclass(frozen=True)
class DueAgain:
    """A signed response whose form should be filled in anew by a day."""

    response: Response
    name: str
    on: date

    @property
    def person_id(self) -> UUID:
        return self.response.person_id


def response_for(by: Acting, response_id: UUID) -> Response:
    """A response the acting post may see, with sections, scores and what it opened at hand; logged. Raises Missing."""
    found: Response | None = (
        readable(by)
        .filter(pk=response_id)
        .select_related("form_version", "case", "person__merged_into", "author__user", "signed_by__user")
        .prefetch_related("sections__written_by__user", "scores", "openings")
        .first()
    )
    if found is None:
        raise Missing
    action = log_as("instruments.response.read", sensitive=found.is_sensitive)
    trail.read(action, by=by, persons=[found.person_id])
    return found


def person_of(row: Response | Opening) -> Person:
    """Whom it is about, with the number of the case to stand for a protected name."""
    person: Person = row.person.merged_into or row.person
    person.case_number = (row if isinstance(row, Response) else row.response).case.number
    return person


def section_now(response: Response, section: str) -> Section:
    """A section as it stands in this moment, with who wrote it. Raises Missing."""
    rows = Section.objects.filter(response=response, section=section).select_related("written_by__user")
    found: Section | None = rows.first()
    if found is None:
        raise Missing
    return found


def response_to_write(by: Acting, response_id: UUID) -> Response:
    """The same for an act that shows nothing and logs itself. Raises Missing."""
    found: Response | None = readable(by).filter(pk=response_id).select_related("form_version", "case").first()
    if found is None:
        raise Missing
    return found


def draft_to_write(by: Acting, response_id: UUID) -> Response:
    """A draft as it stands now, kept from others until the open act ends. Raises Missing, RuleBroken("signed")."""
    rows = readable(by).filter(pk=response_id).select_related("form_version").select_for_update(of=("self",))
    found: Response | None = rows.first()
    if found is None:
        raise Missing
    require_draft(found.signed_at)
    return found


def responses_of(person: Person, by: Acting) -> list[Response]:
    """What is filled in about a person and the acting post may see: drafts first, then the newest; none replaced.

    Plans are left out: they have a room of their own.
    """
    rows = _listed(readable(by).filter(people.own_rows(person)).exclude(form__in=_plans()))
    return sorted(rows, key=lambda row: (row.is_signed, -(row.signed_at or row.recorded_at).timestamp()))


def history_of(response: Response, by: Acting) -> list[Response]:
    """The signed versions of a response that replaced each other, and the draft of the next; oldest first."""
    alike = {
        row.pk: row
        for row in readable(by)
        .filter(case_id=response.case_id, form=response.form)
        .select_related("author__user", "signed_by__user", "form_version")
        .prefetch_related("sections")
    }
    first = response.pk
    while (row := alike.get(first)) and row.replaces_id in alike:
        first = row.replaces_id
    chain, after = [], {row.replaces_id: row for row in alike.values() if row.replaces_id}
    step = alike.get(first)
    while step is not None:
        chain.append(step)
        step = after.get(step.pk)
    return chain


def answers_of(response: Response) -> dict[str, Any]:
    """All answers of a response in one mapping, by path."""
    return {path: value for part in response.sections.all() for path, value in part.answers.items()}


def sections_of(response: Response) -> dict[str, Section]:
    """The sections of a response by the id of their group."""
    return {part.section: part for part in response.sections.all()}


def form_of(response: Response) -> Form:
    """The form as it was asked and worded, whatever its file says today."""
    return _asked(response.form_version)


@lru_cache(maxsize=64)
def _asked(version: FormVersion) -> Form:
    """Kept between the many times an open page saves itself: a stored version never changes."""
    return form_asked(version.snapshot)


def form_in_words(response: Response) -> Form:
    """The form as it was asked; in languages it was not shown in, with the words its file has for them today."""
    asked, today = form_of(response), forms().get(response.form)
    if today is None or today.logic_hash != asked.logic_hash:
        return asked
    return replace(asked, wordings={**today.wordings, **asked.wordings})


def title_of(response: Response) -> str:
    """What the form is called, in the reader's language."""
    return name_of(response.form, getattr(response, "kept_name", ""))


def usable_forms(by: Acting, kinds: Collection[str] = OWN_KINDS) -> list[Form]:
    """The forms of some kinds that the acting post may begin about a person."""
    found = [form for form in forms().values() if form.kind in kinds and form.retention == "case"]
    return [form for form in found if may_use(form, by)]


def form_for(by: Acting, form: str) -> Form:
    """A form as the acting unit words it. Raises Missing for one that does not exist or that the post may not use."""
    found = forms().get(form)
    if found is None or not may_use(found, by):
        raise Missing
    return in_own_words(found, by)


def in_own_words(form: Form, by: Acting) -> Form:
    """A form with the official wordings the acting unit has loaded and the translations it has approved."""
    wordings = OfficialWording.objects.filter(unit_id=by.unit_id, form=form.id)
    approvals = Approval.objects.filter(unit_id=by.unit_id, form=form.id)
    return worded(form, list(wordings), {row.language: (row.text_hash, row.approved_by) for row in approvals})


def own_draft(by: Acting, case_id: UUID, form: str) -> Response | None:
    """The draft of a form that the acting post has open in a case."""
    mine = Response.objects.filter(case_id=case_id, form=form, author_id=by.post_id, signed_at=None)
    found: Response | None = mine.select_related("form_version", "case").first()
    return found


def due_again(by: Acting) -> list[DueAgain]:
    """What should be filled in anew in the acting post's open cases, overdue or soon; nearest first."""
    limit = clock.today() + timedelta(days=DUE_SOON_DAYS)
    newer = Response.objects.filter(case_id=OuterRef("case_id"), form=OuterRef("form"))
    rows = _listed(readable(by).filter(_held(by), due_on__lte=limit, case__end_date=None))
    rows = rows.exclude(form__in=_plans())
    rows = rows.exclude(Exists(newer.filter(signed_at__gt=OuterRef("signed_at"))))
    rows = rows.exclude(Exists(newer.filter(signed_at=None)))
    return [DueAgain(row, title_of(row), row.due_on) for row in rows.order_by("due_on", "pk")]


def openings_waiting(by: Acting) -> list[Opening]:
    """What somebody close to the response has to settle, oldest first."""
    return list(_openings(by).filter(settled_at=None).order_by("recorded_at", "pk"))


def openings_of(person: Person, by: Acting) -> list[Opening]:
    """What responses about a person have opened, waiting ones first."""
    rows = _openings(by).filter(people.own_rows(person)).select_related("settled_by__user")
    return sorted(rows, key=lambda row: (row.settled_at is not None, row.recorded_at))


def opening_for(by: Acting, opening_id: UUID) -> Opening:
    """A check to settle; logged. Raises Missing."""
    found: Opening | None = _openings(by).filter(pk=opening_id).first()
    if found is None:
        raise Missing
    action = log_as("instruments.opening.read", sensitive=found.response.is_sensitive)
    trail.read(action, by=by, persons=[found.person_id])
    return found


def signed_rows(person: Person) -> QuerySet[Response]:
    """Signed responses to forms that are no plans: `form`, id, form, its name when it was asked, day, and 0.

    For the room that tells a person's way to join with its own, so that both cost one query.
    """
    rows = readable(scope.current()).filter(people.own_rows(person), signed_at__isnull=False)
    return (  # type: ignore[no-any-return]
        rows.exclude(form__in=_plans())
        .exclude(Exists(_replacing()))
        .values_list(
            Value("form", CharField()), "pk", "form", "form_version__name", TruncDate("signed_at", tzinfo=clock.SWEDEN),
            Value(0, IntegerField()),
        )
    )  # fmt: skip


def readable(by: Acting) -> QuerySet[Response]:
    """The unit's responses about persons within reach: signed ones, and drafts for those who write.

    A sensitive one is there only for posts with the right that are its author, hold the case or lead the unit.
    """
    rows: Any = Response.objects.filter(unit_id=by.unit_id)
    rows = rows.alias(kept=Coalesce("person__merged_into_id", "person_id"))
    rows = rows.filter(Exists(people.visible(by).filter(pk=OuterRef("kept"))))
    rows = rows.filter(_close(by) | Q(is_sensitive=False) if by.may(Right.FORM_SENSITIVE) else Q(is_sensitive=False))
    return rows if by.may(Right.FORM_WRITE) else rows.filter(signed_at__isnull=False)  # type: ignore[no-any-return]


def _plans() -> list[str]:
    return [form.id for form in forms().values() if form.kind == "plan"]


def _close(by: Acting) -> Q:
    return Q(pk__isnull=False) if by.may(Right.CASE_ASSIGN) else Q(author_id=by.post_id) | _held(by)


def _held(by: Acting) -> Q:
    mine = Assignment.objects.filter(case_id=OuterRef("case_id"), post_id=by.post_id, end_date=None)
    return Q(Exists(mine))


def _openings(by: Acting) -> QuerySet[Opening]:
    near = readable(by).filter(_close(by))
    rows: QuerySet[Opening] = Opening.objects.filter(response__in=near.values("pk"))
    return rows.select_related("response__case", "person__merged_into")


def _replacing() -> QuerySet[Response]:
    found: QuerySet[Response] = Response.objects.filter(replaces_id=OuterRef("pk"), signed_at__isnull=False)
    return found


def _listed(rows: QuerySet[Response]) -> Any:
    """Rows for a list: without answers and words, those that a signed one has replaced left out."""
    return (
        rows.exclude(Exists(_replacing()))
        .annotate(kept_name=F("form_version__name"))
        .select_related("author__user", "case", "signed_by__user")
        .prefetch_related("scores")
        .order_by("-signed_at", "pk")
    )
