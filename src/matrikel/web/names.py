"""Persons as they are named in lists: protected ones by case number, never by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting


@dataclass(frozen=True)
class Shown:
    """What a list may say of a person. `c-person` reads it."""

    name: str
    protected: bool
    case_number: str


def shown(ids: Iterable[UUID], *, by: Acting) -> dict[UUID, Shown]:
    """Persons within reach by id; those without are simply not there. Two queries."""
    persons = people.named(ids, by=by)
    numbers = people.case_numbers(by, [pk for pk, person in persons.items() if person.is_protected])
    return {pk: Shown(person.name, person.is_protected, numbers.get(pk, "")) for pk, person in persons.items()}
