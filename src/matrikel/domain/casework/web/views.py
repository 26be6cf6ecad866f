from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, carry_out, page
from matrikel.domain.casework.actions.emergency import open_in_emergency
from matrikel.domain.casework.actions.enrol import enrol
from matrikel.domain.casework.web.forms import EmergencyForm, EnrolForm
from matrikel.domain.people import door as people


@page(Right.CASE_WRITE, "GET", "POST")
def enrol_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = people.get_for(request.by, person_id)
    form = EnrolForm(request.POST or None)
    home = reverse("people-person", args=[person.pk])
    response = carry_out(
        request,
        form,
        lambda: enrol(person=person, by=request.by, **form.asked()),
        to=home,
        done=_("Personen är inskriven."),
    )
    return response or render(
        request,
        "access/form.html",
        {
            "form": form,
            "person": person,
            "title": _("Skriv in"),
            "back_url": home,
            "submit_label": _("Skriv in"),
            "lede": _("Tar emot personen och öppnar ett introduktionsärende som du ansvarar för."),
        },
    )


@page(Right.EMERGENCY_OPEN, "GET", "POST")
def emergency(request: StaffRequest) -> HttpResponse:
    form = EmergencyForm(request.POST or None, user=request.user)
    response = carry_out(
        request,
        form,
        lambda: open_in_emergency(
            identity=form.cleaned_data["number"], reason=form.cleaned_data["reason"], by=request.by
        ),
        to=lambda person: reverse("people-person", args=[person.pk]),
        done=_("Akten är öppen i en timme. Enhetschefen har fått veta det."),
        final=True,
    )
    return response or render(
        request,
        "access/form.html",
        {
            "form": form,
            "title": _("Nödöppna en akt"),
            "back_url": reverse("people"),
            "submit_label": _("Öppna i en timme"),
            "lede": _("För fara som inte kan vänta. En person i taget; varje läsning loggas med din nödöppning."),
        },
    )
