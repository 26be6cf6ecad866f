"""Reading who takes part in what. Participation follows the person: whoever may see the person sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.services.models import Participation
from matrikel.domain.services.rules import ESTABLISHMENT, OFFERS, Limit, sfi_start_limit
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel.kernel.timeline import Mark, Spell, Timeline


@dataclass(frozen=True)
class Waiting:
    """Somebody who has applied for SFI and not begun. `limit` is the last day to begin on, `days_left` until it."""

    participation: Participation
    person: Person
    applied_on: date
    limit: date
    paragraph: str
    days_left: int
    in_establishment: bool

    @property
    def person_id(self) -> UUID:
        return self.person.pk


def participation_for(by: Acting, participation_id: UUID) -> Participation:
    """A participation of somebody within reach; logged. Raises Missing."""
    rows = Participation.objects.filter(pk=participation_id).select_related("person")
    found: Participation | None = _reached(rows, by).first()
    if found is None:
        raise Missing
    trail.read("services.participation.read", by=by, persons=[found.person_id])
    return found


def participations_of(person: Person) -> list[Participation]:
    """What a person takes or took part in: applications first, then what goes on, then the newest."""
    return sorted(Participation.objects.filter(people.own_rows(person)), key=_order)


def waiting_for_sfi(by: Acting) -> list[Waiting]:
    """Those of the acting unit who have applied for SFI and not begun, the nearest limit first.

    Somebody counts as in the establishment programme when the programme was in force on the day of application.
    """
    today = clock.today()
    waiting = []
    for row in _applications(by):
        limit = sfi_start_limit(row.applied_on, row.in_establishment)
        waiting.append(
            Waiting(
                participation=row,
                person=row.person.merged_into or row.person,
                applied_on=row.applied_on,
                limit=limit.on,
                paragraph=limit.paragraph,
                days_left=limit.days_left(today),
                in_establishment=row.in_establishment,
            )
        )
    return sorted(waiting, key=lambda one: (one.limit, one.person.sort_key))


def limits_of(participations: list[Participation]) -> dict[UUID, Limit]:
    """The SFI limit of each application among rows, by participation id. One query."""
    applied = [row.pk for row in participations if row.kind == "sfi" and row.applied_on]
    if not applied:
        return {}
    rows = _with_programme(Participation.objects.filter(pk__in=applied))
    return {row.pk: sfi_start_limit(row.applied_on, row.in_establishment) for row in rows}


def timeline(person: Person) -> Timeline:
    """Spells by lane, with the provider where whereabouts are shown, and applications for SFI as marks."""
    spells, marks = [], []
    shows_where = people.whereabouts_shown(person)
    for row in participations_of(person):
        if row.applied_on:
            marks.append(Mark(_("Anmälan till sfi"), row.applied_on))
        if row.start_date:
            spells.append(
                Spell(
                    OFFERS[row.kind].lane,
                    row.title or row.kind_label,
                    row.start_date,
                    row.end_date,
                    codes.counts_as("activities", row.kind),
                    note=", ".join(filter(None, (row.provider if shows_where else "", row.result_label))),
                )
            )
    return Timeline(tuple(spells), tuple(marks))


def _applications(by: Acting) -> Any:
    rows = Participation.objects.filter(kind="sfi", start_date=None, unit_id=by.unit_id)
    return _with_programme(_reached(rows, by).select_related("person__merged_into"))


def _with_programme(rows: QuerySet[Participation]) -> Any:
    """Annotated with whether the establishment programme was in force on the day of application."""
    during = Person.objects.filter(
        Q(activities__end_date=None) | Q(activities__end_date__gte=OuterRef("applied_on")),
        pk=OuterRef("person_id"),
        activities__kind=ESTABLISHMENT,
        activities__voided_at=None,
        activities__start_date__lte=OuterRef("applied_on"),
    )
    return rows.annotate(in_establishment=Exists(during))


def _reached(rows: Any, by: Acting) -> Any:
    """Rows about persons within reach. Of a merged pair the one kept decides: protection may be higher there."""
    kept = Coalesce("person__merged_into_id", "person_id")
    return rows.alias(kept=kept).filter(Exists(people.visible(by).filter(pk=OuterRef("kept"))))


def _order(row: Participation) -> tuple[int, int]:
    state = 0 if row.start_date is None else 1 if row.end_date is None else 2
    first = row.start_date or row.applied_on
    return state, -first.toordinal() if first else 0
