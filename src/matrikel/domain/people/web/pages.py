"""Searching for another person, as a step of an act about two."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from matrikel.domain.access.door import StaffRequest
from matrikel.domain.people.finding import search
from matrikel.domain.people.models import Person
from matrikel.domain.people.pages import home_of, with_case_number


def pick_page(request: StaffRequest, person: Person, *, to: str, title: str, lede: str = "") -> HttpResponse:
    """Search for another person; each line leads to the page named `to` with both ids."""
    text = request.GET.get("q", "").strip()
    found = [line for line in search(request.by, text) if line.id != person.pk] if text else []
    context = {
        "person": with_case_number(person, request),
        "title": title,
        "lede": lede,
        "q": text,
        "back_url": home_of(person.pk),
        "lines": [(line, reverse(to, args=[person.pk, line.id])) for line in found],
    }
    return render(request, "people/pick.html", context)
