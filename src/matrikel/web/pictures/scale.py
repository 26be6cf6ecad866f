"""Where dates and shares fall on an axis, and what is written along it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Literal

from babel import Locale

Anchor = Literal["start", "mid", "end"]

CHARACTER = 6.4  # px, widest common letter of the 12 px face; labels that fit by this measure fit in truth


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    major: bool
    far: bool  # left out on narrow screens
    anchor: Anchor


def percent(value: float) -> str:
    return f"{value:.2f}%"


def text_width(text: str) -> float:
    return len(text) * CHARACTER


def anchor_at(x: float, margin: float = 3.0) -> Anchor:
    if x < margin:
        return "start"
    return "end" if x > 100 - margin else "mid"


def month_name(month: int, locale: str) -> str:
    """Three letters: "okt" reads as well as "okt." and keeps the columns straight."""
    name: str = Locale.parse(locale).months["stand-alone"]["abbreviated"][month]
    return name[:3] if locale[:2] in ("sv", "en") else name


@dataclass(frozen=True)
class TimeScale:
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise ValueError(f"An axis needs at least one day: {self.first} to {self.last}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def at(self, day: date) -> float:
        """Percent from the left edge, never outside the picture."""
        return min(100.0, max(0.0, (day - self.first).days / self.days * 100))

    def ticks(self, locale: str = "sv") -> list[Tick]:
        if self.days <= 35:
            return self._weeks(locale)
        if self.days <= 150:
            return self._months(1, locale)
        if self.days <= 1300:
            return self._months(3, locale)
        return self._years()

    def _tick(self, day: date, label: str, *, major: bool = False, far: bool = False) -> Tick:
        x = self.at(day)
        return Tick(percent(x), label, major, far, anchor_at(x))

    def _weeks(self, locale: str) -> list[Tick]:
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        days = [monday + timedelta(weeks=n) for n in range(6) if monday + timedelta(weeks=n) <= self.last]
        names = [f"{day.day} {month_name(day.month, locale)}" for day in days]
        if names:
            names[0] += f" {days[0].year}"
        return [
            self._tick(day, name, major=n == 0, far=n % 2 == 1)
            for n, (day, name) in enumerate(zip(days, names, strict=True))
        ]

    def _months(self, step: int, locale: str) -> list[Tick]:
        months = [
            date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in range(1, 13, step)
            if self.first <= date(year, month, 1) <= self.last
        ]
        yearless = all(day.month != 1 for day in months)
        ticks = []
        for n, day in enumerate(months):
            names_year = day.month == 1 or (yearless and n == 0)
            label = str(day.year) if day.month == 1 else month_name(day.month, locale)
            if yearless and n == 0:
                label += f" {day.year}"
            ticks.append(self._tick(day, label, major=names_year, far=not names_year))
        return ticks

    def _years(self) -> list[Tick]:
        years = [y for y in range(self.first.year, self.last.year + 1) if self.first <= date(y, 1, 1)]
        every = 1 + len(years) // 16
        narrow = 1 + len(years) // 6
        return [
            self._tick(date(year, 1, 1), str(year), major=n % narrow == 0, far=n % narrow != 0)
            for n, year in enumerate(years)
            if n % every == 0
        ]


@dataclass(frozen=True)
class ShareScale:
    """Percent shares, or what else is measured, on a cut axis. Fair for dots and intervals, never for bars."""

    low: float
    high: float

    def at(self, share: float) -> float:
        return min(100.0, max(0.0, (share - self.low) / (self.high - self.low) * 100))

    def ticks(self) -> list[tuple[float, float]]:
        nice = (lead * 10**power for power in count() for lead in (1, 2, 5))
        step = next(each for each in nice if each * 5 >= self.high - self.low)
        start = int(self.low // step + 1) * step
        return [(float(v), self.at(v)) for v in range(start, int(self.high) + 1, step)]

    @classmethod
    def around(cls, values: Iterable[float], high: float = 100.0) -> ShareScale:
        """From the ten below the lowest value, so that the whole interval is seen."""
        lowest = min(values, default=0.0)
        return cls(max(0.0, min(high - 20, lowest // 10 * 10)), high)


def pack(spans: Sequence[tuple[float, float]], gap: float = 0.0) -> list[int]:
    """Sub-row of each span so that none overlap, first come first placed; spans must be sorted by start."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        for row, busy_until in enumerate(ends):
            if start >= busy_until + gap - 1e-9:
                ends[row] = end
                break
        else:
            row = len(ends)
            ends.append(end)
        rows.append(row)
    return rows
