"""What the statistics may read of this room: rows as plain tuples, in the columns named, of the acting board.

Columns follow the dataset contract (docs/reference/statistics.md): `person_id`, `kind` from activities.csv for spells
and events.csv for events, dates, and attributes. `unit` is the unit's id, `municipality` the board's. No free text is
among them: neither title nor provider.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, Value

from matrikel.domain.services.models import Participation

Row = tuple[Any, ...]
CHUNK = 2000

SPELLS = ("person_id", "kind", "start_date", "end_date", "result", "unit", "municipality", "basis", "extent")
EVENTS = ("person_id", "kind", "date", "unit", "municipality")


def spells() -> Iterator[Row]:
    """SPELLS: one row a participation that has begun; `result` is a code of sfi_results.csv, `extent` a percentage."""
    rows = Participation.objects.filter(start_date__isnull=False).order_by("person_id", "start_date")
    return _told(
        rows,
        "person_id",
        "kind",
        "start_date",
        "end_date",
        "result",
        "unit_id",
        "board__municipality_id",
        "basis",
        "extent",
    )


def sfi_applications() -> Iterator[Row]:
    """EVENTS: one row an application for SFI, also one that has led to a start."""
    rows = Participation.objects.filter(kind="sfi", applied_on__isnull=False).order_by("person_id", "applied_on")
    return _told(rows, "person_id", Value("sfi_application"), "applied_on", "unit_id", "board__municipality_id")


def sfi_starts() -> Iterator[Row]:
    """EVENTS: one row a first day in SFI."""
    rows = Participation.objects.filter(kind="sfi", start_date__isnull=False).order_by("person_id", "start_date")
    return _told(rows, "person_id", Value("sfi_start"), "start_date", "unit_id", "board__municipality_id")


def _told(rows: QuerySet[Participation], *columns: Any) -> Iterator[Row]:
    return rows.values_list(*columns).iterator(chunk_size=CHUNK)
