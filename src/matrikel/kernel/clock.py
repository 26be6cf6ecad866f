"""The one clock. Nothing else in the house asks the machine for the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The instant, in UTC and aware."""
    return datetime.now(UTC)


def today() -> date:
    """The date in Sweden."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Swedish day of a moment."""
    return moment.astimezone(SWEDEN).date()
