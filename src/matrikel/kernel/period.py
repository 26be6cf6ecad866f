"""Periods of days. Stored and shown with first and last day in force; half-open only in here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FAR = date(9999, 12, 31)


@dataclass(frozen=True, order=True)
class Period:
    """Days from `first` to `last`, both in force. `last=None` is open; one day has first == last.

    Raises ValueError when the last day lies before the first.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("last day before first")

    @property
    def end(self) -> date:
        """First day after the period; `FAR` when open."""
        return FAR if self.last is None or self.last == FAR else self.last + timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.first <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        return self.first < other.end and other.first < self.end

    def within(self, other: "Period") -> "Period | None":
        """The days the two have in common, or None."""
        if not self.overlaps(other):
            return None
        end = min(self.end, other.end)
        return Period(max(self.first, other.first), None if end == FAR else end - timedelta(days=1))

    def days(self, until: date) -> int:
        """Days in force up to and with `until`."""
        return max(0, (min(self.end, until + timedelta(days=1)) - self.first).days)


def merged(periods: Iterable[Period]) -> list[Period]:
    """Overlapping and touching periods as one, in time order."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda p: (p.first, p.end)):
        if result and period.first <= result[-1].end:
            end = max(result[-1].end, period.end)
            result[-1] = Period(result[-1].first, None if end == FAR else end - timedelta(days=1))
        else:
            result.append(period)
    return result


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of a shorter month (31 January + 1 = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def age_on(born: date, day: date) -> int:
    """Completed years. One born on 29 February completes the year on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
