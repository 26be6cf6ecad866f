"""Shares by size of group with the limits of chance: a small group may lie far out by chance alone, a large one not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .scale import Anchor, ShareScale, percent, text_width

TOP, BAND, FOOT = 14, 260, 38
LEFT, RIGHT = 9.0, 98.0  # percent
WIDE, NARROW = 860, 330  # px; on the wide one names must not cover each other, on the narrow one they must fit
LABEL = 13  # px between the lines of two names


@dataclass(frozen=True)
class Place:
    """A share in percent of `size` persons. `outside` chance: 0, 95 or 99.8 per cent."""

    name: str
    size: int
    share: float
    own: bool = False
    outside: float = 0.0


@dataclass(frozen=True)
class Limit:
    """Between which shares in percent chance keeps a group of this size, at two levels."""

    size: float
    low: float
    high: float
    far_low: float
    far_high: float


@dataclass(frozen=True)
class Dot:
    place: Place
    x: str
    y: str
    label: str
    label_y: str
    label_dx: int
    anchor: Anchor


class Funnel:
    """Raises ValueError without places or limits."""

    def __init__(self, places: Sequence[Place], limits: Sequence[Limit], *, centre: float) -> None:
        if not places or not limits:
            raise ValueError("A funnel needs places and limits")
        self.first, self.last = limits[0].size, limits[-1].size
        seen = [p.share for p in places] + [centre]
        half = max((abs(v - centre) for v in seen), default=0.0) + 12
        low = max(0.0, (min(min(seen) - 8, centre - half) // 10) * 10)
        high = min(100.0, (max(max(seen) + 8, centre + half) // 10 + 1) * 10)
        self.scale = ShareScale(low, max(high, low + 20))
        self.bottom, self.height = TOP + BAND, TOP + BAND + FOOT
        self.tick_text, self.unit_text = TOP + BAND + 16, TOP + BAND + 33
        self.right = percent(RIGHT)
        self.centre_y = f"{self._y(centre):.1f}"
        marks = [value for value, _x in self.scale.ticks()]
        self.marks = [(f"{self._y(v):.1f}", f"{v:g} %" if v == marks[-1] else f"{v:g}") for v in marks]
        self.band = self._line([(p.size, p.high) for p in limits] + [(p.size, p.low) for p in reversed(limits)])
        self.lines = [self._line([(p.size, p.low) for p in limits]), self._line([(p.size, p.high) for p in limits])]
        self.far = [
            self._line([(p.size, p.far_low) for p in limits]),
            self._line([(p.size, p.far_high) for p in limits]),
        ]
        self.ticks = self._ticks()
        self.dots = self._dots(places)

    def _at(self, size: float) -> float:
        return LEFT + (RIGHT - LEFT) * (size - self.first) / max(1.0, self.last - self.first)

    def _y(self, share: float) -> float:
        return TOP + BAND * (1 - self.scale.at(share) / 100)

    def _line(self, points: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{self._at(size) * 10:.1f},{self._y(share):.1f}" for size, share in points)

    def _ticks(self) -> list[tuple[str, str]]:
        step = next((s for s in (5, 10, 20, 50, 100, 200, 500) if (self.last - self.first) / s <= 7), 1000)
        start = int(-(-self.first // step) * step)
        return [(percent(self._at(n)), str(n)) for n in range(start, int(self.last) + 1, step)]

    def _dots(self, places: Sequence[Place]) -> list[Dot]:
        """The own place and those outside are named first; another is named where its name covers none of them."""
        taken: list[tuple[float, float, float]] = []
        found = []
        for place in sorted(places, key=lambda p: (not p.own, -p.outside, -p.size)):
            x, y = self._at(place.size), self._y(place.share)
            width = (text_width(place.name) + 12) / WIDE * 100
            turned = x + (text_width(place.name) + 12) / NARROW * 100 > 100
            left = x - width if turned else x
            free = all(abs(y - other) >= LABEL or left > end or left + width < start for start, end, other in taken)
            taken.append((x - 1.2, x + 1.2, y))
            if free:
                taken.append((left, left + width, y))
            found.append(
                Dot(
                    place, percent(x), f"{y:.1f}", place.name if free or place.own else "", f"{y + 4:.1f}",
                    -9 if turned else 9, "end" if turned else "start",
                )
            )  # fmt: skip
        return list(reversed(found))
