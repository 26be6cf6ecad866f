"""The panel of a person's services, and the unit's waiting list for SFI."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.people import door as people
from matrikel.domain.services.queries import limits_of, participations_of, waiting_for_sfi
from matrikel.domain.services.rules import OFFERS
from matrikel.domain.trail import door as trail

SHOWN = 25
ENDED_SHOWN = 6


@page(Right.PERSON_READ)
def panel(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: what the person has applied for, takes part in and has ended, with the way to each act."""
    person = people.get_for(request.by, person_id, purpose="panel")
    rows = participations_of(person)
    limits = limits_of([row for row in rows if row.start_date is None])
    ended = [row for row in rows if row.end_date]
    everything = "alla" in request.GET or not request.htmx
    context = {
        "person": person,
        "waiting": [(row, limits.get(row.pk)) for row in rows if row.start_date is None],
        "running": [row for row in rows if row.start_date and not row.end_date],
        "ended": ended if everything else ended[:ENDED_SHOWN],
        "more": 0 if everything else len(ended) - ENDED_SHOWN,
        "whereabouts": people.whereabouts_shown(person),
        "offers": [(kind, codes.label("activities", kind), offer) for kind, offer in OFFERS.items()],
        "may_write": request.by.may(Right.SERVICE_WRITE),
    }
    return people.panel_page(request, person, "services/panel.html", _("Insatser"), context)


@page(Right.PERSON_READ)
def waiting(request: StaffRequest) -> HttpResponse:
    """The unit's waiting list for SFI, nearest limit first. Those shown are logged."""
    rows = waiting_for_sfi(request.by)
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    persons = people.named([row.person_id for row in shown], by=request.by)
    trail.read("services.waiting.shown", by=request.by, persons=persons)
    context = {
        "page": shown,
        "lines": [(row, persons[row.person_id]) for row in shown],
        "late": sum(row.days_left < 0 for row in rows),
        "may_write": request.by.may(Right.SERVICE_WRITE),
    }
    return render(request, "services/waiting.html", context)
