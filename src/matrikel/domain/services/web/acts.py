"""Quick forms: one act each."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm, Right, StaffRequest, page
from matrikel.domain.people import door as people
from matrikel.domain.people.door import form_page
from matrikel.domain.services.actions.participation import apply, begin, correct, end, start_applied, withdraw
from matrikel.domain.services.models import Participation
from matrikel.domain.services.queries import limits_of, participation_for
from matrikel.domain.services.rules import OFFERS
from matrikel.domain.services.web.forms import ApplyForm, BeginForm, CorrectForm, EndForm, StartForm
from matrikel.kernel.errors import Missing


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_apply(request: StaffRequest, person_id: UUID, kind: str) -> HttpResponse:
    if kind not in OFFERS or not OFFERS[kind].applies:
        raise Missing
    person = people.get_for(request.by, person_id)
    form = ApplyForm(request.POST or None)
    return form_page(
        request,
        form,
        person,
        lambda: apply(person=person, kind=kind, by=request.by, **form.asked()),
        title=_("Ansökan: %(what)s") % {"what": codes.label("activities", kind)},
        submit=_("Spara ansökan"),
        done=_("Ansökan är sparad."),
        lede=_("Utbildningen ska börja inom tre månader, inom en månad för den som är i etableringsprogrammet."),
    )


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_begin(request: StaffRequest, person_id: UUID, kind: str) -> HttpResponse:
    if kind not in OFFERS:
        raise Missing
    person = people.get_for(request.by, person_id)
    form = BeginForm(request.POST or None, kind=kind)
    return form_page(
        request,
        form,
        person,
        lambda: begin(person=person, kind=kind, by=request.by, **form.asked()),
        title=codes.label("activities", kind),
        submit=_("Spara"),
        done=_("%(what)s är sparat.") % {"what": codes.label("activities", kind)},
    )


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_start(request: StaffRequest, participation_id: UUID) -> HttpResponse:
    row = participation_for(request.by, participation_id)
    form = StartForm(request.POST or None, initial={"title": row.title, "provider": row.provider})
    limit = limits_of([row]).get(row.pk)
    told = {"paragraph": limit.paragraph, "last": date_format(limit.on, "j F Y")} if limit else {}
    return _about(
        request,
        form,
        row,
        lambda: start_applied(participation=row, by=request.by, **form.asked()),
        title=_("Start: %(what)s") % {"what": row.kind_label},
        submit=_("Spara starten"),
        done=_("Starten är sparad."),
        lede=_("Ska ha börjat senast %(last)s (%(paragraph)s).") % told if told else "",
    )


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_end(request: StaffRequest, participation_id: UUID) -> HttpResponse:
    row = participation_for(request.by, participation_id)
    form = EndForm(request.POST or None, offer=OFFERS[row.kind])
    return _about(
        request,
        form,
        row,
        lambda: end(participation=row, by=request.by, **form.asked()),
        title=_("Avsluta: %(what)s") % {"what": row.title or row.kind_label},
        submit=_("Spara"),
        done=_("Avslutat."),
    )


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_correct(request: StaffRequest, participation_id: UUID) -> HttpResponse:
    row = participation_for(request.by, participation_id)
    form = CorrectForm(request.POST or None, participation=row)
    return _about(
        request,
        form,
        row,
        lambda: correct(participation=row, by=request.by, **form.asked()),
        title=_("Rätta: %(what)s") % {"what": row.title or row.kind_label},
        submit=_("Spara"),
        done=_("Rättat."),
    )


@page(Right.SERVICE_WRITE, "GET", "POST")
def participation_withdraw(request: StaffRequest, participation_id: UUID) -> HttpResponse:
    row = participation_for(request.by, participation_id)
    form = ActionForm(request.POST or None)
    return _about(
        request,
        form,
        row,
        lambda: withdraw(participation=row, by=request.by),
        title=_("Ta tillbaka: %(what)s") % {"what": row.title or row.kind_label},
        submit=_("Ta tillbaka"),
        done=_("Borttaget ur registret."),
        lede=_(
            "Använd det när en ansökan tas tillbaka eller när något skrevs in av misstag. Det räknas inte i några mått."
        ),
    )


def _about(request: StaffRequest, form: ActionForm, row: Participation, action: Any, **words: Any) -> HttpResponse:
    return form_page(request, form, row.person.merged_into or row.person, action, **words)
