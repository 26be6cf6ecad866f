"""Shares, limits, curves and medians, each a small function of the integer counts.

Computed here and nowhere else, so that a figure is the same to the last bit whatever engine counted.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matrikel_stats.counts import LEFT, CountRow

from .drawing import Z95, mean_drawn

ROUNDING = 1e-9
"""A sum of shares this near to one is one: what is missing is the machine's, and limits would be nonsense."""


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 per cent limits; limits are None where they cannot be formed."""

    value: float
    low: float | None
    high: float | None


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
    """Return the curve of reached shares with leaving and death as competing events, and its end with limits.

    Those frozen or past their window on a day are still at risk of that day's outcomes, so with every window run out
    and nobody left the end of the curve is exactly the closed share. Variance by the delta method, limits on the
    log(-log) scale. Source: Aalen & Johansen (1978); Marubini & Valsecchi (1995), Analysing Survival Data, chapter 10.
    """
    steps, share, variance = _incidence(rows)
    return steps, None if share is None else _with_limits(share, variance)


def _incidence(rows: Sequence[CountRow]) -> tuple[list[Step], float | None, float]:
    """Return the curve with the share at its end and the variance of that share; no share of nobody."""
    days: dict[int, list[int]] = {}
    for row in rows:
        day = days.setdefault(row.offset, [0, 0, 0])
        day[0 if row.status == "outcome" else 1 if row.status in LEFT else 2] += row.n
    at_risk = sum(sum(day) for day in days.values())
    if at_risk == 0:
        return [], None, 0.0
    free, share = 1.0, 0.0
    steps: list[Step] = []
    terms: list[tuple[float, float, int, int, int]] = []
    for offset, (outcomes, left, other) in sorted(days.items()):
        if outcomes or left:
            share += free * outcomes / at_risk
            terms.append((share, free, outcomes, outcomes + left, at_risk))
            free *= 1 - (outcomes + left) / at_risk
            steps.append(Step(offset, at_risk, outcomes, left, share))
        at_risk -= outcomes + left + other
    return steps, share, _variance(share, terms)


def _variance(share: float, terms: Sequence[tuple[float, float, int, int, int]]) -> float:
    total = 0.0
    for so_far, free, outcomes, events, at_risk in terms:
        rest = share - so_far
        if events < at_risk:
            total += rest * rest * events / (at_risk * (at_risk - events))
        total += free * free * outcomes * (at_risk - outcomes) / at_risk**3
        total -= 2 * rest * free * outcomes / (at_risk * at_risk)
    return max(total, 0.0)


def _with_limits(share: float, variance: float) -> Estimate:
    share = 1.0 if share > 1.0 - ROUNDING else share
    if share <= 0.0 or share >= 1.0 or variance <= 0.0:
        return Estimate(share, None, None)
    spread = Z95 * math.sqrt(variance) / (share * math.log(share))
    ends = sorted((share ** math.exp(spread), share ** math.exp(-spread)))
    return Estimate(share, ends[0], ends[1])


def kaplan_meier(rows: Sequence[CountRow]) -> tuple[list[Step], Estimate | None]:
    """Return the curve of shares reached had nobody left, leaving and death taken as lost to follow-up, and its end.

    Variance by Greenwood's formula, limits on the log(-log) scale of those not yet there. Those lost on a day are at
    risk on it. Source: Kaplan & Meier (1958); Greenwood (1926); Kalbfleisch & Prentice (1980).
    """
    # With one cause the variance of the incidence is Greenwood's.
    steps, share, variance = _incidence([r._replace(status="frozen") if r.status in LEFT else r for r in rows])
    if share is None:
        return steps, None
    free = _with_limits(1 - share, variance)
    low, high = (None if end is None else 1 - end for end in (free.high, free.low))
    return steps, Estimate(1 - free.value, low, high)


def poisson(k: int, n: int, per: int) -> Estimate | None:
    """Return k per `per` of n with exact Poisson limits, None for n = 0.

    Source: Garwood, F. (1936), Fiducial limits for the Poisson distribution.
    """
    from scipy.special import gammaincinv  # type: ignore[import-untyped]

    if n == 0:
        return None
    low = float(gammaincinv(k, 0.025)) if k else 0.0
    return Estimate(k / n * per, low / n * per, float(gammaincinv(k + 1, 0.975)) / n * per)


def quotient(rows: Sequence[CountRow], scale: int) -> Estimate | None:
    """Return what units got, divided by their weights and by `scale`, with limits by linearisation over the units.

    Units are households (weight: months) or persons (weight: hours planned). All months of a household move together
    and count as one observation. Source: Cochran (1977), Sampling Techniques, section 6.3, the ratio estimator.
    """
    units = sum(row.n for row in rows if row.status == "counted")
    weights = sum(row.n * row.offset for row in rows if row.status == "counted")
    if weights == 0:
        return None
    total = sum(row.n for row in rows if row.status == "sum")
    value = total / weights
    if units == 1:
        return Estimate(value / scale, None, None)
    # In whole numbers, times the square of the weights: the differences are small beside the sums.
    cross = sum(row.n * row.offset for row in rows if row.status == "sum")
    squared = sum(row.n * row.offset**2 for row in rows if row.status == "counted")
    squares = sum(row.n for row in rows if row.status == "squares")
    spread = squares * weights**2 - 2 * total * cross * weights + total**2 * squared
    variance = spread / weights**4 * units / (units - 1)
    half = Z95 * math.sqrt(variance)
    return Estimate(value / scale, max(0.0, value - half) / scale, (value + half) / scale)


def mean_with_limits(rows: Sequence[CountRow]) -> Estimate | None:
    """Return the mean offset in days of those who reached the outcome, with limits by the normal approximation."""
    n, total, squares = 0, 0, 0
    for row in rows:
        if row.status == "outcome":
            n += row.n
            total += row.n * row.offset
            squares += row.n * row.offset * row.offset
    if n == 0:
        return None
    mean = total / n
    if n == 1:
        return Estimate(mean, None, None)
    # Whole numbers until the last step: no digits are lost however large the sums.
    half = Z95 * math.sqrt((n * squares - total * total) / (n * (n - 1)) / n)
    return Estimate(mean, mean - half, mean + half)


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
    steps, _ = aalen_johansen(rows)
    return next((step.offset for step in steps if step.share >= 0.5 - 1e-12), None)
