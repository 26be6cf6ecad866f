"""Counts by year or month. A flow stands as bars, a stock (so many on a day) as stems with a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .scale import percent

Kind = Literal["flow", "stock"]

TOP, FOOT = 18, 20


@dataclass(frozen=True)
class Count:
    """`value` None with `hidden` in words: suppressed. `unfinished`: the period still runs."""

    label: str
    value: int | None
    own: bool = False
    unfinished: bool = False
    hidden: str = ""
    href: str = ""


@dataclass(frozen=True)
class CountBox:
    count: Count
    x: str
    middle: str
    width: str
    y: int
    height: int
    far: bool


class Bars:
    """The axis always starts at nought."""

    def __init__(self, counts: Sequence[Count], *, kind: Kind = "flow", height: int = 120) -> None:
        self.kind: Kind = kind
        self.height = height
        self.base, self.label_text = height - FOOT, height - 4
        self.linked = any(c.href for c in counts)
        most = max((c.value or 0 for c in counts), default=0) or 1
        slot = 100 / max(1, len(counts))
        width = min(slot * 0.7, 14.0)
        every = 1 + len(counts) // 9
        self.counts = [
            CountBox(
                count,
                percent(slot * n + (slot - width) / 2),
                percent(slot * (n + 0.5)),
                percent(width),
                self.base - self._tall(count, most),
                self._tall(count, most),
                far=(len(counts) - 1 - n) % every != 0,
            )
            for n, count in enumerate(counts)
        ]

    def _tall(self, count: Count, most: int) -> int:
        if not count.value:
            return 0
        return max(2, round(count.value / most * (self.base - TOP)))
