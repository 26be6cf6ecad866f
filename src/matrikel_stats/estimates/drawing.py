"""Limits by drawing again, where no formula fits. The seed is made of what is counted: a figure never changes."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

DRAWS = 2000
Z95 = 1.959963984540054


class Draw(NamedTuple):
    """How one part of a mean varies: `binomial` k of n, `poisson` k of n inhabitants times `per`, or `normal`."""

    law: str
    k: float
    n: int
    per: int = 1
    low: float | None = None
    high: float | None = None


def mean_of_draws(parts: Sequence[Draw], weights: Sequence[int], seed: str) -> tuple[float | None, float | None]:
    """Return the middle 95 per cent of the weighted mean, every part drawn on its own; none where a part has no limits.

    A parametric bootstrap: Efron & Tibshirani (1993), An Introduction to the Bootstrap, section 6.5.
    """
    random = _random(seed)
    total = 0.0
    for part, weight in zip(parts, weights, strict=True):
        if part.law == "normal" and (part.low is None or part.high is None):
            return None, None
        if part.law == "binomial":
            drawn = random.binomial(part.n, part.k / part.n, DRAWS) / part.n
        elif part.law == "poisson":
            drawn = random.poisson(part.k, DRAWS) / part.n * part.per
        else:
            assert part.low is not None
            assert part.high is not None
            drawn = random.normal(part.k, (part.high - part.low) / 2 / Z95, DRAWS)
        total = total + weight * drawn
    return _middle(total / sum(weights))


def mean_drawn(offsets: Sequence[int], counts: Sequence[int], seed: str) -> tuple[float | None, float | None]:
    """Return the middle 95 per cent of the mean when as many are drawn again from the counts. Efron (1979)."""
    import numpy

    n = sum(counts)
    drawn = _random(seed).multinomial(n, numpy.array(counts) / n, DRAWS) @ numpy.array(offsets) / n
    return _middle(drawn)


def _random(seed: str):  # type: ignore[no-untyped-def]
    import numpy

    return numpy.random.Generator(numpy.random.PCG64(int(hashlib.sha256(seed.encode()).hexdigest()[:16], 16)))


def _middle(drawn) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    every = sorted(float(value) for value in drawn)
    return every[DRAWS // 40], every[DRAWS - 1 - DRAWS // 40]
