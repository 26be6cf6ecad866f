"""The one shape of the room's form pages, and where they lead."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from matrikel.domain.access.door import ActionForm, StaffRequest, carry_out
from matrikel.domain.people.finding import search
from matrikel.domain.people.models import Person
from matrikel.domain.people.queries import case_numbers, named


def home_of(person: Person) -> str:
    """The person's page."""
    return reverse("people-person", args=[person.pk])


def status_of(form: ActionForm) -> int:
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


def pick_page(request: StaffRequest, person: Person, *, to: str, title: str, lede: str = "") -> HttpResponse:
    """Search for another person; each line leads to the page named `to` with both ids."""
    text = request.GET.get("q", "").strip()
    found = [line for line in search(request.by, text) if line.id != person.pk] if text else []
    context = {
        "person": with_case_number(person, request), "title": title, "lede": lede, "q": text,
        "back_url": home_of(person),
        "lines": [(line, reverse(to, args=[person.pk, line.id])) for line in found],
    }  # fmt: skip
    return render(request, "people/pick.html", context)


def form_page(
    request: StaffRequest, form: ActionForm, person: Person, action: Callable[[], Any], *, title: str, submit: str,
    done: str, lede: str = "", to: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Carry out the action of a form about a person, or show the form."""
    home = home_of(person)
    response = carry_out(request, form, action, to=to or home, done=done)
    if response is not None:
        return response
    if form.conflict:
        person = named([person.pk], by=request.by)[person.pk]  # as it stands, not as it was about to be written
    context = {
        "form": form, "person": with_case_number(person, request), "title": title, "submit_label": submit,
        "back_url": home, "lede": lede,
    }  # fmt: skip
    return render(request, "access/form.html", context, status=status_of(form))
