"""Answering: from a code alone, on any phone, in one's own language, with no log-in and no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from matrikel.base.scope import acting_as
from matrikel.domain.access.door import public
from matrikel.domain.instruments.door import Filled, direction, phrases, read_sent, show
from matrikel.domain.surveys.actions.answering import Unfinished, answer
from matrikel.domain.surveys.models import Invitation
from matrikel.domain.surveys.queries import address_of, check_open, form_of, invitation_of
from matrikel.domain.surveys.rules import in_fours, read_code, respondent
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

View = Callable[..., HttpResponse]


def without_cookies(view: View) -> View:
    """Whoever answers is followed by nothing: what a code opens needs no session, and no token of one."""

    @csrf_exempt
    @public
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        response["Referrer-Policy"] = "no-referrer"  # the address holds the code
        return response

    answered.right = None  # type: ignore[attr-defined]
    return answered


@without_cookies
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter."""
    typed = request.GET.get("kod", "")
    if code := read_code(typed):
        return redirect("answer-code", code=code)
    return _said(request, "survey_wrong" if typed else "", typed=typed, status=422 if typed else 200)


@without_cookies
def thanks(request: HttpRequest) -> HttpResponse:
    return _said(request, "survey_thanks", done=True)


@without_cookies
def fill_in(request: HttpRequest, code: str) -> HttpResponse:
    """The survey of a code; sent once. An answer with faults comes back with every word in it."""
    address = address_of(code)
    if address is None:
        return _said(request, "survey_wrong", typed=code[:20], status=404)
    by = respondent(address.board_id, address.campaign_id, address.board.municipality_id)
    with acting_as(by):
        invitation = invitation_of(code)
        if invitation is None:
            return _said(request, "survey_wrong", typed=code[:20], status=404)
        return _answering(request, invitation, code, by)


def _answering(request: HttpRequest, invitation: Invitation, code: str, by: Acting) -> HttpResponse:
    campaign = invitation.campaign
    lang = _language(request, campaign.languages)
    say = phrases(lang)
    try:
        check_open(campaign)
    except RuleBroken:
        return _said(request, "survey_closed", lang=lang, status=410)
    if invitation.answered:
        return _said(request, "survey_used", lang=lang, status=409)
    form = form_of(campaign, lang)
    filled = Filled(lang=lang, on=clock.today())
    if request.method == "POST":
        answers: dict[str, Any] = {}
        for section in read_sent(form, request.POST).sections.values():
            answers |= section
        try:
            answer(invitation=invitation, answers=answers, language=lang, by=by)
        except Unfinished as fault:
            said: dict[str, list[str]] = {}
            for found in fault.problems:
                words = say.get(found.code, say["answer_form"]).format(**dict(found.values))
                said.setdefault(found.place, []).append(words)
            filled = Filled(lang=lang, on=clock.today(), answers=answers, faults=said)
        except RuleBroken as fault:
            what = "survey_used" if fault.code == "code_used" else "survey_closed"
            return _said(request, what, lang=lang, status=409)
        else:
            return redirect(f"{reverse('answer-thanks')}?lang={lang}")
    sheet = show(form, filled)
    context = {
        "sheet": sheet, "sections": sheet.sections, "say": say, "dir": direction(lang), "first": True,
        "languages": [(each, f"{request.path}?lang={each}", direction(each)) for each in campaign.languages],
        "post_url": f"{request.path}?lang={lang}", "save_url": "", "keep": True, "form_key": code,
        "sender": campaign.unit.name, "of": 1, "number": 1,
    }  # fmt: skip
    with translation.override("en" if lang == "en" else "sv"):
        return render(request, "instruments/answer.html", context, status=422 if filled.faults else 200)


def _said(
    request: HttpRequest, what: str, *, lang: str = "", typed: str = "", done: bool = False, status: int = 200
) -> HttpResponse:
    """A page that says one thing, and asks for the code where that may help."""
    lang = lang or _language(request, list(KNOWN))
    say = phrases(lang)
    context = {
        "say": say, "said": say.get(what, ""), "lang": lang, "dir": direction(lang), "done": done,
        "asks": not done and what in ("", "survey_wrong"), "typed": in_fours(typed.replace("-", "")[:12]),
    }  # fmt: skip
    with translation.override("en" if lang == "en" else "sv"):
        return render(request, "surveys/said.html", context, status=status)


KNOWN = ("sv", "sv-x-lattlast", "en", "ar", "so", "ti", "uk", "fa", "prs")


def _language(request: HttpRequest, offered: list[str]) -> str:
    """The language that was chosen, else the first of the phone's that there is, else Swedish."""
    wanted = [request.GET.get("lang", "")]
    wanted += [part.split(";")[0].strip().lower() for part in request.headers.get("Accept-Language", "").split(",")]
    for lang in wanted:
        for each in (lang, {"fa-af": "prs"}.get(lang, ""), lang.split("-")[0]):
            if each in offered:
                return each
    return "sv"
