"""Running surveys: list, plan, remind, close, hand out, sort free texts. Results are a page of the shell."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.surveys import queries
from matrikel.domain.surveys.actions import campaigns, sorting
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.web.forms import PlanForm, ReferenceForm, ThemeForm
from matrikel.domain.surveys.wording import item_label
from matrikel.kernel.errors import Missing


@page(Right.SURVEY_RUN)
def surveys_list(request: StaffRequest) -> HttpResponse:
    return render(request, "surveys/list.html", {"campaigns": queries.with_counts(queries.campaigns(request.by))})


@page(Right.SURVEY_RUN, "GET", "POST")
def plan_one(request: StaffRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    return _form_page(
        request, form, lambda: campaigns.plan(**form.asked(), by=request.by),
        title=_("Ny enkät"), submit=_("Spara och välj vilka som tillfrågas"), done=_("Enkäten är sparad som utkast."),
        lede=_("Inget skickas än. I nästa steg väljer du vilka som ska tillfrågas."), back=reverse("surveys"),
        to=lambda campaign: reverse("surveys-recipients", args=[campaign.pk]),
    )  # fmt: skip


@page(Right.SURVEY_RUN, "GET", "POST")
def remind_silent(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.campaign_for(request.by, campaign_id)
    return _about(
        request, campaign, ActionForm(request.POST or None),
        lambda: campaigns.remind(campaign=campaign, by=request.by),
        title=_("Påminn dem som inte har svarat"), submit=_("Påminn"), done=_("Påminnelsen är noterad."),
        lede=_("Breven på enkätens sida gäller sedan bara dem som inte har svarat, med samma koder som förut."),
    )  # fmt: skip


@page(Right.SURVEY_RUN, "GET", "POST")
def close_one(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.campaign_for(request.by, campaign_id)
    lede = _("Inga fler svar tas emot och resultatet står fast. Det går inte att ångra.")
    if campaign.is_anonymous:
        lede += " " + _("Uppgiften om vilka som tillfrågades tas bort.")
    return _about(
        request, campaign, ActionForm(request.POST or None),
        lambda: campaigns.close(campaign=campaign, by=request.by),
        title=_("Stäng enkäten"), submit=_("Stäng"), done=_("Enkäten är stängd."), lede=lede, final=True,
    )  # fmt: skip


@page(Right.SURVEY_RUN, "POST")
def at_the_desk(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Give one code to whoever stands at the desk, and open the survey with it on this device."""
    campaign = queries.campaign_for(request.by, campaign_id)
    return redirect("answer-code", code=campaigns.issue_code(campaign=campaign, by=request.by))


@page(Right.SURVEY_RUN, "GET", "POST")
def note_reference(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.campaign_for(request.by, campaign_id)
    if campaign.state == "draft":
        raise Missing
    form = ReferenceForm(request.POST or None, campaign=campaign)
    return _about(
        request, campaign, form, lambda: campaigns.compare_with(campaign=campaign, **form.asked(), by=request.by),
        title=_("Jämförelsetal"), submit=_("Spara"), done=_("Talet är sparat."),
        lede=_("Ett index från en annan enhet eller en stad, att hålla det egna mot."),
    )  # fmt: skip


@page(Right.SURVEY_RUN, "GET", "POST")
def withdraw_reference(request: StaffRequest, campaign_id: UUID, reference_id: UUID) -> HttpResponse:
    campaign = queries.campaign_for(request.by, campaign_id)
    reference = queries.reference_for(campaign, reference_id)
    return _about(
        request, campaign, ActionForm(request.POST or None),
        lambda: campaigns.withdraw(reference=reference, by=request.by),
        title=_("Ta bort jämförelsetalet från %(label)s") % {"label": reference.label}, submit=_("Ta bort"),
        done=_("Jämförelsetalet är borttaget."),
        lede=_("Indexet hålls inte längre mot det. Enkätens egna svar rörs inte."),
    )  # fmt: skip


@page(Right.SURVEY_RUN, "GET", "POST")
def texts(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Free texts with their themes; each is sorted by a form of its own."""
    campaign = queries.closed_for(request.by, campaign_id)
    if request.method == "POST":
        _sort(request, campaign)
        return redirect(f"{request.path}#{request.POST.get('at', '')}")
    form = queries.form_of(campaign)
    rows = queries.free_texts(campaign, by=request.by)
    for row in rows:
        row["question"] = item_label(form, row["item"].rpartition("/")[2])
        row["themes"] = {each.theme_id for each in row["sorted"]}
    return render(
        request, "surveys/texts.html", {"campaign": campaign, "rows": rows, "themes": queries.themes(campaign)}
    )


def _sort(request: StaffRequest, campaign: Campaign) -> None:
    try:
        answer_id, themes = UUID(request.POST["answer"]), [UUID(each) for each in request.POST.getlist("theme")]
    except (KeyError, ValueError):
        raise Missing from None
    sorting.sort(
        campaign=campaign, answer_id=answer_id, item=request.POST.get("item", ""), themes=themes, by=request.by
    )


@page(Right.SURVEY_RUN, "GET", "POST")
def new_theme(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    campaign = queries.closed_for(request.by, campaign_id)
    form = ThemeForm(request.POST or None)
    return _form_page(
        request, form, lambda: sorting.add_theme(campaign=campaign, **form.asked(), by=request.by),
        title=_("Nytt tema"), submit=_("Lägg till"), done=_("Temat är tillagt."), lede="",
        back=reverse("surveys-texts", args=[campaign.pk]),
    )  # fmt: skip


def _about(
    request: StaffRequest, campaign: Campaign, form: ActionForm, action: Callable[[], Any], **words: Any
) -> HttpResponse:
    return _form_page(request, form, action, back=reverse("surveys-campaign", args=[campaign.pk]), **words)


def _form_page(
    request: StaffRequest, form: ActionForm, action: Callable[[], Any], *, title: str, lede: str, submit: str,
    done: str, back: str, to: Callable[[Any], str] | None = None, final: bool = False,
) -> HttpResponse:  # fmt: skip
    """Carry out the action of a form and go `to` a page (`back` unless given), or show the form."""
    context = {"form": form, "title": title, "submit_label": submit, "lede": lede, "back_url": back}
    return carry_out(request, form, action, to=to or back, done=done, final=final) or render(
        request, "access/form.html", context, status=422 if form.errors else 200
    )
