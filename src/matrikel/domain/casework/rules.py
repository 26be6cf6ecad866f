"""Which limits a day begins with. The windows are those of the county goals; here only their dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from matrikel.kernel.period import add_months

GOAL_MONTHS = (12, 24)
SOON_DAYS = 60
"""How long before a goal window closes a case worker wants to see it."""


@dataclass(frozen=True)
class Limit:
    """A last day that comes near. `months` names the goal window it closes."""

    last_day: date
    months: int


def window_last_day(anchor: date, months: int) -> date:
    """Last day in force of a window: the day before the anniversary."""
    return add_months(anchor, months) - timedelta(days=1)


def closing_window(anchor: date, today: date) -> Limit | None:
    """The goal window that closes within `SOON_DAYS`, if any."""
    for months in GOAL_MONTHS:
        last = window_last_day(anchor, months)
        if today <= last <= today + timedelta(days=SOON_DAYS):
            return Limit(last, months)
    return None
