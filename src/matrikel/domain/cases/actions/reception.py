"""Recording how and when a person came to the municipality."""

from copy import copy
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel.domain.cases.models import Reception
from matrikel.domain.cases.rules import require, require_day
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def receive(
    *,
    person: Person,
    received_on: date,
    category: str,
    by: Acting,
    route: str = "",
    previous_municipality: str = "",
    allocation_number: str = "",
    allocated_on: date | None = None,
) -> Reception:
    """Record a reception.

    Raises RuleBroken: received_already, allocated_after_received, a code or day that cannot be.
    """
    require(by, Right.CASE_WRITE)
    reception = Reception(
        board_id=by.board_id,
        person=person,
        unit_id=by.unit_id,
        received_on=received_on,
        category=category,
        route=route,
        previous_municipality=previous_municipality,
        allocation_number=allocation_number.strip(),
        allocated_on=allocated_on,
    )
    _check(reception)
    with trail.writing("cases.reception.received", by=by, person=person.pk) as act:
        return act.create(reception)


def correct_reception(*, reception: Reception, by: Acting, version: int | None = None, **fields: Any) -> Reception:
    """Correct what was recorded. `version` is the row's when the form was shown. Raises as `receive`, and Conflict."""
    require(by, Right.CASE_WRITE)
    if version is not None:
        reception.version = version
    proposed = copy(reception)
    for name, value in fields.items():
        setattr(proposed, name, value)
    _check(proposed)
    with trail.writing("cases.reception.corrected", by=by, person=reception.person_id) as act:
        return act.change(reception, **fields)


def _check(reception: Reception) -> None:
    person, on = reception.person, reception.received_on
    require_day(on, field="received_on", born=person.birth_date, died=person.death_date)
    codes.require("categories", reception.category, on=on, field="category")
    if reception.route:
        codes.require("routes", reception.route, on=on, field="route")
    if reception.previous_municipality:
        codes.require("municipalities", reception.previous_municipality, field="previous_municipality")
    if reception.allocated_on and reception.allocated_on > on:
        raise RuleBroken("allocated_after_received", _("Anvisningen är senare än mottagandet."), field="allocated_on")
    others = trail.new_rows(Reception, person.pk)
    if others is None:
        others = list(Reception.objects.filter(people.own_rows(person), received_on=on)[:2])
    if any(other.received_on == on and other.pk != reception.pk for other in others):
        raise RuleBroken(
            "received_already",
            _("Det finns redan ett mottagande den dagen. Ändra det i stället."),
            field="received_on",
        )
