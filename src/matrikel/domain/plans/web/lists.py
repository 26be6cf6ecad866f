"""The panel of a person's plans, and the plans of everybody who lives together."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.plans.actions.drawing import draw_up_for_family
from matrikel.domain.plans.queries import OfOne, family_of, next_step, plans_of, waiting_follow_up


@page(Right.PERSON_READ)
def panel(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: each plan with its next step and its follow-up, in words and days."""
    person = people.get_for(request.by, person_id, purpose="panel")
    rows = plans_of(person, request.by)
    context = {
        "lines": [(plan, next_step(plan), waiting_follow_up(plan)) for plan in rows],
        "agreed": sum(plan.is_agreed for plan in rows),
        "may_write": request.by.may(Right.PLAN_WRITE),
    }
    return people.panel_page(request, person, "plans/panel.html", _("Planer"), context)


@page(Right.PERSON_READ, "GET", "POST")
def family(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The plans of a household, each member's own; and introduction plans for those who have none, in one act."""
    person = people.get_for(request.by, person_id)
    members = family_of(person, request.by)
    current = {each.person.pk: _open_case(each.person, request) for each in members}
    without = [case for each in members if (case := current[each.person.pk]) and not _has_introduction_plan(each)]
    form = ActionForm(request.POST or None)
    may_write = request.by.may(Right.PLAN_WRITE)
    if may_write and without:
        response = carry_out(
            request, form, lambda: draw_up_for_family(cases=without, by=request.by),
            to=reverse("plans-family", args=[person.pk]), done=_("Planerna är påbörjade."),
        )  # fmt: skip
        if response is not None:
            return response
    elif request.method == "POST":
        return redirect("plans-family", person.pk)
    context = {
        "person": person,
        "members": [
            (
                each.person,
                [(plan, next_step(plan), waiting_follow_up(plan)) for plan in each.plans],
                current[each.person.pk] is None,
            )
            for each in members
        ],
        "without": len(without) if may_write else 0,
        "may_open": request.by.may(Right.CASE_WRITE),
        "may_write": may_write,
        "form": form,
    }
    return render(request, "plans/family.html", context)


def _has_introduction_plan(member: OfOne) -> bool:
    """Whether one is begun or agreed."""
    return any(plan.kind.startswith("introduction_plan") and plan.state != "ended" for plan in member.plans)


def _open_case(person: people.Person, request: StaffRequest) -> cases.Case | None:
    case = cases.current_case(person)
    return case if case is not None and case.is_open and case.unit_id == request.by.unit_id else None
