"""Shares, limits, curves and medians, each a small function of the integer counts.

Computed here and nowhere else, so that a figure is the same to the last bit whatever engine counted.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matrikel_stats.counts import CountRow
from matrikel_stats.result import Estimate

from .drawing import Z95, mean_drawn


def wilson(k: int, n: int) -> Estimate | None:
    """Return k/n as a share 0-1 with Wilson's score limits, None for n = 0.

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.
    """
    if n == 0:
        return None
    share, z2 = k / n, Z95 * Z95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Estimate(share, low, high)


@dataclass(frozen=True)
class Step:
    """One day of a cumulative-incidence curve: at risk, outcomes, leavings, and the share reached up to that day."""

    offset: int
    at_risk: int
    outcomes: int
    left: int
    share: float


def aalen_johansen(rows: Sequence[CountRow]) -> tuple[list[Step], Estimate | None]:
    """Return the curve of one cell and its end with limits, leaving and death as competing events: `incidences`."""
    from .incidence import incidences

    curves = incidences([rows])
    return curves.steps(0), curves.ends()[0]


def kaplan_meier(rows: Sequence[CountRow]) -> tuple[list[Step], Estimate | None]:
    """Return the curve of one cell and its end with limits, leaving and death lost to follow-up: `incidences`."""
    from .incidence import incidences

    curves = incidences([rows], lost=True)
    return curves.steps(0), curves.ends()[0]


def poisson(k: int, n: int, per: int) -> Estimate | None:
    """Return k per `per` of n with exact Poisson limits, None for n = 0.

    Source: Garwood, F. (1936), Fiducial limits for the Poisson distribution.
    """
    from scipy.special import gammaincinv  # type: ignore[import-untyped]

    if n == 0:
        return None
    low = float(gammaincinv(k, 0.025)) if k else 0.0
    return Estimate(k / n * per, low / n * per, float(gammaincinv(k + 1, 0.975)) / n * per)


class Sums(NamedTuple):
    """What a mean with limits rests on; `total` and `weight` add up over places.

    `variance` is that of the total when units are drawn again, None for a lone unit.
    """

    units: int
    weight: int
    total: int
    variance: float | None


def unit_sums(rows: Sequence[CountRow]) -> Sums:
    """Return the sums of units with weights: households (weight: months) or persons (weight: hours planned).

    All months of a household move together and count as one observation. Source: Cochran (1977), Sampling Techniques,
    section 6.3, the ratio estimator.
    """
    units = sum(row.n for row in rows if row.status == "counted")
    weights = sum(row.n * row.offset for row in rows if row.status == "counted")
    total = sum(row.n for row in rows if row.status == "sum")
    if units < 2 or weights == 0:
        return Sums(units, weights, total, None)
    # In whole numbers, times the square of the weights: the differences are small beside the sums.
    cross = sum(row.n * row.offset for row in rows if row.status == "sum")
    squared = sum(row.n * row.offset**2 for row in rows if row.status == "counted")
    squares = sum(row.n for row in rows if row.status == "squares")
    spread = squares * weights**2 - 2 * total * cross * weights + total**2 * squared
    return Sums(units, weights, total, spread / weights**2 * units / (units - 1))


def offset_sums(rows: Sequence[CountRow]) -> Sums:
    """Return the sums of offsets, each person with the same weight."""
    n, total, squares = 0, 0, 0
    for row in rows:
        n += row.n
        total += row.n * row.offset
        squares += row.n * row.offset * row.offset
    # Whole numbers until the last step: no digits are lost however large the sums.
    return Sums(n, n, total, (n * squares - total * total) / (n - 1) if n > 1 else None)


def mean_of(sums: Sums, scale: int = 1, *, least: float = -math.inf) -> Estimate | None:
    """Return the total by weight and by `scale`, with limits by the normal approximation; None when nobody weighs."""
    if sums.weight == 0:
        return None
    value = sums.total / sums.weight
    if sums.variance is None:
        return Estimate(value / scale, None, None)
    half = Z95 * math.sqrt(sums.variance) / sums.weight
    return Estimate(value / scale, max(least, value - half) / scale, (value + half) / scale)


def quotient(rows: Sequence[CountRow], scale: int) -> Estimate | None:
    """Return what units got, divided by their weights and by `scale`, with limits by linearisation over the units."""
    return mean_of(unit_sums(rows), scale, least=0.0)


def mean_with_limits(rows: Sequence[CountRow]) -> Estimate | None:
    """Return the mean offset in days of those who reached the outcome, with limits by the normal approximation."""
    return mean_of(offset_sums([row for row in rows if row.status == "outcome"]))


def mean_by(method: str, rows: Sequence[CountRow], seed: str) -> Estimate | None:
    """Return the mean offset with limits by the declared method, `normal` or `bootstrap`."""
    found = mean_with_limits(rows)
    if found is None or found.low is None or method == "normal":
        return found
    counts = sorted((row.offset, row.n) for row in rows if row.status == "outcome")
    low, high = mean_drawn([offset for offset, _ in counts], [n for _, n in counts], seed)
    return Estimate(found.value, low, high)


def exact_median(rows: Sequence[CountRow]) -> float | None:
    """Return the median offset in days of those who reached the outcome, the mean of the two middle ones if even."""
    counts = sorted((row.offset, row.n) for row in rows if row.status == "outcome")
    n = sum(count for _, count in counts)
    if n == 0:
        return None
    return (_ranked(counts, (n - 1) // 2) + _ranked(counts, n // 2)) / 2


def _ranked(counts: Sequence[tuple[int, int]], rank: int) -> int:
    for offset, count in counts:
        if rank < count:
            return offset
        rank -= count
    raise ValueError("rank beyond the counts")


def median_with_open(rows: Sequence[CountRow]) -> int | None:
    """Return the first day by which half have reached the outcome, open waits taken into account; None if not yet."""
    from .incidence import incidences

    return incidences([rows]).halves()[0]
