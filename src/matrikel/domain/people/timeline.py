"""This room's part of a person's way: registration, permits, activities, death."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, CharField, IntegerField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.base import codes, scope
from matrikel.domain.people.models import Activity, Permit, Person, Registration
from matrikel.domain.people.queries import own_rows, whereabouts_shown
from matrikel.domain.people.rules import LANES
from matrikel.kernel.timeline import Mark, Spell, Timeline

COLUMNS = ("what", "pk", "code", "place", "size", "start_date", "end_date")


def timeline(person: Person) -> Timeline:
    """Spells and marks of the person and of those merged into them, in one query. Places are hidden where they must."""
    shown, home = whereabouts_shown(person), scope.current().municipality
    spells: list[Spell] = []
    marks: list[Mark] = []
    for what, pk, code, place, size, start, end in _rows(person):
        if what == "registration":
            label = _registered_in(code, shown=shown or code == home)
            spells.append(Spell("registered", label, start, end, counts_as="residence", code=code))
            marks += _moved(place, size, end, shown=shown)
        elif what == "permit":
            note = _("till och med %(day)s") % {"day": end.isoformat()} if end else ""
            marks.append(
                Mark(_("Uppehållstillstånd: %(ground)s") % {"ground": codes.label("permit_grounds", code)}, start, note)
            )
        else:
            counts_as = codes.counts_as("activities", code)
            note = ", ".join(part for part in (f"{size} %" if size else "", place if shown else "") if part)
            url = reverse("people-activity-correct", args=[pk])
            lane = LANES.get(counts_as, "support")
            spells.append(
                Spell(lane, codes.label("activities", code), start, end, counts_as=counts_as, note=note, url=url)
            )
    if person.death_date:
        marks.append(Mark(_("Avliden"), person.death_date, weighty=True))
    return Timeline(tuple(spells), tuple(marks))


def _rows(person: Person) -> Any:
    """Three tables as one list, so that a page costs one query however much has happened."""
    mine = own_rows(person)
    activities = Activity.objects.filter(mine).values_list(
        Value("activity", CharField()), "pk", "kind", "place", Cast("extent", IntegerField()), "start_date", "end_date"
    )
    registrations = Registration.objects.filter(mine).values_list(
        Value("registration", CharField()), "pk", "municipality", "moved_to",
        Case(When(moved_abroad=True, then=1), default=0, output_field=IntegerField()), "start_date", "end_date",
    )  # fmt: skip
    permits = Permit.objects.filter(mine).values_list(
        Value("permit", CharField()), "pk", "ground", Value("", CharField()), Value(0, IntegerField()), "start_date",
        "end_date",
    )  # fmt: skip
    return sorted(activities.union(registrations, permits, all=True), key=lambda row: (row[5], row[0], str(row[1])))


def _registered_in(code: str, *, shown: bool) -> str:
    if not shown:
        return _("Folkbokförd i en annan kommun")
    return _("Folkbokförd i %(place)s") % {"place": codes.label("municipalities", code)}


def _moved(destination: str, abroad: int, on: date | None, *, shown: bool) -> Iterator[Mark]:
    if on is None or not (destination or abroad):
        return
    note = (_("utomlands") if abroad else codes.label("municipalities", destination)) if shown else ""
    yield Mark(_("Flyttade"), on, note)
