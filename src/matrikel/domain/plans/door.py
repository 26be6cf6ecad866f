from matrikel.domain.plans.actions.agreeing import agree, confirm, offer_code
from matrikel.domain.plans.actions.drawing import discard, draw_up, draw_up_for_family
from matrikel.domain.plans.actions.following import end, follow_up, mark_step
from matrikel.domain.plans.models import FollowUp, Goal, Plan, Step
from matrikel.domain.plans.queries import (
    Due,
    due,
    family_of,
    next_step,
    plan_for,
    plan_forms,
    plans_of,
    step_for,
    timeline,
    versions_of,
    waiting_follow_up,
)

__all__ = [
    "Due",
    "FollowUp",
    "Goal",
    "Plan",
    "Step",
    "agree",
    "confirm",
    "discard",
    "draw_up",
    "draw_up_for_family",
    "due",
    "end",
    "family_of",
    "follow_up",
    "mark_step",
    "next_step",
    "offer_code",
    "plan_for",
    "plan_forms",
    "plans_of",
    "step_for",
    "timeline",
    "versions_of",
    "waiting_follow_up",
]
