"""The one clock. Nothing else in the house asks the machine for the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The instant, in UTC and aware."""
    return datetime.now(UTC)


def today() -> date:
    """The date in Sweden."""
    return now().astimezone(SWEDEN).date()
