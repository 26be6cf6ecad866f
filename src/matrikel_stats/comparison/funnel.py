"""How far from a common value chance alone carries a share or a rate: the limits of a funnel plot.

Source: Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202: exact binomial and Poisson limits at 95 and 99.8 per cent, interpolated between whole numbers (appendix
A.1.1). The upper limit is the lower one mirrored, so that a share and its complement are judged alike and chance takes
at most 2.5 per cent (0.1 per cent) to each side. Tails come from `scipy.special`, loaded when first needed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Measure = Literal["share", "rate"]
WARNING, ALARM = 95.0, 99.8
"""The two limits of a funnel, in per cent."""

Tail = Callable[[int], float]


@dataclass(frozen=True)
class Limits:
    """Between which values chance alone keeps a share (0-1) or a rate of this size, at one level."""

    low: float
    high: float


@dataclass(frozen=True)
class FunnelPoint:
    """The limits at one size (persons, or exposure for a rate), for drawing the curves of a funnel."""

    size: float
    warning: Limits
    alarm: Limits


def tails(centre: float, size: float, measure: Measure = "share") -> tuple[Tail, Tail]:
    """Return P(at most k) and P(at least k) for the number reached among `size` when the true value is `centre`.

    share: binomial with `size` persons and 0 <= centre <= 1. rate: Poisson with mean centre * size.
    """
    from scipy import special

    def at_most(k: int) -> float:
        if k < 0:
            return 0.0
        if measure == "rate":
            return float(special.pdtr(k, centre * size))
        return 1.0 if k >= size else float(special.bdtr(k, int(size), centre))

    def at_least(k: int) -> float:
        if k <= 0:
            return 1.0
        if measure == "rate":
            return float(special.pdtrc(k - 1, centre * size))
        return 0.0 if k > size else float(special.bdtrc(k - 1, int(size), centre))

    return at_most, at_least


def outside(k: int, size: float, centre: float, measure: Measure = "share") -> float:
    """Return the widest limits that `k` of `size` falls outside of: 0, 95.0 or 99.8 per cent."""
    at_most, at_least = tails(centre, size, measure)
    probability = min(at_most(k), at_least(k))
    return next((level for level in (ALARM, WARNING) if probability < _side(level)), 0.0)


def limits(size: float, centre: float, level: float, measure: Measure = "share") -> Limits:
    """Return the control limits at `level` per cent, in the unit of the value (0-1 for a share)."""
    at_most, at_least = tails(centre, size, measure)
    p = _side(level)
    most = int(size) if measure == "share" else _beyond(lambda k: at_least(k) < p)
    first = _first(lambda k: at_most(k) >= p, most)
    low = first - _fraction(at_most(first), at_most(first - 1), p)
    last = _first(lambda k: at_least(k + 1) < p, most)
    high = last + _fraction(at_least(last), at_least(last + 1), p)
    return Limits(max(0.0, low / size), high / size if measure == "rate" else min(1.0, high / size))


def curve(centre: float, sizes: Iterable[float], measure: Measure = "share") -> list[FunnelPoint]:
    """Return the limits at each size. For a picture: sizes from the smallest to the largest compared."""
    return [
        FunnelPoint(size, limits(size, centre, WARNING, measure), limits(size, centre, ALARM, measure))
        for size in sizes
    ]


def chance_outside(size: float, centre: float, level: float, measure: Measure = "share") -> float:
    """Return the probability of falling outside the limits by chance alone. Numbers are whole: at most 1 - level."""
    at_most, at_least = tails(centre, size, measure)
    p = _side(level)
    most = int(size) if measure == "share" else _beyond(lambda k: at_least(k) < p)
    first = _first(lambda k: at_most(k) >= p, most)
    last = _first(lambda k: at_least(k + 1) < p, most)
    return at_most(first - 1) + at_least(last + 1)


def _side(level: float) -> float:
    return (1 - level / 100) / 2


def _fraction(here: float, next_: float, p: float) -> float:
    return 0.0 if here == next_ else (here - p) / (here - next_)


def _first(holds: Callable[[int], bool], most: int) -> int:
    """Return the smallest whole number 0..most for which a condition that, once true, stays true holds."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _beyond(holds: Callable[[int], bool]) -> int:
    most = 1
    while not holds(most):
        most *= 2
    return most
