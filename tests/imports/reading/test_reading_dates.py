"""Dates as Swedish registers write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrikel.domain.imports.reading.dates import DateReader, Unreadable
from matrikel.domain.imports.reading.headings import claimed_date
from matrikel.domain.imports.reading.problems import _reasons

READER = DateReader(date(2007, 12, 31))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2007-07-12", "2007-07-12"), ("20070712", "2007-07-12"), ("070712", "2007-07-12"),
        ("30/8 2007", "2007-08-30"), ("12/4 2006", "2006-04-12"), ("6 april 2007", "2007-04-06"),
        ("17 jan 2007", "2007-01-17"), ("13 juni 2007", "2007-06-13"), ("den 3 mars 2007", "2007-03-03"),
        ("6:e apr -07", "2007-04-06"), ("2/3-07", "2007-03-02"), ("2/3 -07", "2007-03-02"),
        ("12.5.2007", "2007-05-12"), ("2007/7/2", "2007-07-02"), ("07-07-12", "2007-07-12"),
        ("12 sept. 2007", "2007-09-12"), ("mån 6 april 2007", "2007-04-06"), ("' 20070712 ", "2007-07-12"),
        ("2007-07-12 00:00:00", "2007-07-12"), ("2007-07-12T08:30", "2007-07-12"),
        ("2007\u201107\u201112", "2007-07-12"), ("080525", "2008-05-25"), ("961103", "1996-11-03"),
        (39295.0, "2007-08-01"), ("39295", "2007-08-01"), (20070712.0, "2007-07-12"), (70712.0, "2007-07-12"),
        (datetime(2007, 7, 12, 9), "2007-07-12"), (date(2007, 7, 12), "2007-07-12"),  # noqa: DTZ001
        ("", "blank"), ("-", "blank"), ("saknas", "blank"), (0.0, "blank"), (False, "blank"),
    ],
)  # fmt: skip
def test_readable(cell: object, day: str) -> None:
    found = READER.read(cell)  # type: ignore[arg-type]
    if day == "blank":
        assert found is None
    else:
        assert str(found) == day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2007-07", "month"), ("juli 2007", "month"), ("hösten -06", "season"), ("ht 07", "season"), ("v 43", "week"),
        ("vecka 3 2007", "week"), ("2007-W43", "week"), ("?", "unknown"), ("okänt", "unknown"), ("2007", "year"),
        (2007.0, "year"), ("30/8", "no_year"), ("6 april", "no_year"), ("ca 2007-05-01", "uncertain"),
        ("2007-05-01?", "uncertain"), ("x", "no_date"), (True, "no_date"), ("2007-02-30", "impossible"),
        ("12/25/2007", "impossible"), ("1807-01-01", "range"), ("2150-01-01", "range"), (date(1899, 1, 1), "range"),
        ("2006-01-01 - 2007-01-01", "several"), (40312.0, "ambiguous"), ("flyttade i somras", "other"),
        ("#REF!", "cell_error"), ("#SAKNAS!", "cell_error"), (float("inf"), "other"), (1e300, "other"),
    ],
)  # fmt: skip
def test_unreadable_with_a_reason(cell: object, reason: str) -> None:
    assert READER.read(cell) == Unreadable(reason)  # type: ignore[arg-type]
    assert reason in _reasons() or reason == "cell_error"


def test_two_digit_years_follow_the_register() -> None:
    assert DateReader(date(1999, 12, 31)).read("070712") == date(2007, 7, 12)
    assert DateReader(date(1985, 1, 1)).read("070712") == date(1907, 7, 12)
    assert READER.read("071231", "birth") == date(2007, 12, 31)
    assert READER.read("080101", "birth") == date(1908, 1, 1)
    assert DateReader(None).read("070712") == Unreadable("century")
    assert DateReader(None).read("2007-07-12") == date(2007, 7, 12)


def test_an_end_may_be_open() -> None:
    assert READER.read("pågår", may_be_open=True) is None
    assert READER.read("pågår") == Unreadable("other")


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["uppdaterad 2007-12-31"], "2007-12-31"),
        (["utskrivet 3/1 2008", "uppdaterad 2007-12-31"], "2007-12-31"),
        (["Per den 31 dec 2009"], "2009-12-31"),
        (["Uppföljning 2006-2007"], "2007-12-31"),
        (["Register", date(2010, 6, 30)], "2010-06-30"),
        (["Senast uppdaterat: 31/12 2012"], "2012-12-31"),
        (["Lista över inskrivna"], "None"),
    ],
)
def test_the_date_a_register_claims(cells: list[object], day: str) -> None:
    assert str(claimed_date(cells)) == day  # type: ignore[arg-type]


MONTHS = "jan feb mars april maj juni juli aug sept okt nov dec".split()  # noqa: SIM905


@given(st.dates(date(1950, 1, 1), date(2027, 12, 31)))
def test_every_day_in_every_way(day: date) -> None:
    ways = [
        f"{day}", f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}", f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day:%y%m%d}", f"{day:%y-%m-%d}", f"{day.day}.{day.month}.{day.year}", f"{day.day}/{day.month}-{day:%y}",
    ]  # fmt: skip
    for way in ways:
        assert READER.read(way) == day, way


@given(st.one_of(st.text(max_size=40), st.floats(), st.booleans(), st.dates(), st.datetimes()))
def test_any_cell_is_a_day_none_or_unreadable(cell: object) -> None:
    for meaning in ("event", "birth"):
        found = READER.read(cell, meaning)  # type: ignore[arg-type]
        assert found is None or isinstance(found, Unreadable) or date(1900, 1, 1) <= found <= date(2100, 12, 31)
