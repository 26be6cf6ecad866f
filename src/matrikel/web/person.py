"""The person page: who, where, what has happened. Panels below load themselves, each with its own right."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.plans import door as plans
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.kernel.timeline import together
from matrikel.web.logbook import told
from matrikel.web.steps import steps_for
from matrikel.web.way import picture_of, way_label


@dataclass(frozen=True)
class Panel:
    """A part of the page by address. It is shown when the post has its right; it authorises itself again."""

    title: Any
    url_name: str
    right: Right
    column: str


PANELS = (
    Panel(_("Mål"), "results-standing", Right.PERSON_READ, "wide"),
    Panel(_("Planer"), "plans-panel", Right.PERSON_READ, "wide"),
    Panel(_("Journal"), "cases-journal", Right.PERSON_READ, "wide"),
    Panel(_("Hushåll"), "people-household", Right.PERSON_READ, "narrow"),
    Panel(_("Ärenden"), "cases-panel", Right.PERSON_READ, "narrow"),
    Panel(_("Formulär och bedömningar"), "instruments-panel", Right.PERSON_READ, "narrow"),
    Panel(_("Insatser"), "services-panel", Right.PERSON_READ, "narrow"),
    Panel(_("Identitet"), "people-identity", Right.PERSON_READ, "narrow"),
    Panel(_("Vem har läst"), "person-readers", Right.PERSON_READ, "narrow"),
)


@page(Right.PERSON_READ)
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    by = request.by
    shown = people.get_for(by, person_id)
    case = cases.current_case(shown)
    way = together([people.timeline(shown), cases.timeline(shown), services.timeline(shown), plans.timeline(shown)])
    here = [spell.first for spell in way.spells if spell.lane == "registered" and spell.code == by.municipality]
    anchor = min(here, default=None)
    picture = picture_of(way, anchor=anchor)
    panels = [
        {"title": panel.title, "url": reverse(panel.url_name, args=[shown.pk]), "column": panel.column}
        for panel in PANELS
        if by.may(panel.right)
    ]
    return render(
        request,
        "person.html",
        {
            "person": shown,
            "head": people.head_of(shown, case_number=case.number if case else ""),
            "case": case,
            "emergency": access.emergency(shown.pk, by=by) if shown.is_protected else None,
            "anchor": anchor,
            "picture": picture,
            "way_label": way_label(picture),
            "steps": steps_for(shown, case, by),
            "may_write": by.may(Right.PERSON_WRITE),
            "wide": [panel for panel in panels if panel["column"] == "wide"],
            "narrow": [panel for panel in panels if panel["column"] == "narrow"],
            "whereabouts": people.whereabouts_shown(shown),
        },
    )


@page(Right.PERSON_READ)
def readers(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: who has opened this person lately."""
    shown = people.get_for(request.by, person_id, purpose="panel")
    entries = told(trail.of_person(shown.pk, by=request.by)[:200], one_per="post")[:6]
    return people.panel_page(request, shown, "panels/readers.html", str(_("Vem har läst")), {"entries": entries})


@page(Right.PERSON_READ)
def log_of_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Everything that has been read and changed about a person, in plain words."""
    shown = people.get_for(request.by, person_id, purpose="log")
    entries = Paginator(trail.of_person(shown.pk, by=request.by), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "person_log.html",
        {
            "person": shown,
            "name": people.title_of(shown, case_number=people.case_numbers(request.by, [shown.pk]).get(shown.pk, "")),
            "page": entries,
            "entries": told(entries.object_list),
        },
    )
