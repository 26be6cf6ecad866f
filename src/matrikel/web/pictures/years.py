"""Small multiples: one share a year, with band, target and reference. The unfinished year is dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .scale import Anchor, ShareScale, anchor_at, percent

BAND, FOOT = 92, 20


@dataclass(frozen=True)
class Point:
    """A share in percent of one year; None where nothing may or can be shown. Immature: windows still run."""

    year: int
    share: float | None
    low: float | None = None
    high: float | None = None
    mature: bool = True


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[Point, ...] = ()
    hidden: str = ""
    href: str = ""


@dataclass(frozen=True)
class Multiple:
    series: Series
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    dashed: tuple[str, ...]
    reference: tuple[str, ...]
    last: Point | None
    dot_x: str
    dot_y: str
    first_year: int | None
    last_year: int | None
    last_x: str
    last_anchor: Anchor
    target_label: str


class Years:
    """All multiples share both axes. Raises ValueError when no year is given."""

    def __init__(
        self,
        series: Sequence[Series],
        *,
        reference: Sequence[Point] = (),
        target: float | None = None,
        target_label: str = "",
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        points = [p for s in series for p in s.points] + list(reference)
        years = [p.year for p in points]
        if not years:
            raise ValueError("Small multiples need at least one year")
        self.first, self.last = min(years), max(years)
        seen = [v for p in points for v in (p.low, p.share, p.high) if v is not None]
        seen += [target] if target is not None else []
        bottom = ShareScale.around(seen).low if low is None else low
        top = min(100.0, max([*seen, bottom + 20]) // 5 * 5 + 5) if high is None else high
        self.scale = ShareScale(bottom, max(top, bottom + 10))
        self.band, self.height, self.year_text = BAND, BAND + FOOT, BAND + 16
        self.target_y = f"{self._y(target):.1f}" if target is not None else None
        self._target = target
        self._reference = tuple(self._line(run) for run in _runs(reference) if len(run) > 1)
        self.multiples = [self._multiple(s) for s in series]
        self._name_target(target_label)

    def _x(self, year: int) -> float:
        return (year - self.first) / max(1, self.last - self.first) * 100

    def _y(self, share: float) -> float:
        return 4 + (BAND - 8) * (1 - self.scale.at(share) / 100)

    def _line(self, run: Sequence[Point]) -> str:
        return " ".join(f"{self._x(p.year):.1f},{self._y(p.share or 0.0):.1f}" for p in run)

    def _band(self, run: Sequence[Point]) -> str:
        over = [f"{self._x(p.year):.1f},{self._y(p.high or 0.0):.1f}" for p in run]
        under = [f"{self._x(p.year):.1f},{self._y(p.low or 0.0):.1f}" for p in reversed(run)]
        return " ".join(over + under)

    def _multiple(self, series: Series) -> Multiple:
        points = () if series.hidden else tuple(sorted(series.points, key=lambda p: p.year))
        runs = _runs(points)
        limited = [[p for p in run if p.low is not None and p.high is not None] for run in runs]
        shown = [p for p in points if p.share is not None and p.mature]
        last = shown[-1] if shown else None
        return Multiple(
            series,
            tuple(self._band(run) for run in limited if len(run) > 1),
            tuple(self._line(run) for run in (_mature(r) for r in runs) if len(run) > 1),
            tuple(self._line(run) for run in (_dashed(r) for r in runs) if len(run) > 1),
            self._reference,
            last,
            percent(self._x(last.year)) if last else "",
            f"{self._y(last.share or 0.0):.1f}" if last else "",
            self.first if points else None,
            last.year if last and last.year != self.first else None,
            percent(self._x(last.year)) if last else "",
            anchor_at(self._x(last.year), 12.0) if last else "mid",
            "",
        )

    def _name_target(self, label: str) -> None:
        """The target is named once, in the first multiple whose own line leaves room for the words."""
        if not label or self._target is None:
            return
        for n, multiple in enumerate(self.multiples):
            late = [p for p in multiple.series.points if p.year >= self.last - 2]
            edges = [v for p in late for v in (p.share, p.low, p.high) if v is not None]
            if multiple.last and edges and all(self._y(v) - self._y(self._target) > -2 for v in edges):
                self.multiples[n] = Multiple(**{**multiple.__dict__, "target_label": label})
                return


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Unbroken stretches: a missing year or a hidden share ends one, a line never crosses it."""
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda p: p.year):
        if point.share is None:
            continue
        if runs and point.year == runs[-1][-1].year + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _mature(run: Sequence[Point]) -> list[Point]:
    return [p for p in run if p.mature]


def _dashed(run: Sequence[Point]) -> list[Point]:
    young = [n for n, p in enumerate(run) if not p.mature]
    return list(run[max(0, young[0] - 1) :]) if young else []
