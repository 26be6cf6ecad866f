"""The standing pictures: geometry alone, without Django."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrikel.web.pictures import samples
from matrikel.web.pictures.bars import Bars, Count
from matrikel.web.pictures.funnel import Funnel
from matrikel.web.pictures.intervals import Intervals, Line, Panel, Value
from matrikel.web.pictures.lifeline import Bar, BarBox, Lane, LifeLine, Mark, Window
from matrikel.web.pictures.scale import ShareScale, TimeScale, pack
from matrikel.web.pictures.years import Point, Series, Years

TODAY = date(2026, 11, 19)


def pct(text: str) -> float:
    return float(text.removesuffix("%"))


def right_edge(box: BarBox) -> float:
    return pct(box.rest_x) + pct(box.rest_width) if box.dashed else pct(box.x) + pct(box.width)


days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
bars_drawn = st.builds(
    lambda lane, start, length, planned: Bar(
        lane, "Något", start, None if length is None else start + timedelta(days=length), planned=planned
    ),
    st.sampled_from(["Sfi", "Arbete"]),
    days,
    st.none() | st.integers(0, 4000),
    st.booleans(),
)


@given(st.lists(bars_drawn, max_size=25))
def test_bars_stay_inside_and_never_cover_each_other(spans: list[Bar]) -> None:
    line = LifeLine(spans, today=TODAY)
    for n, box in enumerate(line.bars):
        assert pct(box.x) >= -0.01
        assert right_edge(box) <= 100.02
        for other in line.bars[n + 1 :]:
            if other.y == box.y:
                assert pct(other.x) >= right_edge(box) - 0.02 or pct(box.x) >= right_edge(other) - 0.02


@given(st.lists(bars_drawn, max_size=25), st.lists(st.builds(Mark, days, st.just("Möte")), max_size=10))
def test_the_list_holds_everything_the_picture_shows(spans: list[Bar], events: list[Mark]) -> None:
    line = LifeLine(spans, events, today=TODAY)
    assert len(line.rows) == len(line.bars) + len(line.marks) == len(spans) + len(events)
    assert [row.start for row in line.rows] == sorted((row.start for row in line.rows), reverse=True)


def test_a_spell_that_goes_on_ends_today_and_an_agreed_end_is_dashed() -> None:
    line = LifeLine(
        [Bar("Arbete", "Halvtid", date(2026, 3, 1)), Bar("Sfi", "2D", date(2026, 10, 1), date(2027, 6, 4))],
        today=TODAY,
    )
    work, course = line.bars
    assert line.today_x is not None
    assert not work.dashed
    assert right_edge(work) == pytest.approx(pct(line.today_x), abs=0.02)
    assert course.dashed
    assert pct(course.rest_x) == pytest.approx(pct(line.today_x), abs=0.02)
    assert [row.ongoing for row in line.rows] == [True, True]


def test_what_is_only_planned_has_no_solid_part() -> None:
    (box,) = LifeLine([Bar("Sfi", "Kursstart", date(2026, 11, 30), planned=True)], today=TODAY).bars
    assert box.dashed
    assert pct(box.width) == 0


def test_last_day_counts_so_neighbours_meet_without_gap_in_one_row() -> None:
    spans = [
        Bar("Bostad", "Genomgång", date(2025, 9, 3), date(2026, 6, 30)),
        Bar("Bostad", "Eget", date(2026, 7, 1), date(2026, 9, 30)),
    ]
    first, second = LifeLine(spans, today=TODAY).bars
    assert first.y == second.y
    assert right_edge(first) == pytest.approx(pct(second.x), abs=0.02)


def test_overlapping_bars_make_the_lane_taller() -> None:
    spans = [Bar("Kurs", "A", date(2026, 1, 1), date(2026, 6, 1)), Bar("Kurs", "B", date(2026, 3, 1), date(2026, 9, 1))]
    line = LifeLine(spans, today=TODAY)
    assert line.lanes[0].rows == 2
    assert line.bars[0].y != line.bars[1].y


def test_lanes_come_in_the_given_order_and_empty_ones_are_left_out() -> None:
    spans = [Bar("Arbete", "x", TODAY), Bar("Övrigt", "y", TODAY), Bar("Sfi", "z", TODAY)]
    line = LifeLine(spans, today=TODAY, lanes=[Lane("Sfi", 1), "Kurs", "Arbete"])
    assert [lane.name for lane in line.lanes] == ["Sfi", "Arbete", "Övrigt"]
    assert "hue-1" in line.bars[0].classes


def test_a_label_that_does_not_fit_is_set_beside_or_left_to_the_list() -> None:
    line = samples.long_line()
    places = {box.bar.label: box.place for box in line.bars}
    assert places["Barnskötare 75 %"] == "in"
    assert places["Storköket"] == "after"
    assert places["Förskolan Myran"] == "before"
    aid = [box.place for box in line.bars if box.bar.label == "Bistånd"]
    assert aid.count("none") > len(aid) - 8


@pytest.mark.parametrize(
    ("length", "labels"),
    [
        (14, ["9 nov 2026", "16 nov"]),
        (100, ["dec", "2027", "feb"]),
        (800, ["2027", "apr", "jul", "okt", "2028", "apr", "jul", "okt", "2029"]),
        (3660, [str(y) for y in range(2027, 2037)]),
    ],
)
def test_ticks_fit_the_span(length: int, labels: list[str]) -> None:
    scale = TimeScale(date(2026, 11, 5), date(2026, 11, 5) + timedelta(days=length))
    assert [tick.label for tick in scale.ticks()] == labels


def test_months_follow_the_language() -> None:
    scale = TimeScale(date(2026, 2, 1), date(2027, 8, 1))
    assert [t.label for t in scale.ticks("en_GB")] == ["Apr", "Jul", "Oct", "2027", "Apr", "Jul"]


def test_a_history_of_thirty_years_thins_its_years() -> None:
    assert len(TimeScale(date(1996, 1, 1), date(2026, 1, 1)).ticks()) <= 16


def test_window_labels_that_would_meet_are_put_under_each_other() -> None:
    windows = [
        Window("12 månader", TODAY, TODAY + timedelta(days=364)),
        Window("24 månader", TODAY, TODAY + timedelta(days=730)),
    ]
    line = LifeLine([], windows=windows, today=TODAY)
    assert line.label_rows == 2
    assert line.windows[0].y < line.windows[1].y


def test_a_person_without_history_still_gets_a_picture() -> None:
    line = LifeLine([], today=TODAY)
    assert line.lanes == []
    assert line.rows == []
    assert line.height > 0


def test_a_day_outside_the_picture_has_no_line() -> None:
    line = LifeLine([], today=TODAY, first=date(2020, 1, 1), last=date(2021, 1, 1))
    assert line.today_x is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)), max_size=40))
def test_packing_leaves_no_overlap(sizes: list[tuple[float, float]]) -> None:
    spans = sorted((start, start + size) for start, size in sizes)
    rows = pack(spans)
    for row in set(rows):
        placed = [span for span, r in zip(spans, rows, strict=True) if r == row]
        assert all(b[0] >= a[1] - 1e-6 for a, b in pairwise(placed))


def test_intervals_hide_what_must_be_hidden() -> None:
    value = Value(60, 40, 80)
    picture = Intervals([Panel("12", (Line("A", (value,)), Line("B", (value,), hidden="visas inte")))])
    shown, hidden = picture.panels[0].rows
    assert len(shown.dots) == 1
    assert hidden.dots == ()
    assert hidden.line.hidden == "visas inte"


def test_hidden_values_do_not_move_the_axis() -> None:
    seen = Line("A", (Value(75, 70, 80),))
    secret = Line("B", (Value(5, 1, 9),), hidden="visas inte")
    assert Intervals([Panel("12", (seen, secret))]).scale == Intervals([Panel("12", (seen,))]).scale


def test_panels_must_list_the_same_rows() -> None:
    with pytest.raises(ValueError, match="other rows"):
        Intervals([Panel("12", (Line("A"),)), Panel("24", (Line("B"),))])


def test_groups_are_named_once_and_inside_the_picture() -> None:
    picture = samples.intervals()
    named = [dot for panel in picture.panels for row in panel.rows for dot in row.dots if dot.label]
    assert [dot.label for dot in named] == ["kvinnor", "män"]


@given(st.lists(st.floats(0, 100), min_size=1))
def test_share_axis_holds_every_value(values: list[float]) -> None:
    scale = ShareScale.around(values)
    assert all(0 <= scale.at(v) <= 100 for v in values)
    assert scale.low <= max(0.0, min(values))


def test_a_line_never_crosses_a_hidden_year() -> None:
    points = tuple(Point(2019 + n, s) for n, s in enumerate((50, 52, None, 60, 61)))
    (multiple,) = Years([Series("A", points)]).multiples
    assert len(multiple.lines) == 2


def test_the_unfinished_year_is_dashed_and_the_last_whole_year_is_the_figure() -> None:
    points = (Point(2023, 60), Point(2024, 70), Point(2025, 72, mature=False))
    (multiple,) = Years([Series("A", points)]).multiples
    assert multiple.last is not None
    assert multiple.last.year == 2024
    assert len(multiple.dashed) == 1
    assert multiple.dashed[0].startswith("50.0,")


def test_a_single_year_is_a_dot_without_line() -> None:
    (multiple,) = Years([Series("A", (Point(2024, 70),))]).multiples
    assert multiple.lines == ()
    assert multiple.dot_x == "0.00%"


def test_a_hidden_series_gives_no_geometry() -> None:
    series = [Series("A", (Point(2023, 60), Point(2024, 70))), Series("B", (Point(2024, 9),), hidden="visas inte")]
    hidden = Years(series).multiples[1]
    assert (hidden.bands, hidden.lines, hidden.dashed, hidden.last) == ((), (), (), None)


def test_bars_start_at_nought_and_stay_below_their_labels() -> None:
    picture = Bars([Count("a", 0), Count("b", 10), Count("c", 20), Count("d", None, hidden="visas inte")])
    nought, half, full, hidden = (box.height for box in picture.counts)
    assert (nought, hidden) == (0, 0)
    assert half * 2 == pytest.approx(full, abs=1)
    assert min(box.y for box in picture.counts) >= 18


def test_bars_without_counts_are_empty() -> None:
    assert Bars([]).counts == []


def test_a_curve_goes_from_nought_upward_and_ends_at_its_last_stop() -> None:
    curve = samples.curve()
    xs, ys = zip(*(map(float, point.split(",")) for point in curve.line.split()), strict=True)
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys, reverse=True)
    assert curve.top >= 72
    assert curve.dots == []


def test_a_curve_of_points_has_a_dot_with_limits_at_each_and_no_step() -> None:
    curve = samples.curve(everyone=False)
    assert len(curve.dots) == 4
    assert curve.band == ""
    assert len(curve.line.split()) == 5
    assert all(float(dot.high_y) < float(dot.y) < float(dot.low_y) for dot in curve.dots)


def test_names_in_a_funnel_never_cover_each_other_and_the_own_is_always_named() -> None:
    funnel = samples.funnel()
    named = {dot.place.name for dot in funnel.dots if dot.label}
    assert {"Älvnäs", "Forsvik", "Kvarnberget"} <= named
    assert not {"Storsele", "Granliden"} <= named, "they lie side by side"
    assert len(funnel.dots) == 7
    assert all(0 <= pct(dot.x) <= 100 for dot in funnel.dots)
    assert {dot.place.name: dot.anchor for dot in funnel.dots}["Älvnäs"] == "end", "to the right it would be cut"
    with pytest.raises(ValueError):
        Funnel([], [], centre=50)


def test_a_word_that_fits_on_neither_side_of_its_line_stands_over_or_under_its_dot() -> None:
    values = (Value(80, 1, 99, "women", "kvinnor"), Value(81, 1, 99, "men", "män"))
    women, men = Intervals([Panel("", (Line("A", values),))], low=0.0).panels[0].rows[0].dots
    assert (women.label_anchor, women.label_x) == ("mid", women.x)
    assert women.label_y < women.y < men.y < men.label_y
    beside = Intervals([Panel("", (Line("A", (Value(30, 20, 40, "women", "kvinnor"),)),))], low=0.0)
    assert beside.panels[0].rows[0].dots[0].label_y == beside.panels[0].rows[0].dots[0].y
