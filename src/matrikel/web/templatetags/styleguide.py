"""Sample data for the style guide, so that its view needs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from matrikel.domain.instruments import door as instruments
from matrikel.web.pictures import samples
from matrikel.web.templatetags.icons import ICONS
from matrikel_forms import Form, load, validate

register = template.Library()

FORM = Path(__file__).parents[1] / "styleguide.toml"
FILLED = {
    "wish": "Ett eget kafé.", "wish@ar": "مقهى خاص.", "course": "Svenska D", "strengths": ["work", "licence"],
    "certain": 4, "area": "work", "hours": 20, "contact": "Selam Tesfay", "offer": "sfi",
    "rows": ["r1", "r2"], "rows/r1/step": "Gå kvällskurs", "rows/r2/step": "Söka plats",
    "view": "Det går för sakta.", "given": "later",
}  # fmt: skip
"""Two languages, and a fault: nothing is said of the housing, which has to be answered."""
THEIRS = FILLED | {"rows/r2/step": "Söka plats i januari"}


@dataclass(frozen=True)
class SamplePerson:
    name: str
    case_number: str
    protected: bool | None = False


class SampleForm(forms.Form):
    surname = forms.CharField(label=_("Efternamn"))
    since = forms.CharField(label=_("Folkbokförd från"), help_text=_("År, månad, dag"), required=False)
    rent = forms.IntegerField(
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        label=_("Hyra per månad"),
        error_messages={"invalid": _("Skriv beloppet i hela kronor.")},
    )
    norm = forms.CharField(label=_("Riksnorm"), widget=forms.TextInput(attrs={"readonly": True}))
    municipality = forms.ChoiceField(label=_("Kommun"), choices=[("1", "Älvnäs"), ("2", "Forsvik")])
    reference = forms.CharField(label=_("Diarienummer"), disabled=True, initial=_("sätts vid beslut"), required=False)
    contact = forms.MultipleChoiceField(
        label=_("Hur vill personen bli kontaktad?"),
        choices=[("sms", _("Sms")), ("letter", _("Brev")), ("phone", _("Telefon"))],
        widget=forms.CheckboxSelectMultiple,
    )
    interpreter = forms.BooleanField(label=_("Tolk behövs"), required=False)
    note = forms.CharField(label=_("Anteckning"), widget=forms.Textarea(attrs={"rows": 2}))


def _form() -> SampleForm:
    return SampleForm(
        {
            "surname": "Haddad",
            "since": "2026-11-02",
            "rent": "sju tusen",
            "norm": "5 220",
            "municipality": "1",
            "contact": ["sms"],
            "note": "Kom utan bokning, fick tid på måndag.",
        },
        auto_id="sample_%s",
    )


def _page() -> Page[int]:
    return Paginator(range(84), 3).page(2)


@cache
def _asked() -> Form:
    (form,) = load(FORM)
    return form


def _sheet() -> instruments.Sheet:
    """A form filled in, as its pages show it: a question of each kind, a fault, a conflict, answers to read."""
    form = _asked()
    known: dict[str, Any] = {
        "other": "ar", "persons": ["Selam Tesfay"], "offers": [("sfi", "Sfi"), ("internship", "Praktik")],
    }  # fmt: skip
    theirs = instruments.show(form, instruments.Filled(answers=THEIRS, **known)).section("rows")
    mine = instruments.show(form, instruments.Filled(answers=FILLED, **known)).section("rows")
    met = instruments.Met("Maria Lind", "10.42", 2, instruments.differing(mine, theirs))
    faults = instruments.by_place(validate(form, instruments.own(FILLED), complete=True))
    shown = instruments.Filled(answers=FILLED, faults=faults, conflicts={"rows": met}, held={"locked": ""}, **known)
    return instruments.show(form, shown)


@register.simple_tag
def samples_for_styleguide() -> dict[str, Any]:
    return {
        "form": _form(),
        "sheet": _sheet(),
        "page": _page(),
        "steps": [_("Välj fil"), _("Para ihop"), _("Granska"), _("Resultat")],
        "open": SamplePerson("Selam Tesfay", "IE 2025-0412"),
        "hidden": SamplePerson("Visas aldrig", "4412", protected=True),
        "surfaces": ["paper", "ground", "sunk", "rule", "rule-strong", "field"],
        "inks": ["ink", "ink-2", "ink-3", "accent", "accent-soft", "focus"],
        "tones": ["ok", "warn", "danger", "protect"],
        "series": ["s1", "s2", "s3", "s4", "s5", "s6"],
        "life": samples.life_line(),
        "long": samples.long_line(),
        "short": samples.short_line(),
        "intervals": samples.intervals(),
        "years": samples.years(),
        "curve": samples.curve(),
        "points": samples.curve(everyone=False),
        "funnel": samples.funnel(),
        "flow": samples.bars(),
        "stock": samples.bars("stock"),
        "icons": sorted(ICONS),
    }
