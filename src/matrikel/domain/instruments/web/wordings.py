"""The words of forms in the unit: official wordings from a file, translations that a named person has approved."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, carry_out, page
from matrikel.domain.instruments.actions.wording import approve_translation, load_wording
from matrikel.domain.instruments.catalogue import name_in_words
from matrikel.domain.instruments.queries import form_for, usable_forms
from matrikel.domain.instruments.web.forms import ApproveForm, WordingForm
from matrikel.domain.people.door import status_of
from matrikel_forms import Form, texts_of


@page(Right.CASE_ASSIGN)
def wordings(request: StaffRequest) -> HttpResponse:
    """Every form the unit may use, with its languages."""
    forms = [(form, name_in_words(form), sorted(set(form.wordings) - {"sv"})) for form in usable_forms(request.by)]
    return render(request, "instruments/wordings.html", {"forms": forms})


@page(Right.CASE_ASSIGN, "GET", "POST")
def wording(request: StaffRequest, form_name: str) -> HttpResponse:
    """One form: its languages with who approved them, and loading an official wording from a file."""
    form = form_for(request.by, form_name)
    bound = WordingForm(request.POST or None, request.FILES or None)
    home = reverse("instruments-wording", args=[form.id])
    done = carry_out(
        request, bound, lambda: _load(bound, form, request), to=home, done=_("Ordalydelsen gäller från nästa formulär.")
    )
    if done is not None:
        return done
    context = {
        "name": name_in_words(form),
        "form_name": form.id,
        "form": bound,
        "official": form.wordings["sv"].licence,
        "tongues": [(tongue, _state(form, tongue), form.wordings[tongue].approved_by)
                    for tongue in sorted(set(form.wordings) - {"sv"})],
    }  # fmt: skip
    return render(request, "instruments/wording.html", context, status=status_of(bound))


@page(Right.CASE_ASSIGN, "GET", "POST")
def approve(request: StaffRequest, form_name: str, tongue: str) -> HttpResponse:
    """Note that a named person has approved a translation, beside all its texts."""
    form = form_for(request.by, form_name)
    bound, home = ApproveForm(request.POST or None), reverse("instruments-wording", args=[form.id])
    done = carry_out(
        request,
        bound,
        lambda: approve_translation(form=form.id, language=tongue, by=request.by, **bound.asked()),
        to=home,
        done=_("Översättningen är godkänd."),
    )
    if done is not None:
        return done
    own = texts_of(form, "sv")
    context = {
        "name": name_in_words(form),
        "tongue": tongue,
        "texts": [(own[key], text) for key, text in texts_of(form, tongue).items()],
        "form": bound,
        "back_url": home,
    }
    return render(request, "instruments/approve.html", context, status=status_of(bound))


def _load(bound: WordingForm, form: Form, request: StaffRequest) -> Any:
    """The engine reads files: what was sent lies in one under its own name for a moment, so that faults name it."""
    sent = bound.cleaned_data["file"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(sent.name).name
        file.write_bytes(sent.read())
        return load_wording(form=form.id, file=file, by=request.by)


def _state(form: Form, tongue: str) -> str:
    states = {text.state for text in texts_of(form, tongue).values()}
    return next((state for state in ("stale", "missing", "draft") if state in states), "fresh")
