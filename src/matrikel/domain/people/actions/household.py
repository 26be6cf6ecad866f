"""Who lives together, from and to which day. A person lives in one household at a time."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from matrikel.domain.people import checks
from matrikel.domain.people.models import Household, Member, Person
from matrikel.domain.people.queries import own_rows
from matrikel.domain.people.rules import ROLES
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, RuleBroken


def form_household(*, members: Iterable[tuple[Person, str]], on: date, by: Acting) -> Household:
    """A new household of persons with their parts in it (adult, partner, child, other) from a day.

    Raises RuleBroken: nobody, in_household (somebody already lives in one that day), unknown_code, before_birth.
    """
    pairs = list(members)
    if not pairs:
        raise RuleBroken("nobody", _("Ett hushåll behöver minst en person."), field="role")
    checks.may_write(by, *(person for person, _role in pairs))
    with trail.writing("people.household.formed", by=by, person=pairs[0][0].pk) as act:
        household = act.create(Household(board_id=by.board_id))
        for person, role in pairs:
            join_household(household=household, person=person, role=role, on=on, by=by)
        return household


def join_household(*, household: Household, person: Person, role: str, on: date, by: Acting) -> Member:
    """A person lives in the household from a day. Raises RuleBroken: in_household, unknown_code, before_birth."""
    checks.may_write(by, person)
    if household.board_id != by.board_id:
        raise Missing
    checks.one_of(ROLES, role, "role")
    checks.in_life(person, on, "on")
    lives = Member.objects.filter(own_rows(person)).filter(Q(end_date=None) | Q(end_date__gte=on))
    if lives.exists():
        raise RuleBroken("in_household", _("Personen har redan ett hushåll den dagen. Avsluta det först."), field="on")
    with trail.writing("people.household.joined", by=by, person=person.pk) as act:
        return act.create(Member(board_id=by.board_id, household=household, person=person, role=role, start_date=on))


def live_with(*, person: Person, other: Person, role: str, on: date, by: Acting, other_role: str = "adult") -> Member:
    """A person moves in with another, whose household is formed when there is none. Raises as `join_household`."""
    checks.may_write(by, person, other)
    home = Member.objects.filter(own_rows(other), end_date=None).select_related("household").first()
    with trail.writing("people.household.joined", by=by, person=person.pk):
        if home is not None:
            return join_household(household=home.household, person=person, role=role, on=on, by=by)
        household = form_household(members=[(other, other_role), (person, role)], on=on, by=by)
        return household.members.get(person=person)


def leave_household(*, member: Member, on: date, by: Acting) -> Member:
    """The last day a person lives in the household. Raises RuleBroken: end_before_start, already_left."""
    checks.may_write(by, member.person)
    if member.end_date is not None:
        raise RuleBroken("already_left", _("Personen har redan lämnat hushållet."), field="on")
    checks.in_order(member.start_date, on, "on")
    with trail.writing("people.household.left", by=by, person=member.person_id) as act:
        return act.change(member, end_date=on)
