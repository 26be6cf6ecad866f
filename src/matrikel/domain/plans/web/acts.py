"""Quick forms: one act each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.people.door import form_page
from matrikel.domain.plans.actions.agreeing import confirm
from matrikel.domain.plans.actions.drawing import discard, draw_up
from matrikel.domain.plans.actions.following import end, follow_up, mark_step
from matrikel.domain.plans.models import Plan
from matrikel.domain.plans.queries import plan_for, plan_forms, step_for
from matrikel.domain.plans.rules import introduction_form
from matrikel.domain.plans.web.forms import BeginForm, ConfirmForm, EndForm, FollowUpForm, StepForm
from matrikel.kernel.errors import Missing


def url_of(plan: Plan, name: str = "plans-plan") -> str:
    return reverse(name, args=[plan.pk])


@page(Right.PLAN_WRITE, "GET", "POST")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose which plan, and the language beside Swedish; then write."""
    person = people.get_for(request.by, person_id)
    case = cases.current_case(person)
    if case is None or case.unit_id != request.by.unit_id:
        raise Missing
    form = BeginForm(
        request.POST or None,
        offered=plan_forms(request.by),
        spoken=people.languages_of(person),
        kind=introduction_form(person.birth_date),
    )
    return form_page(
        request,
        form,
        person,
        lambda: draw_up(case=case, by=request.by, **form.asked()),
        title=_("Ny plan"),
        submit=_("Börja skriva"),
        done=_("Planen är påbörjad."),
        lede=_("Gäller redan en plan av samma slag börjar du en ny version av den, med det som står där."),
        to=lambda plan: url_of(plan, "plans-write"),
    )


@page(Right.PLAN_WRITE, "POST")
def renew(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The next version of an agreed plan."""
    plan = plan_for(request.by, plan_id)
    return _at_once(
        request,
        ActionForm(request.POST),
        plan,
        lambda: draw_up(case=plan.case, kind=plan.kind, by=request.by),
        done=_("Den nya versionen är påbörjad."),
        to=lambda following: url_of(following, "plans-write"),
    )


@page(Right.PLAN_WRITE, "POST")
def confirmed(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The code said back. A miss is counted, so the next try is another form."""
    plan = plan_for(request.by, plan_id)
    form = ConfirmForm(request.POST)
    return _at_once(
        request,
        form,
        plan,
        lambda: confirm(plan=plan, code=form.asked()["code"], by=request.by),
        done=_("Planen gäller från och med nu."),
        back="plans-agree",
        final=True,
    )


@page(Right.PLAN_WRITE, "POST")
def step(request: StaffRequest, step_id: UUID) -> HttpResponse:
    """Say how a step goes."""
    held = step_for(request.by, step_id)
    form = StepForm(request.POST)
    return _at_once(
        request,
        form,
        held.plan,
        lambda: mark_step(step=held, by=request.by, **form.asked()),
        done=_("Steget är sparat."),
    )


@page(Right.PLAN_WRITE, "GET", "POST")
def followed_up(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    plan = plan_for(request.by, plan_id)
    form = FollowUpForm(request.POST or None, goals=[goal for goal in plan.goals.all() if goal.is_open])
    return _about(
        request,
        form,
        plan,
        lambda: follow_up(plan=plan, by=request.by, **form.told()),
        title=_("Följ upp: %(plan)s") % {"plan": plan.title},
        submit=_("Spara uppföljningen"),
        done=_("Uppföljningen är sparad."),
    )


@page(Right.PLAN_WRITE, "GET", "POST")
def ended(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    plan = plan_for(request.by, plan_id)
    form = EndForm(request.POST or None)
    return _about(
        request,
        form,
        plan,
        lambda: end(plan=plan, by=request.by, **form.asked()),
        title=_("Avsluta: %(plan)s") % {"plan": plan.title},
        submit=_("Avsluta planen"),
        done=_("Planen är avslutad."),
        lede=_("Planen står kvar att läsa. En uppföljning som inte har blivit aktuell faller bort."),
    )


@page(Right.PLAN_WRITE, "GET", "POST")
def discarded(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    plan = plan_for(request.by, plan_id)
    form = ActionForm(request.POST or None)
    return form_page(
        request,
        form,
        person_of(plan),
        lambda: discard(plan=plan, by=request.by),
        title=_("Kasta utkastet: %(plan)s") % {"plan": plan.title},
        submit=_("Kasta utkastet"),
        done=_("Utkastet är kastat."),
        lede=_("Det som är skrivet försvinner ur planen. En tidigare version som gäller påverkas inte."),
    )


def person_of(plan: Plan) -> people.Person:
    return plan.person.merged_into or plan.person


def _about(request: StaffRequest, form: ActionForm, plan: Plan, action: Any, **words: Any) -> HttpResponse:
    return form_page(request, form, person_of(plan), action, to=lambda __: url_of(plan), **words)


def _at_once(
    request: StaffRequest,
    form: ActionForm,
    plan: Plan,
    action: Any,
    *,
    done: str,
    to: Any = None,
    back: str = "plans-plan",
    final: bool = False,
) -> HttpResponse:
    """A button that acts: on to the plan, or back with what was wrong when nothing was saved."""
    response = carry_out(request, form, action, to=to or url_of(plan), done=done, final=final)
    if response is not None:
        return response
    faults = [str(fault) for found in form.errors.values() for fault in found]
    if form.conflict:
        faults.append(_("Någon annan har nyss ändrat samma sak. Läs och gör om det som behövs."))
    for fault in faults:
        messages.error(request, fault)
    return HttpResponseRedirect(url_of(plan, back))
