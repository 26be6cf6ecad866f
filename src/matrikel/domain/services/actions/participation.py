"""Applying for, beginning and ending a service."""

from copy import copy
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.services.models import Participation
from matrikel.domain.services.rules import (
    check_days,
    check_extent,
    check_kind,
    check_overlap,
    check_provider,
    check_result,
    require_right,
)
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel.kernel.period import Period


def apply(*, person: Person, kind: str, on: date, by: Acting, title: str = "", provider: str = "") -> Participation:
    """Record an application (SFI). One waits for a start at a time. Raises RuleBroken: applied_already …"""
    require_right(by)
    check_kind(kind, applied=True)
    waiting = Participation.objects.filter(people.own_rows(person), kind=kind, start_date=None).first()
    if waiting is not None:
        raise RuleBroken(
            "applied_already",
            _("Det finns redan en ansökan från %(day)s som väntar på start.") % {"day": waiting.applied_on.isoformat()},
            field="on",
        )
    row = Participation(
        board_id=by.board_id, person=person, unit_id=by.unit_id, kind=kind, applied_on=on,
        title=title.strip(), provider=provider.strip(),
    )  # fmt: skip
    _check(row, day="on")
    with trail.writing("services.participation.applied", by=by, person=person.pk) as act:
        return act.create(row)


def begin(
    *,
    person: Person,
    kind: str,
    start_date: date,
    by: Acting,
    title: str = "",
    provider: str = "",
    extent: int | None = None,
    basis: str = "unknown",
    applied_on: date | None = None,
    end_date: date | None = None,
    result: str = "",
) -> Participation:
    """Record that somebody takes part, from a day. Raises RuleBroken: overlaps, no_provider, end_before_start …"""
    require_right(by)
    check_kind(kind, applied=applied_on is not None)
    row = Participation(
        board_id=by.board_id, person=person, unit_id=by.unit_id, kind=kind, start_date=start_date, end_date=end_date,
        applied_on=applied_on, title=title.strip(), provider=provider.strip(), extent=extent, basis=basis,
        result=result,
    )  # fmt: skip
    _check(row)
    with trail.writing("services.participation.begun", by=by, person=person.pk) as act:
        return act.create(row)


def start_applied(
    *, participation: Participation, on: date, by: Acting, title: str | None = None, provider: str | None = None
) -> Participation:
    """The start that an application led to. Raises RuleBroken: started_already, start_before_application, overlaps."""
    require_right(by)
    if participation.start_date is not None:
        raise RuleBroken("started_already", _("Insatsen har redan börjat."), field="on")
    values: dict[str, Any] = {"start_date": on}
    values |= {name: text.strip() for name, text in (("title", title), ("provider", provider)) if text is not None}
    _check(_as_if(participation, **values), day="on")
    with trail.writing("services.participation.started", by=by, person=participation.person_id) as act:
        return act.change(participation, **values)


def end(*, participation: Participation, on: date, by: Acting, result: str = "") -> Participation:
    """The last day, with the result where the kind has results. Raises RuleBroken: not_started, ended_already …"""
    require_right(by)
    if participation.start_date is None:
        raise RuleBroken("not_started", _("Insatsen har inte börjat. Ta tillbaka ansökan i stället."), field="on")
    if participation.end_date is not None:
        raise RuleBroken("ended_already", _("Insatsen är redan avslutad. Rätta den i stället."), field="on")
    _check(_as_if(participation, end_date=on, result=result), day="on")
    with trail.writing("services.participation.ended", by=by, person=participation.person_id) as act:
        return act.change(participation, end_date=on, result=result)


def correct(*, participation: Participation, by: Acting, version: int | None = None, **fields: Any) -> Participation:
    """Correct what was recorded. `version` is the row's when the form was shown. Raises as `begin`, and Conflict."""
    require_right(by)
    if version is not None:
        participation.version = version
    _check(_as_if(participation, **fields))
    with trail.writing("services.participation.corrected", by=by, person=participation.person_id) as act:
        return act.change(participation, **fields)


def withdraw(*, participation: Participation, by: Acting) -> Participation:
    """Take back an application that has not led to a start, or something recorded by mistake."""
    require_right(by)
    with trail.writing("services.participation.withdrawn", by=by, person=participation.person_id) as act:
        return act.void(participation)


def _others(row: Participation) -> list[Participation]:
    """What else of the kind the person has begun."""
    own = trail.new_rows(Participation, row.person_id)
    if own is None:
        own = list(Participation.objects.filter(people.own_rows(row.person), kind=row.kind, start_date__isnull=False))
    return [other for other in own if other.pk != row.pk and other.kind == row.kind and other.start_date]


def _as_if(row: Participation, **values: Any) -> Participation:
    """The row as it would be, to be judged before anything is written."""
    proposed = copy(row)
    for name, value in values.items():
        setattr(proposed, name, value)
    return proposed


def _check(row: Participation, *, day: str | None = None) -> None:
    """Everything the rules say of a participation. `day` names the form's field when it asks for a single day."""
    try:
        offer = check_kind(row.kind, applied=row.applied_on is not None)
        person = row.person
        check_days(row.applied_on, row.start_date, row.end_date, born=person.birth_date, died=person.death_date)
        check_extent(row.extent)
        check_result(offer, row.result, row.end_date)
        if row.start_date is None:
            return
        check_provider(offer, row.provider)
        spells = [(o.provider, Period(o.start_date, o.end_date)) for o in _others(row) if o.start_date]
        check_overlap(Period(row.start_date, row.end_date), spells, row.provider)
    except RuleBroken as fault:
        if day and fault.field in ("applied_on", "start_date", "end_date"):
            fault.field = day
        raise
