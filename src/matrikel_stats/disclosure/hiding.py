"""Hiding small numbers from those without access to the persons. Pure: a result in, a result out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from matrikel_stats.result import Breakdown, Cell, Left, LimitShare, Result

One = TypeVar("One", bound=Result)


def small(number: int | None, threshold: int) -> bool:
    """Return whether a number is between 1 and threshold - 1."""
    return number is not None and 0 < number < threshold


def unsafe(cell: Cell, threshold: int) -> bool:
    """Return whether a cell must be hidden: few in it, few who reached, or few who did not."""
    if small(cell.fewest, threshold):
        return True
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


def protect(result: One) -> One:
    """Return the result as it may be shown without access to the persons. The count tables are left out.

    All tables of the result are attacked together (`attack`): a breakdown that narrows a hidden number is withheld.
    """
    if result.protected:
        return result
    threshold = result.threshold
    breakdowns, closed = _secured(result)
    beside = beside_of(result.total) if result.total else {}
    told = result.total is None or not (result.total.suppressed or any(small(n, threshold) for n in beside.values()))
    return replace(
        result,
        total=_hide(result.total, threshold, frozenset()) if result.total else None,
        breakdowns=tuple(
            replace(
                each,
                cells=()
                if each.withheld
                else tuple(_hide(cell, threshold, closed[each.dimensions]) for cell in each.cells),
            )
            for each in breakdowns
        ),
        # What is hidden of the whole would follow from it.
        population=_safe(result.population, threshold) if told else None,
        excluded={reason: _safe(n, threshold) for reason, n in result.excluded.items()},
        not_mature=_safe(result.not_mature, threshold),
        left_before=_safe_left(result.left_before, threshold, frozenset()),
        unknown_person_ids=(),
        target=replace(result.target, met=None)
        if result.target and result.total and result.total.suppressed
        else result.target,
        count_tables=(),
        protected=True,
    )


def numbers_of(cell: Cell) -> tuple[int, ...]:
    """Return the numbers of a cell that must not be small, as parts that count different persons."""
    pairs = [(cell.n, cell.k), *((limit.n, limit.k) for limit in cell.limits)]
    return tuple(number for n, k in pairs for number in ((n or 0,) if k is None else (k, (n or 0) - k)))


def beside_of(cell: Cell) -> dict[str, int | None]:
    """Return the numbers that stand beside a figure and are hidden one by one."""
    left = cell.left_before
    found = {"not_mature": cell.not_mature, "open": cell.open}
    found |= {} if left is None else {"inside": left.inside, "outside": left.outside, "died": left.died}
    return found | {f"limit_{at}": limit.not_mature for at, limit in enumerate(cell.limits)}


def _secured(result: Result) -> tuple[tuple[Breakdown, ...], dict[tuple[str, ...], frozenset[str]]]:
    """Return the breakdowns with those withheld that must be, and by breakdown the numbers beside that are closed."""
    withheld = _attacked(result, result.breakdowns, numbers_of, lambda cell: False)
    breakdowns = tuple(replace(each, withheld=each.dimensions in withheld) for each in result.breakdowns)
    closed: dict[tuple[str, ...], frozenset[str]] = {each.dimensions: frozenset() for each in breakdowns}
    every = [cell for each in breakdowns for cell in each.cells]
    for name in sorted({name for cell in every for name, n in beside_of(cell).items() if n is not None}):

        def number(cell: Cell, name: str = name) -> tuple[int, ...]:
            return (beside_of(cell).get(name) or 0,)

        def few(cell: Cell, name: str = name) -> bool:
            return small(beside_of(cell).get(name), result.threshold)

        for dims in _attacked(result, breakdowns, number, few):
            closed[dims] |= {name}
    return breakdowns, closed


def _attacked(
    result: Result,
    breakdowns: Sequence[Breakdown],
    numbers: Callable[[Cell], tuple[int, ...]],
    few: Callable[[Cell], bool],
) -> set[tuple[str, ...]]:
    """Return the breakdowns that are withheld, or must be, so that no hidden one of these numbers can be narrowed."""

    already = {each.dimensions for each in breakdowns if each.withheld}
    if not any(cell.suppressed or few(cell) for each in breakdowns for cell in each.cells):
        return already
    from .attack import Shown, secure

    def shown(dims: tuple[str, ...], cells: Sequence[Cell], withheld: bool) -> Shown:
        keyed = {tuple(cell.values[name] for name in dims): cell for cell in cells}
        hidden = frozenset(key for key, cell in keyed.items() if cell.suppressed or few(cell))
        return Shown(dims, {key: numbers(cell) for key, cell in keyed.items()}, hidden, withheld)

    tables = [shown((), [result.total], False)] if result.total else []
    tables += [shown(each.dimensions, each.cells, each.withheld) for each in breakdowns]
    return {table.dims for table in secure(tables, result.threshold) if table.withheld}


def _hide(cell: Cell, threshold: int, closed: frozenset[str]) -> Cell:
    left = _safe_left(cell.left_before, threshold, closed)
    if not cell.suppressed:
        # The estimate also rests on those not yet mature: beside the closed share it would tell about a few of them.
        aj = None if small(cell.not_mature, threshold) else cell.aj
        shown = {name: None if name in closed else _safe(n, threshold) for name, n in beside_of(cell).items()}
        limits = tuple(replace(each, not_mature=shown[f"limit_{at}"]) for at, each in enumerate(cell.limits))
        return replace(cell, aj=aj, not_mature=shown["not_mature"], left_before=left, open=shown["open"], limits=limits)
    return Cell(
        values=cell.values, n=None, k=None, value=None, low=None, high=None, aj=None, not_mature=None,
        left_before=None if cell.left_before is None else Left(None, None, None), open=None, median=None,
        median_with_open=None,
        limits=tuple(LimitShare(each.months, each.days, None, None, None, None, None, None) for each in cell.limits),
        suppressed=True,
    )  # fmt: skip


def _safe(number: int | None, threshold: int) -> int | None:
    return None if small(number, threshold) else number


def _safe_left(left: Left | None, threshold: int, closed: frozenset[str]) -> Left | None:
    if left is None:
        return None
    parts = {"inside": left.inside, "outside": left.outside, "died": left.died}
    return Left(**{name: None if name in closed else _safe(n, threshold) for name, n in parts.items()})
