"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md).

`unit` is the unit's id, `municipality` the board's, `plan` the id of the plan's form. No text is among them.
"""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from matrikel.base.facts import Facts
from matrikel.domain.people.door import Persons, told
from matrikel.domain.plans.models import FollowUp, Goal, Plan, Step
from matrikel.domain.plans.rules import codes_counted
from matrikel.kernel import clock

PLACE = {"unit": "plan__unit_id", "municipality": "board__municipality_id", "plan": "plan__kind"}
STANDING: dict[str, Any] = {"plan__voided_at": None}


def agreements(only: Persons = None) -> Facts:
    """One event a version of a plan that was agreed on."""
    place = {"unit": "unit_id", "municipality": "board__municipality_id", "plan": "kind"}
    rows = Plan.objects.filter(agreed_on__isnull=False).order_by("person_id", "agreed_on")
    return told(rows, only, {"kind": Value("plan_agreed"), "date": "agreed_on", **place})


def goals_reached(only: Persons = None) -> Facts:
    """One event a goal that was reached, in the latest version of its plan; `area` is a code of goal_areas.csv."""
    rows = Goal.objects.filter(**STANDING, state__in=codes_counted("goal_states", "reached")).exclude(
        plan__state="replaced"
    )
    columns = {"kind": Value("goal_reached"), "date": "state_on", **PLACE, "area": "area"}
    return told(rows.order_by("person_id", "state_on"), only, columns)


def follow_ups_due(only: Persons = None) -> Facts:
    """One event a day a follow-up was due; `outcome` tells `in_time`, `late` or `missed` (not held yet)."""
    held = Case(
        When(held_on=None, then=Value("missed")),
        When(held_on__lte=F("due_on"), then=Value("in_time")),
        default=Value("late"),
    )
    return _follow_ups(FollowUp.objects.all(), "follow_up_due", "due_on", only, outcome=held)


def follow_ups_held(only: Persons = None) -> Facts:
    """One event a follow-up that was held."""
    return _follow_ups(FollowUp.objects.filter(held_on__isnull=False), "follow_up_held", "held_on", only)


def steps_overdue(only: Persons = None) -> Facts:
    """One event a step that was not taken by its last day, on that day; `outcome` is the state it has now."""
    rows = Step.objects.filter(**STANDING).exclude(plan__state="replaced")
    open_late = Q(state__in=codes_counted("step_states", "open"), due_on__lt=clock.today())
    closed_late = ~Q(state__in=codes_counted("step_states", "open")) & Q(state_on__gt=F("due_on"))
    columns = {"kind": Value("step_overdue"), "date": "due_on", **PLACE, "outcome": "state"}
    return told(rows.filter(open_late | closed_late).order_by("person_id", "due_on"), only, columns)


def _follow_ups(rows: QuerySet[FollowUp], kind: str, day: str, only: Persons, **more: Any) -> Facts:
    standing = rows.filter(**STANDING).order_by("person_id", day)
    return told(standing, only, {"kind": Value(kind), "date": day, **PLACE, **more})
