"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md).

`unit` is the unit's id, `municipality` the board's. No free text is among them: neither title nor provider.
"""

from typing import Any

from django.db.models import Value

from matrikel.base.facts import Facts
from matrikel.domain.people.door import Persons, told
from matrikel.domain.services.models import Participation

PLACE = {"unit": "unit_id", "municipality": "board__municipality_id"}


def spells(only: Persons = None) -> Facts:
    """One row a participation that has begun; `result` is a code of sfi_results.csv, `extent` a percentage."""
    names = ("kind", "start_date", "end_date", "result")
    rows = Participation.objects.filter(start_date__isnull=False).order_by("person_id", "start_date")
    return told(rows, only, {**{name: name for name in names}, **PLACE, "basis": "basis", "extent": "extent"})


def sfi_applications(only: Persons = None) -> Facts:
    """One event an application for SFI, also one that has led to a start."""
    return _sfi("sfi_application", "applied_on", only)


def sfi_starts(only: Persons = None) -> Facts:
    """One event a first day in SFI."""
    return _sfi("sfi_start", "start_date", only)


def _sfi(kind: str, day: str, only: Persons) -> Facts:
    given: dict[str, Any] = {f"{day}__isnull": False}
    rows = Participation.objects.filter(kind="sfi", **given).order_by("person_id", day)
    return told(rows, only, {"kind": Value(kind), "date": day, **PLACE})
