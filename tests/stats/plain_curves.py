"""Curves of one cell worked out day by day, in plain Python: what the engine's must be to the last bit."""

import math
from collections.abc import Sequence

from matrikel_stats.counts import LEFT, CountRow
from matrikel_stats.estimates.drawing import Z95
from matrikel_stats.estimates.estimate import Step
from matrikel_stats.result import Estimate

ROUNDING = 1e-9


def aalen_johansen(rows: Sequence[CountRow]) -> tuple[list[Step], Estimate | None]:
    """Leaving and death are competing events."""
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
