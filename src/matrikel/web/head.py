"""The head of the person page: what one must know before acting on a person."""

from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.base import codes
from matrikel.domain.access.door import Protection
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.kernel import clock
from matrikel.kernel.numbers import IdentityNumber, Kind
from matrikel.kernel.period import age_on

PROTECTIONS = {
    Protection.MARKED: gettext_lazy("Sekretessmarkering, lämna inte ut uppgifter"),
    Protection.REGISTRATION: gettext_lazy("Skyddad folkbokföring, lämna inte ut uppgifter"),
}
NUMBERS = {
    "personal": gettext_lazy("Personnummer"),
    "coordination": gettext_lazy("Samordningsnummer"),
    "t_number": gettext_lazy("T-nummer"),
    "lma": gettext_lazy("LMA-nummer"),
    "dossier": gettext_lazy("Dossiernummer"),
    "local": gettext_lazy("Reservnummer"),
}
CHILD_AGE = 18
RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ckb", "ps", "ur", "he"})


@dataclass(frozen=True)
class Number:
    """A number with its last part hidden, and where to show it whole."""

    label: Any
    start: str
    url: str


@dataclass(frozen=True)
class Head:
    """`title` is the name, or the case number for a protected person."""

    title: str
    own_script: str
    own_direction: str
    numbers: list[Number]
    age: int | None
    country: str
    languages: str
    interpreter: str
    children: int
    protection_label: Any


def head_of(person: people.Person, case: cases.Case | None) -> Head:
    """Costs three queries: numbers, languages, household."""
    housemates = people.household_of(person)
    languages = codes.code_list("languages")
    return Head(
        title=title_of(person, case),
        own_script="" if person.is_protected else person.own_script,
        own_direction="rtl" if person.own_script_language in RIGHT_TO_LEFT else "ltr",
        numbers=[_number(number) for number in people.numbers_of(person) if number.end_date is None],
        age=_age(person),
        country=codes.label("countries", person.country) if person.country else "",
        languages=", ".join(languages[code].label for code in people.languages_of(person) if code in languages),
        interpreter=_interpreter(person),
        children=sum(1 for mate in housemates if mate.is_current and not mate.is_self and _is_child(mate.person)),
        protection_label=PROTECTIONS.get(Protection(person.protection), ""),
    )


def title_of(person: people.Person, case: cases.Case | None) -> str:
    """Protected persons show a case number instead of a name, in lists, pictures and titles alike."""
    if person.is_protected:
        return case.number if case else _("Skyddad person")
    return person.name or _("Namn saknas")


def _number(row: people.IdentityNumber) -> Number:
    value = IdentityNumber(cast(Kind, row.kind), row.value)
    return Number(
        label=NUMBERS.get(row.kind, row.kind),
        start=value.masked.split("-")[0].rstrip("•"),
        url=reverse("people-number-show", args=[row.pk]),
    )


def _age(person: people.Person) -> int | None:
    return age_on(person.birth_date, person.death_date or clock.today()) if person.birth_date else None


def _is_child(person: people.Person) -> bool:
    age = _age(person)
    return age is not None and age < CHILD_AGE


def _interpreter(person: people.Person) -> str:
    if not person.needs_interpreter:
        return ""
    language = codes.label("languages", person.interpreter_language) if person.interpreter_language else ""
    parts = [part for part in (language.lower(), person.interpreter_note) if part]
    return _("Tolk: %(what)s") % {"what": ", ".join(parts)} if parts else _("Tolk")
