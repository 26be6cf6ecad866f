"""The life line: what has happened to one person, lane by lane, with the same content as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .scale import Anchor, Tick, TimeScale, anchor_at, month_name, pack, percent, text_width

Tone = Literal["counts", "activity", "circumstance"]
Shape = Literal["dot", "diamond", "tick"]
Place = Literal["in", "rest", "after", "before", "none"]

LANE, SUBROW, HEAD, LABEL_ROW, FOOT = 36, 26, 48, 16, 24
BAR = 22
LEAST = 0.4  # percent; a single day in ten years must still be seen
MARK = 1.4  # percent; marks closer than this are put under each other


@dataclass(frozen=True)
class Lane:
    """A lane with a hue of its own (1–6 of the series colours), so that a kind looks the same on every page.

    A bar may have its own hue instead.
    """

    name: str
    hue: int | None = None


@dataclass(frozen=True)
class Bar:
    """A spell, first and last day in force. Without last day it goes on; planned ones are drawn dashed."""

    lane: str
    label: str
    start: date
    end: date | None = None
    tone: Tone = "activity"
    planned: bool = False
    href: str = ""
    title: str = ""
    note: str = ""
    source: str = ""
    hue: int | None = None


@dataclass(frozen=True)
class Mark:
    """An event. Done ones are filled; a tick is a goal reached."""

    date: date
    label: str
    shape: Shape = "dot"
    done: bool = True
    href: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Window:
    """A period that counts, from its first to its last day."""

    label: str
    start: date
    end: date
    note: str = ""


@dataclass(frozen=True)
class LaneBox:
    name: str
    events: bool
    y: int
    rows: int
    height: int


@dataclass(frozen=True)
class BarBox:
    bar: Bar
    x: str
    width: str
    y: int
    classes: str
    dashed: bool
    rest_x: str
    rest_width: str
    place: Place
    text_x: str
    note_x: str


@dataclass(frozen=True)
class MarkBox:
    mark: Mark
    x: str
    y: int
    note: str


@dataclass(frozen=True)
class WindowBox:
    window: Window
    x: str
    width: str
    y: int
    note: str
    second: bool
    anchor: Anchor


@dataclass(frozen=True)
class Row:
    """One line of the equal list, latest first."""

    what: str
    lane: str
    start: date
    end: date | None
    ongoing: bool
    planned: bool
    event: bool
    href: str
    source: str


class LifeLine:
    """Everything the template needs. Days outside first–last are cut at the edge, but stay in the list."""

    def __init__(
        self,
        spans: Sequence[Bar],
        events: Sequence[Mark] = (),
        windows: Sequence[Window] = (),
        *,
        today: date,
        first: date | None = None,
        last: date | None = None,
        lanes: Sequence[Lane | str] = (),
        locale: str = "sv",
        width: int = 860,
    ) -> None:
        self.today = today
        self._width = width
        self._spans, self._events = tuple(spans), tuple(events)
        self.scale = TimeScale(*self._edges(windows, first, last))
        self._hues = {lane.name: lane.hue for lane in lanes if isinstance(lane, Lane)}
        self._order = [lane.name if isinstance(lane, Lane) else lane for lane in lanes]
        self._order += [b.lane for b in spans if b.lane not in self._order]

        self.windows = self._window_boxes(windows)
        self.head = HEAD + max((w.y - 13 for w in self.windows), default=0)
        self.lanes: list[LaneBox] = []
        self.marks = self._mark_boxes()
        self.bars = [box for name in dict.fromkeys(self._order) for box in self._lane_boxes(name)]
        self.bottom = self.lanes[-1].y + self.lanes[-1].height if self.lanes else self.head
        self.height = self.bottom + FOOT
        self.label_rows = 1 + (self.head - HEAD) // LABEL_ROW
        self.shade, self.tick_line, self.tick_text = self.bottom - 20, self.head - 6, self.head - 12
        self.today_foot, self.today_text = self.bottom + 4, self.bottom + 17
        self.today_label = f"{today.day} {month_name(today.month, locale)}"
        self.ticks: list[Tick] = self.scale.ticks(locale)
        x = self.scale.at(today)
        self.today_x: str | None = percent(x) if self.scale.first <= today <= self.scale.last else None
        self.today_anchor: Anchor = anchor_at(x, 6.0)
        self.rows = self._rows()

    def _edges(self, windows: Sequence[Window], first: date | None, last: date | None) -> tuple[date, date]:
        starts = [b.start for b in self._spans] + [m.date for m in self._events] + [w.start for w in windows]
        ends = [b.end or b.start for b in self._spans] + [m.date for m in self._events]
        ends += [w.end for w in windows]
        early, late = min([*starts, self.today]), max([*ends, self.today])
        air = timedelta(days=max(2, (late - early).days // 30))
        return first or early - air, last or late + air

    def _px(self, share: float) -> float:
        return share * self._width / 100

    def _window_boxes(self, windows: Sequence[Window]) -> list[WindowBox]:
        ordered = sorted(windows, key=lambda w: (w.start, w.end))
        starts = [self.scale.at(w.start) for w in ordered]
        need = [(text_width(w.label) + 10) / self._width * 100 for w in ordered]
        rows = pack([(x, x + n) for x, n in zip(starts, need, strict=True)])
        boxes = []
        for n, window in enumerate(ordered):
            after = [x for x, row in zip(starts[n + 1 :], rows[n + 1 :], strict=True) if row == rows[n]]
            room = self._px(min([*after, 100.0]) - starts[n])
            wanted = text_width(f"{window.label} · {window.note}") + 10
            end = self.scale.at(window.end + timedelta(days=1))
            boxes.append(
                WindowBox(
                    window,
                    percent(starts[n]),
                    percent(end - starts[n]),
                    13 + LABEL_ROW * rows[n],
                    window.note if wanted <= room else "",
                    second=n % 2 == 1,
                    anchor="end" if starts[n] + need[n] > 104 else "start",
                )
            )
        return boxes

    def _add_lane(self, name: str, rows: int, *, events: bool = False) -> int:
        y = self.lanes[-1].y + self.lanes[-1].height if self.lanes else self.head
        self.lanes.append(LaneBox(name, events, y, rows, LANE + SUBROW * (rows - 1)))
        return y

    def _mark_boxes(self) -> list[MarkBox]:
        if not self._events:
            return []
        ordered = sorted(self._events, key=lambda m: m.date)
        places = [self.scale.at(m.date) for m in ordered]
        rows = pack([(x, x + MARK) for x in places])
        y = self._add_lane("", max(rows) + 1, events=True)
        boxes = []
        for n, mark in enumerate(ordered):
            after = [x for x, row in zip(places[n + 1 :], rows[n + 1 :], strict=True) if row == rows[n]]
            fits = text_width(mark.note) + 24 <= self._px(min([*after, 100.0]) - places[n])
            boxes.append(MarkBox(mark, percent(places[n]), y + LANE // 2 + SUBROW * rows[n], mark.note if fits else ""))
        return boxes

    def _drawn(self, bar: Bar) -> tuple[float, float, float]:
        """Start, end of the part that has happened, and end of the planned part."""
        start = self.scale.at(bar.start)
        stop = bar.end + timedelta(days=1) if bar.end else (self.scale.last if bar.planned else self.today)
        end = self.scale.at(max(stop, bar.start))
        so_far = start if bar.planned or bar.start > self.today else min(end, self.scale.at(self.today))
        begun = not bar.planned and bar.start <= self.today
        widened = max(so_far, min(100.0, start + LEAST)) if begun else so_far
        return min(start, 100 - LEAST), widened, max(end, widened, min(100.0, start + LEAST))

    def _lane_boxes(self, name: str) -> list[BarBox]:
        bars = sorted((b for b in self._spans if b.lane == name), key=lambda b: (b.start, b.end or date.max))
        if not bars:
            return []
        drawn = [self._drawn(bar) for bar in bars]
        rows = pack([(start, end) for start, _, end in drawn])
        top = self._add_lane(name, max(rows) + 1)
        boxes = []
        for n, (bar, (start, so_far, end)) in enumerate(zip(bars, drawn, strict=True)):
            after = [d[0] for d, row in zip(drawn[n + 1 :], rows[n + 1 :], strict=True) if row == rows[n]]
            free = self._px(min([*after, 100.0]) - end)
            earlier = [d[2] for d, row in zip(drawn[:n], rows[:n], strict=True) if row == rows[n]]
            ahead = self._px(start - max([*earlier, 0.0]))
            place = self._place(bar, (start, so_far, end), ahead, free)
            note_fits = bool(bar.note) and place != "after" and text_width(bar.note) + 12 <= free
            hue = bar.hue or self._hues.get(name)
            boxes.append(
                BarBox(
                    bar,
                    percent(start),
                    percent(so_far - start),
                    top + (LANE - BAR) // 2 + SUBROW * rows[n],
                    f"t-{bar.tone}" + (f" hue-{hue}" if hue else ""),
                    dashed=end > so_far + 1e-6,
                    rest_x=percent(so_far),
                    rest_width=percent(end - so_far),
                    place=place,
                    text_x=percent({"in": start, "rest": so_far, "before": start}.get(place, end)),
                    note_x=percent(end) if note_fits else "",
                )
            )
        return boxes

    def _place(self, bar: Bar, drawn: tuple[float, float, float], ahead: float, free: float) -> Place:
        start, so_far, end = drawn
        need = text_width(bar.label) + 12
        if need <= self._px(so_far - start):
            return "in"
        if need <= self._px(end - so_far):
            return "rest"
        if need <= free and not bar.note:
            return "after"
        return "before" if need <= ahead else "none"

    def _rows(self) -> list[Row]:
        rows = [
            Row(
                b.title or b.label,
                b.lane,
                b.start,
                b.end,
                self._ongoing(b),
                b.planned,
                False,
                b.href,
                b.source,
            )
            for b in self._spans
        ]
        rows += [Row(m.label, "", m.date, m.date, False, not m.done, True, m.href, m.source) for m in self._events]
        return sorted(rows, key=lambda row: (row.start, row.what), reverse=True)

    def _ongoing(self, bar: Bar) -> bool:
        return not bar.planned and bar.start <= self.today and (bar.end is None or bar.end > self.today)
