"""Beginning, filling in, signing, replacing and throwing away; settling what an answer opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.cases import door as cases
from matrikel.domain.instruments.actions.opening import settle
from matrikel.domain.instruments.actions.response import begin, discard, replace
from matrikel.domain.instruments.actions.signing import sign
from matrikel.domain.instruments.catalogue import name_in_words, purpose_in_words
from matrikel.domain.instruments.models import Response
from matrikel.domain.instruments.pages import Place, fill_page, filled, saved_part
from matrikel.domain.instruments.queries import (
    answers_of,
    form_in_words,
    form_of,
    opening_for,
    person_of,
    response_for,
    response_to_write,
    sections_of,
    title_of,
    usable_forms,
)
from matrikel.domain.instruments.rules import own
from matrikel.domain.instruments.showing import show
from matrikel.domain.instruments.web.forms import BeginForm, SettleForm, SignForm
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person, form_page, home_of, status_of
from matrikel.kernel import clock
from matrikel.kernel.errors import Missing
from matrikel.kernel.period import age_on
from matrikel_forms import Form, evaluate

KINDS = (
    ("assessment", gettext_lazy("Bedömningar")),
    ("instrument", gettext_lazy("Instrument")),
    ("checklist", gettext_lazy("Checklistor")),
)


@page(Right.FORM_WRITE, "GET", "POST")
def choose(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The forms that may be filled in about a person, each begun with a button. `lang` is the language beside."""
    person = people.get_for(request.by, person_id, purpose="forms")
    case, usable = cases.current_case(person), sorted(usable_forms(request.by), key=name_in_words)
    form = BeginForm(request.POST or None, usable=usable)
    if case is not None:
        response = carry_out(
            request,
            form,
            lambda: begin(case=case, by=request.by, **form.asked()),
            to=lambda begun: reverse("instruments-fill", args=[begun.pk]),
            done=_("Formuläret är påbörjat. Det sparas medan du skriver."),
        )
        if response is not None:
            return response
    if case:
        person.case_number = case.number
    tongues = sorted({tongue for each in usable for tongue in each.wordings} - {"sv"})
    chosen = request.GET.get("lang", _spoken(person, tongues))
    context = {
        "person": person,
        "case": case,
        "faults": form,
        "back_url": home_of(person.pk),
        "tongues": tongues,
        "chosen": chosen if chosen in tongues else "",
        "kinds": [(label, [_offered(each, chosen, usable) for each in usable if each.kind == kind])
                  for kind, label in KINDS],
        "leads": request.by.may(Right.CASE_ASSIGN),
    }  # fmt: skip
    return render(request, "instruments/choose.html", context, status=status_of(form))


def _offered(form: Form, chosen: str, usable: list[Form]) -> tuple[Form, str, str, BeginForm]:
    tongue = chosen if chosen in form.wordings and chosen != "sv" else ""
    begin_form = BeginForm(initial={"form": form.id, "language": tongue}, usable=usable)
    return form, name_in_words(form), purpose_in_words(form), begin_form


def _spoken(person: Person, tongues: list[str]) -> str:
    return next((code for code in people.languages_of(person) if code in tongues), "")


@page(Right.FORM_WRITE, "GET", "POST")
def fill(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """Fill in a draft. A signed one is read instead; what was sent to it comes back, refused, with every word."""
    response = _here(response_for(request.by, response_id))
    if response.is_signed and request.method != "POST":
        return HttpResponseRedirect(reverse("instruments-response", args=[response.pk]))
    return fill_page(request, response, _place(response))


@page(Right.FORM_WRITE, "POST")
def save(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """What an open form sends by itself."""
    response = _here(response_to_write(request.by, response_id))
    return saved_part(request, response, _place(response))


@page(Right.FORM_WRITE, "GET", "POST")
def sign_page(request: StaffRequest, response_id: UUID) -> HttpResponse:
    """Read through what is about to be signed, say for whom limits are read, and sign."""
    response = _here(response_for(request.by, response_id))
    if response.is_signed:
        return HttpResponseRedirect(reverse("instruments-response", args=[response.pk]))
    person, form, answers = person_of(response), form_in_words(response), answers_of(response)
    found = evaluate(form, own(answers), at=clock.today())
    if not found.is_complete and request.method != "POST":
        messages.warning(request, _("Formuläret är inte klart. Det som fattas är markerat i avsnitten."))
        return HttpResponseRedirect(reverse("instruments-fill", args=[response.pk]) + "?saknas=1")
    known = {"sex": person.sex, "age": age_on(person.birth_date, clock.today()) if person.birth_date else None}
    bound = SignForm(request.POST or None, form=form, initial=known)
    sections = sections_of(response)
    seen = {name: int(value) for name in sections if (value := request.POST.get(f"seen.{name}", "")).isdecimal()}
    done = carry_out(
        request,
        bound,
        lambda: sign(response=response, by=request.by, seen=seen, **bound.asked()),
        to=reverse("instruments-response", args=[response.pk]),
        done=_("Formuläret är signerat och låst."),
        final=True,
    )
    if done is not None:
        return done
    context = {
        "sheet": show(form, filled(response, answers, held=dict.fromkeys(sections, ""))),
        "person": person,
        "form": bound,
        "seen": [(name, part.version) for name, part in sections.items()],
        "back_url": reverse("instruments-fill", args=[response.pk]),
    }
    return render(request, "instruments/sign.html", context, status=status_of(bound))


@page(Right.FORM_WRITE, "GET", "POST")
def replace_page(request: StaffRequest, response_id: UUID) -> HttpResponse:
    response = _here(response_for(request.by, response_id))
    form = ActionForm(request.POST or None)
    return form_page(
        request,
        form,
        person_of(response),
        lambda: replace(response=response, by=request.by),
        title=_("Rätta ”%(name)s” med en ny") % {"name": title_of(response)},
        submit=_("Börja en ny version"),
        done=_("En ny version är påbörjad med svaren från den förra."),
        lede=_("Svaren följer med. Den signerade står kvar och gäller tills du har signerat den nya."),
        to=lambda begun: reverse("instruments-fill", args=[begun.pk]),
    )


@page(Right.FORM_WRITE, "GET", "POST")
def discard_page(request: StaffRequest, response_id: UUID) -> HttpResponse:
    response = _here(response_for(request.by, response_id))
    form = ActionForm(request.POST or None)
    return form_page(
        request,
        form,
        person_of(response),
        lambda: discard(response=response, by=request.by),
        title=_("Kasta utkastet ”%(name)s”") % {"name": title_of(response)},
        submit=_("Kasta utkastet"),
        done=_("Utkastet är kastat."),
        lede=_("Det som är skrivet försvinner ur akten. Du kan ångra dig direkt efteråt."),
    )


@page(Right.FORM_WRITE, "GET", "POST")
def settle_page(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    opening = opening_for(request.by, opening_id)
    form = SettleForm(request.POST or None)
    return form_page(
        request,
        form,
        person_of(opening),
        lambda: settle(opening=opening, by=request.by, **form.asked()),
        title=opening.what_label,
        submit=_("Avsluta kontrollen"),
        done=_("Kontrollen är avslutad: %(what)s.") % {"what": opening.what_label},
        lede=_("Ett svar i ”%(name)s” öppnade kontrollen. Den ligger kvar på Idag tills den är avslutad.")
        % {"name": title_of(opening.response)},
    )


def _here(response: Response) -> Response:
    """Plans have pages of their own: here they do not exist."""
    if form_of(response).kind == "plan":
        raise Missing
    return response


def _place(response: Response) -> Place:
    def to(name: str) -> str:
        return reverse(f"instruments-{name}", args=[response.pk])

    return Place(
        post_url=to("fill"),
        save_url=to("save"),
        next_url=to("sign"),
        back_url=home_of(response.person_id),
        print_url=to("print"),
        discard_url=to("discard"),
        sign_label=_("Läs igenom och signera"),
        lede=_("Sparas medan du skriver. Utkastet syns för dig, dem som arbetar i ärendet och enhetens chef.")
        if response.is_sensitive
        else _("Sparas medan du skriver. Kollegor i enheten ser utkastet och kan skriva i det."),
    )
