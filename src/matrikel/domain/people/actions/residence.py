"""Population registration (folkbokföringslagen 1991:481) and residence permits."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.people import checks
from matrikel.domain.people.models import Permit, Person, Registration
from matrikel.domain.people.queries import own_rows
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel.kernel.period import Period


def register_in_municipality(
    *, person: Person, municipality: str, on: date, by: Acting, until: date | None = None
) -> Registration:
    """A person is registered in a municipality from a day. An earlier open registration ends the day before.

    Sets the first registration in Sweden when none is known. Raises RuleBroken: overlap, end_before_start,
    unknown_code, before_birth, after_death.
    """
    checks.may_write(by, person)
    codes.require("municipalities", municipality, field="municipality")
    checks.in_order(on, until, "until")
    checks.in_life(person, on, "on")
    new = Period(on, until)
    new_here = trail.new_rows(Registration, person.pk)
    earlier = list(Registration.objects.filter(own_rows(person))) if new_here is None else new_here
    ended = [row for row in earlier if row.end_date is None and row.start_date < on]
    for row in earlier:
        if row not in ended and new.overlaps(Period(row.start_date, row.end_date)):
            raise RuleBroken(
                "overlap", _("Personen är redan folkbokförd någonstans under den tiden, från %(day)s.")
                % {"day": row.start_date}, field="on",
            )  # fmt: skip
    with trail.writing("people.registration.begun", by=by, person=person.pk) as act:
        for row in ended:
            moved_to = municipality if municipality != row.municipality else ""
            act.change(row, end_date=on - timedelta(days=1), moved_to=moved_to)
        if person.first_registered_on is None and not earlier:
            act.change(person, first_registered_on=on)
        return act.create(
            Registration(board_id=by.board_id, person=person, municipality=municipality, start_date=on, end_date=until)
        )


def move_out(*, person: Person, on: date, by: Acting, to_municipality: str = "", abroad: bool = False) -> Registration:
    """The last day a person is registered here, and where they went. Raises RuleBroken: not_registered,
    end_before_start, two_destinations, unknown_code."""
    checks.may_write(by, person)
    checks.known_code("municipalities", to_municipality, "to_municipality")
    if to_municipality and abroad:
        raise RuleBroken("two_destinations", _("Välj kommun eller utomlands, inte båda."), field="to_municipality")
    row: Registration | None = (
        Registration.objects.filter(own_rows(person), end_date=None).order_by("-start_date").first()
    )
    if row is None:
        raise RuleBroken("not_registered", _("Personen har ingen pågående folkbokföring att avsluta."), field="on")
    checks.in_order(row.start_date, on, "on")
    with trail.writing("people.registration.ended", by=by, person=person.pk) as act:
        act.change(row, end_date=on, moved_to=to_municipality, moved_abroad=abroad)
        return row


def grant_permit(*, person: Person, ground: str, start_date: date, by: Acting, end_date: date | None = None) -> Permit:
    """A residence permit with its ground. Raises RuleBroken: end_before_start, unknown_code, before_birth."""
    checks.may_write(by, person)
    codes.require("permit_grounds", ground, field="ground")
    checks.in_order(start_date, end_date)
    checks.in_life(person, start_date, "start_date")
    with trail.writing("people.permit.granted", by=by, person=person.pk) as act:
        return act.create(
            Permit(board_id=by.board_id, person=person, ground=ground, start_date=start_date, end_date=end_date)
        )
