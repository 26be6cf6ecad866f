"""Cells of the kinds that are more than one share or number: ratios, rolling means, sums, scores and composites."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from matrikel_stats.counts import CountRow, CountTable
from matrikel_stats.declared.definition import Definition, Part
from matrikel_stats.result import Cell, Estimate

from .drawing import Draw, mean_of_draws
from .estimate import Sums, exact_median, mean_by, offset_sums, poisson, quotient, unit_sums

Values = Mapping[str, str]
CellsOf = Callable[[Definition, Sequence[CountTable], tuple[str, ...]], list[Cell]]
EMPTY = Cell({}, 0, None, None, None, None, None, None, None, None, None, None, (), False)


def valued(cell: Cell, estimate: Estimate | None) -> Cell:
    """Return the cell with a value and its limits."""
    if estimate is None:
        return cell
    return replace(cell, value=estimate.value, low=estimate.low, high=estimate.high)


def ratio_cells(definition: Definition, tables: Sequence[CountTable], dims: tuple[str, ...]) -> list[Cell]:
    """Return persons of inhabitants, per as many as declared. A year nobody is counted in is left out."""
    above, below = (table.cells(dims) for table in tables)
    years = {row.cell[tables[0].dims.index("period")] for row in tables[0].rows}
    place = dims.index("period") if "period" in dims else None
    cells = []
    for key in sorted({*above, *below}):
        if place is not None and key[place] not in years:
            continue
        persons, inhabitants = (sum(row.n for row in side.get(key, ())) for side in (above, below))
        cell = replace(EMPTY, values=dict(zip(dims, key, strict=True)), n=persons, inhabitants=inhabitants)
        cells.append(valued(cell, poisson(persons, inhabitants, definition.per)))
    return cells


def rolling_cells(definition: Definition, table: CountTable, dims: tuple[str, ...]) -> list[Cell]:
    """Return the mean of the latest months for every month that has as many behind it; none without the period."""
    if "period" not in dims or not table.rows:
        return []
    place, of = dims.index("period"), definition.mean_of
    stocks: dict[tuple[str, ...], dict[int, int]] = {}
    for key, rows in table.cells(dims).items():
        rest = (*key[:place], *key[place + 1 :])
        stocks.setdefault(rest, {})[_month(key[place])] = sum(row.n for row in rows)
    months = [month for series in stocks.values() for month in series]
    cells = []
    for month in range(min(months) + of - 1, max(months) + 1):
        for rest, series in stocks.items():
            numbers = [series.get(each, 0) for each in range(month - of + 1, month + 1)]
            if any(numbers):
                key = (*rest[:place], f"{month // 12}-{month % 12 + 1:02d}", *rest[place:])
                found = replace(
                    EMPTY, values=dict(zip(dims, key, strict=True)), n=sum(numbers), value=sum(numbers) / of
                )
                cells.append(replace(found, fewest=min(number for number in numbers if number)))
    return sorted(cells, key=lambda cell: tuple(cell.values[dim] for dim in dims))


def _month(label: str) -> int:
    year, month = label.split("-")
    return int(year) * 12 + int(month) - 1


def summed_cell(definition: Definition, values: Values, rows: Sequence[CountRow]) -> Cell:
    """Return the sum over the weights: kronor a month of n households, or attended of planned of n persons."""
    units = sum(row.n for row in rows if row.status == "counted")
    found = quotient(rows, scale_of(definition))
    return valued(replace(EMPTY, values=values, n=units, fewest=_alike(rows)), found)


def scale_of(definition: Definition) -> int:
    """Return by what the sums of a kind are divided: öre to a krona."""
    return 100 if definition.kind == "amount" else 1


def sums_of(definition: Definition, rows: Sequence[CountRow]) -> Sums:
    """Return what the mean of a cell rests on, for the kinds that are a mean."""
    if definition.kind in ("amount", "attendance"):
        return unit_sums(rows)
    counts = "outcome" if definition.kind == "duration" else "counted"
    return offset_sums([row for row in rows if row.status == counts])


def _alike(rows: Sequence[CountRow]) -> int | None:
    """Return how many units of one size would make the sum as uneven as it is, at most as many as there are.

    Where it is the threshold or more, no unit is half of the sum or of the weights (decision 0057).
    """
    weights = [(row.offset, row.n) for row in rows if row.status == "counted"]
    total = sum(row.n for row in rows if row.status == "sum")
    squares = sum(row.n for row in rows if row.status == "squares")
    weight, weight_squares = sum(w * n for w, n in weights), sum(w * w * n for w, n in weights)
    return min((-(-(x * x) // y) for x, y in ((total, squares), (weight, weight_squares)) if y), default=None)


def score_cell(definition: Definition, values: Values, rows: Sequence[CountRow]) -> Cell:
    """Return mean and exact median of the scores of n persons, as the sum of the items or as an index 0-100."""
    score = definition.score
    assert score is not None
    reached = [row._replace(status="outcome") for row in rows]
    mean, middle = mean_by(definition.limits_by, reached, definition.logic_hash), exact_median(reached)
    cell = replace(EMPTY, values=values, n=sum(row.n for row in rows))
    if mean is None or middle is None:
        return cell
    low, high = (None if each is None else score.shown(each) for each in (mean.low, mean.high))
    return replace(cell, value=score.shown(mean.value), low=low, high=high, median=score.shown(middle))


def composite_cells(
    definition: Definition, tables: Sequence[CountTable], dims: tuple[str, ...], cells_of: CellsOf
) -> list[Cell]:
    """Return the weighted mean of the parts for every cell in which all parts have a value."""
    return mean_cells(
        definition, dims, [cells_of(part.definition, _own(part, tables), dims) for part in definition.parts]
    )


def mean_cells(definition: Definition, dims: tuple[str, ...], parts: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the weighted mean of the cells of the parts of a composite, wherever all of them have a value."""
    found = [
        {tuple(cell.values[dim] for dim in dims): cell for cell in cells if cell.value is not None} for cells in parts
    ]
    keys = set(found[0]).intersection(*found[1:])
    return [_mean(definition, dims, key, [each[key] for each in found]) for key in sorted(keys)]


def _mean(definition: Definition, dims: tuple[str, ...], key: tuple[str, ...], cells: list[Cell]) -> Cell:
    weights = [part.weight for part in definition.parts]
    value = sum(w * (cell.value or 0.0) for w, cell in zip(weights, cells, strict=True)) / sum(weights)
    low, high = mean_of_draws(
        [_draw(part.definition, cell) for part, cell in zip(definition.parts, cells, strict=True)],
        weights,
        f"{definition.logic_hash} {key}",
    )
    numbers = [
        number
        for cell in cells
        for number in (cell.n, cell.k, None if cell.n is None or cell.k is None else cell.n - cell.k, cell.fewest)
        if number
    ]
    return replace(
        EMPTY, values=dict(zip(dims, key, strict=True)), n=min(cell.n or 0 for cell in cells), value=value,
        low=low, high=high, fewest=min(numbers, default=None),
    )  # fmt: skip


def _draw(definition: Definition, cell: Cell) -> Draw:
    """Return how a part varies by chance: k of n, a count of n inhabitants, or a mean with its limits."""
    if definition.kind == "ratio":
        return Draw("poisson", cell.n or 0, cell.inhabitants or 1, definition.per)
    if cell.k is not None and cell.n:
        return Draw("binomial", cell.k, cell.n)
    return Draw("normal", cell.value or 0.0, 1, 1, cell.low, cell.high)


def _own(part: Part, tables: Sequence[CountTable]) -> list[CountTable]:
    return [table for table in tables if table.part.split(": ")[0] == part.definition.id]
