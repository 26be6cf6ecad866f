"""Reading a list of who had economic assistance in which month, from the system that pays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice

from matrikel.kernel.numbers import IdentityNumber, NumberFault, parse

from . import tables
from .cells import Cell, Row, fold, fold_heading, is_blank, text_of
from .dates import MONTHS
from .faults import FileFault
from .headings import SEARCHED
from .record import Problem
from .sheets import Sheet, open_source
from .skipping import skipped_as

EARLIEST = date(1982, 1, 1)
"""No month before the first act on social services (SFS 1980:620)."""

_BY_NUMBER = re.compile(r"(\d{4})[-/. ]?(0[1-9]|1[0-2])(?:[-/. ]?(?:0[1-9]|[12]\d|3[01]))?")
_BY_NAME = re.compile(r"([^\W\d]+)\.?[\s-]*(\d{4})|(\d{4})[\s-]*([^\W\d]+)\.?")
_AMOUNT = re.compile(r"(\d{1,8})(?:[.,](\d{1,2}))?(?:kr|sek|:-)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One row: whose month, with whom (as the file words it, "" where it does not), and kronor, None where not told."""

    number: IdentityNumber
    month: date
    household: str = field(repr=False)
    amount: Decimal | None


@dataclass(frozen=True)
class MonthsRead:
    """What the rows of a file say, and what is wrong with the others."""

    rows: tuple[MonthRow, ...]
    problems: tuple[Problem, ...]


def read_months(content: bytes, name: str, *, today: date, month: date | None = None) -> MonthsRead:
    """Read the first sheet that has a heading for personal numbers, wholly. `month` (no earlier than EARLIEST, begun by
    `today`) holds for rows that say none.

    Raises FileFault: as for registers, and no_number_column, no_month_column, no_months.
    """
    sheet, headings, rows = _found(open_source(content, name).sheets)
    columns = _columns(headings)
    if "month" not in columns and month is None:
        raise FileFault("no_month_column")
    read: list[MonthRow] = []
    problems: list[Problem] = []
    for below, (number, cells) in enumerate(rows, start=1):
        if skipped_as(cells, headings, columns, below):
            continue
        found = _row([*cells, *[""] * (len(headings) - len(cells))], columns, today, month)
        if isinstance(found, MonthRow):
            read.append(found)
        else:
            kind, what = found
            index = columns[what]
            value = text_of(cells[index]) if index < len(cells) else ""
            problems.append(Problem(sheet, number, index, headings[index], kind, value, "refused"))
    if not read and not problems:
        raise FileFault("no_months")
    return MonthsRead(tuple(read), tuple(problems))


def _found(sheets: Sequence[Sheet]) -> tuple[str, tuple[str, ...], Iterator[Row]]:
    """The sheet to read, its headings, and the rows below them."""
    for sheet in sheets:
        rows = sheet.rows()
        for _number, cells in islice(() if sheet.hidden else rows, SEARCHED):
            headings = tuple(map(text_of, cells))
            if "identity" in _columns(headings):
                return sheet.name, headings, rows
    raise FileFault("no_number_column")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """What the columns hold → index from 0, the first of several."""
    found: dict[str, int] = {}
    for index, heading in enumerate(map(fold_heading, headings)):
        what = "identity" if tables.headings().get(heading) == ("identity",) else _meanings().get(heading)
        if what:
            found.setdefault(what, index)
    return found


@cache
def _meanings() -> dict[str, str]:
    rows = tables.rows_of("month_headings.csv", ("field", "heading"))
    return {fold_heading(row["heading"]): row["field"] for row in rows}


def _row(cells: Sequence[Cell], columns: dict[str, int], today: date, month: date | None) -> MonthRow | tuple[str, str]:
    """What a row says, or the kind of problem and the column it lies in."""
    given = {what: cells[index] for what, index in columns.items()}
    written = text_of(given["identity"]).lstrip("'’")
    if not written:
        return "no_number", "identity"
    try:
        number = parse(written, register_date=today)
    except NumberFault as fault:
        return f"person_number_{fault.kind}", "identity"
    when = month
    if when is None or not is_blank(given.get("month", "")):
        when = _month(given["month"])
        if when is None or when < EARLIEST:
            return "unreadable_month", "month"
        if when > today:
            return "month_ahead", "month"
    amount = _amount(given.get("amount", ""))
    if amount is None and not is_blank(given.get("amount", "")):
        return "unreadable_amount", "amount"
    return MonthRow(number, when, text_of(given.get("household", "")), amount)


def _month(cell: Cell) -> date | None:
    """The first day of the month a cell names: 2026-06, 202606, a day of it, juni 2026."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    text = fold(text_of(cell))
    if match := _BY_NUMBER.fullmatch(text):
        return date(int(match[1]), int(match[2]), 1) if match[1] >= "1900" else None
    if (match := _BY_NAME.fullmatch(text)) and (number := MONTHS.get(match[1] or match[4])):
        return date(int(match[2] or match[3]), number, 1) if (match[2] or match[3]) >= "1900" else None
    return None


def _amount(cell: Cell) -> Decimal | None:
    """Kronor with at most two decimals, None where there is nothing or something else."""
    # A spreadsheet's sum of kronor and öre is no whole number of öre.
    text = f"{cell:.2f}" if isinstance(cell, float) and abs(cell - round(cell, 2)) < 1e-6 else text_of(cell)
    match = _AMOUNT.fullmatch("".join(text.split()))
    return Decimal(f"{match[1]}.{match[2] or 0}") if match else None
