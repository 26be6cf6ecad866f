"""Amina, whom Bertil's unit knows, and a way to count what a page asks of the rooms."""

from datetime import date
from typing import Any

import pytest
from django.urls import NoReverseMatch, path, reverse

from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting


def person_of(by: Acting, given_name: str = "Amina", protection: str = "none", **fields: Any) -> Person:
    """Somebody the acting unit has registered."""
    with trail.writing("test.person.made", by=by) as act:
        person = act.create(
            Person(
                board_id=by.board_id,
                given_name=given_name,
                family_name="Hassan",
                birth_date=date(1990, 3, 12),
                sex="female",
                protection=protection,
                registered_by_unit_id=by.unit_id,
                search_key=f" {given_name.lower()} hassan",
                sort_key=f"hassan\u0001{given_name.lower()}",
                **fields,
            )
        )
        post = by.post_id if person.is_protected else None
        ground = access.Ground.CIRCLE if person.is_protected else access.Ground.REGISTRATION
        access.relate(person_id=person.pk, ground=ground, post_id=post, by=by)
    return person


@pytest.fixture
def amina(bertil: Acting) -> Person:
    return person_of(bertil)


@pytest.fixture
def case(amina: Person, bertil: Acting) -> cases.Case:
    """Amina's introduction case, opened and worked by Bertil."""
    return cases.open_case(person=amina, on=date(2026, 3, 2), by=bertil)


@pytest.fixture
def person_page(settings: Any) -> None:
    """The page that acts lead back to, also while the room is tested without the one that composes it."""
    try:
        reverse("people-person", args=["00000000-0000-0000-0000-000000000000"])
    except NoReverseMatch:
        from types import ModuleType

        from django.http import HttpResponse

        from matrikel.site import urls

        stand_in = ModuleType("stand_in_urls")
        stand_in.urlpatterns = [  # type: ignore[attr-defined]
            *urls.urlpatterns,
            path("personer/<uuid:person_id>/", lambda request, person_id: HttpResponse(), name="people-person"),
            path("idag/", lambda request: HttpResponse(), name="today"),
        ]
        settings.ROOT_URLCONF = stand_in
