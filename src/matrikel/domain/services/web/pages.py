"""Where the room's pages lead, and the one shape of its forms."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from matrikel.domain.access.door import ActionForm, StaffRequest, carry_out
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person


def home(person_id: UUID) -> str:
    """The person's page."""
    return reverse("people-person", args=[person_id])


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
        "person": called(person, request),
        "title": title,
        "submit_label": submit,
        "back_url": home(person.pk),
        "lede": lede,
    }
    status = 409 if form.conflict else 422 if form.errors else 200
    return render(request, "access/form.html", context, status=status)


def called(person: Person, request: StaffRequest) -> Person:
    """A protected person is called by the case number."""
    if person.is_protected:
        person.case_number = people.case_numbers(request.by, [person.pk]).get(person.pk, "")
    return person
