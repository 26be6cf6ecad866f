"""Reading plans. A plan is the unit's own; a draft exists for those who write plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.base import scope
from matrikel.domain.access.door import Right
from matrikel.domain.cases import door as cases
from matrikel.domain.cases.door import Case
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.plans.models import FollowUp, Goal, Plan, Step
from matrikel.domain.plans.rules import AHEAD_DAYS, codes_counted
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel.kernel.timeline import Mark, Timeline
from matrikel_forms import Form, Problem, evaluate

KEPT = Coalesce("person__merged_into_id", "person_id")


@dataclass(frozen=True)
class Due:
    """A step or a follow-up of an agreed plan that has a day. `step` is None for a follow-up."""

    plan: Plan
    on: date
    step: Step | None = None

    @property
    def person_id(self) -> UUID:
        return self.plan.person.merged_into_id or self.plan.person_id

    @property
    def is_overdue(self) -> bool:
        return self.on < clock.today()


@dataclass(frozen=True)
class OfOne:
    """The plans of one member of a household."""

    person: Person
    plans: list[Plan]


def plan_forms(by: Acting) -> list[Form]:
    """The plans the acting post may draw up. A sensitive one would not be a plan that others can follow."""
    return [form for form in instruments.usable_forms(by, ("plan",)) if not form.sensitive]


def plan_for(by: Acting, plan_id: UUID) -> Plan:
    """A plan the acting post may see, with its goals, steps and follow-ups at hand; logged. Raises Missing."""
    found = _whole(readable(by)).filter(pk=plan_id).first()
    if found is None:
        raise Missing
    trail.read("plans.plan.read", by=by, persons=[found.person_id])
    return found  # type: ignore[no-any-return]


def plan_to_write(by: Acting, plan_id: UUID) -> Plan:
    """A plan as it stands now, kept from others until the open act ends. Raises Missing."""
    rows = readable(by).filter(pk=plan_id).select_related("case", "response__form_version", "person")
    found: Plan | None = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise Missing
    return found


def step_for(by: Acting, step_id: UUID) -> Step:
    """A step of a plan the acting post may see, for an act that logs itself. Raises Missing."""
    rows = Step.objects.filter(pk=step_id, plan__in=readable(by).values("pk"))
    found: Step | None = rows.select_related("plan__person__merged_into", "goal").first()
    if found is None:
        raise Missing
    return found


def plans_of(person: Person, by: Acting) -> list[Plan]:
    """A person's plans, the latest version of each: drafts and agreed ones first. The caller has fetched the person."""
    return _latest(_whole(readable(by).filter(people.own_rows(person))))


def versions_of(plan: Plan, by: Acting) -> list[Plan]:
    """All versions of a plan, oldest first."""
    rows = readable(by).filter(case_id=plan.case_id, kind=plan.kind).order_by("number")
    return list(rows.select_related("response__form_version", "agreed_by__user").prefetch_related("response__sections"))


def family_of(person: Person, by: Acting) -> list[OfOne]:
    """Everybody who lives with a person now and is within reach, with their plans; adults first. Logged."""
    mates = [mate for mate in people.household_of(person) if mate.is_current]
    persons = [mate.person for mate in mates] or [person]
    trail.read("plans.family.read", by=by, persons=[each.pk for each in persons])
    rows: dict[UUID, list[Plan]] = {}
    found = readable(by).alias(kept=KEPT).filter(kept__in=[each.pk for each in persons])
    for plan in _latest(_whole(found)):
        rows.setdefault(plan.person.merged_into_id or plan.person_id, []).append(plan)
    return [OfOne(each, rows.get(each.pk, [])) for each in persons]


def due(by: Acting) -> list[Due]:
    """Steps and follow-ups in the cases the acting post works that are late or come soon, nearest first."""
    limit = clock.today() + timedelta(days=AHEAD_DAYS)
    mine = cases.my_cases(by).order_by().values("pk")
    plans = readable(by).filter(state="agreed", case_id__in=mine)
    about = ("plan__response__form_version", "plan__person")
    steps = Step.objects.filter(
        plan__in=plans.values("pk"), due_on__lte=limit, state__in=codes_counted("step_states", "open")
    )
    waiting = FollowUp.objects.filter(plan__in=plans.values("pk"), due_on__lte=limit, held_on=None)
    found = [Due(step.plan, step.due_on, step) for step in steps.select_related(*about)]
    found += [Due(row.plan, row.due_on) for row in waiting.select_related(*about)]
    return sorted(found, key=lambda each: (each.on, each.step is not None))


def is_complete(plan: Plan) -> bool:
    """Whether a draft has all that its form asks for."""
    return not lacking(plan)


def lacking(plan: Plan) -> tuple[Problem, ...]:
    """What is missing or wrong in a draft, each at the path of its answer."""
    answers = instruments.own(instruments.answers_of(plan.response))
    return tuple(evaluate(instruments.form_of(plan.response), answers, at=clock.today()).faults)


def next_step(plan: Plan) -> Step | None:
    """The open step whose day comes first."""
    return min((step for step in _steps(plan) if step.is_open), key=lambda step: step.due_on, default=None)


def waiting_follow_up(plan: Plan) -> FollowUp | None:
    """The follow-up that is to be held."""
    return next((row for row in plan.follow_ups.all() if row.held_on is None), None)


def draft_of(case: Case, kind: str, by: Acting) -> Plan | None:
    return _one(readable(by).filter(case=case, kind=kind, state="draft"))


def agreed_of(case_id: UUID, kind: str, by: Acting) -> Plan | None:
    return _one(readable(by).filter(case_id=case_id, kind=kind, state="agreed"))


def timeline(person: Person) -> Timeline:
    """A mark for each version of a plan that was agreed and each form that was signed, in one query for both."""
    agreed = readable(scope.current()).filter(people.own_rows(person), agreed_on__isnull=False)
    rows = agreed.values_list(
        Value("plan", CharField()), "pk", "kind", "response__form_version__name", "agreed_on", "number"
    )
    marks = []
    for what, pk, form, name, on, number in rows.union(instruments.signed_rows(person), all=True):
        label, url = instruments.name_of(form, name), reverse("instruments-response", args=[pk])
        if what == "plan":
            label, url = f"{label}, {_('version %(n)d') % {'n': number}}", reverse("plans-plan", args=[pk])
        marks.append(Mark(label, on, url=url))
    return Timeline(marks=tuple(sorted(marks, key=lambda mark: (mark.on, mark.label))))


def readable(by: Acting) -> QuerySet[Plan]:
    """The unit's plans about persons within reach; drafts for those who write plans."""
    rows: Any = Plan.objects.filter(unit_id=by.unit_id, response__voided_at=None).alias(kept=KEPT)
    rows = rows.filter(Exists(people.visible(by).filter(pk=OuterRef("kept"))))
    return rows if by.may(Right.PLAN_WRITE) else rows.exclude(state="draft")  # type: ignore[no-any-return]


def _one(rows: QuerySet[Plan]) -> Plan | None:
    found: Plan | None = rows.select_related("case", "response__form_version", "person").first()
    return found


def _whole(rows: QuerySet[Plan]) -> Any:
    about = ("case", "person__merged_into", "response__form_version", "agreed_by__user")
    goals = Prefetch("goals", Goal.objects.prefetch_related("steps"))
    held = Prefetch("follow_ups", FollowUp.objects.select_related("held_by__user").order_by("due_on"))
    return rows.select_related(*about).prefetch_related(goals, held)


def _latest(rows: Iterable[Plan]) -> list[Plan]:
    order = {"draft": 0, "agreed": 1, "ended": 2}
    shown = [plan for plan in rows if plan.state != "replaced"]
    return sorted(shown, key=lambda plan: (order[plan.state], plan.kind, -plan.number))


def _steps(plan: Plan) -> list[Step]:
    return [step for goal in plan.goals.all() for step in goal.steps.all()]
