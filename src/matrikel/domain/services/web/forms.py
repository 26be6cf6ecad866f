"""Forms of the room: one for each act, few fields, today as the day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.domain.people.door import Basis
from matrikel.domain.services.models import Participation
from matrikel.domain.services.rules import OFFERS, Offer
from matrikel.kernel import clock

TITLES = {"sfi": _("Studieväg och kurs"), "course_15_points": _("Kurs"), "validation": _("Vad som valideras")}
PROVIDERS = {"internship": _("Arbetsplats"), "protected_work": _("Arbetsplats")}
BASIS = [(Basis.UNKNOWN.value, _("vet inte")), (Basis.YES.value, _("ja")), (Basis.NO.value, _("nej"))]


class ApplyForm(ActionForm):
    on = forms.DateField(label=_("Ansökan kom in"), widget=DateInput, initial=clock.today)


class StartForm(ActionForm):
    on = forms.DateField(label=_("Första dagen"), widget=DateInput, initial=clock.today)
    title = forms.CharField(label=TITLES["sfi"], max_length=120, required=False)
    provider = forms.CharField(label=_("Hos"), max_length=120, required=False)


class EndForm(ActionForm):
    on = forms.DateField(label=_("Sista dagen"), widget=DateInput, initial=clock.today)
    result = forms.ChoiceField(label=_("Resultat"), required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offer.results:
            self.fields["result"].choices = codes.choices(offer.results, blank=_("inget än"))  # type: ignore[attr-defined]
        else:
            del self.fields["result"]


class BeginForm(ActionForm):
    """A service recorded from its first day; also afterwards, with the last day and the result."""

    start_date = forms.DateField(label=_("Första dagen"), widget=DateInput, initial=clock.today)
    provider = forms.CharField(label=_("Hos"), max_length=120, required=False)
    title = forms.CharField(label=_("Vad"), max_length=120, required=False)
    extent = forms.IntegerField(label=_("Omfattning i procent"), min_value=1, max_value=100, required=False)
    basis = forms.ChoiceField(label=_("Bygger på tidigare yrke"), choices=BASIS, initial=Basis.UNKNOWN.value)
    applied_on = forms.DateField(label=_("Ansökan kom in"), widget=DateInput, required=False)
    end_date = forms.DateField(label=_("Sista dagen"), widget=DateInput, required=False)
    result = forms.ChoiceField(label=_("Resultat"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = OFFERS[kind]
        self.fields["provider"].required = offer.needs_provider
        self.fields["provider"].label = PROVIDERS.get(kind, _("Hos"))
        self.fields["title"].label = TITLES.get(kind, _("Vad"))
        if not offer.applies:
            del self.fields["applied_on"]
        if offer.lane not in ("internship", "work"):
            del self.fields["basis"]
        if offer.results:
            self.fields["result"].choices = codes.choices(offer.results, blank=_("inget än"))  # type: ignore[attr-defined]
        else:
            del self.fields["result"]


class CorrectForm(BeginForm):
    """All that was recorded, with the row's version. Of an application only what an application has."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, kind=participation.kind, **kwargs)
        if participation.start_date is None:
            for name in ("start_date", "extent", "end_date", "result"):
                self.fields.pop(name, None)
            self.fields["applied_on"].required = True
        self.initial = {name: getattr(participation, name) for name in self.fields if name != "key"}
