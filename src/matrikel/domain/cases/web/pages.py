"""Where the room's pages lead, and the one shape of its forms and panels."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from matrikel.domain.access.door import ActionForm, StaffRequest, carry_out
from matrikel.domain.people.door import Person


def home(person_id: UUID) -> str:
    """The person's page."""
    return reverse("people-person", args=[person_id])


def status_of(form: ActionForm) -> int:
    if form.conflict:
        return 409
    return 422 if form.errors else 200


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
) -> HttpResponse:
    """Carry out the action of a form about a person and go to the person's page, or show the form."""
    response = carry_out(request, form, action, to=home(person.pk), done=done)
    if response is not None:
        return response
    context = {
        "form": form,
        "person": person,
        "title": title,
        "submit_label": submit,
        "back_url": home(person.pk),
        "lede": lede,
    }
    return render(request, "access/form.html", context, status=status_of(form))


def panel_page(request: StaffRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """A panel as a fragment, or in a page of its own when opened by its address."""
    if request.htmx:
        return render(request, template, context)
    return render(request, "cases/alone.html", {**context, "panel": template, "title": title})
