"""Invented content for the style guide and the tests: one person's way, eight municipalities' results."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt

from .bars import Bars, Count, Kind
from .curve import Curve, Stop
from .funnel import Funnel, Limit, Place
from .intervals import Intervals, Line, Panel, Value
from .lifeline import Bar, Lane, LifeLine, Mark, Window
from .years import Point, Series, Years

TODAY = date(2026, 11, 19)
LANES = (
    Lane("Folkbokförd"),
    Lane("Bostad"),
    Lane("Sfi", 1),
    Lane("Kurs", 4),
    Lane("Praktik", 2),
    Lane("Arbete", 3),
    Lane("Ersättning"),
)
HIDDEN = "visas inte, för få personer"


def life_line() -> LifeLine:
    d = date
    spans = [
        Bar("Folkbokförd", "Asyl", d(2025, 7, 5), d(2025, 9, 2), "circumstance", title="Anläggningsboende"),
        Bar("Folkbokförd", "Älvnäs kommun", d(2025, 9, 3), None, "circumstance", href="#b1", source="Folkbokföringen"),
        Bar("Bostad", "Genomgångsbostad", d(2025, 9, 3), d(2026, 6, 30), "circumstance", href="#b2"),
        Bar("Bostad", "Eget hyreskontrakt", d(2026, 7, 1), None, "circumstance", href="#b3"),
        Bar("Sfi", "2B godkänd", d(2025, 10, 6), d(2026, 2, 27), href="#b4", title="Sfi 2B, godkänd"),
        Bar("Sfi", "2C godkänd", d(2026, 3, 2), d(2026, 10, 16), href="#b5", title="Sfi 2C, godkänd"),
        Bar("Sfi", "2D", d(2026, 10, 19), d(2027, 6, 4), href="#b6", title="Sfi 2D", note="kurs till 4 juni"),
        Bar("Kurs", "Samhällsorientering", d(2025, 11, 10), d(2026, 5, 22), href="#b7", source="Intyg"),
        Bar("Praktik", "Älvnäs bageri", d(2026, 4, 13), d(2026, 9, 25), "counts", href="#b8"),
        Bar("Arbete", "50 %", d(2026, 10, 5), d(2027, 3, 31), "counts", href="#b9", title="Måltidsbiträde 50 %",
            note="avtal till 31 mars", source="Anställningsbevis"),
        Bar("Ersättning", "Bistånd", d(2025, 9, 3), d(2025, 9, 30), "circumstance", title="Ekonomiskt bistånd", hue=5),
        Bar("Ersättning", "Etableringsersättning", d(2025, 10, 1), d(2026, 9, 30), "circumstance"),
        Bar("Ersättning", "Bistånd", d(2026, 10, 1), None, "circumstance", title="Ekonomiskt bistånd", hue=5,
            note="bistånd i tre månader"),
    ]  # fmt: skip
    events = [
        Mark(d(2025, 9, 3), "Kommunmottagen", href="#e1"),
        Mark(d(2025, 9, 18), "Kartläggning", href="#e2"),
        Mark(d(2025, 10, 1), "Etableringsplan", "diamond", href="#e3"),
        Mark(d(2026, 1, 14), "Hälsosamtal", href="#e4"),
        Mark(d(2026, 4, 13), "Mål 12 mån nått", "tick", href="#e5"),
        Mark(d(2026, 6, 8), "Beslut: eget kontrakt", href="#e6"),
        Mark(d(2026, 9, 14), "Plan version 4", "diamond", href="#e7"),
        Mark(d(2026, 11, 20), "Uppföljning", "diamond", done=False, href="#e8", note="uppföljning i morgon"),
    ]
    windows = [
        Window("12 mån", d(2025, 9, 3), d(2026, 9, 2), "målet nått 13 april"),
        Window("24 mån", d(2026, 9, 3), d(2027, 9, 2), "till 3 sep 2027, 288 dagar kvar"),
    ]
    return LifeLine(spans, events, windows, today=TODAY, lanes=LANES)


def long_line() -> LifeLine:
    """Ten years, sixty months of assistance, overlapping courses."""
    start = date(2016, 10, 3)
    spans = [Bar("Folkbokförd", "Älvnäs kommun", start, None, "circumstance", href="#l1")]
    for n, (label, weeks) in enumerate((("1A", 20), ("1B", 26), ("2B", 40), ("2C", 30), ("3C", 44), ("3D", 60))):
        begin = start + timedelta(days=60 + n * 230)
        spans.append(Bar("Sfi", label, begin, begin + timedelta(weeks=weeks), href=f"#s{n}"))
    for n in range(60):
        begin = date(2016 + (9 + n) // 12, (9 + n) % 12 + 1, 1)
        if n % 17 < 12:
            spans.append(Bar("Ersättning", "Bistånd", begin, begin + timedelta(days=27), "circumstance", hue=5))
    spans += [
        Bar("Praktik", "Förskolan Myran", date(2019, 2, 4), date(2019, 5, 31), "counts", href="#p1"),
        Bar("Praktik", "Biblioteket", date(2019, 4, 1), date(2019, 8, 30), "counts", href="#p2"),
        Bar("Praktik", "Storköket", date(2020, 1, 7), date(2020, 3, 27), "counts", href="#p3"),
        Bar("Arbete", "Barnskötare 75 %", date(2021, 8, 16), None, "counts", href="#a1"),
        Bar("Arbete", "Timanställd", date(2021, 1, 11), date(2021, 12, 31), "counts", href="#a2"),
        Bar("Arbete", "Tillsvidare", date(2026, 12, 1), None, "counts", planned=True, href="#a3"),
    ]
    events = [Mark(start + timedelta(days=40 * n), f"Uppföljning {n + 1}", href=f"#u{n}") for n in range(24)]
    return LifeLine(spans, events, today=TODAY, lanes=LANES)


def short_line() -> LifeLine:
    """A fortnight: the first days of a case."""
    spans = [
        Bar("Folkbokförd", "Älvnäs kommun", date(2026, 11, 9), None, "circumstance"),
        Bar("Bostad", "Genomgångsbostad", date(2026, 11, 9), None, "circumstance"),
        Bar("Sfi", "Kursstart 1A", date(2026, 11, 30), None, planned=True),
    ]
    events = [
        Mark(date(2026, 11, 9), "Kommunmottagen"),
        Mark(date(2026, 11, 11), "Kartläggning"),
        Mark(date(2026, 11, 24), "Hälsosamtal", done=False, note="hälsosamtal på tisdag"),
    ]
    return LifeLine(spans, events, today=TODAY, lanes=LANES)


MUNICIPALITIES = (
    ("Älvnäs", (36, 56), (54, 68), (42, 48), (42, 45)),
    ("Björkåsen", (26, 35), (32, 40), (30, 33), (39, 41)),
    ("Forsvik", (45, 77), (53, 77), (60, 72), (61, 68)),
    ("Granliden", (10, 19), (15, 22), (14, 17), (18, 20)),
    ("Kvarnberget", (34, 45), (42, 50), (41, 43), (47, 49)),
    ("Myrnäs", (6, 12), (6, 9), (9, 11), (7, 8)),
    ("Storsele", (15, 29), (19, 31), (18, 25), (24, 30)),
)


def _value(counted: tuple[int, int], group: str) -> Value:
    reached, of = counted
    p, z = reached / of, 1.96
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low, high = 100 * (middle - half), 100 * (middle + half)
    if group == "women":
        return Value(100 * p, low, high, "women", "kvinnor")
    return Value(100 * p, low, high, "men", "män")


def intervals() -> Intervals:
    def rows(first: int) -> tuple[Line, ...]:
        lines = []
        for name, *counts in MUNICIPALITIES:
            pair = (_value(counts[first], "women"), _value(counts[first + 1], "men"))
            lines.append(Line(name, pair, own=name == "Älvnäs"))
        return (*lines, Line("Tallmoen", hidden=HIDDEN))

    return Intervals(
        [
            Panel("Inom 12 månader", rows(0), target=70, target_label="mål 70"),
            Panel("Inom 24 månader", rows(2), target=90, target_label="mål 90"),
        ]
    )


def years() -> Years:
    courses = {
        "Älvnäs": (55, 58, 54, 61, 66, 72, 74),
        "Björkåsen": (62, 66, 63, 70, 74, 77, 75),
        "Forsvik": (60, 57, 55, 58, 62, 64, 66),
        "Granliden": (44, 52, 48, 60, 55, 61, 58),
        "Kvarnberget": (66, 65, 71, 74, 78, 80, 82),
        "Myrnäs": (60, 49, None, 52, 63, 57, 60),
        "Storsele": (51, 47, 52, 50, 54, 57, 52),
    }
    width = {"Myrnäs": 17, "Granliden": 15, "Storsele": 12}
    series = [
        Series(
            name,
            tuple(
                Point(
                    2019 + n,
                    share,
                    share - width.get(name, 8) if share is not None else None,
                    share + width.get(name, 8) if share is not None else None,
                    mature=n < 6,
                )
                for n, share in enumerate(shares)
            ),
        )
        for name, shares in courses.items()
    ]
    series.append(Series("Tallmoen", hidden="Visas inte. Färre än fem personer varje år."))
    county = [Point(2019 + n, share) for n, share in enumerate((58, 59, 57, 61, 65, 69))]
    return Years(series, reference=county, target=70, target_label="mål 70")


def curve(*, everyone: bool = True) -> Curve:
    shares = ((0, 0.0, None, None), (3, 14.0, 9.0, 21.0), (6, 33.0, 25.0, 41.0), (9, 51.0, 42.0, 59.0),
              (12, 64.0, 55.0, 72.0))  # fmt: skip
    stops = [Stop(month / 12, str(month), share, low, high) for month, share, low, high in shares]
    steps = [(0.0, 0.0), *((n / 26, 64.0 * (n / 26) ** 1.1) for n in range(1, 27))] if everyone else []
    band = [(s.x, s.low, s.high) for s in stops if s.low is not None and s.high is not None] if everyone else []
    return Curve(stops, steps=steps, band=band, target=70, target_label="mål 70", end_label="64 %")


def funnel() -> Funnel:
    """Limits by the normal approximation: near enough for a sample."""
    centre, sizes = 0.66, range(12, 140, 4)
    one = [100 * sqrt(centre * (1 - centre) / n) for n in sizes]
    limits = [
        Limit(
            n,
            max(0.0, 66 - 1.96 * sd),
            min(100.0, 66 + 1.96 * sd),
            max(0.0, 66 - 3.09 * sd),
            min(100.0, 66 + 3.09 * sd),
        )
        for n, sd in zip(sizes, one, strict=True)
    ]
    places = [
        Place("Älvnäs", 124, 72, own=True), Place("Kvarnberget", 101, 80, outside=95.0),
        Place("Forsvik", 62, 44, outside=99.8), Place("Myrnäs", 18, 55),
        Place("Storsele", 64, 60), Place("Granliden", 66, 61), Place("Björkåsen", 40, 70),
    ]  # fmt: skip
    return Funnel(places, limits, centre=66)


def bars(kind: Kind = "flow") -> Bars:
    values: list[int | None] = [46, 44, 40, None, 35, 33, 31]
    months = ("maj", "jun", "jul", "aug", "sep", "okt", "nov")
    return Bars(
        [
            Count(
                m,
                v,
                own=m == "okt",
                unfinished=m == "nov" and kind == "flow",
                hidden="Döljs: för få personer" if v is None else "",
            )
            for m, v in zip(months, values, strict=True)
        ],
        kind=kind,
    )
