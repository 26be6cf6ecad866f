"""What this room knows for statistics: named queries over the acting board, as plain tuples in a declared order.

Voided rows and merged-away persons are left out; rows of a merged-away person stand under the one who was kept.
No name and no number leaves. Person ids are the register's own: extract replaces them before anything is stored.
Iterated in chunks, never as model instances.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from matrikel.domain.people.models import Activity, Permit, Person, Registration

CHUNK = 5000
OWN = Coalesce(F("person__merged_into_id"), F("person_id"))


@dataclass(frozen=True)
class Facts:
    """Rows with the names of their columns."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def persons() -> Facts:
    """One row a person: birth_date, sex (empty when unknown), country, first registration in Sweden, day of death."""
    columns = ("person_id", "birth_date", "sex", "country", "first_registered_on", "death_date")
    rows = Person.objects.filter(merged_into=None).order_by("pk")
    plain = _read(rows, "pk", *columns[1:])
    return Facts(columns, ((*row[:2], "" if row[2] == "unknown" else row[2], *row[3:]) for row in plain))


def registrations() -> Facts:
    """One row a time registered in a municipality, with its four-digit code. `kind` is `registration`."""
    columns = ("person_id", "kind", "start_date", "end_date", "municipality")
    kind = Value("registration", CharField())
    return Facts(columns, _read(_by_day(Registration), OWN, kind, "start_date", "end_date", "municipality"))


def activities() -> Facts:
    """One row a time in work, studies or a programme outside the municipality; `kind` is a code of activities.csv.

    `extent` is in percent, empty when unknown; `basis` says yes, no or unknown: builds on what the person did before.
    """
    columns = ("person_id", "kind", "start_date", "end_date", "extent", "basis")
    return Facts(columns, _read(_by_day(Activity), OWN, "kind", "start_date", "end_date", "extent", "basis"))


def permits() -> Facts:
    """One row a residence permit; `ground` is a code of permit_grounds.csv."""
    columns = ("person_id", "ground", "start_date", "end_date")
    return Facts(columns, _read(_by_day(Permit), OWN, "ground", "start_date", "end_date"))


def events() -> Facts:
    """One row a thing that happened on a day: `left` (last day registered before a move out of the municipality,
    with the code of the new one, empty when abroad or unknown) and `death`."""
    columns = ("person_id", "kind", "date", "municipality", "moved_to")
    moved = (
        Registration.objects.filter(person__voided_at=None)
        .exclude(end_date=None)
        .exclude(moved_to="", moved_abroad=False)
    )
    left = _read(
        moved.order_by("end_date", "pk"), OWN, Value("left", CharField()), "end_date", "municipality", "moved_to"
    )
    dead = Person.objects.filter(merged_into=None).exclude(death_date=None).order_by("death_date", "pk")
    empty = Value("", CharField())
    deaths = _read(dead, "pk", Value("death", CharField()), "death_date", empty, empty)
    return Facts(columns, (row for part in (left, deaths) for row in part))


def _by_day(model: Any) -> QuerySet[Any]:
    return model.objects.filter(person__voided_at=None).order_by("start_date", "pk")  # type: ignore[no-any-return]


def _read(rows: QuerySet[Any], *columns: Any) -> Iterator[tuple[Any, ...]]:
    return rows.values_list(*columns).iterator(chunk_size=CHUNK)
