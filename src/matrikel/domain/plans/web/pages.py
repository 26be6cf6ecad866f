"""A plan: read, written, agreed on, printed."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, carry_out, page
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people import door as people
from matrikel.domain.plans.actions.agreeing import agree, offer_code
from matrikel.domain.plans.models import Plan
from matrikel.domain.plans.queries import (
    is_complete,
    next_step,
    plan_for,
    plan_to_write,
    versions_of,
    waiting_follow_up,
)
from matrikel.domain.plans.rules import CODE_DAYS
from matrikel.domain.plans.web.acts import person_of, url_of
from matrikel.domain.plans.web.forms import AgreeForm, ConfirmForm
from matrikel.kernel import clock
from matrikel.kernel.errors import RuleBroken


@page(Right.PERSON_READ)
def plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Goals and steps with how they go, follow-ups, what the plan says in full, and how its versions differ."""
    shown = plan_for(request.by, plan_id)
    versions = versions_of(shown, request.by)
    context = {
        **_about(shown),
        "sheet": _sheet(shown),
        "goals": [(goal, [(step, uuid4()) for step in goal.steps.all()]) for goal in shown.goals.all()],
        "next_step": next_step(shown),
        "waiting": waiting_follow_up(shown),
        "held": [row for row in shown.follow_ups.all() if row.held_on],
        "versions": list(reversed(versions)),
        "changes": _changes(shown, versions),
        "partners": shown.kind == "joint_plan",
        "may_write": request.by.may(Right.PLAN_WRITE),
        "key": uuid4(),
    }
    return render(request, "plans/plan.html", context)


@page(Right.PLAN_WRITE, "GET", "POST")
def write(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The open plan, in the editor of all forms."""
    shown = plan_for(request.by, plan_id)
    if not shown.is_draft:
        return redirect("plans-plan", shown.pk)
    return instruments.fill_page(request, _response(shown, request), _place(shown))


@page(Right.PLAN_WRITE, "POST")
def save(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """What an open plan sends by itself, every few seconds: an act that logs itself and nothing read."""
    shown = plan_to_write(request.by, plan_id)
    response = instruments.response_to_write(request.by, shown.response_id)
    return instruments.saved_part(request, response, _place(shown))


@page(Right.PLAN_WRITE, "GET", "POST")
def agreed(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Read through, and agree: signed on paper, or a code said back."""
    shown = plan_for(request.by, plan_id)
    if not shown.is_draft:
        return redirect("plans-plan", shown.pk)
    if request.method != "POST" and not is_complete(shown):
        messages.warning(request, _("Planen är inte klar. Det som fattas är markerat i avsnitten."))
        return redirect(reverse("plans-write", args=[shown.pk]) + "?saknas=1")
    paper, parts = AgreeForm(request.POST or None), instruments.sections_of(shown.response)
    seen = {name: int(sent) for name in parts if (sent := request.POST.get(f"seen.{name}", "")).isdecimal()}
    response = carry_out(
        request,
        paper,
        lambda: agree(plan=shown, on=paper.asked()["on"], by=request.by, seen=seen),
        to=url_of(shown),
        done=_("Planen gäller från och med nu."),
        final=True,
    )
    if response is not None:
        return response
    context = {
        **_about(shown),
        "sheet": _sheet(shown),
        "seen": [(name, part.version) for name, part in parts.items()],
        "paper": paper,
        "said": ConfirmForm(),
    }
    return render(request, "plans/agree.html", context, status=people.status_of(paper))


@page(Right.PLAN_WRITE, "POST")
def code(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """A new code, shown this once: to be read out, or given on a paper."""
    shown = plan_for(request.by, plan_id)
    try:
        given = offer_code(plan=shown, by=request.by)
    except RuleBroken as fault:
        context = {**_about(shown), "fault": str(fault)}
        return render(request, "plans/code.html", context, status=422)
    context = {**_about(shown), "code": f"{given[:3]} {given[3:]}", "days": CODE_DAYS}
    return render(request, "plans/code.html", context)


@page(Right.PERSON_READ)
def printed(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The plan as a tagged PDF, in Swedish with the language beside it."""
    shown = plan_for(request.by, plan_id)
    person = person_of(shown)
    name = people.title_of(person, case_number=shown.case.number)
    heading = instruments.Heading(
        about=f"{name}, {shown.case.number}, {_version(shown)}", foot=shown.unit.name, signed=_signed(shown)
    )
    try:
        if not people.whereabouts_shown(person):
            raise RuleBroken("whereabouts_hidden", _("Planen skrivs inte ut: uppgifterna är eller kan vara skyddade."))
        sheet = _beside(shown, request.GET.get("lang", shown.response.language))
        made = instruments.print_form(sheet, "draft" if shown.is_draft else "signed", heading)
    except RuleBroken as fault:
        messages.error(request, str(fault))
        return redirect("plans-plan", shown.pk)
    headers = {"Content-Disposition": f'inline; filename="plan-{shown.case.number}-{shown.number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _about(shown: Plan) -> dict[str, Any]:
    person = person_of(shown)
    person.case_number = shown.case.number
    return {"plan": shown, "person": person, "version_name": _version(shown), "back_url": people.home_of(person.pk)}


def _version(shown: Plan) -> str:
    return _("version %(n)d") % {"n": shown.number}


def _signed(shown: Plan) -> tuple[tuple[str, str], ...]:
    if shown.agreed_on is None or shown.agreed_by is None:
        return ()
    on = f"{date_format(shown.agreed_on, 'j F Y')}, {shown.get_agreed_how_display()}"
    return ((shown.agreed_by.user.name, on),)


def _response(shown: Plan, request: StaffRequest) -> instruments.Response:
    return instruments.response_for(request.by, shown.response_id)


def _sheet(shown: Plan) -> instruments.Sheet:
    """The plan to be read, in the reader's language with the one it was written beside."""
    form = instruments.form_in_words(shown.response)
    answers = instruments.answers_of(shown.response)
    return instruments.show(
        form, instruments.filled(shown.response, answers, held={group.id: "" for group in form.groups})
    )


def _beside(shown: Plan, chosen: str) -> instruments.Sheet:
    """The plan for the person: in Swedish whoever prints it, with a language of the form beside."""
    form = instruments.form_in_words(shown.response)
    other = chosen if chosen in form.wordings and chosen != "sv" else ""
    answers = instruments.answers_of(shown.response)
    return instruments.show(form, instruments.Filled(answers=answers, lang="sv", other=other, on=clock.today()))


def _place(shown: Plan) -> instruments.Place:
    before = shown.replaces
    return instruments.Place(
        post_url=url_of(shown, "plans-write"),
        save_url=url_of(shown, "plans-save"),
        next_url=url_of(shown, "plans-agree"),
        back_url=people.home_of(person_of(shown).pk),
        sign_label=_("Läs igenom och kom överens"),
        version_name=_version(shown),
        print_url=url_of(shown, "plans-print"),
        discard_url=url_of(shown, "plans-discard"),
        before=instruments.answers_of(before.response) if before else None,
        before_name=_version(before) if before else "",
    )


def _changes(shown: Plan, versions: list[Plan]) -> list[instruments.Difference]:
    """What this version says that the one before did not, question by question."""
    before = next((each for each in versions if each.pk == shown.replaces_id), None)
    if before is None:
        return []
    mine, theirs = _sheet(shown), _sheet(before)
    there = {section.id: section for section in theirs.sections}
    return [
        found
        for section in mine.sections
        if section.id in there
        for found in instruments.differing(section, there[section.id])
    ]
