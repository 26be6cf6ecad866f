"""Curves of shares reached under censoring, Aalen-Johansen and Kaplan-Meier, for all cells of a table at once.

Each number is made by the same operations in the same order as one cell alone would take, day by day, so a figure is
the same to the last bit whatever it is counted with and whatever stands beside it (with over 208,000 at risk in a cell
the cube in the variance passes 2^53, and limits may differ by 1e-12 from whole numbers without bound).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

import numpy as np

from matrikel_stats.counts import LEFT, CountRow, Status
from matrikel_stats.result import Estimate

from .drawing import Z95
from .estimate import Step

ROUNDING = 1e-9
"""A sum of shares this near to one is one: what is missing is the machine's, and limits would be nonsense."""
_OTHER, _OUTCOME, _LEFT = range(3)
_CAUSE: dict[Status, int] = {"outcome": _OUTCOME, **dict.fromkeys(LEFT, _LEFT)}
_STATUS = CountRow._fields.index("status")
_NUMBERS = [CountRow._fields.index(name) for name in ("offset", "n")]


@dataclass(frozen=True)
class Curves:
    """The curves of several cells: an item a day on which someone reached the outcome or left, cell after cell.

    `begins` says where each cell's days begin, with the number of all days last; `people` how many there are in each
    cell, `share` the share reached at its end and `variance` that of the share.
    """

    begins: Any
    offset: Any
    at_risk: Any
    outcomes: Any
    left: Any
    so_far: Any
    people: Any
    share: Any
    variance: Any
    lost: bool

    def steps(self, cell: int) -> list[Step]:
        """Return the curve of a cell."""
        days = slice(self.begins[cell], self.begins[cell + 1])
        columns = (self.offset, self.at_risk, self.outcomes, self.left, self.so_far)
        return [Step(*day) for day in zip(*(column[days].tolist() for column in columns), strict=True)]

    def ends(self) -> list[Estimate | None]:
        """Return the share at the end of each curve with its limits, None for nobody."""
        found = zip(self.people.tolist(), self.share.tolist(), self.variance.tolist(), strict=True)
        limits = _with_greenwood if self.lost else _with_limits
        return [limits(share, variance) if people else None for people, share, variance in found]

    def halves(self) -> list[int | None]:
        """Return the first day by which half of a cell have reached the outcome, None if they have not yet."""
        there = np.flatnonzero(self.so_far >= 0.5 - 1e-12)
        first = np.searchsorted(there, self.begins)
        found = zip(first[:-1].tolist(), first[1:].tolist(), strict=True)
        return [int(self.offset[there[low]]) if low < high else None for low, high in found]


def incidences(cells: Sequence[Sequence[CountRow]], *, lost: bool = False) -> Curves:
    """Return the curves of reached shares with leaving and death as competing events, or as lost to follow-up.

    Those frozen or past their window on a day are still at risk of that day's outcomes, so with every window run out
    and nobody left the end of the curve is exactly the closed share. Variance by the delta method, limits on the
    log(-log) scale. Source: Aalen & Johansen (1978); Marubini & Valsecchi (1995), Analysing Survival Data, chapter 10.
    With `lost`, the shares reached had nobody left: variance by Greenwood's formula, limits on the log(-log) scale of
    those not yet there. Source: Kaplan & Meier (1958); Greenwood (1926); Kalbfleisch & Prentice (1980).
    """
    cell, offset, counts = _days(cells, lost)
    outcomes, left = counts[:, _OUTCOME], counts[:, _LEFT]
    leaving = counts.sum(axis=1)
    people = np.zeros(len(cells), np.int64)
    np.add.at(people, cell, leaving)
    before = np.concatenate(([0], np.cumsum(people)))[:-1]
    at_risk = people[cell] - (np.cumsum(leaving) - leaving - before[cell])
    used = np.flatnonzero(outcomes + left)
    cell, offset, at_risk, outcomes, left = (each[used] for each in (cell, offset, at_risk, outcomes, left))
    begins = np.searchsorted(cell, np.arange(len(cells) + 1))
    after = _along(np.multiply, 1 - (outcomes + left) / at_risk, begins, 1.0)
    free = np.ones(len(cell))
    free[1:] = after[:-1]
    free[begins[:-1][begins[:-1] < len(cell)]] = 1.0
    so_far = _along(np.add, free * outcomes / at_risk, begins, 0.0)
    share = np.zeros(len(cells))
    some = begins[1:] > begins[:-1]
    share[some] = so_far[begins[1:][some] - 1]
    variance = _variance(cell, share, so_far, free, outcomes, outcomes + left, at_risk)
    return Curves(begins, offset, at_risk, outcomes, left, so_far, people, share, variance, lost)


def _days(cells: Sequence[Sequence[CountRow]], lost: bool) -> tuple[Any, Any, Any]:
    """Return cell and offset of each day on which anything is counted, in order, and how many by cause."""
    rows = list(chain.from_iterable(cells))
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 3), np.int64)
    place = np.repeat(np.arange(len(cells)), [len(each) for each in cells])
    # Maps and getters: a loop would take longer to read the rows than all that follows.
    offset, n = (np.fromiter(map(itemgetter(at), rows), np.int64, len(rows)) for at in _NUMBERS)
    causes = {"outcome": _OUTCOME} if lost else _CAUSE
    found = map(causes.get, map(itemgetter(_STATUS), rows), repeat(_OTHER))
    cause = np.fromiter(found, np.int64, len(rows))
    least = offset.min()
    key = place * (offset.max() - least + 1) + (offset - least)
    order = np.argsort(key, kind="stable")
    key = key[order]
    new = np.concatenate(([True], key[1:] != key[:-1]))
    at, days = np.cumsum(new) - 1, key[new]
    counts = np.zeros(len(days) * 3, np.int64)
    np.add.at(counts, at * 3 + cause[order], n[order])
    place, day = np.divmod(days, offset.max() - least + 1)
    return place, day + least, counts.reshape(-1, 3)


def _along(step: np.ufunc, values: Any, begins: Any, nothing: float) -> Any:
    """Return the running sum or product of each cell's values, from the first on as a loop would take them.

    Cells of about the same length are laid side by side, `nothing` filling up the shorter.
    """
    lengths = np.diff(begins)
    found = np.empty(len(values))
    for cells in _alike(lengths):
        day = np.arange(lengths[cells].max())[:, None]
        there = day < lengths[cells]
        at = np.where(there, begins[:-1][cells] + day, 0)
        run = step.accumulate(np.where(there, values[at], nothing), axis=0)
        found[at[there]] = run[there]
    return found


def _alike(lengths: Any) -> Iterator[Any]:
    """Yield the cells that have days, those together of which none is twice as long as another."""
    doublings = np.frexp(lengths)[1]
    for each in np.unique(doublings[lengths > 0]):
        yield np.flatnonzero((doublings == each) & (lengths > 0))


def _variance(cell: Any, share: Any, so_far: Any, free: Any, outcomes: Any, events: Any, at_risk: Any) -> Any:
    rest = share[cell] - so_far
    some = events < at_risk
    between = np.divide(rest * rest * events, at_risk * (at_risk - events), out=np.zeros(len(cell)), where=some)
    own = free * free * outcomes * (at_risk - outcomes) / at_risk.astype(float) ** 3
    both = 2 * rest * free * outcomes / (at_risk * at_risk)
    # Added in this order, term by term: a sum of the three sums would differ in its last digits.
    terms = np.stack((between, own, -both), axis=1).ravel()
    return np.maximum(np.bincount(np.repeat(cell, 3), terms, minlength=len(share)), 0.0)


def _with_limits(share: float, variance: float) -> Estimate:
    share = 1.0 if share > 1.0 - ROUNDING else share
    if share <= 0.0 or share >= 1.0 or variance <= 0.0:
        return Estimate(share, None, None)
    spread = Z95 * math.sqrt(variance) / (share * -math.log(share))
    return Estimate(share, share ** math.exp(spread), share ** math.exp(-spread))


def _with_greenwood(share: float, variance: float) -> Estimate:
    # With one cause the variance of the incidence is Greenwood's.
    free = _with_limits(1 - share, variance)
    low, high = (None if end is None else 1 - end for end in (free.high, free.low))
    return Estimate(1 - free.value, low, high)
