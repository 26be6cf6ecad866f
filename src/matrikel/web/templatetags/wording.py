"""Dates, times and numbers in the reader's words. Msgids are Swedish; formats follow the active language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.translation import get_language, gettext, ngettext

from matrikel.kernel.clock import SWEDEN, today
from matrikel.kernel.period import Period
from matrikel.web.pictures.scale import month_name

register = template.Library()

Number = int | float | Decimal
NBSP, MINUS = "\u00a0", "\u2212"


def locale_code() -> str:
    language = (get_language() or "sv").split("-")[0]
    return "en_GB" if language == "en" else language


def clock_time(moment: datetime) -> str:
    return moment.strftime("%H.%M" if locale_code() == "sv" else "%H:%M")


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SWEDEN) if moment.tzinfo else moment


def _short(day: date, *, year: bool) -> str:
    text = f"{day.day}{NBSP}{month_name(day.month, locale_code())}"
    return f"{text}{NBSP}{day.year}" if year else text


@register.filter
def day(value: date | None) -> str:
    """19 nov 2026."""
    if value is None:
        return ""
    return _short(_local(value) if isinstance(value, datetime) else value, year=True)


@register.filter
def near(value: date | None) -> str:
    """i dag, i morgon, i går; this year's days without year, others with."""
    if value is None:
        return ""
    then = _local(value).date() if isinstance(value, datetime) else value
    now = today()
    named = {0: gettext("i dag"), 1: gettext("i morgon"), -1: gettext("i går")}
    return named.get((then - now).days) or _short(then, year=then.year != now.year)


@register.filter
def when(value: date | None) -> str:
    """A moment: i dag 09.18. A day something is due: om 3 dagar, 6 dagar sen; far away: the day itself."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = _local(value)
        return f"{near(value)} {clock_time(moment)}"  # a narrow column breaks between day and hour, nowhere else
    days = (value - today()).days
    if -1 < days < 2 or abs(days) > 30:
        return near(value)
    if days > 0:
        return ngettext("om %(n)d dag", "om %(n)d dagar", days) % {"n": days}
    return ngettext("%(n)d dag sen", "%(n)d dagar sen", -days) % {"n": -days}


@register.filter
def due(value: date | None) -> str:
    """The status mark of a day something is due: late, soon (within a week) or todo."""
    if value is None:
        return "none"
    days = (value - today()).days
    return "late" if days < 0 else "soon" if days <= 7 else "todo"


@register.filter
def ago(value: date | None) -> str:
    """How long ago, in whole days, months or years: för 14 månader sedan."""
    if value is None:
        return ""
    now = today()
    days = (now - value).days
    if days < 2:
        return near(value)
    if days < 60:
        return ngettext("för %(n)d dag sedan", "för %(n)d dagar sedan", days) % {"n": days}
    months = (now.year - value.year) * 12 + now.month - value.month - (now.day < value.day)
    if months < 24:
        return ngettext("för %(n)d månad sedan", "för %(n)d månader sedan", months) % {"n": months}
    return ngettext("för %(n)d år sedan", "för %(n)d år sedan", months // 12) % {"n": months // 12}


@register.filter
def period(value: date | Period | None, end: date | None = None) -> str:
    """First and last day in force: 13 apr till 25 sep 2026; open: från 3 sep 2025."""
    if value is None:
        return ""
    start, last = (value, end) if isinstance(value, date) else (value.first, value.last)
    if last is None:
        return gettext("från %(start)s") % {"start": _short(start, year=True)}
    if start == last:
        return _short(start, year=True)
    first = _short(start, year=start.year != last.year)
    return gettext("%(start)s till %(end)s") % {"start": first, "end": _short(last, year=True)}


@register.filter
def num(value: Number | None, decimals: int = 0) -> str:
    """711 240; the minus sign is a minus. None, a value that does not exist, is a dash."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale_code()).replace("-", MINUS)


@register.filter
def kronor(value: Number | None) -> str:
    return f"{num(value)}{NBSP}kr" if value is not None else "–"


@register.filter
def share(value: Number | None, decimals: int = 0) -> str:
    """A fraction (0–1) as 69 %."""
    if value is None:
        return "–"
    spaced = "" if locale_code().startswith("en") else NBSP
    pattern = "0" + ("." + "0" * decimals if decimals else "") + spaced + "%"
    return format_percent(value, format=pattern, locale=locale_code())


@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    """A number already in percent (0–100) as 69 %; the pictures count so."""
    return share(None if value is None else Decimal(str(value)) / 100, decimals)
