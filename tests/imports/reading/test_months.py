"""Lists of months with assistance as other systems write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrikel.domain.imports.reading import FileFault, MonthsRead, message, read_months, remedy
from tests.imports.reading.registers import xlsx

TODAY = date(2026, 11, 20)
JUNE = date(2026, 6, 1)
NUMBER = "19900312-9823"


def read(text: str, month: date | None = None) -> MonthsRead:
    return read_months(text.encode(), "lista.csv", today=TODAY, month=month)


def test_headings_may_stand_in_any_order_among_others_and_below_a_title() -> None:
    found = read(
        f"Utbetalningar\n\nBelopp;Namn;Hushållsnr;Avser månad;Personnr\n8 005,50 kr;Amina;17;2026-06;{NUMBER}\n"
    )
    (row,) = found.rows
    assert (row.month, row.household, row.amount) == (JUNE, "17", Decimal("8005.50"))
    assert row.number.value == "199003129823"
    assert found.problems == ()


@pytest.mark.parametrize(
    "written", ["2026-06", "202606", "2026-06-30", "20260601", "juni 2026", "Jun 2026", "2026 juni", "June 2026"]
)
def test_a_month_may_be_written_in_many_ways(written: str) -> None:
    assert [row.month for row in read(f"Personnr;Månad\n{NUMBER};{written}\n").rows] == [JUNE]


@given(year=st.integers(1982, 2025), month=st.integers(1, 12), kronor=st.integers(0, 99_999_999))
def test_what_is_written_is_what_is_read(year: int, month: int, kronor: int) -> None:
    (row,) = read(f"Personnr;Månad;Belopp\n{NUMBER};{year}-{month:02d};{kronor}\n").rows
    assert (row.month, row.amount) == (date(year, month, 1), kronor)


def test_a_list_of_numbers_alone_is_about_the_month_that_was_given() -> None:
    assert [row.month for row in read(f"Personnr\n{NUMBER}\n", month=JUNE).rows] == [JUNE]
    assert [row.month for row in read(f"Personnr;Månad\n{NUMBER};2026-05\n", month=JUNE).rows] == [date(2026, 5, 1)]


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (f"{NUMBER};2026-13;1", "unreadable_month", 1),
        (f"{NUMBER};;1", "unreadable_month", 1),
        (f"{NUMBER};1979-06;1", "unreadable_month", 1),
        (f"{NUMBER};2026-12;1", "month_ahead", 1),
        (f"{NUMBER};2026-06;-500", "unreadable_amount", 2),
        (f"{NUMBER};2026-06;8.005,50", "unreadable_amount", 2),
        (";2026-06;8005", "no_number", 0),
        ("19900312-9824;2026-06;1", "person_number_checksum", 0),
        ("19901312-9823;2026-06;1", "person_number_date", 0),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cell_and_what_to_do(row: str, kind: str, column: int) -> None:
    found = read(f"Personnr;Månad;Belopp\n{NUMBER};2026-05;1\n{row}\n")
    assert len(found.rows) == 1
    (problem,) = found.problems
    assert (problem.kind, problem.row, problem.column) == (kind, 3, column)
    for language in ("sv", "en"):
        assert message(problem, language)
        assert remedy(problem, language)


def test_a_spreadsheet_holds_numbers_and_days() -> None:
    book = xlsx([["Personnummer", "Månad", "Belopp"], [199003129823, date(2026, 6, 30), 0.1 + 0.2]])
    (row,) = read_months(book, "lista.xlsx", today=TODAY).rows
    assert (row.number.value, row.month, row.amount) == ("199003129823", JUNE, Decimal("0.30"))


def test_sums_and_blank_rows_are_no_persons() -> None:
    found = read(f"Personnr;Månad;Belopp\n{NUMBER};2026-06;100\n;;\nSumma;;100\n")
    assert (len(found.rows), found.problems) == (1, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Namn;Månad\nAmina;2026-06\n", "no_number_column"),
        (f"Personnr;Belopp\n{NUMBER};100\n", "no_month_column"),
        ("Personnr;Månad\n", "no_months"),
        ("", "empty"),
    ],
)
def test_a_file_that_is_no_list_of_months_says_why(text: str, kind: str) -> None:
    with pytest.raises(FileFault) as fault:
        read(text)
    assert fault.value.kind == kind
    assert remedy(fault.value, "en")
