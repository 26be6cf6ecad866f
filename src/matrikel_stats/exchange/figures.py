"""From the rows of a package to figures: shares, means and limits computed anew from the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matrikel_stats.declared.definition import Definition
from matrikel_stats.estimates.estimate import Sums, mean_of, poisson, wilson
from matrikel_stats.estimates.kind_cells import EMPTY, mean_cells, scale_of, valued
from matrikel_stats.result import Breakdown, Cell, Estimate, Left, LimitShare

from .table import EXACT, MEANS, PackageRow, hidden_cell, mean_parts

Figures = tuple[Cell | None, tuple[Breakdown, ...]]
"""The total, None where there is none, and the breakdowns."""


def figures_from(rows: Sequence[PackageRow], definition: Definition) -> Figures:
    """Return total and breakdowns with shares, means and limits computed anew from the numbers."""
    limits: dict[tuple[tuple[str, ...], tuple[str, ...]], list[LimitShare]] = {}
    for row in rows:
        if row.part:
            limits.setdefault((row.dims, row.values), []).append(_limit(row))
    tables: dict[tuple[str, ...], list[Cell]] = {}
    for row in rows:
        if not row.part:
            cell = _cell(row, definition, tuple(limits.get((row.dims, row.values), ())))
            tables.setdefault(row.dims, []).append(cell)
    total = tables.pop((), [None])[0]  # type: ignore[list-item]
    return total, tuple(Breakdown(dims, tuple(cells), False) for dims, cells in tables.items())


def composite_from(definition: Definition, parts: Sequence[Figures]) -> Figures:
    """Return the figures of a composite from those of its parts, hidden where one of them is."""
    tables = [
        {(): (total,) if total else ()} | {each.dimensions: each.cells for each in split} for total, split in parts
    ]
    made = {
        dims: _composed(definition, dims, [table[dims] for table in tables])
        for dims in tables[0]
        if all(dims in table for table in tables)
    }
    total = next(iter(made.pop((), [])), None)
    return total, tuple(Breakdown(dims, tuple(cells), False) for dims, cells in made.items())


def _composed(definition: Definition, dims: tuple[str, ...], parts: Sequence[Sequence[Cell]]) -> list[Cell]:
    keyed = [{tuple(cell.values[dim] for dim in dims): cell for cell in cells} for cells in parts]
    both = set(keyed[0]).intersection(*keyed[1:])
    gone = [key for key in both if any(cells[key].suppressed for cells in keyed)]
    cells = mean_cells(definition, dims, parts) + [hidden_cell(dict(zip(dims, key, strict=True))) for key in gone]
    return sorted(cells, key=lambda cell: tuple(cell.values[dim] for dim in dims))


def _limit(row: PackageRow) -> LimitShare:
    size, word = row.part.split(" ")
    months, days = (int(size), 0) if word == "months" else (0, int(size))
    n, k = row.numbers["n"], row.numbers["k"]
    share = wilson(k, n) if n is not None and k is not None else None
    low, high = (share.low, share.high) if share else (None, None)
    return LimitShare(months, days, n, k, share.value if share else None, low, high, row.numbers["not_mature"])


def _cell(row: PackageRow, definition: Definition, limits: tuple[LimitShare, ...]) -> Cell:
    found = row.numbers
    cell = replace(
        EMPTY, values=dict(zip(row.dims, row.values, strict=True)), n=found["n"], k=found["k"],
        not_mature=found["not_mature"], open=found["open"], inhabitants=found["inhabitants"], limits=limits,
        suppressed=row.hidden,
    )  # fmt: skip
    if definition.kind in ("reached", "duration"):
        cell = replace(cell, left_before=Left(found["left_inside"], found["left_outside"], found["died"]))
    return valued(cell, _estimate(found, definition))


def _estimate(found: Mapping[str, int | None], definition: Definition) -> Estimate | None:
    n, k = found["n"], found["k"]
    if n is None:
        return None
    if k is not None:
        return wilson(k, n)
    if definition.kind == "ratio":
        return poisson(n, found["inhabitants"] or 0, definition.per)
    if definition.kind in MEANS:
        return _mean(found, n, definition)
    return Estimate(n / definition.mean_of, None, None)


def _mean(found: Mapping[str, int | None], n: int, definition: Definition) -> Estimate | None:
    total, weight = mean_parts(found, definition)
    if total is None or weight is None:
        return None
    error = found["error"]
    sums = Sums(n, weight, total, None if error is None else (error / EXACT) ** 2)
    weighed = definition.kind in ("amount", "attendance")
    mean = mean_of(sums, scale_of(definition), least=0.0) if weighed else mean_of(sums)
    score = definition.score
    if mean is None or score is None:
        return mean
    low, high = (None if each is None else score.shown(each) for each in (mean.low, mean.high))
    return Estimate(score.shown(mean.value), low, high)
