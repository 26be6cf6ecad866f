"""Reading a whole register: what it is, what its columns hold, and what became of every row."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

from .cells import is_blank, text_of
from .dates import DateReader
from .draft import Draft
from .duplicates import SeenPersons
from .faults import FileFault
from .headings import SAMPLED, SEARCHED, Headings, claimed_date, find_headings, heading_notices, with_mapping
from .record import Notice, Outcome, Tally
from .rows import Choices, RowReader
from .sheets import Sheet, Source, open_source

ColumnMapping = Mapping[int, str | None]
DateSource = Literal["given", "claimed", "latest_seen", "today", "none"]

_PLACE = 1 << 20  # rows a sheet can have at most, to keep sheet and row in one number
_DATE_IN_NAME = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{6}")


@dataclass(frozen=True)
class SheetReading:
    """One sheet that is read: its headings and the date its two-digit years are read against."""

    name: str
    headings: Headings
    register_date: date | None
    date_source: DateSource
    sheet: Sheet = field(repr=False, compare=False)


@dataclass
class Reading:
    """An opened register. Iterating gives one Outcome for every row below the headings, sheet after sheet,
    and keeps `tally` and the counted `notices` up to date; iterating again starts from the top.

    Iterating raises FileFault `huge`, `damaged` or `truncated` where the file goes wrong further down: what
    came out before stands, what comes after is unknown, so an import that keeps all or nothing goes through
    it twice.
    """

    format: str
    encoding: str | None
    separator: str | None
    sheets: tuple[SheetReading, ...]
    file_notices: tuple[Notice, ...]
    choices: Choices = field(default_factory=Choices)
    tally: Tally = field(default_factory=Tally)
    _later: Counter[str] = field(default_factory=Counter)
    _assumed_names: int = 0

    @property
    def register_date(self) -> date | None:
        """The date the first sheet is read against."""
        return self.sheets[0].register_date

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is to be known about the file; the counted ones cover the rows that have come out so far."""
        found = list(self.file_notices)
        for sheet in self.sheets:
            if self._later[sheet.name] and sheet.register_date:
                args = {"count": str(self._later[sheet.name]), "claimed": sheet.register_date.isoformat()}
                found.append(Notice("later_than_claimed", sheet.name, args | {"sheet": sheet.name}))
        if self._assumed_names:
            found.append(Notice("name_order_assumed", args={"count": str(self._assumed_names)}))
        return tuple(found)

    def __iter__(self) -> Iterator[Outcome]:
        self.tally = Tally()
        self._later = Counter()
        self._assumed_names = 0
        seen = SeenPersons()
        for place, sheet in enumerate(self.sheets):
            yield from self._sheet(place, sheet, seen)

    def _sheet(self, place: int, sheet: SheetReading, seen: SeenPersons) -> Iterator[Outcome]:
        reader = RowReader(sheet.name, sheet.headings, sheet.register_date, self.choices)
        tally, after = self.tally, sheet.headings.row
        for number, cells in sheet.sheet.rows():
            if number <= after:
                continue
            outcome, draft = reader.read(number, cells)
            if draft is not None:
                before = None if outcome.status == "refused" else seen.place_of(draft, place * _PLACE + number)
                if before is not None:
                    self._report_duplicate(draft, before, place)
                    outcome = reader.outcome(draft)
                if draft.later and sheet.date_source in ("given", "claimed"):
                    self._later[sheet.name] += draft.later
                self._assumed_names += draft.name_assumed
            setattr(tally, outcome.status, getattr(tally, outcome.status) + 1)
            yield outcome

    def _report_duplicate(self, draft: Draft, before: int, place: int) -> None:
        sheet, row = divmod(before, _PLACE)
        args = {
            "first_row": str(row),
            "first_sheet": "" if sheet == place else f" ({self.sheets[sheet].name})",
        }
        column = draft.columns.get("identity", draft.columns.get("family_name"))
        draft.report("duplicate_person", column, "flagged", **args)


def read(
    source: bytes | Path | BinaryIO,
    mapping: ColumnMapping | Mapping[str, ColumnMapping] | None = None,
    register_date: date | None = None,
    choices: Choices | None = None,
    *,
    name: str = "",
    today: date | None = None,
) -> Reading:
    """Open a register and understand its headings; the rows are read while the Reading is iterated.

    `mapping` mends the columns: index from 0 → field, 'field:2' for a second group, None for not to be read;
    for several sheets by sheet name. `register_date` is the last day the register tells of; without it the
    date the sheet claims, the latest year seen in it, or `today` is taken, and if none is known two-digit
    years are refused. `choices` are a human's answers about this register. `name` is the file's name.

    Raises FileFault of any kind, ValueError for a mapping that names an unknown field.
    """
    choices = choices or Choices()
    name = name or (source.name if isinstance(source, Path) else "")
    opened = open_source(source, name)
    notices: list[Notice] = []
    found: list[tuple[Sheet, Headings, list[tuple[int, list[object]]]]] = []
    blank = True
    for sheet in opened.sheets:
        wanted = choices.sheets is None or sheet.name in choices.sheets
        if not wanted or (sheet.hidden and choices.sheets is None):
            if wanted:
                notices.append(Notice("sheet_hidden", sheet.name, {"sheet": sheet.name}))
            continue
        head = list(islice(sheet.rows(), SEARCHED + SAMPLED))
        filled = any(not is_blank(cell) for _, cells in head for cell in cells)
        blank = blank and not filled
        headings = find_headings(head, sheet.name)
        mend = _mapping_for(mapping, sheet.name, first=not found, known=headings is not None)
        if mend is not None:
            headings = with_mapping(headings or Headings(0, ()), mend)
        if headings is None or not headings.has_person:
            if filled:
                kind = "sheet_without_header" if headings is None else "sheet_without_persons"
                notices.append(Notice(kind, sheet.name, {"sheet": sheet.name}))
            continue
        notices.extend(heading_notices(headings, sheet.name))
        found.append((sheet, headings, [(number, list(cells)) for number, cells in head]))
    if not found:
        raise _nothing_found(notices, blank)
    sheets = _dated(found, name, register_date, today)
    assumed = next((sheet for sheet in sheets if sheet.date_source in ("latest_seen", "today")), None)
    if assumed is not None and assumed.register_date:
        notices.append(Notice("register_date_assumed", args={"date": assumed.register_date.isoformat()}))
    return _reading(opened, sheets, notices, choices)


def _reading(opened: Source, sheets: list[SheetReading], notices: list[Notice], choices: Choices) -> Reading:
    return Reading(opened.format, opened.encoding, opened.separator, tuple(sheets), tuple(notices), choices)


def _nothing_found(notices: list[Notice], blank: bool) -> FileFault:
    if any(notice.kind == "sheet_without_persons" for notice in notices):
        return FileFault("no_person_column")
    return FileFault("empty" if blank and not notices else "no_header")


def _mapping_for(
    mapping: ColumnMapping | Mapping[str, ColumnMapping] | None, sheet: str, *, first: bool, known: bool
) -> ColumnMapping | None:
    if not mapping:
        return None
    by_sheet = {key: value for key, value in mapping.items() if isinstance(key, str) and isinstance(value, Mapping)}
    if by_sheet:
        return by_sheet.get(sheet)
    flat = {key: value for key, value in mapping.items() if isinstance(key, int) and not isinstance(value, Mapping)}
    return flat if first and (known or any(flat.values())) else None


def _dated(
    found: list[tuple[Sheet, Headings, list[tuple[int, list[object]]]]],
    name: str,
    register_date: date | None,
    today: date | None,
) -> list[SheetReading]:
    in_name = claimed_date([match]) if (match := " ".join(_DATE_IN_NAME.findall(name))) else None
    elsewhere = next((headings.claimed_on for _, headings, _ in found if headings.claimed_on), in_name)
    sheets = []
    for sheet, headings, head in found:
        seen = _latest_seen(headings, head)
        tried: list[tuple[date | None, DateSource]] = [
            (register_date, "given"),
            (headings.claimed_on or elsewhere, "claimed"),
            (seen, "latest_seen"),
            (today, "today"),
        ]
        day, origin = next(((day, origin) for day, origin in tried if day), (None, "none"))
        sheets.append(SheetReading(sheet.name, headings, day, origin, sheet))  # type: ignore[arg-type]
    return sheets


def _latest_seen(headings: Headings, head: list[tuple[int, list[object]]]) -> date | None:
    """31 December of the latest year that stands in full in the first rows; a year seen once may be a slip."""
    reader = DateReader(None)
    years: Counter[int] = Counter()
    dated = [column.index for column in headings.columns if column.field and column.field.endswith("_on")]
    for number, cells in head:
        if number <= headings.row:
            continue
        for index in dated:
            cell = cells[index] if index < len(cells) else ""
            if isinstance(cell, str | date):
                day = reader.read(cell if isinstance(cell, date) else text_of(cell))
                if isinstance(day, date):
                    years[day.year] += 1
    often = [year for year, count in years.items() if count > 1] or list(years)
    return date(max(often), 12, 31) if often else None
