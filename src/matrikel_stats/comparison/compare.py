"""One's own value against others: municipalities, a group, the county, the country, years. Pure.

What is compared must already have passed `protect`: a hidden number comes as None and takes no part in the common
value, so that nothing can be worked out from that.

    parts = [Part("Östersund", k=61, n=104), Part("Krokom", k=40, n=52), Part("Åre", k=None, n=None)]
    comparison = compare(parts)
    comparison.row("Östersund").outside      # 0.0, 95.0 or 99.8
    verdict(comparison, "Östersund", "sv")   # the plain sentence with its numbers
    curve(comparison.centre, range(40, 120)) # limits for the funnel picture
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matrikel_stats.counts import CountTable
from matrikel_stats.declared.definition import Definition
from matrikel_stats.estimates.estimate import wilson
from matrikel_stats.estimates.figures import cells_of
from matrikel_stats.problems import StatsError, problem
from matrikel_stats.result import Cell

from .funnel import ALARM, WARNING, Limits, Measure, chance_outside, limits, outside


@dataclass(frozen=True)
class Part:
    """One of those compared: k of n persons, or k events of an exposure n for a rate. None when hidden."""

    name: str
    k: int | None
    n: float | None


@dataclass(frozen=True)
class Row:
    """One line of a comparison.

    `low` and `high` are the 95 per cent limits of the own value (Wilson; exact Poisson for a rate), `warning` and
    `alarm` the funnel's limits round the common value, `outside` the widest of them the value falls outside of (0.0,
    95.0 or 99.8) and `direction` -1 below, 0 inside, 1 above.
    """

    name: str
    k: int
    n: float
    value: float
    low: float
    high: float
    warning: Limits
    alarm: Limits
    outside: float
    direction: int


@dataclass(frozen=True)
class Comparison:
    """All that is needed for a table, a funnel picture and a sentence.

    `centre` is the common value: k and n of all shown parts together, or the one that was given (`given`).
    `expected` is how many of the rows chance alone would put outside 95 per cent, `found` how many are.
    """

    measure: Measure
    centre: float
    given: bool
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]
    expected: float
    found: int

    def row(self, name: str) -> Row | None:
        """Return the line of that name, None when it is hidden."""
        return next((row for row in self.rows if row.name == name), None)


@dataclass(frozen=True)
class Difference:
    """One share minus another with 95 per cent limits, each -1 to 1."""

    value: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> bool:
        """Whether the limits leave out zero."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Change:
    """A value against the one before it."""

    name: str
    before: str
    difference: Difference


def compare(parts: Iterable[Part], *, centre: float | None = None, measure: Measure = "share") -> Comparison:
    """Hold every part against the common value. Order is kept; hidden and empty parts are named in `hidden`.

    Raises StatsError when nothing can be shown, when a number is impossible, or when two parts have the same name.
    """
    every = list(parts)
    if twice := [part.name for at, part in enumerate(every) if part.name in {other.name for other in every[:at]}]:
        raise StatsError([problem("compare_twice", "compare", name=twice[0])])
    shown = _shown(every)
    for name, k, n in shown:
        if k < 0 or n < 0 or (measure == "share" and (k > n or n != int(n))):
            raise StatsError([problem("compare_numbers", name, k=k, n=n)])
    if not shown:
        raise StatsError([problem("compare_nothing", "compare")])
    common = sum(k for _, k, _ in shown) / sum(n for _, _, n in shown) if centre is None else centre
    if common < 0 or (measure == "share" and common > 1):
        raise StatsError([problem("compare_centre", "compare", value=common)])
    rows = tuple(_row(name, k, n, common, measure) for name, k, n in shown)
    named = {row.name for row in rows}
    expected = sum(chance_outside(row.n, common, WARNING, measure) for row in rows)
    return Comparison(
        measure=measure,
        centre=common,
        given=centre is not None,
        rows=rows,
        hidden=tuple(part.name for part in every if part.name not in named),
        expected=expected,
        found=sum(1 for row in rows if row.outside),
    )


def _shown(parts: Iterable[Part]) -> list[tuple[str, int, float]]:
    return [(part.name, part.k, part.n) for part in parts if part.k is not None and part.n]


def _row(name: str, k: int, n: float, centre: float, measure: Measure) -> Row:
    value = k / n
    low, high = _wilson(k, int(n)) if measure == "share" else poisson(k, n)
    out = outside(k, n, centre, measure)
    return Row(
        name, k, n, value, low, high, limits(n, centre, WARNING, measure), limits(n, centre, ALARM, measure),
        out, 0 if not out else 1 if value > centre else -1,
    )  # fmt: skip


def _wilson(k: int, n: int) -> tuple[float, float]:
    found = wilson(k, n)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


def poisson(k: int, exposure: float) -> tuple[float, float]:
    """Return the exact 95 per cent limits of the rate k/exposure.

    Source: Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437-442.
    """
    from scipy import special

    low = 0.0 if k == 0 else float(special.gammaincinv(k, 0.025))
    return low / exposure, float(special.gammaincinv(k + 1, 0.975)) / exposure


def difference(k1: int, n1: int, k2: int, n2: int) -> Difference:
    """Return k1/n1 - k2/n2 with 95 per cent limits. Both groups must have someone in them.

    Source: Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17, 873-890, method 10 (from Wilson's limits of each).
    """
    (first, low1, high1), (second, low2, high2) = (k1 / n1, *_wilson(k1, n1)), (k2 / n2, *_wilson(k2, n2))
    gap = first - second
    return Difference(
        gap, gap - math.hypot(first - low1, high2 - second), gap + math.hypot(high1 - first, second - low2)
    )


def against_rest(parts: Sequence[Part], name: str) -> Difference | None:
    """Return the share of one part minus the share of all other shown parts together; None if either is hidden."""
    shown = _shown(parts)
    own = [(k, int(n)) for other, k, n in shown if other == name]
    rest = [(k, int(n)) for other, k, n in shown if other != name]
    if not own or not rest:
        return None
    return difference(*own[0], sum(k for k, _ in rest), sum(n for _, n in rest))


def changes(parts: Sequence[Part]) -> list[Change]:
    """Return each shown share against the shown one before it: years side by side, in the order given."""
    return [
        Change(name, before, difference(k, int(n), k0, int(n0)))
        for (before, k0, n0), (name, k, n) in pairwise(_shown(parts))
    ]


def part(name: str, cell: Cell | None, *, hide: bool = True) -> Part:
    """Return a figure as a part of a comparison; hidden when it is suppressed, unless `hide` is False."""
    if cell is None or cell.k is None or cell.n is None or (hide and cell.suppressed):
        return Part(name, None, None)
    return Part(name, cell.k, cell.n)


def parts_of(definition: Definition, tables: Mapping[str, Sequence[CountTable]], *, hide: bool = True) -> list[Part]:
    """Return the totals of several count tables by name (a municipality each), small numbers hidden.

    Raises StatsError for a definition that gives no share.
    """
    from matrikel_stats.disclosure.hiding import unsafe

    if definition.kind != "reached":
        raise StatsError([problem("compare_kind", definition.path, kind=definition.kind)])
    parts = []
    for name, each in tables.items():
        cells = cells_of(definition, each, ())
        cell = cells[0] if cells else None
        small = hide and cell is not None and unsafe(cell, definition.threshold)
        parts.append(Part(name, None, None) if small else part(name, cell))
    return parts


def parts_by(cells: Iterable[Cell], dimension: str, *, hide: bool = True) -> list[Part]:
    """Return the cells of a breakdown by one dimension (`year`, `municipality`, `unit`) as parts."""
    return [part(cell.values[dimension], cell, hide=hide) for cell in cells]
