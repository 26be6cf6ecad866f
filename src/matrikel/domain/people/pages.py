"""The one shape of pages about a person, for every room: a form that leads home, a panel that can stand alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from matrikel.domain.access.door import ActionForm, StaffRequest, carry_out
from matrikel.domain.people.models import Person
from matrikel.domain.people.queries import case_numbers, named


def home_of(person_id: UUID) -> str:
    """Address of the person's page."""
    return reverse("people-person", args=[person_id])


def status_of(form: ActionForm) -> int:
    """409 for a conflict, 422 for a form with faults, else 200."""
    if form.conflict:
        return 409
    return 422 if form.errors else 200


def with_case_number(person: Person, request: StaffRequest) -> Person:
    """A protected person is called by the case number."""
    if person.is_protected:
        person.case_number = case_numbers(request.by, [person.pk]).get(person.pk, "")
    return person


def panel_page(
    request: StaffRequest, person: Person, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """A panel as a fragment, or in a page of its own when opened by its address, as without scripts."""
    context = {**context, "person": with_case_number(person, request)}
    if request.htmx:
        return render(request, template, context)
    return render(request, "people/alone.html", {**context, "panel": template, "title": title})


def form_page(
    request: StaffRequest,
    form: ActionForm,
    person: Person,
    action: Callable[[], Any],
    *,
    title: str,
    submit: str,
    done: str,
    lede: str = "",
    to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Carry out the action of a form about a person and go to the person's page (or `to`), or show the form."""
    home = home_of(person.pk)
    response = carry_out(request, form, action, to=to or home, done=done)
    if response is not None:
        return response
    if form.conflict:
        person = named([person.pk], by=request.by)[person.pk]  # as it stands, not as it was about to be written
    context = {
        "form": form,
        "person": with_case_number(person, request),
        "title": title,
        "submit_label": submit,
        "back_url": home,
        "lede": lede,
    }
    return render(request, "access/form.html", context, status=status_of(form))
