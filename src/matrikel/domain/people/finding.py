"""Searching persons and looking for the one who may already be registered. What is shown is logged."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from matrikel.domain.people.models import IdentityNumber, PastName, Person
from matrikel.domain.people.queries import case_numbers, found_by_case_number, visible
from matrikel.domain.people.rules import Sought, sought, words
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock, numbers
from matrikel.kernel.acting import Acting

CANDIDATES = 10


@dataclass(frozen=True)
class Found:
    """One line of a list of persons. `name` is what may be shown: for a protected person the case number."""

    id: UUID
    name: str
    protected: bool
    birth_date: date | None = None
    death_date: date | None = None
    number: str = ""
    own_script: str = ""
    own_script_language: str = ""
    past_name: str = ""
    case_number: str = ""


def search(by: Acting, text: str, limit: int = 25, *, case_person_ids: Iterable[UUID] = ()) -> list[Found]:
    """Persons within reach whose name, earlier name, number of any kind or day of birth fits; each shown one is logged.

    Names are found by the start of every word, in any case and without diacritics. Several words must all fit.
    """
    meant = sought(text, clock.today())
    ids = set(case_person_ids) | found_by_case_number(by, text)
    if not meant and not ids:
        return []
    ids.update(_holders(meant.numbers))
    condition = Q(pk__in=ids) if ids else Q(pk__in=[])
    if meant.words or meant.births:
        condition |= _fits(meant)
    persons = list(
        visible(by).filter(condition).annotate(shown_number=_shown_number()).order_by("sort_key", "pk")[:limit]
    )
    trail.read("people.person.listed", by=by, persons=[person.pk for person in persons], ground="search")
    return _as_found(by, persons, meant)


def candidates(
    by: Acting, *, given_name: str = "", family_name: str = "", birth_date: date | None = None,
    identity: numbers.IdentityNumber | None = None,
) -> list[Person]:  # fmt: skip
    """Persons within reach who may be the one about to be registered: same number, same name, or same birthday and part
    of the name. Best first by name; at most ten; each is logged as shown."""
    given, family = words(given_name), words(family_name)
    condition = Q(pk__in=_holders((identity.value,)) if identity else [])
    if given or family:
        condition |= _all_words([*given[:1], *family[:1]])
    if birth_date:
        same_day = Q(birth_date=birth_date)
        some = Q(*(Q(search_key__contains=f" {word}") for word in [*given, *family]), _connector=Q.OR)
        condition |= same_day & some if given or family else same_day
    persons = list(visible(by).filter(condition).order_by("sort_key", "pk")[:CANDIDATES])
    trail.read("people.person.listed", by=by, persons=[person.pk for person in persons], ground="registration")
    return persons


def _holders(values: Iterable[str]) -> set[UUID]:
    """Ids of those who hold or held a number with one of these values, under the id that was kept."""
    values = list(values)
    if not values:
        return set()
    rows = IdentityNumber.objects.filter(value__in=values)
    return set(rows.values_list(Coalesce("person__merged_into_id", "person_id"), flat=True))


def _fits(meant: Sought) -> Q:
    born = Q(birth_date__in=meant.births) if meant.births else Q()
    return _all_words(meant.words) & born


def _all_words(starts: Iterable[str]) -> Q:
    return Q(*(Q(search_key__contains=f" {start}") for start in starts))


def _shown_number() -> Subquery:
    """`kind:value` of the number a person is called by."""
    order = Case(*(When(kind=kind, then=place) for place, kind in enumerate(numbers.KINDS)), default=9)
    rows = IdentityNumber.objects.filter(person_id=OuterRef("pk"), end_date=None).order_by(order, "-recorded_at")
    return Subquery(rows.values(text=Concat("kind", Value(":"), "value"))[:1])


def _masked(text: str | None) -> str:
    kind, _colon, value = (text or "").partition(":")
    return numbers.IdentityNumber(cast(numbers.Kind, kind), value).masked if value else ""


def _as_found(by: Acting, persons: list[Any], meant: Sought) -> list[Found]:
    labels = case_numbers(by, [person.pk for person in persons])
    earlier = _earlier_names([p for p in persons if not p.is_protected], meant)
    found = []
    for person in persons:
        person.case_number = labels.get(person.pk, "")
        line = Found(person.pk, person.shown_name, person.is_protected, case_number=person.case_number)
        if not person.is_protected:
            line = replace(
                line, birth_date=person.birth_date, death_date=person.death_date,
                number=_masked(person.shown_number), past_name=earlier.get(person.pk, ""),
                own_script=person.own_script, own_script_language=person.own_script_language,
            )  # fmt: skip
        found.append(line)
    return found


def _earlier_names(persons: list[Person], meant: Sought) -> dict[UUID, str]:
    """The earlier name of those whom the text does not find by the name they have now."""
    by_past = [p.pk for p in persons if not _starts(meant.words, words(p.given_name, p.family_name, p.own_script))]
    if not by_past:
        return {}
    rows = PastName.objects.filter(person_id__in=by_past).order_by("until")
    return {row.person_id: f"{row.given_name} {row.family_name}".strip() for row in rows}


def _starts(starts: Iterable[str], names: list[str]) -> bool:
    return all(any(name.startswith(start) for name in names) for start in starts)
