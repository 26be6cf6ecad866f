"""Work, studies and programmes that the municipality neither offers nor pays."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.people import checks
from matrikel.domain.people.models import Activity, Person
from matrikel.domain.people.rules import Basis
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

CORRECTABLE = frozenset({"kind", "place", "extent", "basis", "start_date", "end_date"})


def begin_activity(
    *, person: Person, kind: str, start_date: date, by: Acting, end_date: date | None = None, place: str = "",
    extent: int | None = None, basis: str = Basis.UNKNOWN,
) -> Activity:  # fmt: skip
    """What a person does from a day. `extent` in percent, 1 to 100; `kind` a code of activities.csv.

    Raises RuleBroken: end_before_start, extent, unknown_code, before_birth, after_death, too_long.
    """
    checks.may_write(by, person)
    values = _checked(
        person, kind=kind, start_date=start_date, end_date=end_date, place=place, extent=extent, basis=basis
    )
    with trail.writing("people.activity.begun", by=by, person=person.pk) as act:
        return act.create(Activity(board_id=by.board_id, person=person, **values))


def end_activity(*, activity: Activity, on: date, by: Acting) -> Activity:
    """The last day of an activity. Raises RuleBroken end_before_start."""
    checks.may_write(by, activity.person)
    checks.in_order(activity.start_date, on, "on")
    with trail.writing("people.activity.ended", by=by, person=activity.person_id) as act:
        return act.change(activity, end_date=on)


def correct_activity(*, activity: Activity, by: Acting, version: int | None = None, **fields: Any) -> Activity:
    """Mend an activity that was written wrong. Raises as `begin_activity`, and Conflict when it was changed since."""
    unknown = set(fields) - CORRECTABLE
    if unknown:
        raise TypeError(f"correct_activity() does not change {sorted(unknown)}")
    checks.may_write(by, activity.person)
    whole = {name: getattr(activity, name) for name in CORRECTABLE} | fields
    values = {name: value for name, value in _checked(activity.person, **whole).items() if name in fields}
    with trail.writing("people.activity.corrected", by=by, person=activity.person_id) as act:
        if version is not None:
            activity.version = version
        return act.change(activity, **values)


def _checked(person: Person, **values: Any) -> dict[str, Any]:
    codes.require("activities", values["kind"], field="kind")
    checks.one_of(list(Basis), values["basis"], "basis")
    checks.in_order(values["start_date"], values["end_date"])
    checks.in_life(person, values["start_date"], "start_date")
    if values["extent"] is not None and not 1 <= values["extent"] <= 100:
        raise RuleBroken("extent", _("Omfattningen anges i procent, 1 till 100."), field="extent")
    return values | checks.cleaned(place=values["place"])
