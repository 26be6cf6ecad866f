"""Dots with their uncertainty, one row a municipality or unit, one panel a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matrikel.web.templatetags.wording import num

from .scale import Anchor, ShareScale, anchor_at, percent, text_width

Group = Literal["women", "men", "all"]

ROW, FOOT = 32, 22
NARROW = 240  # px, a panel on a phone: words beside a dot must fit there too
AWAY = 9  # px, a word that fits on neither side of its line stands over or under the dot
OFFSETS: dict[int, tuple[int, ...]] = {1: (16,), 2: (11, 21), 3: (8, 16, 24)}


@dataclass(frozen=True)
class Value:
    """A share in percent (0–100) with its interval. The label names the group beside its first dot."""

    share: float
    low: float | None = None
    high: float | None = None
    group: Group = "all"
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A row. `hidden` says in words why nothing is drawn; it wins over values."""

    name: str
    values: tuple[Value, ...] = ()
    own: bool = False
    hidden: str = ""
    href: str = ""


@dataclass(frozen=True)
class Panel:
    title: str
    rows: tuple[Line, ...]
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True)
class Dot:
    group: Group
    x: str
    y: int
    low_x: str | None
    high_x: str | None
    label: str
    label_x: str
    label_dx: int
    label_anchor: Anchor
    label_y: int


@dataclass(frozen=True)
class RowBox:
    line: Line
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class PanelBox:
    title: str
    rows: tuple[RowBox, ...]
    ticks: tuple[tuple[str, str, Anchor], ...]
    target_x: str | None
    target_label: str
    target_anchor: Anchor


class Intervals:
    """All panels share rows and axis, so that the eye can go across.

    Raises ValueError when the panels do not list the same rows.
    """

    def __init__(
        self, panels: Sequence[Panel], *, low: float | None = None, high: float = 100.0, unit: str = "%"
    ) -> None:
        self.names = panels[0].rows if panels else ()
        for panel in panels:
            if [r.name for r in panel.rows] != [r.name for r in self.names]:
                raise ValueError(f"Panel {panel.title!r} lists other rows than the first")
        shown = [v for p in panels for r in p.rows if not r.hidden for v in r.values]
        lows = [v.share if v.low is None else v.low for v in shown]
        lows += [p.target for p in panels if p.target is not None]
        self.scale = ShareScale(low, high) if low is not None else ShareScale.around(lows, high)
        self.unit = unit
        self.bottom = ROW * len(self.names)
        self.height = self.bottom + FOOT
        self.tick_text = self.bottom + 16
        self._labelled: set[str] = set()
        self.panels = [self._panel(panel) for panel in panels]

    def _panel(self, panel: Panel) -> PanelBox:
        rows = tuple(self._row(line, n) for n, line in enumerate(panel.rows))
        marks = self.scale.ticks()
        ticks = tuple(
            (percent(x), f"{num(value)} {self.unit}" if n == len(marks) - 1 else num(value), anchor_at(x))
            for n, (value, x) in enumerate(marks)
        )
        target = self.scale.at(panel.target) if panel.target is not None else None
        return PanelBox(
            panel.title,
            rows,
            ticks,
            percent(target) if target is not None else None,
            panel.target_label,
            anchor_at(target or 0.0, 6.0),
        )

    def _row(self, line: Line, n: int) -> RowBox:
        if line.hidden or not line.values:
            return RowBox(line, n * ROW, ())
        offsets = OFFSETS[len(line.values)]
        dots = []
        for value, dy in zip(line.values, offsets, strict=True):
            label = value.label if value.group not in self._labelled else ""
            self._labelled.add(value.group)
            dots.append(self._dot(value, n * ROW + dy, label))
        return RowBox(line, n * ROW, tuple(dots))

    def _dot(self, value: Value, y: int, label: str) -> Dot:
        left = self.scale.at(value.share if value.low is None else value.low)
        right = self.scale.at(value.share if value.high is None else value.high)
        room = (text_width(label) + 8) / NARROW * 100
        turned = right + room > 100
        over = turned and left < room
        return Dot(
            value.group,
            percent(self.scale.at(value.share)),
            y,
            percent(left) if value.low is not None else None,
            percent(right) if value.high is not None else None,
            label,
            percent(self.scale.at(value.share) if over else left if turned else right),
            0 if over else -7 if turned else 7,
            "mid" if over else "end" if turned else "start",
            y + (AWAY if y % ROW > ROW // 2 else -AWAY) if over else y,
        )
