"""What is asked of a definition: until which day, for which period, broken down by what."""

import datetime as dt
import re
from dataclasses import dataclass

from .dates import add_months, month_end, year_bounds
from .declared.definition import Definition, Window
from .problems import StatsError, problem

OWN_DIMENSIONS = ("sex", "age_band", "year")


@dataclass(frozen=True)
class Period:
    """First and last day, both included, with the text it was asked for with."""

    first: dt.date
    last: dt.date
    text: str

    def holds(self, day: dt.date) -> bool:
        """Return whether the day lies in the period."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Question:
    """`dims` are the dimensions to count by, the period first for flow and stock.

    `ties` are the attributes that decide between rows beginning and ending on the same days: those that can change the
    figure, so that the order of rows in a file never can. Without `offsets` every day offset is counted as 0, which is
    enough for shares and much cheaper: the table has a row a cell and status instead of one a cell, status and day.
    `since` is the first month assistance is known for.
    """

    freeze: dt.date
    period: Period | None
    dims: tuple[str, ...]
    ties: tuple[str, ...]
    offsets: bool = True
    since: dt.date | None = None


def question_for(
    definition: Definition,
    freeze: dt.date,
    period: Period | None,
    dims: tuple[str, ...],
    offsets: bool = True,
) -> Question:
    """Return the question that counts a definition by `dims`, in the given order, the period put first where needed."""
    cohort = definition.cohort
    named = {match.attribute for match in cohort.where}
    named |= {exclusion.where.attribute for exclusion in cohort.exclusions if exclusion.where}
    named |= set(dims) | ({cohort.anchor.per} if cohort.anchor.per else set())
    lead = ("period",) if definition.is_periodic else ()
    return Question(freeze, period, lead + dims, tuple(sorted(named - set(OWN_DIMENSIONS))), offsets)


def parse_period(text: str) -> Period:
    """Read `2006`, `2006-2008` or `2006-03`. Raises StatsError for anything else."""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text):
        first, last = int(match[1]), int(match[2] or match[1])
        if 1900 <= first <= last <= 2100:
            return Period(year_bounds(first)[0], year_bounds(last)[1], text)
    elif match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(match[1]), int(match[2])
        if 1900 <= year <= 2100 and 1 <= month <= 12:
            return Period(dt.date(year, month, 1), month_end(year, month), text)
    raise StatsError([problem("period_form", "--period", value=text)])


def last_day(window: Window | None, anchor: dt.date) -> dt.date | None:
    """Return the last day of a window that begins on `anchor`: the day before the anniversary. None without window."""
    if window is None:
        return None
    return add_months(anchor, window.months) + dt.timedelta(days=window.days - 1)


def age_band(definition: Definition, age: int | None) -> str:
    """Return the label of the age band, `other` outside every band, empty when the age is unknown."""
    if age is None:
        return ""
    return next((f"{first}-{last}" for first, last in definition.age_bands if first <= age <= last), "other")


def period_label(definition: Definition, index: int) -> str:
    """Return the name of a period from its index (year, or year * 12 + month - 1)."""
    return f"{index // 12}-{index % 12 + 1:02d}" if by_month(definition) else str(index)


def by_month(definition: Definition) -> bool:
    """Return whether periods are months rather than years."""
    if definition.moment:
        return definition.moment == "month_end"
    return definition.every == "month"
