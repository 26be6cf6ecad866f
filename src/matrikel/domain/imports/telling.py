"""Problems as they are kept with a row and as they are shown: what is wrong, where, and what to do."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.utils.translation import get_language

from matrikel.domain.imports.reading import (
    FileFault,
    Notice,
    Outcome,
    Problem,
    Reading,
    SheetReading,
    cell_name,
    message,
    remedy,
)
from matrikel.domain.imports.rules import KINDS, masked
from matrikel.domain.imports.steps import Met

Language = Literal["sv", "en"]
Kept = dict[str, Any]
SECRET = frozenset({"identity", "lma_number", "dossier_number", "local_number"})
"""Columns whose values are never kept or shown whole."""
LONGEST = 80


@dataclass(frozen=True)
class Told:
    """One problem in words. `cell` is where it is as the spreadsheet program says it."""

    sheet: str
    row: int
    cell: str
    heading: str
    kind: str
    severity: str
    value: str
    text: str
    remedy: str


def language() -> Language:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def columns_of(reading: Reading) -> dict[str, dict[str, tuple[int, str]]]:
    """By sheet: what a column holds ('job_start_on:2' for a second group) → its index and heading."""
    return {sheet.name: _columns(sheet) for sheet in reading.sheets}


def _columns(sheet: SheetReading) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for column in sheet.headings.columns:
        if column.field:
            name = column.field if column.group == 1 else f"{column.field}:{column.group}"
            found.setdefault(name, (column.index, column.heading))
    if "full_name" in found:
        found.setdefault("family_name", found["full_name"])
    return found


def keep(outcome: Outcome, met: Iterable[Met], columns: Mapping[str, tuple[int, str]]) -> list[Kept]:
    """The problems of a row as they are stored."""
    secret = {index for name, (index, _heading) in columns.items() if name.partition(":")[0] in SECRET}
    kept = [_kept(problem, secret) for problem in outcome.problems]
    for problem in met:
        index, heading = columns.get(problem.field, (None, ""))
        cells = outcome.source.cells
        value = str(cells[index]) if index is not None and index < len(cells) else ""
        kept.append(
            {
                "kind": problem.kind, "column": index, "heading": heading, "severity": problem.severity,
                "value": shown(value, index in secret), "args": problem.args,
            }
        )  # fmt: skip
    return kept


def _kept(problem: Problem, secret: Container[int | None]) -> Kept:
    return {
        "kind": problem.kind, "column": problem.column, "heading": problem.heading, "severity": problem.severity,
        "value": shown(problem.value, problem.column in secret), "args": dict(problem.args),
    }  # fmt: skip


def shown(value: str, secret: bool) -> str:
    """A value of the file as it may stand on a page: short, and without the end of a person's number."""
    text = masked(value)[:LONGEST]
    if secret and text == value and len(value) > 4:
        return f"{value[:-4]}••••"
    return text


def in_words(sheet: str, row: int, kept: Kept) -> Told:
    """One stored problem in the reader's language."""
    said = words(kept["kind"], sheet, row, kept)
    return Told(
        sheet,
        row,
        cell_name(row, kept["column"]),
        kept["heading"],
        kept["kind"],
        kept["severity"],
        kept["value"],
        *said,
    )


def problem_in_words(problem: Problem) -> Told:
    """A problem that is shown at once and kept nowhere."""
    secret = {problem.column} if problem.kind.startswith("person_number") else set()
    return in_words(problem.sheet, problem.row, _kept(problem, secret))


def words(kind: str, sheet: str, row: int, kept: Kept) -> tuple[str, str]:
    """What is wrong and what to do. Texts of faults in the file itself stand in definitions/import/problems.csv."""
    if kind in KINDS:
        known = KINDS[kind]
        args = {"text": "", **kept["args"]}
        return str(known.message) % args if "%" in str(known.message) else str(known.message), str(known.remedy)
    severity = cast(Literal["refused", "flagged"], kept["severity"])
    problem = Problem(sheet, row, kept["column"], kept["heading"], kind, kept["value"], severity, kept["args"])
    return message(problem, language()), remedy(problem, language())


def said(problem: Problem) -> tuple[str, str]:
    """The same for a problem on its way into a workbook to be mended."""
    kept = {
        "column": problem.column, "heading": problem.heading, "severity": problem.severity, "value": "",
        "args": problem.args,
    }  # fmt: skip
    return words(problem.kind, problem.sheet, problem.row, kept)


def fault_in_words(fault: FileFault) -> str:
    """What is wrong with a whole file, and what to do."""
    return f"{message(fault, language())} {remedy(fault, language())}"


def notice_kept(notice: Notice) -> Kept:
    return {"kind": notice.kind, "sheet": notice.sheet, "args": dict(notice.args)}


def notice_in_words(kept: Kept) -> tuple[str, str]:
    notice = Notice(kept["kind"], kept["sheet"], kept["args"])
    return message(notice, language()), remedy(notice, language())
