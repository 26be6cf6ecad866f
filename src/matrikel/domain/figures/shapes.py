"""The four shapes a figure is shown in, whatever its kind: a share, a waiting time, a count, or a value."""

from datetime import date, timedelta
from typing import Literal

from matrikel_stats import Definition

Shape = Literal["share", "wait", "count", "value"]
SHAPES: dict[str, Shape] = {
    "reached": "share", "long_term": "share", "duration": "wait", "flow": "count", "stock": "count",
}  # fmt: skip
FOLLOWED = ("reached", "duration")
"""Kinds that follow persons over time: they have a figure for all years, and those whose time has not run out."""


def shape(definition: Definition) -> Shape:
    """`share`: k of n. `wait`: mean days. `count`: how many. `value`: a number of its own, mostly with limits."""
    return "value" if definition.mean_of > 1 else SHAPES.get(definition.kind, "value")


def is_followed(definition: Definition) -> bool:
    return definition.kind in FOLLOWED and not definition.is_periodic


def period_end(label: str) -> date | None:
    """The last day of a year (2026) or a month (2026-03)."""
    if not label[:4].isdigit():
        return None
    year, month = int(label[:4]), int(label[5:7]) if len(label) == 7 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
