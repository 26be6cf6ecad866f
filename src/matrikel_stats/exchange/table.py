"""The figures of one indicator as flat rows of whole numbers, without persons and without days; and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matrikel_stats.estimates.estimate import wilson
from matrikel_stats.problems import Problem, problem
from matrikel_stats.result import Breakdown, Cell, Left, LimitShare, Result

NUMBERS = ("n", "k", "days", "not_mature", "open", "left_inside", "left_outside", "died")
"""Additive whole numbers of a row. `days` is the sum of the waits of a duration, the others as in a result."""

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


def rows_of(result: Result) -> list[PackageRow]:
    """Return the rows of a protected result: the total first, then every breakdown that is not withheld."""
    assert result.protected
    tables: list[tuple[tuple[str, ...], Sequence[Cell]]] = [((), [result.total])] if result.total else []
    tables += [(each.dimensions, each.cells) for each in result.breakdowns if not each.withheld]
    rows = []
    for dims, cells in tables:
        for cell in cells:
            values = tuple(cell.values[name] for name in dims)
            rows.append(PackageRow(dims, values, "", _numbers(cell, result.kind), cell.suppressed))
            for limit in cell.limits:
                numbers: Numbers = dict.fromkeys(NUMBERS)
                numbers |= {"n": limit.n, "k": limit.k, "not_mature": limit.not_mature}
                rows.append(PackageRow(dims, values, part_name(limit.months, limit.days), numbers, cell.suppressed))
    return rows


def part_name(months: int, days: int) -> str:
    """Return the name of a limit of a duration in a row."""
    return f"{months} months" if months else f"{days} days"


def _numbers(cell: Cell, kind: str) -> Numbers:
    left = cell.left_before or Left(None, None, None)
    days = None if kind != "duration" or cell.value is None or cell.n is None else round(cell.value * cell.n)
    return {
        "n": cell.n, "k": cell.k, "days": days, "not_mature": cell.not_mature, "open": cell.open,
        "left_inside": left.inside, "left_outside": left.outside, "died": left.died,
    }  # fmt: skip


def figures_from(rows: Sequence[PackageRow], kind: str) -> tuple[Cell | None, tuple[Breakdown, ...]]:
    """Return total and breakdowns with shares, means and limits computed anew from the numbers."""
    limits: dict[tuple[tuple[str, ...], tuple[str, ...]], list[LimitShare]] = {}
    for row in rows:
        if row.part:
            limits.setdefault((row.dims, row.values), []).append(_limit(row))
    tables: dict[tuple[str, ...], list[Cell]] = {}
    for row in rows:
        if not row.part:
            tables.setdefault(row.dims, []).append(_cell(row, kind, tuple(limits.get((row.dims, row.values), ()))))
    total = tables.pop((), [None])[0]  # type: ignore[list-item]
    return total, tuple(Breakdown(dims, tuple(cells), False) for dims, cells in tables.items())


def _limit(row: PackageRow) -> LimitShare:
    size, word = row.part.split(" ")
    months, days = (int(size), 0) if word == "months" else (0, int(size))
    n, k = row.numbers["n"], row.numbers["k"]
    share = wilson(k, n) if n is not None and k is not None else None
    low, high = (share.low, share.high) if share else (None, None)
    return LimitShare(months, days, n, k, share.value if share else None, low, high, row.numbers["not_mature"])


def _cell(row: PackageRow, kind: str, limits: tuple[LimitShare, ...]) -> Cell:
    found = row.numbers
    n, k, days = found["n"], found["k"], found["days"]
    share = wilson(k, n) if n is not None and k is not None else None
    value = share.value if share else None
    if kind == "duration":
        value = days / n if days is not None and n else None
    elif kind in ("flow", "stock"):
        value = None if n is None else float(n)
    watched = kind in ("reached", "duration")
    return Cell(
        values=dict(zip(row.dims, row.values, strict=True)), n=n, k=k, value=value,
        low=share.low if share else None, high=share.high if share else None, aj=None, not_mature=found["not_mature"],
        left_before=Left(found["left_inside"], found["left_outside"], found["died"]) if watched else None,
        open=found["open"], median=None, median_with_open=None, limits=limits, suppressed=row.hidden,
    )  # fmt: skip


def faults(rows: Sequence[PackageRow], place: str, threshold: int) -> list[Problem]:
    """Return what is impossible: numbers that do not add up, more reached than there are, small numbers shown."""
    found = []
    for row in rows:
        n, k = row.numbers["n"], row.numbers["k"]
        where = f"{place}: {_name(row)}"
        if row.hidden and any(number is not None for number in row.numbers.values()):
            found.append(problem("package_hidden", where))
        if n is not None and k is not None and k > n:
            found.append(problem("compare_numbers", where, k=k, n=n))
        parts = [] if k is None or n is None else [k, n - k]
        parts += [number for name, number in row.numbers.items() if number is not None and name not in ("k", "days")]
        if any(0 < number < threshold for number in parts):
            found.append(problem("package_small", where, threshold=threshold))
    tables: dict[tuple[tuple[str, ...], str], dict[tuple[str, ...], PackageRow]] = {}
    for row in rows:
        table = tables.setdefault((row.dims, row.part), {})
        if row.values in table:
            found.append(problem("package_twice", f"{place}: {_name(row)}"))
        table[row.values] = row
    for (coarse, part), sums in tables.items():
        for (fine, other), cells in tables.items():
            if part == other and set(coarse) < set(fine):
                found += _unequal(coarse, sums, fine, cells, place)
    return found


def _unequal(
    coarse: tuple[str, ...],
    sums: Mapping[tuple[str, ...], PackageRow],
    fine: tuple[str, ...],
    cells: Mapping[tuple[str, ...], PackageRow],
    place: str,
) -> list[Problem]:
    """Hold a finer breakdown against a coarser one: equal where all is shown, never more where something is hidden."""
    places = [fine.index(name) for name in coarse]
    groups: dict[tuple[str, ...], list[PackageRow]] = {}
    for values, row in cells.items():
        groups.setdefault(tuple(values[at] for at in places), []).append(row)
    found = []
    for key in sorted({*groups, *sums}):
        whole = sums.get(key)
        for name in NUMBERS:
            numbers = [row.numbers[name] for row in groups.get(key, [])]
            shown = sum(number for number in numbers if number is not None)
            most = 0 if whole is None else whole.numbers[name]
            if most is None:
                continue
            if shown > most or (shown < most and None not in numbers):
                where = f"{place}: {', '.join(fine)} {', '.join(key)}".rstrip()
                found.append(problem("package_sum", where, number=name, parts=shown, total=most))
    return found


def _name(row: PackageRow) -> str:
    return (
        ", ".join([*(f"{name} {value}" for name, value in zip(row.dims, row.values, strict=True)), row.part]) or "total"
    )


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
    if columns != ["breakdown", *dims, "part", *NUMBERS, "hidden"]:
        return [], bad
    rows = []
    for line in lines:
        if not isinstance(line, list) or len(line) != len(columns) or not _is_row(line, len(dims)):
            return [], bad
        at = dict(zip(columns, line, strict=True))
        own = tuple(at["breakdown"].split("+")) if at["breakdown"] else ()
        if [name for name in dims if at[name] is not None] != sorted(own):
            return [], bad
        numbers = {name: at[name] for name in NUMBERS}
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
