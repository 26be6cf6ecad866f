"""Search, registering after a search, and merging two who turn out to be one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Person
from matrikel.domain.people.pages import home_of, with_case_number
from matrikel.domain.people.queries import case_numbers, get_for
from matrikel.domain.people.rules import SEXES
from matrikel.domain.people.web import forms
from matrikel.domain.people.web.pages import pick_page

PAGE = 25


@page(Right.PERSON_SEARCH)
def find(request: StaffRequest) -> HttpResponse:
    """Search by name, number of any kind, day of birth or case number."""
    text = request.GET.get("q", "").strip()
    found = people.search(request.by, text, limit=PAGE) if text else []
    context = {
        "q": text, "search_query": text, "found": found, "more": len(found) == PAGE,
        "may_write": request.by.may(Right.PERSON_WRITE),
    }  # fmt: skip
    return render(request, "people/list.html", context)


@page(Right.PERSON_WRITE, "GET", "POST")
def register(request: StaffRequest) -> HttpResponse:
    """First a search among persons within reach, then the form, filled in with what was searched for."""
    if request.method == "GET":
        return render(request, "people/look.html", {"form": forms.LookForm()})
    if "look" in request.POST:
        look = forms.LookForm(request.POST)
        if not look.is_valid():
            return render(request, "people/look.html", {"form": look}, status=422)
        asked = look.cleaned_data
        found = _labelled(request, people.candidates(request.by, **asked))
        number = asked["identity"]
        form = forms.RegisterForm(initial=asked | {"identity": number.formatted if number else ""})
        return render(request, "people/register.html", {"form": form, "found": found, "looked": True})
    form = forms.RegisterForm(request.POST)
    response = carry_out(
        request,
        form,
        lambda: people.register(by=request.by, **form.asked()),
        to=lambda person: home_of(person.pk),
        done=_("Personen är registrerad."),
    )
    return response or render(request, "people/register.html", {"form": form}, status=422)


def _labelled(request: StaffRequest, persons: list[Person]) -> list[Person]:
    numbers = case_numbers(request.by, [person.pk for person in persons if person.is_protected])
    for person in persons:
        person.case_number = numbers.get(person.pk, "")
    return persons


@page(Right.PERSON_WRITE)
def merge(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Search for the other row of the same human."""
    person = get_for(request.by, person_id)
    lede = _("Sök den andra posten om samma människa. Du ser båda sida vid sida innan något ändras.")
    return pick_page(request, person, to="people-person-merge-two", title=_("Slå ihop"), lede=lede)


@page(Right.PERSON_WRITE, "GET", "POST")
def merge_two(request: StaffRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two rows side by side; a human says which stays."""
    keep, drop = get_for(request.by, person_id), get_for(request.by, other_id)
    form = ActionForm(request.POST or None)
    response = carry_out(
        request, form, lambda: people.merge(keep=keep, drop=drop, by=request.by), to=home_of(keep.pk),
        done=_("Posterna är ihopslagna."),
    )  # fmt: skip
    if response is not None:
        return response
    keep, drop = with_case_number(keep, request), with_case_number(drop, request)
    context = {
        "form": form,
        "keep": keep,
        "drop": drop,
        "rows": _side_by_side(keep, drop),
        "back_url": home_of(keep.pk),
    }
    return render(request, "people/merge.html", context, status=422 if form.errors else 200)


def _side_by_side(keep: Person, drop: Person) -> list[dict[str, Any]]:
    """What the two rows say, line by line."""
    told = [_told(keep), _told(drop)]
    return [{"label": label, "keep": told[0][label], "drop": told[1][label]} for label in told[0]]


def _told(person: Person) -> dict[str, str]:
    masked = ", ".join(row.number.masked for row in people.numbers_of(person) if row.end_date is None)
    return {
        _("Namn"): person.shown_name,
        _("Född"): person.birth_date.isoformat() if person.birth_date else "",
        _("Nummer"): masked,
        _("Kön"): str(SEXES[person.sex]),  # type: ignore[index]
        _("Först folkbokförd i Sverige"): person.first_registered_on.isoformat() if person.first_registered_on else "",
        _("Registrerad"): person.recorded_at.date().isoformat(),
    }
