"""Whom a row is about: the same number is the same person; likeness is for a human to judge.

Only persons within reach are found. A number held by somebody out of reach is left to the door of people, which answers
as it does everywhere.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from matrikel.domain.imports.models import Row
from matrikel.domain.imports.reading import Record
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from matrikel.kernel.numbers import IdentityNumber

Name = tuple[str, str]


@dataclass
class Match:
    """The person a row is about, if known; `same_row` when an earlier import took in exactly this row."""

    person: people.Person | None = None
    same_row: bool = False
    two: bool = False
    alike: list[UUID] = field(default_factory=list)


def digest_of(record: Record) -> str:
    """A keyed digest of what a row says, the same whatever the format or the order of the columns."""
    plain = {name: getattr(record, name) for name in Record.__slots__}
    for name in ("identity", "other_identities"):
        numbers = [plain[name]] if name == "identity" else plain[name]
        plain[name] = [(number.kind, number.value) for number in numbers if number]
    plain["spells"] = [(s.kind, s.start_on, s.end_on, s.result) for s in record.spells]
    text = json.dumps(plain, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), key=_key(), digest_size=16).hexdigest()


@cache
def _key() -> bytes:
    return hashlib.sha256(b"imports.row" + settings.SECRET_KEY.encode()).digest()


def folded(name: str) -> str:
    """A name for comparison: without case and marks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ").split())


def full_name(record: Record) -> Name:
    return folded(record.given_name), folded(record.family_name)


def match(records: Sequence[tuple[str, Record]], *, by: Acting) -> list[Match]:
    """Whom each of some rows (digest and record) is about. A handful of queries whatever their number."""
    by_row = _rows_of_unit(by, digests={digest for digest, _record in records})
    by_number = _holders(n.value for _digest, record in records for n in _numbers(record))
    nameless = [record for _digest, record in records if not any(n.value in by_number for n in _numbers(record))]
    namesakes = _namesakes(nameless, by)
    wanted = {pk for found in (by_row, by_number) for ids in found.values() for pk in ids}
    persons = people.visible(by).in_bulk(wanted)
    sources = _sources(by, [person.pk for found in namesakes.values() for person in found])
    return [
        _judge(record, by_row.get(digest, []), by_number, persons, namesakes, sources) for digest, record in records
    ]


def _judge(
    record: Record, same: list[UUID], by_number: dict[str, list[UUID]], persons: dict[UUID, people.Person],
    namesakes: dict[Name, list[people.Person]], sources: dict[UUID, set[str]],
) -> Match:  # fmt: skip
    known = next((persons[pk] for pk in same if pk in persons), None)
    if known is not None:
        return Match(known, same_row=True)
    held = {pk: persons[pk] for n in _numbers(record) for pk in by_number.get(n.value, []) if pk in persons}
    if held:
        return Match(next(iter(held.values())), two=len(held) > 1)
    alike = [person for person in namesakes.get(full_name(record), []) if _may_be(record, person)]
    if record.identity is None and record.birth_date and record.source_number:
        same_source = [p for p in alike if p.birth_date and record.source_number in sources.get(p.pk, ())]
        if len(same_source) == 1:
            return Match(same_source[0])
    return Match(alike=[person.pk for person in alike])


def _numbers(record: Record) -> list[IdentityNumber]:
    return [number for number in (record.identity, *record.other_identities) if number]


def _may_be(record: Record, person: people.Person) -> bool:
    """The same name, and days of birth that do not speak against it."""
    return not (record.birth_date and person.birth_date and record.birth_date != person.birth_date)


def _rows_of_unit(by: Acting, digests: set[str]) -> dict[str, list[UUID]]:
    """Persons of rows that the unit has imported before and not undone. Another unit's imports say nothing here."""
    rows = Row.objects.filter(
        digest__in=digests - {""}, batch__unit_id=by.unit_id, undone_at=None, person_id__isnull=False
    ).order_by("place")
    found: dict[str, list[UUID]] = {}
    for digest, person_id in rows.values_list("digest", "person_id"):
        found.setdefault(digest, []).append(person_id)
    return found


def _holders(values: Iterable[str]) -> dict[str, list[UUID]]:
    """Ids of those who hold or held a number, under the id that was kept."""
    rows = people.IdentityNumber.objects.filter(value__in=set(values), person__voided_at=None)
    kept = rows.annotate(kept=Coalesce("person__merged_into_id", "person_id")).order_by("recorded_at", "pk")
    found: dict[str, list[UUID]] = {}
    for value, pk in kept.values_list("value", "kept"):
        if pk not in found.setdefault(value, []):
            found[value].append(pk)
    return found


def _namesakes(records: Sequence[Record], by: Acting) -> dict[Name, list[people.Person]]:
    """Persons within reach with the name of a row whose number nobody has: born the same day, or on no known day."""
    records = [record for record in records if record.given_name or record.family_name]
    if not records:
        return {}
    born = {record.birth_date for record in records if record.birth_date}
    dated = Q(birth_date__in=born) | Q(birth_date=None)
    condition = Q(family_name__in=_written(records)) & dated
    if undated := [record for record in records if not record.birth_date]:
        condition |= Q(family_name__in=_written(undated))
    found: dict[Name, list[people.Person]] = {}
    for person in people.visible(by).filter(condition):
        found.setdefault((folded(person.given_name), folded(person.family_name)), []).append(person)
    return found


def _written(records: Iterable[Record]) -> set[str]:
    """Family names as they may stand in the register: home-made registers often use capitals."""
    names = {record.family_name for record in records}
    return {way(name) for name in names for way in (str, str.upper, str.title, str.capitalize)}


def _sources(by: Acting, persons: list[UUID]) -> dict[UUID, set[str]]:
    """The numbers under which the unit's registers knew persons."""
    rows = Row.objects.filter(person_id__in=persons, batch__unit_id=by.unit_id, undone_at=None).exclude(
        source_number=""
    )
    found: dict[UUID, set[str]] = {}
    for person_id, number in rows.values_list("person_id", "source_number"):
        found.setdefault(person_id, set()).add(number)
    return found
