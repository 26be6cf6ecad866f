"""Agreeing on a plan: what was written is locked, and becomes rows that can be counted and followed."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from matrikel.domain.instruments import door as instruments
from matrikel.domain.plans.models import FollowUp, Goal, Plan, Step
from matrikel.domain.plans.queries import agreed_of, lacking, plan_to_write
from matrikel.domain.plans.rules import (
    NEXT_FOLLOW_UP,
    GoalSaid,
    code_holds_until,
    day,
    goals_said,
    mark_of,
    new_code,
    require,
    require_code_standing,
    require_past,
    require_state,
)
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.door import Writing
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def offer_code(*, plan: Plan, by: Acting) -> str:
    """A one-time code for the person, who says it back to agree. It holds for the plan as it reads now.

    Only its mark is kept: the code is shown this once. Raises instruments.Unfinished, RuleBroken("plan_state").
    """
    require(by, plan.unit_id)
    with trail.writing("plans.code.offered", by=by, person=plan.person_id) as act:
        held = plan_to_write(by, plan.pk)
        require_state(held.state, "draft")
        if faults := lacking(held):
            raise instruments.Unfinished(faults)
        code = new_code()
        mark = mark_of(code, held.pk, _versions(held))
        act.change(held, code=mark, code_until=code_holds_until(), code_misses=0)
        return code


def agree(*, plan: Plan, on: date, by: Acting, seen: Mapping[str, int] | None = None) -> Plan:
    """Both have signed the plan on paper on a day; it cannot be undone, only replaced by a new version.

    Locks the response, writes its goals and steps, appoints the follow-up; an earlier version is replaced. Raises
    instruments.Unfinished with every fault, and RuleBroken: plan_state, in_future, changed_since.
    """
    require(by, plan.unit_id)
    require_past(on, field="on")
    with trail.writing("plans.plan.agreed", by=by, person=plan.person_id) as act:
        return _agree(act, plan, on, "signature", seen)


def confirm(*, plan: Plan, code: str, by: Acting) -> Plan:
    """The person has said the code back. The same as `agree`; and no_code, code_old, code_spent, code_wrong.

    A wrong code is counted, also though the act is refused.
    """
    require(by, plan.unit_id)
    if not _fits(plan, code, by):
        raise RuleBroken(
            "code_wrong", _("Koden stämmer inte. Har planen ändrats sedan koden gavs behövs en ny."), field="code"
        )
    with trail.writing("plans.plan.agreed", by=by, person=plan.person_id) as act:
        return _agree(act, plan, clock.today(), "code", None)


def _fits(plan: Plan, code: str, by: Acting) -> bool:
    with trail.writing("plans.code.tried", by=by, person=plan.person_id) as act:
        held = plan_to_write(by, plan.pk)
        require_state(held.state, "draft")
        require_code_standing(held.code, held.code_until, held.code_misses)
        if mark_of(code, held.pk, _versions(held)) == held.code:
            return True
        act.change(held, code_misses=held.code_misses + 1)
        act.seal()
        return False


def _agree(act: Writing, plan: Plan, on: date, how: str, seen: Mapping[str, int] | None) -> Plan:
    by = act.by
    trail.take_turn(by=by)
    held = plan_to_write(by, plan.pk)
    require_state(held.state, "draft")
    response = held.response
    if not response.is_signed:
        response = instruments.sign(response=response, by=by, seen=seen)
    answers = instruments.answers_of(response)
    said = goals_said(answers)
    before = agreed_of(held.case_id, held.kind, by)
    if before is not None:
        _replace(act, before, said)
    for place, goal in enumerate(said):
        _write(act, held, goal, place, on)
    next_on = day(answers.get(NEXT_FOLLOW_UP))
    if next_on is not None:
        act.create(FollowUp(board_id=held.board_id, plan=held, person_id=held.person_id, due_on=next_on))
    act.seal()
    return act.change(held, state="agreed", agreed_on=on, agreed_how=how, agreed_by_id=by.post_id, code="")


def _replace(act: Writing, before: Plan, said: tuple[GoalSaid, ...]) -> None:
    """The plan was gone through when it was written anew: that is its follow-up, with what was said of each goal."""
    waiting = FollowUp.objects.filter(plan=before, held_on=None).first()
    if waiting is not None:
        outcomes = {goal.row: goal.state for goal in said}
        act.change(waiting, held_on=clock.today(), held_by_id=act.by.post_id, outcomes=outcomes)
    act.change(before, state="replaced")


def _write(act: Writing, plan: Plan, said: GoalSaid, place: int, on: date) -> None:
    about = {"board_id": plan.board_id, "plan": plan, "person_id": plan.person_id}
    goal = act.create(
        Goal(
            **about, row=said.row, place=place, text=said.text, area=said.area, due_on=said.due_on, state=said.state,
            state_on=_since(Goal, plan, said.row, said.state, on), reason=said.reason,
        )
    )  # fmt: skip
    for number, step in enumerate(said.steps):
        act.create(
            Step(
                **about, goal=goal, row=step.row, place=number, text=step.text, who=step.who, other=step.other,
                offer=step.offer, due_on=step.due_on, state=step.state,
                state_on=_since(Step, plan, step.row, step.state, on, goal__row=said.row),
            )
        )  # fmt: skip


def _since(model: type[Goal | Step], plan: Plan, row: str, state: str, on: date, **more: str) -> date:
    """The day a state was first said: in an earlier version when it is the same there."""
    earlier = (
        model.objects.filter(plan=plan.replaces_id, row=row, state=state, **more).first() if plan.replaces_id else None
    )
    return earlier.state_on if earlier else on


def _versions(plan: Plan) -> dict[str, int]:
    return {name: part.version for name, part in instruments.sections_of(plan.response).items()}
