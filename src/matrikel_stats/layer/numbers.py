"""Counting and renumbering columns of small whole numbers, without sorting them where the numbers lie close."""

from collections.abc import Callable
from typing import Any

import numpy as np

_ROOM = 1 << 24
"""So many numbers are counted in a table with a place for each; more are sorted."""


def tally(numbers: Any, size: int) -> tuple[Any, Any]:
    """Return which numbers from 0 up to `size` there are, in order, and how many of each."""
    if size > min(_ROOM, 64 * len(numbers)):
        return np.unique(numbers, return_counts=True)
    counted = np.bincount(numbers, minlength=size)
    used = np.flatnonzero(counted)
    return used, counted[used]


def dense(numbers: Any, size: int) -> tuple[Any, Any]:
    """Return which numbers from 0 up to `size` there are, in order, and for each its place among them."""
    if size > min(_ROOM, 64 * len(numbers)):
        used, places = np.unique(numbers, return_inverse=True)
        return used, places.astype(np.int32)
    used, _ = tally(numbers, size)
    places = np.zeros(size, np.int32)
    places[used] = np.arange(len(used))
    return used, places[numbers]


def by_day(days: Any, make: Callable[[Any], Any]) -> Any:
    """Return what `make` makes of days since 1970, worked out once for each day there is and not for each row."""
    if not len(days):
        return make(days)
    first, span = days.min(), int(days.max()) - int(days.min()) + 1
    return make(days) if span > len(days) else make(np.arange(span, dtype=days.dtype) + first)[..., days - first]
