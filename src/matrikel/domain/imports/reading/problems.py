"""What is said about each fault, in Swedish and English, and the workbook in which refused rows are mended."""

import io
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Literal

import xlsxwriter

from matrikel.base.sheets import SAFE

from .cells import Cell
from .faults import FileFault
from .record import Notice, Problem, SourceRow
from .tables import rows_of

Language = Literal["sv", "en"]

_EXTRA: Mapping[Language, tuple[str, ...]] = {
    "sv": ("Källblad", "Källrad", "Fel", "Att göra"),
    "en": ("Source sheet", "Source row", "Fault", "What to do"),
}
_TITLE: Mapping[Language, str] = {
    "sv": "Rader att rätta: ändra i de markerade cellerna och läs in filen igen.",
    "en": "Rows to mend: change the marked cells and import the file again.",
}
_CLAIM: Mapping[Language, str] = {"sv": "uppdaterad", "en": "as of"}
_BAD_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_HEADING_ROW = 3  # from 0: title, claimed date, a blank row, headings
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_000  # characters a cell takes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: where it is found (file, row, notice), how severe it is, and its texts by language."""

    name: str
    scope: str
    severity: str
    messages: Mapping[Language, str]
    remedies: Mapping[Language, str]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind there is, by name, from `definitions/import/problems.csv`."""
    columns = ("kind", "scope", "severity", "sv", "sv_remedy", "en", "en_remedy")
    return {
        row["kind"]: Kind(
            row["kind"],
            row["scope"],
            row["severity"],
            {"sv": row["sv"], "en": row["en"]},
            {"sv": row["sv_remedy"], "en": row["en_remedy"]},
        )
        for row in rows_of("problems.csv", columns)
    }


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return {row["reason"]: row for row in rows_of("reasons.csv", ("reason", "sv", "en"))}


def message(fault: Problem | Notice | FileFault, language: Language = "sv") -> str:
    """One sentence saying what is wrong, without the value itself."""
    return _filled(kinds()[fault.kind].messages[language], _args(fault), language)


def remedy(fault: Problem | Notice | FileFault, language: Language = "sv") -> str:
    """What to do about it."""
    return _filled(kinds()[fault.kind].remedies[language], _args(fault), language)


def cell_name(row: int, column: int | None) -> str:
    """The cell as the spreadsheet program names it: row from 1, column from 0; a whole row is its number."""
    letters = ""
    rest = -1 if column is None else column
    while rest >= 0:
        rest, letter = divmod(rest, 26)
        letters = chr(65 + letter) + letters
        rest -= 1
    return f"{letters}{row}"


def to_xlsx(
    problems: Iterable[Problem],
    rows: Iterable[SourceRow],
    *,
    register_date: date | None = None,
    language: Language = "sv",
    say: Callable[[Problem], tuple[str, str]] | None = None,
) -> bytes:
    """A workbook of the given rows with their original cells, to be mended and imported again.

    One sheet for each sheet they came from, under the same headings and in the same columns, so that a
    mapping of columns still fits; the cells at fault are marked, and four columns at the end say where the
    row stood, what is wrong and what to do (`say`, for kinds of problems that are not the reading's own).
    `register_date` is written above the headings, for two-digit
    years are read against it. Nothing in a cell is taken for a formula or a link.
    """
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.sheet, problem.row].append(problem)
    by_sheet: dict[str, list[SourceRow]] = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(row)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, SAFE)
    writer = _Writer(book, language, register_date, say)
    for sheet, found in by_sheet.items() or [("", [])]:
        writer.sheet(sheet, found, by_row)
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(
        self,
        book: "xlsxwriter.Workbook",
        language: Language,
        register_date: date | None,
        say: Callable[[Problem], tuple[str, str]] | None,
    ) -> None:
        self.book, self.language, self.register_date = book, language, register_date
        self.say = say or (lambda problem: (message(problem, language), remedy(problem, language)))
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.names: set[str] = set()
        looks: dict[str, dict[str, object]] = {
            "date": {"num_format": "yyyy-mm-dd"},
            "inert": {"quote_prefix": True},
            "": {},
        }
        marking: dict[str, object] = {"bg_color": "#FBE3C8", "border": 1}
        self.formats = {
            (marked, look): book.add_format({**(marking if marked else {}), **options})
            for marked in (True, False)
            for look, options in looks.items()
        }

    def sheet(self, name: str, rows: list[SourceRow], problems: Mapping[tuple[str, int], list[Problem]]) -> None:
        sheet = self.book.add_worksheet(self._free_name(name))
        headings = rows[0].headings if rows else ()
        width = max([len(headings), *(len(row.cells) for row in rows)])
        sheet.write_string(0, 0, _TITLE[self.language])
        if self.register_date:
            sheet.write_string(1, 0, f"{_CLAIM[self.language]} {self.register_date.isoformat()}")
        for column, heading in enumerate(headings):
            sheet.write_string(_HEADING_ROW, column, heading, self.bold)
        for step, heading in enumerate(_EXTRA[self.language]):
            sheet.write_string(_HEADING_ROW, width + step, heading, self.bold)
        sheet.freeze_panes(_HEADING_ROW + 1, 0)
        sheet.set_column(0, max(width - 1, 0), 14)
        sheet.set_column(width + 2, width + 3, 60)
        for place, row in enumerate(rows, start=_HEADING_ROW + 1):
            found = problems.get((row.sheet, row.number), [])
            marked = {problem.column for problem in found}
            for column in range(len(row.cells)):
                self._cell(sheet, place, column, row.cells[column], column in marked)
            for column in sorted(column for column in marked if column is not None and column >= len(row.cells)):
                sheet.write_blank(place, column, None, self.formats[True, ""])
            self._cell(sheet, place, width, row.sheet, False)
            sheet.write_number(place, width + 1, row.number)
            self._cell(sheet, place, width + 2, self._said(found, 0), False)
            self._cell(sheet, place, width + 3, self._said(found, 1), False)

    def _said(self, found: list[Problem], which: int) -> str:
        told = ((problem.heading, self.say(problem)[which]) for problem in found)
        return " ".join(dict.fromkeys(f"{heading}: {text}" if heading else text for heading, text in told))

    def _cell(self, sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, cell: Cell, marked: bool) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.formats[marked, ""])
        elif isinstance(cell, float) and math.isfinite(cell):
            sheet.write_number(row, column, cell, self.formats[marked, ""])
        elif isinstance(cell, date) and cell.year >= 1900:
            moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
            sheet.write_datetime(row, column, moment, self.formats[marked, "date"])
        elif cell == "" and not marked:
            return
        else:
            text = str(cell)[:_LONGEST]
            look = "inert" if text.startswith(_FORMULA_STARTS) else ""
            if text:
                sheet.write_string(row, column, text, self.formats[marked, look])
            else:
                sheet.write_blank(row, column, None, self.formats[marked, ""])

    def _free_name(self, name: str) -> str:
        plain = _BAD_IN_SHEET_NAME.sub(" ", name).strip()[:28] or {"sv": "Rader", "en": "Rows"}[self.language]
        free, step = plain, 2
        while free.casefold() in self.names:
            free, step = f"{plain} {step}", step + 1
        self.names.add(free.casefold())
        return free


def _args(fault: Problem | Notice | FileFault) -> Mapping[str, object]:
    return fault.args_ if isinstance(fault, FileFault) else fault.args


def _filled(text: str, args: Mapping[str, object], language: Language) -> str:
    filled: defaultdict[str, object] = defaultdict(str, args)
    if reason := _reasons().get(str(args.get("reason", ""))):
        filled["reason"] = reason[language]
    if args.get("suggestion"):
        filled["suggestion"] = f" ({args['suggestion']}?)"
    return text.format_map(filled).replace(" ()", "")
