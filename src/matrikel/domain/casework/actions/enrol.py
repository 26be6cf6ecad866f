"""Enrolment: the person is received, registered here and gets an introduction case, as one act."""

from datetime import date

from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting


def enrol(
    *,
    person: people.Person,
    received_on: date,
    category: str,
    by: Acting,
    route: str = "",
    registered_on: date | None = None,
    opened_on: date | None = None,
    previous_municipality: str = "",
    allocation_number: str = "",
) -> cases.Case:
    """Receive a person and open an introduction case on the day of enrolment (the reception's unless given)."""
    with trail.writing("casework.person.enrolled", by=by, person=person.pk):
        cases.receive(
            person=person,
            received_on=received_on,
            category=category,
            route=route,
            previous_municipality=previous_municipality,
            allocation_number=allocation_number,
            by=by,
        )
        if registered_on is not None:
            people.register_in_municipality(person=person, municipality=by.municipality, on=registered_on, by=by)
        return cases.open_case(person=person, on=opened_on or received_on, by=by)
