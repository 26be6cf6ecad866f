"""Hiding small numbers from those without access to the persons. Pure: a result in, a result out."""

from collections.abc import Sequence
from dataclasses import replace

from .result import Breakdown, Cell, Left, LimitShare, Result


def small(number: int | None, threshold: int) -> bool:
    """Return whether a number is between 1 and threshold - 1."""
    return number is not None and 0 < number < threshold


def unsafe(cell: Cell, threshold: int) -> bool:
    """Return whether a cell must be hidden: few in it, few who reached, or few who did not."""
    pairs = [(cell.n, cell.k), *((limit.n, limit.k) for limit in cell.limits)]
    for n, k in pairs:
        if small(n, threshold) or small(k, threshold):
            return True
        if n is not None and k is not None and small(n - k, threshold):
            return True
    return False


def judge(
    total: Cell | None, breakdowns: Sequence[Breakdown], threshold: int
) -> tuple[Cell | None, tuple[Breakdown, ...]]:
    """Mark what must be hidden.

    A breakdown is withheld whole when a hidden cell could be worked out: when within the total, or within any coarser
    breakdown that is shown, exactly one cell is hidden or the hidden ones hold fewer than `threshold` together.
    """
    if total is not None:
        total = replace(total, suppressed=unsafe(total, threshold))
    judged: dict[tuple[str, ...], Breakdown] = {}
    for breakdown in sorted(breakdowns, key=lambda each: len(each.dimensions)):
        cells = tuple(replace(cell, suppressed=unsafe(cell, threshold)) for cell in breakdown.cells)
        marked = replace(breakdown, cells=cells)
        margins = [set(each.dimensions) for each in judged.values() if not each.withheld]
        margins = [margin for margin in margins if margin < set(breakdown.dimensions)]
        if total is not None:
            margins.append(set())
            hopeless = total.suppressed
        else:
            hopeless = False
        withheld = hopeless or any(_leaks(cells, margin, threshold) for margin in margins)
        judged[breakdown.dimensions] = replace(marked, withheld=withheld)
    return total, tuple(judged[breakdown.dimensions] for breakdown in breakdowns)


def _leaks(cells: Sequence[Cell], margin: set[str], threshold: int) -> bool:
    groups: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        groups.setdefault(tuple(cell.values[name] for name in sorted(margin)), []).append(cell)
    for group in groups.values():
        hidden = [cell for cell in group if cell.suppressed]
        narrow = len(hidden) == 1 or sum(cell.n or 0 for cell in hidden) < threshold
        # A group of one cell is its own margin: that margin cell carries the same numbers and is hidden as well.
        if hidden and narrow and (len(group) > 1 or not margin):
            return True
    return False


def protect(result: Result) -> Result:
    """Return the result as it may be shown without access to the persons. The count tables are left out."""
    threshold = result.threshold
    return replace(
        result,
        total=_hide(result.total, threshold) if result.total else None,
        breakdowns=tuple(
            replace(each, cells=() if each.withheld else tuple(_hide(cell, threshold) for cell in each.cells))
            for each in result.breakdowns
        ),
        population=_safe(result.population, threshold),
        excluded={reason: _safe(n, threshold) for reason, n in result.excluded.items()},
        not_mature=_safe(result.not_mature, threshold),
        left_before=_safe_left(result.left_before, threshold),
        unknown_person_ids=(),
        target=replace(result.target, met=None)
        if result.target and result.total and result.total.suppressed
        else result.target,
        count_tables=(),
        protected=True,
    )


def _hide(cell: Cell, threshold: int) -> Cell:
    left = _safe_left(cell.left_before, threshold)
    if not cell.suppressed:
        # The estimate also rests on those not yet mature: beside the closed share it would tell about a few of them.
        aj = None if small(cell.not_mature, threshold) else cell.aj
        waiting, open_ = _safe(cell.not_mature, threshold), _safe(cell.open, threshold)
        return replace(cell, aj=aj, not_mature=waiting, left_before=left, open=open_)
    return Cell(
        values=cell.values, n=None, k=None, value=None, low=None, high=None, aj=None, not_mature=None,
        left_before=None if cell.left_before is None else Left(None, None, None), open=None, median=None,
        median_with_open=None,
        limits=tuple(LimitShare(each.months, each.days, None, None, None, None, None, None) for each in cell.limits),
        suppressed=True,
    )  # fmt: skip


def _safe(number: int | None, threshold: int) -> int | None:
    return None if small(number, threshold) else number


def _safe_left(left: Left | None, threshold: int) -> Left | None:
    if left is None:
        return None
    return Left(_safe(left.inside, threshold), _safe(left.outside, threshold), _safe(left.died, threshold))
