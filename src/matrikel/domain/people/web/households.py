"""The panel of the household, and forming, joining and leaving one."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Member
from matrikel.domain.people.pages import form_page, panel_page, with_case_number
from matrikel.domain.people.queries import get_for, row_for
from matrikel.domain.people.rules import ROLES
from matrikel.domain.people.web import forms
from matrikel.domain.people.web.pages import pick_page
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.period import age_on


@page(Right.PERSON_READ)
def panel(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: who lives with the person, and who did. Those out of reach are not there."""
    person = get_for(request.by, person_id, purpose="panel")
    mates = people.household_of(person)
    others = [mate for mate in mates if not mate.is_self]
    trail.read("people.person.listed", by=request.by, persons=[mate.person.pk for mate in others], ground="household")
    own = next((mate for mate in mates if mate.is_self and mate.is_current), None)
    context = {
        "own": own,
        "current": [_line(mate) for mate in others if mate.is_current],
        "former": [_line(mate) for mate in others if not mate.is_current],
        "may_write": request.by.may(Right.PERSON_WRITE),
    }
    return panel_page(request, person, "people/household.html", _("Hushåll"), context)


def _line(mate: people.Housemate) -> dict[str, object]:
    born = mate.person.birth_date
    age = age_on(born, clock.today()) if born and mate.person.death_date is None else None
    return {"mate": mate, "person": mate.person, "role": ROLES[mate.role], "age": age}


@page(Right.PERSON_WRITE, "GET", "POST")
def form_new(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.HouseholdForm(request.POST or None)
    return form_page(
        request, form, person,
        lambda: people.form_household(
            members=[(person, form.cleaned_data["role"])], on=form.cleaned_data["on"], by=request.by
        ),
        title=_("Nytt hushåll"), submit=_("Spara"), done=_("Hushållet är sparat."),
        lede=_("Börja med en person och lägg till de andra från deras sidor."),
    )  # fmt: skip


@page(Right.PERSON_WRITE)
def join(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Search for somebody the person lives with."""
    person = get_for(request.by, person_id)
    return pick_page(request, person, to="people-household-join-two", title=_("Bor tillsammans med"))


@page(Right.PERSON_WRITE, "GET", "POST")
def join_two(request: StaffRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    person, other = get_for(request.by, person_id), get_for(request.by, other_id)
    form = forms.JoinForm(request.POST or None)
    return form_page(
        request, form, person,
        lambda: people.live_with(person=person, other=other, by=request.by, **form.asked()),
        title=_("Bor tillsammans med %(name)s") % {"name": with_case_number(other, request).shown_name},
        submit=_("Spara"), done=_("Hushållet är sparat."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def leave(request: StaffRequest, member_id: UUID) -> HttpResponse:
    member, person = row_for(request.by, Member, member_id)
    form = forms.LeaveForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.leave_household(member=member, by=request.by, **form.asked()),
        title=_("Lämna hushållet"), submit=_("Spara"), done=_("Hushållet är ändrat."),
    )  # fmt: skip
