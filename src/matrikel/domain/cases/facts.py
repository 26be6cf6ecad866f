"""What the statistics may read of this room: rows as plain tuples, in the columns named, of the acting board.

Columns follow the dataset contract (docs/reference/statistics.md): `person_id`, `kind` from events.csv, `date`, and
attributes. `unit` is the unit's id, `municipality` the board's, `category` that of the person's latest reception on or
before the day, else of the first one after it; empty when there is none. No free text, name or number is among them.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from matrikel.domain.cases.models import Case, Reception, Referral

Row = tuple[Any, ...]
CHUNK = 2000

RECEPTIONS = ("person_id", "kind", "date", "unit", "municipality", "category", "route", "previous_municipality")
ENROLMENTS = ("person_id", "kind", "date", "unit", "municipality", "category")
DISCHARGES = ("person_id", "kind", "date", "unit", "municipality", "category", "reason")
REFERRALS = ("person_id", "kind", "date", "unit", "municipality", "category", "receiver")


def receptions() -> Iterator[Row]:
    """RECEPTIONS: one row a reception."""
    rows = Reception.objects.order_by("person_id", "received_on").values_list(
        "person_id", Value("reception"), "received_on", "unit_id", "board__municipality_id", "category", "route",
        "previous_municipality",
    )  # fmt: skip
    return rows.iterator(chunk_size=CHUNK)  # type: ignore[no-any-return]


def enrolments() -> Iterator[Row]:
    """ENROLMENTS: one row an introduction case, on the day it was opened."""
    return _cases("enrolment", "start_date")


def discharges() -> Iterator[Row]:
    """DISCHARGES: one row a closed introduction case, on its last day, with a code of close_reasons.csv."""
    return _cases("discharge", "end_date", "close_reason")


def referrals() -> Iterator[Row]:
    """REFERRALS: one row a referral, with a code of receivers.csv."""
    rows = Referral.objects.order_by("person_id", "on").values_list(
        "person_id", Value("referral"), "on", "case__unit_id", "board__municipality_id", _category("on"), "receiver"
    )
    return rows.iterator(chunk_size=CHUNK)  # type: ignore[no-any-return]


def _cases(kind: str, day: str, *more: str) -> Iterator[Row]:
    rows = Case.objects.filter(kind="introduction", **{f"{day}__isnull": False}).order_by("person_id", day)
    named = rows.values_list("person_id", Value(kind), day, "unit_id", "board__municipality_id", _category(day), *more)
    return named.iterator(chunk_size=CHUNK)  # type: ignore[no-any-return]


def _category(day: str) -> Coalesce:
    receptions = Reception.objects.filter(person_id=OuterRef("person_id"))
    before = receptions.filter(received_on__lte=OuterRef(day)).order_by("-received_on")
    after = receptions.order_by("received_on")
    return Coalesce(Subquery(before.values("category")[:1]), Subquery(after.values("category")[:1]), Value(""))
