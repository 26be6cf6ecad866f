"""What is filled in about a person: the panel, a signed form with its scores and history, on paper and as files."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.instruments.differing import Difference, differing
from matrikel.domain.instruments.models import Opening, Response
from matrikel.domain.instruments.pages import filled
from matrikel.domain.instruments.printed import Heading, State, pdf
from matrikel.domain.instruments.queries import (
    answers_of,
    form_for,
    form_in_words,
    form_of,
    history_of,
    openings_of,
    person_of,
    response_for,
    responses_of,
    title_of,
)
from matrikel.domain.instruments.rules import log_as, own
from matrikel.domain.instruments.scored import sentences
from matrikel.domain.instruments.showing import show
from matrikel.domain.instruments.shown import Filled, Part, Section, Sheet
from matrikel.domain.people import door as people
from matrikel.domain.people.door import home_of, panel_page
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.errors import RuleBroken
from matrikel_forms import Form, Who, evaluate, questionnaire, questionnaire_response

FHIR = "application/fhir+json"
SIGNED_SHOWN = 8


@page(Right.PERSON_READ)
def panel(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: what waits to be settled, drafts, and what is signed, newest first."""
    person = people.get_for(request.by, person_id, purpose="panel")
    rows, may_write = responses_of(person, request.by), request.by.may(Right.FORM_WRITE)
    openings: list[Opening] = openings_of(person, request.by)
    everything = "alla" in request.GET or not request.htmx
    signed = [row for row in rows if row.is_signed]
    context = {
        "person": person,
        "waiting": [row for row in openings if row.settled_at is None],
        "settled": [row for row in openings if row.settled_at is not None],
        "drafts": [(row, title_of(row)) for row in rows if not row.is_signed],
        "signed": [(row, title_of(row)) for row in (signed if everything else signed[:SIGNED_SHOWN])],
        "more": 0 if everything else len(signed) - SIGNED_SHOWN,
        "may_write": may_write,
    }
    return panel_page(request, person, "instruments/panel.html", _("Formulär och bedömningar"), context)


@page(Right.PERSON_READ)
def read(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """A signed form: scores first, then answers, then what changed from version to version. A draft is filled in."""
    response = response_for(request.by, response_id)
    if not response.is_signed:
        return HttpResponseRedirect(reverse("instruments-fill", args=[response.pk]))
    form, chain = form_in_words(response), history_of(response, request.by)
    person, plan = person_of(response), form.kind == "plan"
    later = next((row for row in chain if row.replaces_id == response.pk), None)
    context = {
        "sheet": _sheet(response, form, held=True),
        "person": person,
        "scores": sentences(form, response.scores.all()),
        "lede": _signed_words(response),
        "later": later,
        "openings": response.openings.all(),
        "history": _history(chain),
        "back_url": home_of(person.pk),
        "print_url": reverse("instruments-print", args=[response.pk]),
        "tongues": sorted(set(form.wordings) - {"sv"}),
        "chosen": response.language,
        "replace_url": "" if plan or later or not request.by.may(Right.FORM_WRITE)
        else reverse("instruments-replace", args=[response.pk]),
        "fhir_url": reverse("instruments-fhir", args=[response.pk]) if people.whereabouts_shown(person) else "",
    }  # fmt: skip
    return render(request, "instruments/read.html", context)


@page(Right.PERSON_READ)
def on_paper(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """A draft or signed form as PDF. `lang` is the language beside Swedish. Logged as fetched."""
    response = response_for(request.by, response_id)
    form, person = form_in_words(response), person_of(response)
    signed = response.signed_by
    heading = Heading(
        about=f"{person.shown_name}, {response.case.number}",
        foot=_("Utskrivet %(day)s") % {"day": _day(clock.today())},
        signed=((signed.user.name, _day(response.signed_at)),) if signed else (),
        scores=tuple(sentences(form, response.scores.all())),
    )
    answers, other = answers_of(response), request.GET.get("lang", response.language)
    sheet = show(form, Filled(answers=answers, lang="sv", other=_beside(form, other), on=clock.today()))
    return _fetched(request, response, lambda: _paper(sheet, "signed" if signed else "draft", heading, response.form))


@page(Right.FORM_WRITE)
def blank(request: StaffRequest, form_name: str) -> HttpResponse:
    """An empty form as PDF, to be filled in by hand."""
    form = form_for(request.by, form_name)
    sheet = show(form, Filled(lang="sv", other=_beside(form, request.GET.get("lang", "")), on=clock.today()))
    try:
        return _paper(sheet, "blank", Heading(), form.id)
    except RuleBroken as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("today"))


@page(Right.PERSON_READ)
def fhir(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """The answers as a FHIR QuestionnaireResponse. Logged as fetched."""
    response = response_for(request.by, response_id)
    form, answers = form_of(response), own(answers_of(response))
    found = evaluate(form, answers, Who(response.limit_sex, response.limit_age), at=clock.today())
    told = questionnaire_response(form, answers, found, authored=response.signed_at)
    return _fetched(request, response, lambda: _json(told, f"{response.form}-response"))


@page(Right.FORM_WRITE)
def fhir_form(request: StaffRequest, form_name: str) -> HttpResponse:
    """A form as a FHIR Questionnaire, as the unit words it."""
    form = form_for(request.by, form_name)
    return _json(questionnaire(form), form.id)


def _fetched(request: StaffRequest, response: Response, made: Callable[[], HttpResponse]) -> HttpResponse:
    """Hand out a file about a person, logged; not while the person's whereabouts are not to be shown."""
    try:
        if not people.whereabouts_shown(person_of(response)):
            raise RuleBroken(
                "whereabouts_hidden",
                _("Formuläret lämnas inte ut som fil, eftersom personens uppgifter är eller kan vara skyddade."),
            )
        answer = made()
    except RuleBroken as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("instruments-response", args=[response.pk]))
    action = log_as("instruments.response.fetched", sensitive=response.is_sensitive)
    trail.read(action, by=request.by, persons=[response.person_id])
    return answer


def _paper(sheet: Sheet, state: State, heading: Heading, name: str) -> HttpResponse:
    attached = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(pdf(sheet, state, heading), content_type="application/pdf", headers=attached)


def _json(told: dict[str, Any], name: str) -> HttpResponse:
    attached = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return JsonResponse(
        told, content_type=FHIR, headers=attached, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def _beside(form: Form, lang: str) -> str:
    return lang if lang != "sv" and lang in form.wordings else ""


def _sheet(response: Response, form: Form, *, held: bool = False) -> Sheet:
    closed = {group.id: "" for group in form.groups} if held else {}
    return show(form, filled(response, answers_of(response), held=closed))


def _history(chain: list[Response]) -> list[tuple[str, list[Difference]]]:
    """For each signed version after the first, newest first: what it is called and what differs from the one before."""
    signed = [row for row in chain if row.is_signed]
    sheets = [_sheet(row, form_in_words(row)) for row in signed]
    found = []
    for number in range(len(signed) - 1, 0, -1):
        name = _("Version %(number)s, %(signed)s") % {"number": number + 1, "signed": _signed_words(signed[number])}
        found.append((name, _changes(sheets[number], sheets[number - 1])))
    return found


def _changes(now: Sheet, before: Sheet) -> list[Difference]:
    old = {section.id: section for section in before.sections}
    return [
        each
        for section in now.sections
        for each in differing(section, old.get(section.id) or Section(Part(section.id, section.part.heading, None)))
    ]


def _signed_words(response: Response) -> str:
    who = response.signed_by.user.name if response.signed_by else ""
    return _("signerat %(day)s av %(who)s") % {"day": _day(response.signed_at), "who": who}


def _day(moment: Any) -> str:
    return date_format(moment.astimezone(clock.SWEDEN) if hasattr(moment, "astimezone") else moment, "j F Y")
