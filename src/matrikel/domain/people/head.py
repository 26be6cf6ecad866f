"""What the head of a person's page says: what one must know before acting on somebody."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.base import codes
from matrikel.domain.access.door import Protection
from matrikel.domain.people.calling import called
from matrikel.domain.people.models import Person
from matrikel.domain.people.rules import NUMBER_KINDS
from matrikel.kernel import clock
from matrikel.kernel.numbers import IdentityNumber
from matrikel.kernel.period import age_on

PROTECTIONS = {
    Protection.MARKED: gettext_lazy("Sekretessmarkering"),
    Protection.REGISTRATION: gettext_lazy("Skyddad folkbokföring"),
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ckb", "ps", "ur", "he"})


@dataclass(frozen=True)
class Number:
    """A number with its last part hidden, and where to show it whole."""

    label: Any
    start: str
    url: str


@dataclass(frozen=True)
class Head:
    """`title` is the name, or the case number for a protected person, whose other names are left out."""

    title: str
    own_script: str
    own_direction: str
    numbers: list[Number]
    age: int | None
    country: str
    languages: str
    interpreter: str
    children: int
    protection_label: str


def head_of(person: Person, *, case_number: str = "") -> Head:
    """The head, in one query: numbers, languages and children at home."""
    known = called(person)
    languages = codes.code_list("languages")
    return Head(
        title=title_of(person, case_number=case_number),
        own_script="" if person.is_protected else person.own_script,
        own_direction="rtl" if person.own_script_language in RIGHT_TO_LEFT else "ltr",
        numbers=[_number(row_id, number) for row_id, number in known.numbers],
        age=_age(person),
        country=codes.label("countries", person.country) if person.country else "",
        languages=", ".join(languages[code].label for code in known.languages if code in languages),
        interpreter=_interpreter(person),
        children=known.children,
        protection_label=str(PROTECTIONS.get(Protection(person.protection), "")),
    )


def title_of(person: Person, *, case_number: str = "") -> str:
    """Protected persons are called by a case number, in lists, pictures and titles alike."""
    if person.is_protected:
        return case_number or _("Skyddad person")
    return person.name or _("Namn saknas")


def masked_start(number: IdentityNumber) -> str:
    """What may be shown of a number before somebody asks for all of it."""
    return number.masked.split("-")[0].rstrip("•")


def _number(row_id: UUID, number: IdentityNumber) -> Number:
    return Number(
        label=NUMBER_KINDS[number.kind],
        start=masked_start(number),
        url=reverse("people-number-show", args=[row_id]),
    )


def _age(person: Person) -> int | None:
    return age_on(person.birth_date, person.death_date or clock.today()) if person.birth_date else None


def _interpreter(person: Person) -> str:
    if not person.needs_interpreter:
        return ""
    language = codes.label("languages", person.interpreter_language) if person.interpreter_language else ""
    parts = [part for part in (language.lower(), person.interpreter_note) if part]
    return _("Tolk: %(what)s") % {"what": ", ".join(parts)} if parts else _("Tolk")
