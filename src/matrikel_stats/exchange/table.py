"""The figures of one indicator as flat rows of whole numbers, without persons and without days; and back again."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matrikel_stats.counts import CountTable
from matrikel_stats.declared.definition import Definition
from matrikel_stats.estimates.estimate import Sums
from matrikel_stats.estimates.kind_cells import EMPTY, sums_of
from matrikel_stats.problems import Problem, StatsError, problem
from matrikel_stats.result import Cell, Left, Result

FIRST = ("n", "k", "days", "not_mature", "open", "left_inside", "left_outside", "died")
NUMBERS = (*FIRST, "inhabitants", "weight", "sum", "error")
"""Whole numbers of a row; the first are those of format 1. All but `error` add up over places and parts.

`days` is the sum of the waits of a duration. Of a mean of another kind `sum` is divided by `weight` (by n where each
person weighs the same): öre by months, hours attended by planned, scores above the lowest. `error` is the standard
error of that sum, or of the days, in hundredths. The others are as in a result.
"""
EXACT = 100
"""Parts of a unit that `error` is told in."""
SUMMED = ("amount", "attendance", "score")
MEANS = ("duration", *SUMMED)

Numbers = dict[str, int | None]


@dataclass(frozen=True)
class PackageRow:
    """The numbers of one cell, or of a limit of a duration in it (`part`, such as `3 months`; empty for the cell).

    None is a number that the kind does not have; in a hidden row all are None.
    """

    dims: tuple[str, ...]
    values: tuple[str, ...]
    part: str
    numbers: Mapping[str, int | None]
    hidden: bool


@dataclass(frozen=True)
class Given:
    """A protected result, and the count tables whose sums go along with what of it is shown."""

    shown: Result
    tables: tuple[CountTable, ...]


def rows_of(given: Given, definition: Definition) -> list[PackageRow]:
    """Return the rows of a result: the total first, then every breakdown that is not withheld; none of a composite.

    Raises StatsError when the sums of a mean are not there to give.
    """
    shown = given.shown
    assert shown.protected
    tables: list[tuple[tuple[str, ...], Sequence[Cell]]] = [((), [shown.total])] if shown.total else []
    tables += [(each.dimensions, each.cells) for each in shown.breakdowns if not each.withheld]
    if definition.kind in SUMMED:
        tables = _whole(tables)
    if definition.kind in MEANS and not given.tables:
        raise StatsError([problem("package_tables", shown.indicator)])
    rows = []
    for dims, cells in [] if definition.parts else tables:
        sums: dict[tuple[str, ...], Sums] = {}
        if definition.kind in MEANS:
            sums = {key: sums_of(definition, found) for key, found in given.tables[0].cells(dims).items()}
        for cell in cells:
            values = tuple(cell.values[name] for name in dims)
            numbers = _numbers(cell, definition, sums.get(values))
            rows.append(PackageRow(dims, values, "", numbers, cell.suppressed))
            for limit in cell.limits:
                beside = _none() | {"n": limit.n, "k": limit.k, "not_mature": limit.not_mature}
                rows.append(PackageRow(dims, values, part_name(limit.months, limit.days), beside, cell.suppressed))
    return rows


def _whole(
    tables: Sequence[tuple[tuple[str, ...], Sequence[Cell]]],
) -> list[tuple[tuple[str, ...], Sequence[Cell]]]:
    """Hide of sums what could be subtracted: every part of a period where one is hidden, and what sums up periods.

    What is hidden may be many persons and yet the sum of one (decision 0057), so no sum of the hidden may follow.
    """
    kept: list[tuple[tuple[str, ...], Sequence[Cell]]] = []
    for dims, cells in tables:
        if "period" in dims:
            split = {cell.values["period"] for cell in cells if cell.suppressed and len(dims) > 1}
            kept.append(
                (dims, [hidden_cell(cell.values) if cell.values["period"] in split else cell for cell in cells])
            )
    return kept


def hidden_cell(values: Mapping[str, str]) -> Cell:
    """Return a cell without numbers."""
    return replace(EMPTY, values=values, n=None, suppressed=True)


def _none() -> Numbers:
    return dict.fromkeys(NUMBERS)


def part_name(months: int, days: int) -> str:
    """Return the name of a limit of a duration in a row."""
    return f"{months} months" if months else f"{days} days"


def _numbers(cell: Cell, definition: Definition, sums: Sums | None) -> Numbers:
    left = cell.left_before or Left(None, None, None)
    found = _none() | {
        "n": cell.n, "k": cell.k, "not_mature": cell.not_mature, "open": cell.open, "left_inside": left.inside,
        "left_outside": left.outside, "died": left.died, "inhabitants": cell.inhabitants,
    }  # fmt: skip
    if sums is None or cell.suppressed or not cell.n:
        return found
    found["days" if definition.kind == "duration" else "sum"] = sums.total
    found["weight"] = sums.weight if definition.kind in ("amount", "attendance") else None
    found["error"] = None if sums.variance is None else round(EXACT * math.sqrt(sums.variance))
    return found


def mean_parts(numbers: Mapping[str, int | None], definition: Definition) -> tuple[int | None, int | None]:
    """Return the sum of a mean and its weight."""
    total = numbers["days" if definition.kind == "duration" else "sum"]
    return total, numbers["weight" if definition.kind in ("amount", "attendance") else "n"]


def row_name(row: PackageRow) -> str:
    """Return where a row stands, for a message."""
    named = (f"{name} {value}" for name, value in zip(row.dims, row.values, strict=True))
    return ", ".join([*named, row.part]) or "total"


def to_plain(rows: Sequence[PackageRow]) -> dict[str, Any]:
    """Return the rows as columns and lists for JSON: breakdown, one column a dimension, part, numbers, hidden."""
    dims = sorted({name for row in rows for name in row.dims})
    lines = []
    for row in rows:
        at = dict(zip(row.dims, row.values, strict=True))
        lines.append(
            [
                "+".join(row.dims),
                *(at.get(name) for name in dims),
                row.part,
                *(row.numbers[each] for each in NUMBERS),
                row.hidden,
            ]
        )
    return {"columns": ["breakdown", *dims, "part", *NUMBERS, "hidden"], "rows": lines}


def from_plain(data: Any, place: str) -> tuple[list[PackageRow], list[Problem]]:
    """Return the rows that `to_plain` made, or what is wrong with their shape."""
    bad = [problem("package_shape", place)]
    try:
        columns, lines = list(data["columns"]), list(data["rows"])
        dims = columns[1 : columns.index("part")]
    except (KeyError, TypeError, ValueError):
        return [], bad
    names = [*columns[len(dims) + 2 : -1]]
    if columns != ["breakdown", *dims, "part", *names, "hidden"] or tuple(names) not in (FIRST, NUMBERS):
        return [], bad
    rows = []
    for line in lines:
        if not isinstance(line, list) or len(line) != len(columns) or not _is_row(line, len(dims)):
            return [], bad
        at = dict(zip(columns, line, strict=True))
        own = tuple(at["breakdown"].split("+")) if at["breakdown"] else ()
        if [name for name in dims if at[name] is not None] != sorted(own):
            return [], bad
        numbers = {name: at.get(name) for name in NUMBERS}
        rows.append(PackageRow(own, tuple(at[name] for name in own), at["part"], numbers, at["hidden"]))
    return rows, []


def _is_row(line: list[Any], dims: int) -> bool:
    breakdown, *values = line[: dims + 1]
    part, numbers, hidden = line[dims + 1], line[dims + 2 : -1], line[-1]
    named = part == "" or (
        isinstance(part, str) and part.split(" ")[0].isdigit() and part.endswith((" months", " days"))
    )
    return (
        isinstance(breakdown, str)
        and all(value is None or isinstance(value, str) for value in values)
        and named
        and all(number is None or (type(number) is int and 0 <= number < 2**53) for number in numbers)
        and isinstance(hidden, bool)
    )
