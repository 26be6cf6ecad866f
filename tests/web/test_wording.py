"""Dates, times and numbers in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from matrikel.kernel.period import Period
from matrikel.web.templatetags import wording


@pytest.fixture(autouse=True)
def thursday():  # type: ignore[no-untyped-def]
    with time_machine.travel(datetime(2026, 11, 19, 9, 12, tzinfo=UTC), tick=False), translation.override("sv"):
        yield


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 19), "i dag"),
        (date(2026, 11, 20), "i morgon"),
        (date(2026, 11, 18), "1 dag sen"),
        (date(2026, 11, 13), "6 dagar sen"),
        (date(2026, 11, 22), "om 3 dagar"),
        (date(2026, 12, 24), "24 dec"),
        (date(2025, 3, 1), "1 mar 2025"),
        (None, ""),
    ],
)
def test_when_a_day_is_due(day: date | None, words: str) -> None:
    assert plain(wording.when(day)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 19, 8, 18, tzinfo=UTC), "i dag 09.18"),
        (datetime(2026, 11, 18, 19, 44, tzinfo=UTC), "i går 20.44"),
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "i dag 00.30"),
        (datetime(2026, 6, 1, 10, 0, tzinfo=UTC), "1 jun 12.00"),
    ],
)
def test_when_a_moment_was_is_told_in_swedish_time(moment: datetime, words: str) -> None:
    assert plain(wording.when(moment)) == words


@pytest.mark.parametrize(
    ("day", "mark"),
    [(date(2026, 11, 18), "late"), (date(2026, 11, 19), "soon"), (date(2026, 12, 1), "todo"), (None, "none")],
)
def test_mark_of_a_due_day(day: date | None, mark: str) -> None:
    assert wording.due(day) == mark


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 18), "i går"),
        (date(2026, 11, 9), "för 10 dagar sedan"),
        (date(2025, 9, 3), "för 14 månader sedan"),
        (date(2026, 9, 20), "för 1 månad sedan"),
        (date(2016, 11, 20), "för 9 år sedan"),
    ],
)
def test_how_long_ago(day: date, words: str) -> None:
    assert wording.ago(day) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 9, 3), None, "från 3 sep 2025"),
        (date(2026, 4, 13), date(2026, 9, 25), "13 apr till 25 sep 2026"),
        (date(2025, 9, 3), date(2026, 6, 30), "3 sep 2025 till 30 jun 2026"),
        (date(2026, 5, 2), date(2026, 5, 2), "2 maj 2026"),
    ],
)
def test_periods_name_first_and_last_day(first: date, last: date | None, words: str) -> None:
    assert plain(wording.period(first, last)) == words
    assert plain(wording.period(Period(first, last))) == words


def test_numbers_are_swedish() -> None:
    assert plain(wording.num(711240)) == "711 240"
    assert wording.num(Decimal("-8.5"), 1) == "\u22128,5"
    assert wording.num(None) == "–"
    assert plain(wording.kronor(8940)) == "8 940 kr"
    assert plain(wording.share(0.694)) == "69 %"
    assert plain(wording.percent(69.4, 1)) == "69,4 %"
    assert wording.share(None) == "–"


def test_english_has_its_own_marks() -> None:
    with translation.override("en"):
        assert wording.num(711240) == "711,240"
        assert wording.share(0.694) == "69%"
        assert plain(wording.day(date(2026, 5, 2))) == "2 May 2026"
        assert plain(wording.when(datetime(2026, 11, 1, 10, 0, tzinfo=UTC))).endswith("11:00")
