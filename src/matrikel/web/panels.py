"""Panels of the person page that belong to the shell."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from matrikel.domain.access.door import StaffRequest
from matrikel.domain.people import door as people


def panel_page(request: StaffRequest, template: str, title: Any, context: dict[str, Any]) -> HttpResponse:
    """A panel as a fragment, or in a page of its own when opened by its address, as without scripts."""
    if request.htmx:
        return render(request, template, context)
    person = context["person"]
    name = people.title_of(person, case_number=people.case_numbers(request.by, [person.pk]).get(person.pk, ""))
    return render(request, "panels/alone.html", {**context, "panel": template, "title": title, "name": name})
