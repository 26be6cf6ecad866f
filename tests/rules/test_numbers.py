"""Identity numbers as Swedish registers write them."""

from datetime import date, timedelta
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from matrikel.kernel.numbers import KINDS, IdentityNumber, NumberFault, luhn, parse

REGISTER = date(2007, 12, 31)

READ = [
    ("19900312-9815", "personal", "199003129815"),
    ("199003129815", "personal", "199003129815"),
    ("900312-9815", "personal", "199003129815"),
    ("9003129815", "personal", "199003129815"),
    (" 900312 9815 ", "personal", "199003129815"),
    ("'19900312\u20139815", "personal", "199003129815"),
    ("1990\u00a00312\u00a09815", "personal", "199003129815"),
    ("040226-9989", "personal", "200402269989"),
    ("040226+9989", "personal", "190402269989"),
    ("19900372-9804", "coordination", "199003729804"),
    ("19900312-TF01", "t_number", "19900312TF01"),
    ("900312-t001", "t_number", "19900312T001"),
    ("LMA 50-083223", "lma", "50083223"),
    ("lma-nr: 50083223", "lma", "50083223"),
    ("Dossiernr 11-123456", "dossier", "11123456"),
    ("Beteckningsnummer 11-123456", "dossier", "11123456"),
    ("50-083223", "dossier", "50083223"),
    ("Reservnr 0012", "local", "0012"),
    ("R-12", "local", "12"),
]


def with_check(nine: str) -> str:
    return nine + str(luhn(nine))


@pytest.mark.parametrize(("text", "kind", "value"), READ)
def test_reads_the_ways_of_writing(text: str, kind: str, value: str) -> None:
    number = parse(text, register_date=REGISTER)
    assert (number.kind, number.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("19721014-9850", "checksum"),
        ("19901312-9815", "date"),
        ("19900232-9815", "date"),
        ("10900312-9815", "date"),
        ("19900312-0003", "shape"),
        ("19900312", "shape"),
        ("TF00", "shape"),
        ("saknas", "shape"),
        ("", "shape"),
        ("LMA", "shape"),
        ("1990031298153", "shape"),
    ],
)
def test_says_what_is_wrong_without_repeating_the_number(text: str, fault: str) -> None:
    with pytest.raises(NumberFault) as caught:
        parse(text, register_date=REGISTER)
    assert caught.value.kind == fault
    assert caught.value.remedy
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "register", "year"),
    [
        ("071223", date(2007, 12, 31), 2007),
        ("071223", date(2007, 3, 1), 1907),
        ("080101", date(2007, 12, 31), 1908),
        ("080101", date(2026, 1, 1), 2008),
        ("991231", date(1999, 12, 31), 1999),
        ("000101", date(1999, 12, 31), 1900),
    ],
)
def test_two_digit_years_belong_to_the_register(text: str, register: date, year: int) -> None:
    number = parse(with_check(text + "980"), register_date=register)
    assert number.birth_date is not None
    assert number.birth_date.year == year


def test_what_a_number_tells() -> None:
    number = parse("900312-9815", register_date=REGISTER)
    assert number.birth_date == date(1990, 3, 12)
    assert number.sex == "male"
    assert number.is_test
    assert number.formatted == "19900312-9815"
    assert number.masked == "900312-••••"
    assert "9815" not in f"{number}{number!r}"
    other = parse("50-083223", register_date=REGISTER)
    assert (other.birth_date, other.sex, other.is_test) == (None, None, False)
    assert (other.formatted, other.masked) == ("50-083223", "50-••••••")
    reserve = parse("900312-TF01", register_date=REGISTER)
    assert (reserve.birth_date, reserve.sex) == (date(1990, 3, 12), None)
    assert reserve.formatted == "19900312-TF01"


def test_the_column_settles_what_the_text_leaves_open() -> None:
    assert parse("50-083223", register_date=REGISTER, kind="lma").kind == "lma"
    assert parse("K 12/07", register_date=REGISTER, kind="local").value == "K12/07"


def test_serials_on_either_side_of_the_test_range() -> None:
    for serial, is_test in (("979", False), ("980", True), ("999", True), ("100", False)):
        assert parse(with_check("900312" + serial), register_date=REGISTER).is_test is is_test


births = st.dates(date(1908, 1, 1), date(2007, 12, 31))
serials = st.integers(1, 999).map(lambda n: f"{n:03d}")


@given(births, serials, st.booleans(), st.sampled_from(["", "-", " ", " - "]), st.booleans())
def test_every_valid_number_survives_being_written(
    born: date, serial: str, coordination: bool, separator: str, short: bool
) -> None:
    day = f"{born.day + 60:02d}" if coordination else f"{born.day:02d}"
    nine = f"{born:%y%m}{day}{serial}"
    text = f"{'' if short else f'{born:%Y}'[:2]}{nine[:6]}{separator}{with_check(nine)[6:]}"
    number = parse(text, register_date=REGISTER)
    assert number.birth_date == born
    assert number.kind == ("coordination" if coordination else "personal")
    assert parse(number.formatted, register_date=REGISTER) == number
    with mock.patch("personnummer.personnummer._get_current_date", return_value=REGISTER):
        theirs = personnummer.parse(number.value)
        assert theirs.get_date() == born
        assert theirs.is_male() == (number.sex == "male")


@given(births, serials, st.integers(1, 9))
def test_one_wrong_check_digit_is_always_found(born: date, serial: str, step: int) -> None:
    nine = f"{born:%y%m%d}{serial}"
    wrong = (luhn(nine) + step) % 10
    with pytest.raises(NumberFault) as caught:
        parse(f"{nine}{wrong}", register_date=born + timedelta(days=1))
    assert caught.value.kind == "checksum"


@given(st.text(max_size=30), st.sampled_from([None, *KINDS]))
def test_any_text_is_a_number_or_a_fault(text: str, kind: object) -> None:
    try:
        number = parse(text, register_date=REGISTER, kind=kind)  # type: ignore[arg-type]
    except NumberFault:
        return
    assert isinstance(number, IdentityNumber)
    assert number.formatted
    assert number.masked
