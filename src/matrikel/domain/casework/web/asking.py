"""Choosing whom a survey is sent to, and the letters."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import ROLES, ActionForm, DateInput, Right, StaffRequest, carry_out, page
from matrikel.domain.benefits import door as benefits
from matrikel.domain.casework import asking, recipients
from matrikel.domain.surveys import door as surveys
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing

DISCHARGED, ENROLLED, ASSISTED, LISTED, HANDED = "discharged", "enrolled", "assisted", "listed", "handed"
COHORTS = (
    (DISCHARGED, gettext_lazy("de som har skrivits ut under en tid")),
    (ENROLLED, gettext_lazy("de som är inskrivna nu")),
    (ASSISTED, gettext_lazy("de som fick ekonomiskt bistånd en månad")),
    (LISTED, gettext_lazy("personnummer från ett annat system")),
    (HANDED, gettext_lazy("koder att dela ut")),
)


class RecipientsForm(ActionForm):
    """Whom to ask. Which of the fields count hangs on the choice."""

    no_draft = True
    cohort = forms.ChoiceField(label=gettext_lazy("Vilka ska tillfrågas?"), widget=forms.RadioSelect)
    since = forms.DateField(label=gettext_lazy("Utskrivna från"), widget=DateInput, required=False)
    until = forms.DateField(label=gettext_lazy("Utskrivna till och med"), widget=DateInput, required=False)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Månad med bistånd"),
        required=False,
        coerce=date.fromisoformat,
        empty_value=None,
    )
    numbers = forms.CharField(
        label=gettext_lazy("Personnummer, ett på varje rad"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Bara de som finns i ert register tillfrågas."),
    )  # fmt: skip
    count = forms.IntegerField(
        label=gettext_lazy("Antal koder"), required=False, min_value=1, max_value=20_000,
        help_text=gettext_lazy("En kod till var och en i gruppen. Ingen vet vem som får vilken."),
    )  # fmt: skip
    population = forms.CharField(
        label=gettext_lazy("Vilka som tillfrågas, i ord"), max_length=200, required=False,
        help_text=gettext_lazy("Står över resultatet. Lämna tomt så skrivs det av valet."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blind = ROLES[by.role].reach == "none"
        offered = [each for each in COHORTS if not blind or each[0] == HANDED]
        self.fields["cohort"].choices = offered  # type: ignore[attr-defined]
        self.by = by
        if blind:
            for name in ("since", "until", "month", "numbers"):
                del self.fields[name]
            return
        known = [(month.isoformat(), date_format(month, "F Y")) for month in benefits.months(by)]
        none = _("Ingen är inläst") if not known else _("Välj")
        self.fields["month"].choices = [("", none), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        cohort, since, until = given.get("cohort"), given.get("since"), given.get("until")
        if cohort == DISCHARGED and not (since and until and since <= until):
            self.add_error("until", _("Fyll i båda dagarna, den första först."))
        if cohort == ASSISTED and not given.get("month"):
            self.add_error("month", _("Välj en månad. Saknas den läser man in den under Inläsning."))
        if cohort == LISTED and not (given.get("numbers") or "").strip():
            self.add_error("numbers", _("Klistra in numren, ett på varje rad."))
        if cohort == HANDED and not given.get("count"):
            self.add_error("count", _("Skriv hur många koder som behövs."))
        return given

    def chosen(self) -> tuple[recipients.Chosen, str]:
        """Who is to be asked, and who they are in words."""
        given = self.cleaned_data
        if given["cohort"] == DISCHARGED:
            days = {name: date_format(given[name], "j F Y") for name in ("since", "until")}
            words = _("Utskrivna %(since)s till %(until)s") % days
            return recipients.discharged(given["since"], given["until"], by=self.by), words
        if given["cohort"] == ENROLLED:
            return recipients.enrolled(by=self.by), _("Inskrivna nu")
        if given["cohort"] == ASSISTED:
            words = _("Alla med ekonomiskt bistånd i %(month)s") % {"month": date_format(given["month"], "F Y")}
            return recipients.assisted(given["month"], by=self.by), words
        if given["cohort"] == LISTED:
            return recipients.listed(given["numbers"].splitlines(), by=self.by), _(
                "Enligt en lista från ett annat system"
            )
        return recipients.handed(given["count"]), _("Koder att dela ut")


@page(Right.SURVEY_RUN, "GET", "POST")
def choose(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Choose who is asked; first counted, then opened to."""
    campaign = surveys.campaign_for(request.by, campaign_id)
    form = RecipientsForm(request.POST or None, by=request.by)
    home = reverse("surveys-campaign", args=[campaign.pk])
    counted = None
    if request.method == "POST" and form.is_valid():
        counted, words = form.chosen()
        if "open" in request.POST:
            response = carry_out(
                request, form,
                lambda: surveys.open_to(
                    campaign=campaign, recipients=counted.recipients, by=request.by,
                    population=form.cleaned_data["population"] or words,
                ),
                to=home, done=_("Enkäten är öppen. Skriv ut breven eller dela ut koderna."), final=True,
            )  # fmt: skip
            if response is not None:
                return response
    context = {"form": form, "campaign": campaign, "counted": counted, "back_url": home}
    return render(request, "casework/recipients.html", context, status=422 if form.errors else 200)


@page(Right.SURVEY_RUN)
def letters(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """The letters as PDF, of many a part (`del`)."""
    campaign = _opened(request, campaign_id)
    made = asking.letters(
        campaign, address=request.build_absolute_uri(reverse("answer")), sender=_sender(request), by=request.by,
        part=int(asked) if (asked := request.GET.get("del", "1")).isdecimal() and int(asked) else 1,
    )  # fmt: skip
    headers = {"Content-Disposition": 'inline; filename="brev.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@page(Right.SURVEY_RUN)
def invitations(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Codes and a text for e-mail, to be copied; of an anonymous survey without telling whose code is whose."""
    campaign = _opened(request, campaign_id)
    address = request.build_absolute_uri(reverse("answer"))
    rows = [(surveys.in_fours(code), f"{address}{code}/") for _invitation, code in surveys.to_invite(campaign)]
    parts = range(1, 1 + -(-len(rows) // asking.MOST_LETTERS))
    context = {"campaign": campaign, "rows": sorted(rows), "says": asking.mail(campaign), "parts": parts}
    return render(request, "casework/invitations.html", context)


def _opened(request: StaffRequest, campaign_id: UUID) -> surveys.Campaign:
    campaign = surveys.campaign_for(request.by, campaign_id)
    if campaign.state != "open":
        raise Missing
    return campaign


def _sender(request: StaffRequest) -> str:
    unit = request.post_held.unit
    return f"{unit.name}, {unit.board.name}, {unit.board.municipality.name}"
