"""Pages about what is true of a person for a time: registration, permit, activities."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Activity
from matrikel.domain.people.pages import form_page
from matrikel.domain.people.queries import get_for, row_for
from matrikel.domain.people.web import forms


@page(Right.PERSON_WRITE, "GET", "POST")
def register_here(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.RegistrationForm(request.POST or None, initial={"municipality": request.by.municipality})
    return form_page(
        request, form, person,
        lambda: people.register_in_municipality(person=person, by=request.by, **form.asked()),
        title=_("Folkbokförd"), submit=_("Spara"), done=_("Folkbokföringen är sparad."),
        lede=_("En pågående folkbokföring avslutas dagen före."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def move_out(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.MoveForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.move_out(person=person, by=request.by, **form.asked()),
        title=_("Flyttat härifrån"), submit=_("Spara flytten"), done=_("Flytten är sparad."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def grant_permit(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.PermitForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.grant_permit(person=person, by=request.by, **form.asked()),
        title=_("Uppehållstillstånd"), submit=_("Spara"), done=_("Tillståndet är sparat."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def begin_activity(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.ActivityForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    return form_page(
        request, form, person, lambda: people.begin_activity(person=person, by=request.by, **form.asked()),
        title=_("Arbete, studier eller program"), submit=_("Spara"), done=_("Sysselsättningen är sparad."),
        lede=_("Det som kommunen varken ordnar eller betalar. Sfi, praktik och kurser läggs in som insatser."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def correct_activity(request: StaffRequest, activity_id: UUID) -> HttpResponse:
    activity, person = row_for(request.by, Activity, activity_id)
    names = [name for name in forms.CorrectActivityForm.base_fields if name != "key"]
    initial = {name: getattr(activity, name) for name in names}
    form = forms.CorrectActivityForm(request.POST or None, initial=initial)
    form.fields["kind"].choices = forms.activity_kinds(activity.kind)  # type: ignore[attr-defined]
    return form_page(
        request, form, person,
        lambda: people.correct_activity(activity=activity, by=request.by, **form.asked()),
        title=_("Rätta sysselsättning"), submit=_("Spara"), done=_("Sysselsättningen är rättad."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def end_activity(request: StaffRequest, activity_id: UUID) -> HttpResponse:
    activity, person = row_for(request.by, Activity, activity_id)
    form = forms.EndForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.end_activity(activity=activity, by=request.by, **form.asked()),
        title=_("Avsluta sysselsättning"), submit=_("Avsluta"), done=_("Sysselsättningen är avslutad."),
    )  # fmt: skip
