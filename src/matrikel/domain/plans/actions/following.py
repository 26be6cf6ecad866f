"""What happens with an agreed plan: steps are taken, it is followed up, it ends."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.plans.models import FollowUp, Goal, Plan, Step
from matrikel.domain.plans.queries import plan_to_write
from matrikel.domain.plans.rules import (
    codes_counted,
    require,
    require_coming,
    require_outcomes,
    require_past,
    require_state,
)
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

EXPLAINED = ("changed", "dropped")
"""States of a goal that need a word of why."""


def mark_step(*, step: Step, state: str, by: Acting, version: int | None = None) -> Step:
    """Say how a step goes: a code of step_states.csv. `version` is the row's when it was shown.

    Raises Conflict, and RuleBroken: plan_state, unknown_code.
    """
    require(by, step.plan.unit_id)
    with trail.writing("plans.step.marked", by=by, person=step.person_id) as act:
        require_state(plan_to_write(by, step.plan_id).state, "agreed")
        codes.require("step_states", state, on=clock.today(), field="state")
        if version is not None:
            step.version = version
        return act.change(step, state=state, state_on=clock.today()) if state != step.state else step


def follow_up(
    *,
    plan: Plan,
    on: date,
    outcomes: Mapping[str, str],
    by: Acting,
    next_on: date | None = None,
    note: str = "",
) -> FollowUp:
    """The plan was gone through with the person on a day: a state for each open goal by its row, and when next.

    Raises RuleBroken: plan_state, in_future, before_plan, outcome_missing, unknown_code, reason_missing, next_missing,
    in_past.
    """
    require(by, plan.unit_id)
    with trail.writing("plans.followup.held", by=by, person=plan.person_id) as act:
        held = plan_to_write(by, plan.pk)
        require_state(held.state, "agreed")
        require_past(on, field="on", earliest=held.agreed_on)
        goals = {goal.row: goal for goal in Goal.objects.filter(plan=held)}
        said = require_outcomes(outcomes, {row: goal.state for row, goal in goals.items()})
        _require_told(said, next_on, note)
        for name, state in said.items():
            if state != goals[name].state:
                act.change(goals[name], state=state, state_on=on, reason=note.strip() if state in EXPLAINED else "")
        waiting: FollowUp | None = FollowUp.objects.filter(plan=held, held_on=None).first()
        if waiting is None:
            waiting = act.create(FollowUp(board_id=held.board_id, plan=held, person_id=held.person_id, due_on=on))
        row = act.change(waiting, held_on=on, held_by_id=by.post_id, note=note.strip(), outcomes=said)
        if next_on is not None:
            act.create(FollowUp(board_id=held.board_id, plan=held, person_id=held.person_id, due_on=next_on))
        return row


def _require_told(said: Mapping[str, str], next_on: date | None, note: str) -> None:
    if any(state in EXPLAINED for state in said.values()) and not note.strip():
        raise RuleBroken("reason_missing", _("Skriv varför målet ändras eller avslutas."), field="note")
    if next_on is None and set(said.values()) & set(codes_counted("goal_states", "open")):
        raise RuleBroken("next_missing", _("Välj nästa uppföljning: det finns mål kvar."), field="next_on")
    if next_on is not None:
        require_coming(next_on, field="next_on")


def end(*, plan: Plan, reason: str, on: date, by: Acting) -> Plan:
    """End a plan for a reason, a code of plan_ends.csv. A follow-up that was not due yet lapses; a missed one stays.

    Raises RuleBroken: plan_state, in_future, before_plan, unknown_code.
    """
    require(by, plan.unit_id)
    codes.require("plan_ends", reason, on=clock.today(), field="reason")
    with trail.writing("plans.plan.ended", by=by, person=plan.person_id) as act:
        held = plan_to_write(by, plan.pk)
        require_state(held.state, "agreed")
        require_past(on, field="on", earliest=held.agreed_on)
        waiting = FollowUp.objects.filter(plan=held, held_on=None, due_on__gte=on).first()
        if waiting is not None:
            act.void(waiting)
        return act.change(held, state="ended", ended_on=on, end_reason=reason)
