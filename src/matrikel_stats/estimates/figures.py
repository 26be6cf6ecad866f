"""From count tables to figures: the one place where a number that is shown comes to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matrikel_stats.counts import LEFT, CountRow, CountTable
from matrikel_stats.declared.definition import Definition, Window
from matrikel_stats.disclosure.hiding import judge
from matrikel_stats.result import Breakdown, Cell, Estimate, Left, LimitShare, TargetResult

from .estimate import exact_median, mean_by, wilson
from .kind_cells import EMPTY, composite_cells, ratio_cells, rolling_cells, score_cell, summed_cell

_Curve = tuple[Estimate | None, int | None]
"""The end of a cell's curve with limits, and the first day by which half are there."""
_NO_CURVE: _Curve = (None, None)


@dataclass(frozen=True)
class Figures:
    """All figures of count tables, judged for small numbers. Meaning of the fields as in `Result`."""

    population: int | None
    not_mature: int | None
    left_before: Left | None
    target: TargetResult | None
    total: Cell | None
    breakdowns: tuple[Breakdown, ...]


def figures_of(
    definition: Definition, tables: Sequence[CountTable], breakdowns: Sequence[tuple[str, ...]] | None = None
) -> Figures:
    """Return every figure of the tables of a run, or of tables summed by `add`: a county from its municipalities.

    `tables` are those of a run in their order. `breakdowns` are those of the definition
    that the tables can carry when left out; the period is put first by itself.
    """
    main = tables[0]
    lead = ("period",) if "period" in main.dims else ()
    if breakdowns is None:
        breakdowns = [each for each in definition.breakdowns if set(each) <= set(main.dims)]
    whole = cells_of(definition, tables, ())
    total: Cell | None = whole[0] if whole else no_one(definition)
    if _not_additive(definition) and (definition.mean_of > 1 or len(cells_of(definition, tables, lead)) > 1):
        # Persons who are there at two moments are two in the sum: a number of nothing.
        total = None
    wanted = ([lead] if lead else []) + [(*lead, *each) for each in breakdowns]
    split = [Breakdown(dims, tuple(cells_of(definition, tables, dims)), False) for dims in wanted]
    total, judged = judge(total, split, definition.threshold)
    watched = definition.kind in ("reached", "duration", "long_term")
    return Figures(
        population=sum(row.n for row in main.rows) if watched else None,
        not_mature=total.not_mature if total else None,
        left_before=total.left_before if total else None,
        target=_target(definition, total),
        total=total,
        breakdowns=judged,
    )


def _not_additive(definition: Definition) -> bool:
    """Return whether the same persons come again in the next period, so that periods have no common figure."""
    return bool(definition.moment) or (
        definition.kind in ("ratio", "long_term", "composite") and definition.is_periodic
    )


def _target(definition: Definition, total: Cell | None) -> TargetResult | None:
    target = definition.target
    if target is None:
        return None
    value = total.value if total else None
    met = None if value is None else value >= target.value if target.at_least else value <= target.value
    return TargetResult(target.value, target.at_least, met)


def no_one(definition: Definition) -> Cell:
    """Return the figure of an empty cohort."""
    return _cell(definition, {}, [], dict.fromkeys(definition.limits, ()), _NO_CURVE)


def cells_of(definition: Definition, tables: Sequence[CountTable], dims: tuple[str, ...]) -> list[Cell]:
    """Return the figures by `dims` (none: the total), from the tables of a run or from summed ones.

    `tables` are the main table and, for a duration, one for each limit in order; for a ratio the population; for a
    composite all those of its parts.
    """
    if definition.parts:
        return composite_cells(definition, tables, dims, cells_of)
    if definition.kind == "ratio":
        return ratio_cells(definition, tables, dims)
    if definition.mean_of > 1:
        return rolling_cells(definition, tables[0], dims)
    main, *limits = tables
    parts = [table.cells(dims) for table in limits]
    cells = []
    by_cell = main.cells(dims)
    for (key, rows), curve in zip(by_cell.items(), _curves(definition, list(by_cell.values())), strict=True):
        beside = {limit: part.get(key, []) for limit, part in zip(definition.limits, parts, strict=True)}
        cells.append(_cell(definition, dict(zip(dims, key, strict=True)), rows, beside, curve))
    return cells


def _curves(definition: Definition, cells: Sequence[Sequence[CountRow]]) -> Sequence[_Curve]:
    """Return what the curves of the cells end in, all worked out together; nothing for kinds that have none."""
    if definition.kind not in ("reached", "duration") or not cells:
        return [_NO_CURVE] * len(cells)
    # numpy, which a number of persons or a sum does without.
    from .incidence import incidences

    curves = incidences(cells)
    return list(zip(curves.ends(), curves.halves(), strict=True))


def _cell(
    definition: Definition,
    values: Mapping[str, str],
    rows: Sequence[CountRow],
    limits: Mapping[Window, Sequence[CountRow]],
    curve: _Curve,
) -> Cell:
    if definition.kind in ("ratio", "composite"):
        return replace(EMPTY, values=values)
    if definition.kind in ("amount", "attendance"):
        return summed_cell(definition, values, rows)
    if definition.kind == "score":
        return score_cell(definition, values, rows)
    if definition.kind in ("flow", "stock"):
        n = sum(row.n for row in rows)
        return replace(EMPTY, values=values, n=n, value=float(n))
    if definition.kind == "duration":
        mean = mean_by(definition.limits_by, rows, definition.logic_hash)
        return replace(
            EMPTY,
            values=values,
            n=_sum(rows, "outcome"),
            value=mean.value if mean else None,
            low=mean.low if mean else None,
            high=mean.high if mean else None,
            open=_sum(rows, "frozen"),
            left_before=_left(rows),
            median=exact_median(rows),
            median_with_open=curve[1],
            limits=tuple(_limit(definition, limit, within) for limit, within in limits.items()),
        )
    mature = [row for row in rows if row.mature]
    closed = _closed(definition, rows)
    n, k = sum(row.n for row in closed), _sum(closed, "outcome")
    share = wilson(k, n)
    return replace(
        EMPTY,
        values=values,
        n=n,
        k=k,
        value=share.value if share else None,
        low=share.low if share else None,
        high=share.high if share else None,
        aj=curve[0],
        not_mature=sum(row.n for row in rows if not row.mature),
        left_before=None if definition.long_term else _left(mature),
    )


def _closed(definition: Definition, rows: Sequence[CountRow]) -> list[CountRow]:
    """Return the rows of the closed share: the mature, without leavers where the definition drops them."""
    dropped = LEFT if definition.leaving.dropped else ()
    return [row for row in rows if row.mature and row.status not in dropped]


def _sum(rows: Sequence[CountRow], status: str) -> int:
    return sum(row.n for row in rows if row.status == status)


def _left(rows: Sequence[CountRow]) -> Left:
    return Left(_sum(rows, "left_inside"), _sum(rows, "left_outside"), _sum(rows, "died"))


def _limit(definition: Definition, limit: Window, rows: Sequence[CountRow]) -> LimitShare:
    closed = _closed(definition, rows)
    n, k = sum(row.n for row in closed), _sum(closed, "outcome")
    share = wilson(k, n)
    low, high = (share.low, share.high) if share else (None, None)
    not_mature = sum(row.n for row in rows if not row.mature)
    return LimitShare(limit.months, limit.days, n, k, share.value if share else None, low, high, not_mature)
