"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md).

`unit` is the unit's id, `municipality` the board's, `category` that of the person's latest reception on or before the
day, else of the first one after it; empty when there is none. No free text, name or number is among them.
"""

from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from matrikel.base.facts import Facts
from matrikel.domain.cases.models import Case, Reception, Referral
from matrikel.domain.people.door import Persons, told

PLACE = {"unit": "unit_id", "municipality": "board__municipality_id"}


def receptions(only: Persons = None) -> Facts:
    """One row a reception, with category, route and previous municipality."""
    names = ("category", "route", "previous_municipality")
    columns = {"kind": Value("reception"), "date": "received_on", **PLACE, **{name: name for name in names}}
    return told(Reception.objects.order_by("person_id", "received_on"), only, columns)


def enrolments(only: Persons = None) -> Facts:
    """One row an introduction case, on the day it was opened."""
    return _cases("enrolment", "start_date", only)


def discharges(only: Persons = None) -> Facts:
    """One row a closed introduction case, on its last day; `reason` is a code of close_reasons.csv."""
    return _cases("discharge", "end_date", only, reason="close_reason")


def referrals(only: Persons = None) -> Facts:
    """One row a referral; `receiver` is a code of receivers.csv."""
    columns = {
        "kind": Value("referral"),
        "date": "on",
        "unit": "case__unit_id",
        "municipality": "board__municipality_id",
        "category": _category("on"),
        "receiver": "receiver",
    }
    return told(Referral.objects.order_by("person_id", "on"), only, columns)


def _cases(kind: str, day: str, only: Persons, **more: str) -> Facts:
    given: dict[str, Any] = {f"{day}__isnull": False}
    rows = Case.objects.filter(kind="introduction", **given).order_by("person_id", day)
    return told(rows, only, {"kind": Value(kind), "date": day, **PLACE, "category": _category(day), **more})


def _category(day: str) -> Coalesce:
    receptions = Reception.objects.filter(person_id=OuterRef("person_id"))
    before = receptions.filter(received_on__lte=OuterRef(day)).order_by("-received_on")
    after = receptions.order_by("received_on")
    return Coalesce(Subquery(before.values("category")[:1]), Subquery(after.values("category")[:1]), Value(""))
