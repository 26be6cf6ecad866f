"""Dates as Swedish registers write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from .cells import Cell, is_error, text_of

Reason = Literal[
    "week", "month", "season", "year", "no_year", "unknown", "uncertain", "no_date", "several", "impossible",
    "ambiguous", "century", "range", "other", "cell_error",
]  # fmt: skip
Meaning = Literal["event", "birth"]

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
AHEAD = 20  # years past the register's date in which a two-digit year of a planned event may lie

_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet serials from March 1900 on
_SERIALS = range(10_959, 55_154)  # 1930–2050
_NEAR = 10  # years from the register's date within which a bare five-digit number is trusted

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb febr february", "mars mar march", "april apr", "maj may",
            "juni jun june", "juli jul july", "augusti aug august", "september sep sept",
            "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""How a month is called, in Swedish and English → its number."""
_DASHES = str.maketrans("‐‑‒–—−", "------")
_NO_DATE = frozenset(
    ("-", "–", "—", ".", "saknas", "ingen", "inget", "nej", "ej", "inte", "none", "n/a", "ejaktuellt", "null")
)
_OPEN = frozenset(("pågår", "pågående", "tills vidare", "tv", "t.v", "t v", "fortlöpande", "öppen"))
_TICKED = frozenset(("ja", "x", "j", "yes", "klar", "klart", "har", "sant", "true"))
_SEASON = re.compile(r"\b(vår|våren|sommar|sommaren|höst|hösten|vinter|vintern|vt|ht|jul|påsk|årsskiftet)\b")
_WEEK = re.compile(r"\b(v|v\.|vecka|veckan|w)\s*\.?\s*\d{1,2}\b|\d{4}-?w\d{1,2}")
_WEEKDAY = re.compile(r"^(mån|tis|ons|tor|tors|fre|lör|sön)(dag(en)?)?\.?,?\s+")
_TIME = re.compile(r"[ t]+(kl\.? ?)?\d{1,2}[:.]\d{2}([:.]\d{2})?([.,]\d+)?( ?[ap]m)?(z|[+-]\d{2}:?\d{2})?$")
_UNCERTAIN = re.compile(r"\?|\b(ca|cirka|c:a|omkring|prel|preliminärt|ungefär|trol|troligen|början|slutet|mitten)\b")
_WHOLE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_RUN = re.compile(r"(\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{2})-(\d{2})-(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?|\s+)-?'?(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:den )?(\d{1,2})(?::?[ae])?[\s./-]*([a-z]+)\.?[\s,./-]*'?(\d{4}|\d{2})")
_WORDS_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?::?[ae]|st|nd|rd|th)?,? (\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})|(?:den )?\d{1,2}(?::?[ae])?[\s.]*([a-z]+)\.?")
_MONTH = re.compile(r"\d{4}[-/. ]?(0?[1-9]|1[0-2])|([a-z]+)\.?[\s,-]*'?(\d{4}|\d{2})?|(0?[1-9]|1[0-2])/\d{4}")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is no day; the reason's texts stand in `definitions/import/reasons.csv`."""

    reason: Reason


class DateReader:
    """Reads the date cells of one sheet against the date the register holds for (None: two-digit years are
    refused).

    Two-digit years of events lie from 80 years before to 20 years after that date, of births never after it.
    """

    def __init__(self, register_date: date | None) -> None:
        self.register_date = register_date
        self._event = lru_cache(maxsize=8_192)(lambda text: self._read_text(text, "event"))
        self._birth = lru_cache(maxsize=8_192)(lambda text: self._read_text(text, "birth"))

    def read(self, cell: Cell, meaning: Meaning = "event", *, may_be_open: bool = False) -> date | Unreadable | None:
        """The day in the cell; None where it is blank or says that there is none. Never raises.

        `may_be_open` lets words such as 'pågår' mean that the spell has no end yet.
        """
        if isinstance(cell, str):
            found = self._event(cell) if meaning == "event" else self._birth(cell)
            if may_be_open and isinstance(found, Unreadable) and text_of(cell).casefold().rstrip(" .") in _OPEN:
                return None
            return found
        if isinstance(cell, datetime):
            return _in_range(cell.date())
        if isinstance(cell, bool):
            return Unreadable("no_date") if cell else None
        if isinstance(cell, date):
            return _in_range(cell)
        return self._read_number(cell, meaning)

    def _read_number(self, number: float, meaning: Meaning) -> date | Unreadable | None:
        if number == 0:
            return None  # what a formula shows that points at a blank cell
        if not 0 < number < 1e9:
            return Unreadable("other")
        whole = int(number)
        if number != whole:
            return self._serial(whole) if whole in _SERIALS else Unreadable("other")
        if whole > 999_999:
            return self._read_text(str(whole), meaning)
        if whole > 99_999:
            return self._read_text(str(whole), meaning)
        return self._five_digits(whole, meaning)

    def _five_digits(self, whole: int, meaning: Meaning) -> date | Unreadable:
        """Either a serial, or a date such as 070712 that lost its zero when the cell took it for a number."""
        serial = self._serial(whole) if whole in _SERIALS else None
        padded = self._read_text(f"{whole:06d}", meaning) if whole >= 101 else None
        written = padded if isinstance(padded, date) else None
        if serial is None or written is None:
            if serial is None and written is None:
                return Unreadable("year" if 1900 <= whole <= 2100 else "other")
            return serial or written or Unreadable("other")
        near = [day for day in (serial, written) if self._is_near(day)]
        return near[0] if len(near) == 1 else Unreadable("ambiguous")

    def _serial(self, whole: int) -> date:
        return _EPOCH + timedelta(days=whole)

    def _is_near(self, day: date) -> bool:
        return self.register_date is not None and abs(day.year - self.register_date.year) <= _NEAR

    def _read_text(self, raw: str, meaning: Meaning) -> date | Unreadable | None:
        text = text_of(raw).casefold().translate(_DASHES).lstrip("'’").strip()
        if not text or text.replace(" ", "") in _NO_DATE:
            return None
        if is_error(text):
            return Unreadable("cell_error")
        if not text.isascii() or not text.isdigit():
            text = _WEEKDAY.sub("", _TIME.sub("", text)).strip(" .,")
        if match := _WHOLE.fullmatch(text) or _RUN.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
        if match := _SHORT_RUN.fullmatch(text) or _SHORT.fullmatch(text):
            return self._short(match[1], int(match[2]), int(match[3]), meaning)
        if match := _DAY_MONTH.fullmatch(text):
            return self._any_year(match[3], int(match[2]), int(match[1]), meaning)
        if (match := _WORDS.fullmatch(text)) and match[2] in MONTHS:
            return self._any_year(match[3], MONTHS[match[2]], int(match[1]), meaning)
        if (match := _WORDS_FIRST.fullmatch(text)) and match[1] in MONTHS:
            return self._any_year(match[3], MONTHS[match[1]], int(match[2]), meaning)
        if text.isdecimal() and text.isascii() and len(text) == 5:
            return self._five_digits(int(text), meaning)
        return Unreadable(_reason(text))

    def _any_year(self, year: str, month: int, day: int, meaning: Meaning) -> date | Unreadable:
        return self._short(year, month, day, meaning) if len(year) == 2 else _day(int(year), month, day)

    def _short(self, yy: str, month: int, day: int, meaning: Meaning) -> date | Unreadable:
        if self.register_date is None:
            return Unreadable("century")
        latest = self.register_date.year + (AHEAD if meaning == "event" else 0)
        year = latest - (latest - int(yy)) % 100
        register = self.register_date
        if meaning == "birth" and (year, month, day) > (register.year, register.month, register.day):
            year -= 100
        return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return Unreadable("impossible")


def _in_range(day: date) -> date | Unreadable:
    return day if EARLIEST <= day <= LATEST else Unreadable("range")


def _reason(text: str) -> Reason:
    if not any(sign.isalnum() for sign in text):
        return "unknown"
    if text in ("okänt", "okänd", "vet ej", "ej känt", "oklart", "unknown"):
        return "unknown"
    if text in _TICKED:
        return "no_date"
    if _WEEK.search(text):
        return "week"
    if _SEASON.search(text):
        return "season"
    if _UNCERTAIN.search(text):
        return "uncertain"
    if text.isdigit() and len(text) == 4 and text[:2] in ("19", "20"):
        return "year"
    if (match := _MONTH.fullmatch(text)) and (match[2] is None or match[2] in MONTHS):
        return "month"
    if (match := _NO_YEAR.fullmatch(text)) and (match[3] is None or match[3] in MONTHS):
        return "no_year"
    if len(re.findall(r"\d{4}", text)) > 1 or len(re.findall(r"\d{1,2}/\d{1,2}", text)) > 1:
        return "several"
    return "other"
