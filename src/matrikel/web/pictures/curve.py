"""The share that has got there by each point of time, from nought at the anchor to the end of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .scale import Anchor, percent, text_width

TOP, BAND, FOOT = 12, 208, 38
LEFT, RIGHT = 9.0, 97.0  # percent; the scale stands to the left of the first day
NARROW = 330  # px, a section on a phone


@dataclass(frozen=True)
class Stop:
    """A point that has a line in the table: its place 0–1, what it is called, its share in percent with limits."""

    x: float
    label: str
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    low_y: str
    high_y: str


class Curve:
    """Steps with their band where every day may be shown, else dots with their limits joined by a line."""

    def __init__(
        self,
        stops: Sequence[Stop],
        *,
        steps: Sequence[tuple[float, float]] = (),
        band: Sequence[tuple[float, float, float]] = (),
        target: float | None = None,
        target_label: str = "",
        end_label: str = "",
    ) -> None:
        seen = [v for s in stops for v in (s.share, s.high) if v is not None] + [high for _x, _low, high in band]
        most = max([*seen, target or 0.0, 10.0])
        self.top = min(100.0, (most // 20 + 1) * 20)
        self.band_height, self.height = TOP + BAND, TOP + BAND + FOOT
        self.tick_text, self.unit_text = TOP + BAND + 16, TOP + BAND + 33
        self.left, self.right = percent(LEFT), percent(RIGHT)
        step = 10 if self.top <= 40 else 20
        marks = list(range(0, int(self.top) + 1, step))
        self.marks = [(f"{self._y(v):.1f}", f"{v} %" if v == marks[-1] else str(v)) for v in marks]
        self.line = self._steps(steps) if steps else self._points([(s.x, s.share) for s in stops])
        self.band = self._around(band)
        self.dots = [] if steps else [self._dot(stop) for stop in stops if stop.low is not None]
        self.target_y = f"{self._y(target):.1f}" if target is not None else None
        self.target_label = target_label
        self.ticks = [(percent(self._x(s.x)), s.label, self._anchor(s.x), self._is_far(n, stops)) for n, s in
                      enumerate(stops)]  # fmt: skip
        last = stops[-1]
        self.end_y, self.end_label = f"{self._y(last.share):.1f}", end_label
        # The name of the end stands where neither the line nor the goal is.
        near = target is not None and 0 <= target - last.share < 14
        self.end_dy = 18 if near else -9

    def _x(self, at: float) -> float:
        return LEFT + (RIGHT - LEFT) * at

    def _y(self, share: float) -> float:
        return TOP + BAND * (1 - min(share, self.top) / self.top)

    def _anchor(self, x: float) -> Anchor:
        return "end" if x > 0.97 else "mid"

    def _is_far(self, n: int, stops: Sequence[Stop]) -> bool:
        """Left out on a phone when it would run into the one before it or the last one."""
        room = (RIGHT - LEFT) / 100 * NARROW
        before = max((s.x for s in stops[:n]), default=-1.0)
        crowded = (stops[n].x - before) * room < text_width(stops[n].label) + 6
        return n not in (0, len(stops) - 1) and crowded

    def _points(self, points: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{self._x(x) * 10:.1f},{self._y(share):.1f}" for x, share in points)

    def _steps(self, steps: Sequence[tuple[float, float]]) -> str:
        """Flat until the day something happens, then straight up; flat again to the end."""
        found = [steps[0]]
        for x, share in steps[1:]:
            found += [(x, found[-1][1]), (x, share)]
        return self._points([*found, (1.0, found[-1][1])])

    def _around(self, band: Sequence[tuple[float, float, float]]) -> str:
        over = [(x, high) for x, _low, high in band]
        return self._points([*over, *((x, low) for x, low, _high in reversed(band))]) if len(band) > 1 else ""

    def _dot(self, stop: Stop) -> Dot:
        return Dot(
            percent(self._x(stop.x)),
            f"{self._y(stop.share):.1f}",
            f"{self._y(stop.share if stop.low is None else stop.low):.1f}",
            f"{self._y(stop.share if stop.high is None else stop.high):.1f}",
        )
