"""Beginning a plan, its next version, and throwing a draft away."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max

from matrikel.domain.cases.door import Case
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.door import Response
from matrikel.domain.plans.models import Goal, Plan, Step
from matrikel.domain.plans.queries import agreed_of, draft_of, plan_forms, plan_to_write
from matrikel.domain.plans.rules import NEXT_FOLLOW_UP, introduction_form, require, require_state, with_states
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing

ASKED_ANEW = (NEXT_FOLLOW_UP, "plan_given")
"""What the next version does not take over."""


def draw_up(*, case: Case, kind: str, by: Acting, language: str = "") -> Plan:
    """Begin a plan, or its next version from the one agreed, prefilled with how it goes now; or go on with the draft.

    Raises Missing for a form the post may not use, and RuleBroken as `instruments.begin` and `replace` do.
    """
    require(by, case.unit_id)
    if kind not in {form.id for form in plan_forms(by)}:
        raise Missing
    with trail.writing("plans.plan.drawn_up", by=by, person=case.person_id) as act:
        trail.take_turn(by=by)
        held = draft_of(case, kind, by)
        if held is not None:
            return held
        before = agreed_of(case.pk, kind, by)
        if before is None:
            response = instruments.begin(case=case, form=kind, by=by, language=language)
        else:
            response = instruments.replace(response=before.response, by=by)
            _bring_up_to_date(response, before, by)
        last = Plan.objects.filter(case=case, kind=kind).aggregate(last=Max("number"))["last"] or 0
        return act.create(
            Plan(
                board_id=by.board_id, person_id=case.person_id, case=case, unit_id=by.unit_id, kind=kind,
                number=last + 1, response=response, replaces=before,
            )
        )  # fmt: skip


def draw_up_for_family(*, cases: Collection[Case], by: Acting, language: str = "") -> list[Plan]:
    """An introduction plan for each case of a family, in one act: the child's form for those who are not of age."""
    with trail.writing("plans.family.drawn_up", by=by):
        return [
            draw_up(case=case, kind=introduction_form(case.person.birth_date), by=by, language=language)
            for case in cases
        ]


def discard(*, plan: Plan, by: Acting) -> Plan:
    """Throw a draft away; it can be undone. Raises NotAllowed for a colleague's, RuleBroken("plan_state")."""
    require(by, plan.unit_id)
    with trail.writing("plans.plan.discarded", by=by, person=plan.person_id) as act:
        held = plan_to_write(by, plan.pk)
        require_state(held.state, "draft")
        instruments.discard(response=held.response, by=by)
        return act.void(held)


def _bring_up_to_date(response: Response, before: Plan, by: Acting) -> None:
    """What has happened since stands in the new version; when to follow up and how it was given is asked anew."""
    goals = {goal.row: goal.state for goal in Goal.objects.filter(plan=before)}
    rows = Step.objects.filter(plan=before).select_related("goal")
    steps = {(step.goal.row, step.row): step.state for step in rows}
    for section in instruments.sections_of(response).values():
        answers: dict[str, Any] = with_states(section.answers, goals, steps)
        answers = {path: value for path, value in answers.items() if path not in ASKED_ANEW}
        instruments.save_section(
            response=response, section=section.section, answers=answers, version=section.version, by=by
        )
