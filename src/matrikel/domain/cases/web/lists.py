"""The list of cases, and the panel of a person's cases."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.cases.models import Assignment, Case
from matrikel.domain.cases.queries import cases_of, my_cases, receptions_of, referrals_of, shown_person, unit_cases
from matrikel.domain.cases.rules import reception_limit
from matrikel.domain.cases.web.forms import colleagues
from matrikel.domain.people import door as people
from matrikel.domain.people.door import panel_page
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting

SHOWN = 25
SORTS = {"namn": ("person__sort_key",), "nummer": ("series", "serial"), "dag": ("start_date",)}


class Filters(forms.Form):
    """Whose cases, in which state, worked by whom. What is not understood is left out."""

    whose = forms.ChoiceField(
        choices=[("mine", gettext_lazy("Mina")), ("unit", gettext_lazy("Enhetens"))], required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Visa"),
        choices=[("open", gettext_lazy("öppna")), ("closed", gettext_lazy("avslutade")), ("all", gettext_lazy("alla"))],
        required=False,
    )
    post = forms.ChoiceField(label=gettext_lazy("Medarbetare"), required=False)

    def __init__(self, *args: Any, by: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("alla")), *colleagues(by)]  # type: ignore[attr-defined]


@page(Right.PERSON_READ)
def cases(request: StaffRequest) -> HttpResponse:
    """My open cases, or the unit's with filters. Those shown are logged."""
    by = request.by
    filters = Filters(request.GET, by=by)
    filters.is_valid()
    chosen = filters.cleaned_data
    whole_unit = chosen.get("whose") == "unit"
    sort = request.GET.get("sort", "namn")
    rows = _filtered(by, chosen) if whole_unit else my_cases(by)
    shown = Paginator(rows.order_by(*_order(sort), "pk"), SHOWN).get_page(request.GET.get("page"))
    lines = [(case, shown_person(case)) for case in shown]
    trail.read("cases.list.shown", by=by, persons=[person.pk for _case, person in lines])
    context = {
        "page": shown,
        "lines": lines,
        "filters": filters,
        "whole_unit": whole_unit,
        "mine": not whole_unit,
        "sorts": _sorts(sort),
    }
    return render(request, "cases/list.html", context)


@page(Right.PERSON_READ)
def panel(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: how the person was received, the unit's cases and who works them, and where the person was referred."""
    person = people.get_for(request.by, person_id, purpose="panel")
    receptions = receptions_of(person)
    for reception in receptions:
        if reception.allocated_on:
            reception.limit = reception_limit(reception.allocated_on)  # type: ignore[attr-defined]
    held = cases_of(person)
    context = {
        "person": person,
        "receptions": receptions,
        "cases": held,
        "open": any(case.is_open for case in held),
        "referrals": referrals_of(person),
        "whereabouts": people.whereabouts_shown(person),
        "may_write": request.by.may(Right.CASE_WRITE),
    }
    return panel_page(request, person, "cases/panel.html", _("Ärenden"), context)


def _filtered(by: Acting, chosen: dict[str, Any]) -> QuerySet[Case]:
    rows = unit_cases(by)
    state = chosen.get("state") or "open"
    if state != "all":
        rows = rows.filter(end_date__isnull=state == "open")
    if chosen.get("post"):
        worked = Assignment.objects.filter(post_id=chosen["post"])
        # A closed case is worked by nobody; it is found by those who worked it.
        held = worked.filter(end_date=None) if state == "open" else worked
        rows = rows.filter(pk__in=held.values("case_id"))
    return rows


def _order(sort: str) -> tuple[str, ...]:
    down = sort.startswith("-")
    fields = SORTS.get(sort.removeprefix("-"), SORTS["namn"])
    return tuple(f"-{field}" for field in fields) if down else fields


def _sorts(sort: str) -> dict[str, dict[str, str]]:
    """For each column: what a click on its head asks for, and how it is sorted now."""
    heads = {}
    for name in SORTS:
        now = "descending" if sort == f"-{name}" else "ascending" if sort == name else ""
        heads[name] = {"next": f"-{name}" if sort == name else name, "now": now}
    return heads
