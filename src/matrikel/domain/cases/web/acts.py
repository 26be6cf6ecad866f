"""The forms of reception, case, assignment and referral."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, page
from matrikel.domain.cases.actions.assignment import assign
from matrikel.domain.cases.actions.case import close_case, open_case, reopen_case
from matrikel.domain.cases.actions.reception import correct_reception, receive
from matrikel.domain.cases.actions.referral import refer
from matrikel.domain.cases.queries import case_for, reception_for, shown_person
from matrikel.domain.cases.web.forms import (
    AssignForm,
    CloseForm,
    OpenForm,
    ReceptionChangeForm,
    ReceptionForm,
    ReferForm,
)
from matrikel.domain.people import door as people
from matrikel.domain.people.door import form_page


@page(Right.CASE_WRITE, "GET", "POST")
def reception_add(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = people.get_for(request.by, person_id)
    form = ReceptionForm(request.POST or None)
    return form_page(
        request,
        form,
        person,
        lambda: receive(person=person, by=request.by, **form.asked()),
        title=_("Nytt mottagande"),
        submit=_("Spara mottagandet"),
        done=_("Mottagandet är sparat."),
        lede=_("Hur och när personen kom till kommunen. Ett mottagande för varje ankomst."),
    )


@page(Right.CASE_WRITE, "GET", "POST")
def reception_change(request: StaffRequest, reception_id: UUID) -> HttpResponse:
    reception = reception_for(request.by, reception_id)
    known = {name: getattr(reception, name) for name in ReceptionChangeForm.base_fields if name != "key"}
    form = ReceptionChangeForm(request.POST or None, initial=known)
    return form_page(
        request,
        form,
        reception.person,
        lambda: correct_reception(reception=reception, by=request.by, **form.asked()),
        title=_("Rätta mottagandet"),
        submit=_("Spara"),
        done=_("Mottagandet är rättat."),
    )


@page(Right.CASE_WRITE, "GET", "POST")
def case_open(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = people.get_for(request.by, person_id)
    form = OpenForm(request.POST or None, by=request.by)
    return form_page(
        request,
        form,
        person,
        lambda: open_case(person=person, by=request.by, **_with_post(form)),
        title=_("Öppna ett introduktionsärende"),
        submit=_("Öppna ärendet"),
        done=_("Ärendet är öppnat."),
        lede=_("Personen är inskriven från den dagen. Ärendet får nästa nummer i årets serie."),
    )


@page(Right.CASE_WRITE, "GET", "POST")
def case_close(request: StaffRequest, case_id: UUID) -> HttpResponse:
    case = case_for(request.by, case_id)
    form = CloseForm(request.POST or None)
    return form_page(
        request,
        form,
        shown_person(case),
        lambda: close_case(case=case, by=request.by, **form.asked()),
        title=_("Avsluta ärende %(number)s") % {"number": case.number},
        submit=_("Avsluta ärendet"),
        done=_("Ärende %(number)s är avslutat.") % {"number": case.number},
        lede=_(
            "Enheten kan läsa ärendet också när det är avslutat. "
            "Går det vidare till socialtjänsten sparas en hänvisning."
        ),
    )


@page(Right.CASE_WRITE, "GET", "POST")
def case_reopen(request: StaffRequest, case_id: UUID) -> HttpResponse:
    case = case_for(request.by, case_id)
    form = ActionForm(request.POST or None)
    return form_page(
        request,
        form,
        shown_person(case),
        lambda: reopen_case(case=case, by=request.by),
        title=_("Öppna ärende %(number)s igen") % {"number": case.number},
        submit=_("Öppna igen"),
        done=_("Ärende %(number)s är öppet igen.") % {"number": case.number},
        lede=_(
            "Ärendet fortsätter som om det inte hade avslutats. "
            "De som arbetade i det fortsätter om de är kvar i enheten."
        ),
    )


@page(Right.CASE_WRITE, "GET", "POST")
def case_assign(request: StaffRequest, case_id: UUID) -> HttpResponse:
    case = case_for(request.by, case_id)
    form = AssignForm(request.POST or None, by=request.by)
    return form_page(
        request,
        form,
        shown_person(case),
        lambda: assign(case=case, by=request.by, **_with_post(form)),
        title=_("Vem arbetar i ärende %(number)s?") % {"number": case.number},
        submit=_("Spara"),
        done=_("Sparat."),
        lede=_("Ansvarig nu: %(name)s. Lämnas ärendet över slutar den ansvariga dagen före.")
        % {"name": case.caseworker or _("ingen")},
    )


@page(Right.CASE_WRITE, "GET", "POST")
def case_refer(request: StaffRequest, case_id: UUID) -> HttpResponse:
    case = case_for(request.by, case_id)
    form = ReferForm(request.POST or None)
    return form_page(
        request,
        form,
        shown_person(case),
        lambda: refer(case=case, by=request.by, **form.asked()),
        title=_("Hänvisa vidare"),
        submit=_("Spara hänvisningen"),
        done=_("Hänvisningen är sparad."),
        lede=_("Ärendet fortsätter. Ska det också avslutas gör du det för sig."),
    )


def _with_post(form: ActionForm) -> dict[str, Any]:
    asked = form.asked()
    return {**asked, "post_id": UUID(asked["post_id"])}
