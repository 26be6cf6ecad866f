"""Calendar arithmetic shared by every part: anniversaries, ages, periods. Standard library only."""

import calendar
import datetime as dt

FAR = dt.date(9999, 12, 31)
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)
ONE_DAY = dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day number `months` calendar months later.

    Where the month is too short its last day is used, so 29 February 2008 plus twelve months is 28 February 2009
    (the rule for time limits in months in lag (1930:173) om beräkning av lagstadgad tid).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_at(birth: dt.date, day: dt.date) -> int:
    """Return completed years at `day`; one born on 29 February completes a year on 28 February in a common year."""
    years = day.year - birth.year
    return years if add_months(birth, 12 * years) <= day else years - 1


def year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """Return first and last day of a calendar year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a calendar month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return every month end from the month of `first` up to and including `last`."""
    ends: list[dt.date] = []
    year, month = first.year, first.month
    while (end := month_end(year, month)) <= last:
        ends.append(end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return ends
