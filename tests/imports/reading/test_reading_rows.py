"""One row: a record, or the list of what is wrong with it."""

from datetime import date

import pytest

from matrikel.domain.imports.reading import Choices, Record, kinds
from matrikel.domain.imports.reading.record import SpellRecord
from tests.imports.reading.registers import HEADINGS, kinds_of, one, outcomes, text, xlsx

WHO = ["Efternamn", "Förnamn", "Personnr"]
KARIMI = ["Karimi", "Laleh", "19850823-9996"]


def record_of(headings: list[str], *cells: object, **more: object) -> Record:
    outcome = one(headings, *cells, **more)  # type: ignore[arg-type]
    assert outcome.record is not None, outcome.problems
    return outcome.record


@pytest.mark.parametrize(
    "number",
    [
        "19850823-9996",
        "198508239996",
        198508239996.0,
        "'198508239996",
        "1985 0823 9996",
        "850823-9996",
        8508239996.0,
        "19850823\u00a0-\u00a09996",
        " 850823 9996 ",
        "19850823–9996",
    ],
)
def test_a_number_in_every_writing(number: object) -> None:
    identity = record_of(WHO, "Karimi", "Laleh", number).identity
    assert identity
    assert identity.value == "198508239996"


def test_a_number_that_lost_its_first_zero() -> None:
    identity = record_of(WHO, "Duale", "Yasmin", 402269989.0).identity
    assert identity
    assert identity.value == "200402269989"


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("19850823", "1985-08-23"),
        ("850823", "1985-08-23"),
        ("19850823-xxxx", "1985-08-23"),
        (19850823.0, "1985-08-23"),
        ("850823-", "1985-08-23"),
        ("19850823-0000", "1985-08-23"),
    ],
)
def test_a_bare_date_of_birth_in_the_column_of_numbers(cell: object, born: str) -> None:
    record = record_of(WHO, "Karimi", "Laleh", cell)
    assert (record.identity, str(record.birth_date)) == (None, born)


@pytest.mark.parametrize("cell", ["saknas", "?", "-", "x", "okänt", None, "söker"])
def test_words_for_no_number(cell: object) -> None:
    assert record_of([*WHO, "Land"], "Karimi", "Laleh", cell, "Irak").identity is None


def test_other_numbers() -> None:
    record = record_of([*WHO, "LMA", "Dossiernr", "Född"], "Karimi", "Laleh", "", "50-083223", "11123456", "850823")
    assert record.identity
    assert record.identity.kind == "lma"
    assert [number.kind for number in record.other_identities] == ["dossier"]
    assert record_of(WHO, "Karimi", "Laleh", "850823-TF01").identity.kind == "t_number"  # type: ignore[union-attr]
    both = record_of(["Namn", "Född"], "Karimi, Laleh", "19850823-9996")
    assert both.identity
    assert both.birth_date == date(1985, 8, 23)


@pytest.mark.parametrize(
    ("cells", "kinds_found"),
    [
        (["", "", "saknas"], ["no_identity"]),
        (["", "", "TF00"], ["no_identity"]),
        (["Karimi", "Laleh", "TF00"], ["person_number_shape"]),
        (["Karimi", "Laleh", "19850823-9995"], ["person_number_checksum"]),
        (["", "", "19850823-9995"], ["person_number_checksum"]),
        (["Karimi", "Laleh", "19851323-9996"], ["person_number_date"]),
        (["Karimi", "Laleh", "1,98508E+11"], ["person_number_shape"]),
        (["Karimi", "Laleh", "#REF!"], ["cell_error"]),
        (["#NAMN?", "Laleh", "19850823-9996"], ["text_error"]),
        (["????", "Laleh", "19850823-9996"], ["broken_text"]),
    ],
)
def test_who_it_is(cells: list[object], kinds_found: list[str]) -> None:
    outcome = one([*WHO, "Land"], *cells, "Irak")
    assert kinds_of(outcome) == kinds_found
    assert all(
        kinds()[kind].severity == problem.severity for kind, problem in zip(kinds_found, outcome.problems, strict=True)
    )


def test_a_row_with_several_faults_is_refused_once_and_lists_them_all() -> None:
    cells = ["7", "Karimi", "Laleh", "19850823-9995", "Ö", "v 43", "2007-06-01", "2007-02-01"]
    reading, found = outcomes(xlsx([HEADINGS, cells]), register_date=date(2007, 12, 31))
    assert kinds_of(found[0]) == ["person_number_checksum", "unknown_category", "unreadable_date", "end_before_start"]
    assert (reading.tally.refused, reading.tally.read) == (1, 1)
    problem = found[0].problems[2]
    assert (problem.row, problem.column, problem.heading, problem.value) == (2, 5, "Inskriven", "v 43")
    assert "v 43" not in repr(problem)


def test_spells_and_their_first_dates() -> None:
    headings = [*WHO, "Praktik 1 start", "Praktik 1 slut", "Praktik 2 start", "Praktik 2 slut", "SFI start", "SFI res"]
    record = record_of(headings, *KARIMI, "2007-01-01", "2007-02-01", "2007-03-01", "pågår", "2006-08-21", "G")
    assert (record.internship_start_on, record.sfi_result) == (date(2007, 1, 1), "passed")
    assert record.spells == (
        SpellRecord("internship", date(2007, 1, 1), date(2007, 2, 1)),
        SpellRecord("internship", date(2007, 3, 1), None),
        SpellRecord("sfi", date(2006, 8, 21), None, "passed"),
    )


@pytest.mark.parametrize(
    ("heading", "cell", "field", "code"),
    [
        ("Land", "Afganistan", "country", "AF"),
        ("Land", "irak", "country", "IQ"),
        ("Land", "Somalia ", "country", "SO"),
        ("Land", "statslös", "country", "XX"),
        ("Land", "okänt", "country", ""),
        ("Land", "Syrian Arab Republic", None, ""),
        ("Kategori", "förläggn.", "category", "refugee_via_accommodation"),
        ("Kategori", "KVOT", "category", "quota_refugee"),
        ("Kategori", "anh.", "category", "relative"),
        ("Kategori", "Övrig invandrare", "category", "other_immigrant"),
        ("Kategori", "ensamkommande", "category", "unaccompanied_child"),
        ("Kategori", "sekundär", "category", "secondary_mover"),
        ("Kön", "k", "sex", "female"),
        ("Sekretess", "x", "protected", "yes"),
        ("Sekretess", "", "protected", "unknown"),
        ("Tolk", "arabiska", "language", "arabiska"),
        ("Tolk", "ja", "interpreter", "yes"),
    ],
)
def test_words_to_codes(heading: str, cell: str, field: str | None, code: str) -> None:
    outcome = one([*WHO, heading, "Anm"], *KARIMI[:2], "", cell, "x")
    if field is None:
        assert kinds_of(outcome) == ["unknown_country"]
    else:
        assert outcome.record
        assert getattr(outcome.record, field) == code


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("Kön", "hen", "unknown_sex"),
        ("Land", "Mordor", "unknown_country"),
        ("SFI res.", "7", "unknown_sfi_result"),
        ("Orsak", "fiske", "unknown_discharge_reason"),
        ("Sekretess", "kanske", "unknown_protection"),
        ("Tolk", "3", "unknown_interpreter"),
        ("Kön", "man", "sex_differs"),
        ("Född", "1985-08-24", "birth_date_differs"),
        ("Praktik t o m", "2007-01-01", "end_without_start"),
        ("Orsak", "soc", "reason_without_discharge"),
    ],
)
def test_flags_keep_the_record_and_can_be_accepted(heading: str, cell: str, kind: str) -> None:
    number = "19850823-9988" if kind == "sex_differs" else KARIMI[2]
    headings, cells = [*WHO, heading], [*KARIMI[:2], number, cell]
    outcome = one(headings, *cells)
    assert (outcome.status, kind in kinds_of(outcome), outcome.record is not None) == ("flagged", True, True)
    accepted = Choices(accepted=frozenset(kinds_of(outcome)))
    assert one(headings, *cells, choices=accepted).status == "good"


def test_a_human_can_say_what_a_word_means() -> None:
    choices = Choices(codes={"category": {"Ö ": "other_immigrant"}}, blank_protection="no")
    assert record_of([*WHO, "Kategori", "Sekretess"], *KARIMI, "Ö", "", choices=choices).category == "other_immigrant"


def test_born_after_what_happened_and_centuries_in_doubt() -> None:
    assert kinds_of(one([*WHO, "Inskriven"], *KARIMI, "1984-01-01")) == ["born_after_registration"]
    assert kinds_of(one([*WHO, "Inskriven"], *KARIMI, "1807-01-01")) == ["wrong_century"]
    assert kinds_of(one(["Namn", "Född", "Inskriven"], "A, B", "080312", "2008-05-01")) == ["century_doubtful"]


def test_the_same_person_twice() -> None:
    rows = [
        ["Namn", "Personnr", "Född"],
        ["Karimi, Laleh", "19850823-9996", ""],
        ["KARIMI, Laleh", "850823-9996", ""],
        ["Ali, Omar", "", "1990-01-01"],
        ["ali , omar", "saknas", "900101"],
        ["Karimi, Laleh", "", "19850823"],
        ["Ali, Omar", "", "1991-01-01"],
    ]
    _, found = outcomes(xlsx(rows), register_date=date(2007, 12, 31))
    assert [outcome.status for outcome in found] == ["good", "flagged", "good", "flagged", "flagged", "good"]
    assert found[1].problems[0].args["first_row"] == "2"


def test_two_persons_with_one_name_and_birthday_but_numbers_of_their_own() -> None:
    rows = [["Namn", "Personnr"], ["Ali, Omar", "19850823-9996"], ["Ali, Omar", "19850823-9814"]]
    _, found = outcomes(xlsx(rows))
    assert [outcome.status for outcome in found] == ["good", "good"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "", ""], "blank"),
        ([" ", "\u00a0", ""], "blank"),
        (["Summa", "", 12], "sum"),
        (["", "", 226], "sum"),
        (["Totalt antal", 4, 5], "sum"),
        (["Antal: 2", "", ""], "sum"),
        (["12", "", ""], "sum"),
        (WHO, "heading"),
        (["Efternamn", "", "Personnr"], "heading"),
        (["", "", "åååå-mm-dd-xxxx"], "hint"),
    ],
)
def test_rows_that_are_no_persons(row: list[object], reason: str) -> None:
    headings = ["Inskriven", *WHO] if reason == "sum" else WHO
    row = [row[2], row[0], row[1], ""] if reason == "sum" else row
    _, found = outcomes(text([headings, row, [*[""] * (len(headings) - 3), *KARIMI]]))
    assert [(outcome.status, outcome.skipped_as) for outcome in found] == [("skipped", reason), ("good", "")]


def test_a_person_called_summa_is_a_person() -> None:
    assert record_of(WHO, "Summa", "Aino", "19850823-9996").family_name == "Summa"


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Karimi, Laleh", "Karimi", "Laleh"),
        ("Laleh Karimi", "Karimi", "Laleh"),
        ("  Karimi ,  Laleh ", "Karimi", "Laleh"),
        ("کریمی، لاله", "کریمی", "لاله"),
        ("Шевченко, Оксана", "Шевченко", "Оксана"),
        ("ገብረ, ትግስት", "ገብረ", "ትግስት"),
        ("A\u030angstro\u0308m, O\u0308rjan", "Ångström", "Örjan"),
        ("Abdulle", "Abdulle", ""),
        ("\u200fعلي، عمر\u200f", "علي", "عمر"),
    ],
)
def test_names_in_any_script(name: str, family: str, given: str) -> None:
    record = record_of(["Namn", "Land", "Kategori"], name, "Irak", "Kvot")
    assert (record.family_name, record.given_name) == (family, given)


def test_the_assumed_order_of_names_is_told() -> None:
    reading, _ = outcomes(text([["Namn", "Kat"], ["Laleh Karimi", "kvot"], ["Ali, Omar", "kvot"]]))
    assert [notice.args for notice in reading.notices if notice.kind == "name_order_assumed"] == [{"count": "1"}]
    record = record_of(["Efternamn Förnamn", "Kat"], "Karimi Laleh", "kvot")
    assert (record.family_name, record.given_name) == ("Karimi", "Laleh")


def test_notes_are_joined_and_stray_cells_told() -> None:
    assert record_of([*WHO, "Anm", "Övrigt"], *KARIMI, "ring", "brev").note == "ring; brev"
    assert kinds_of(one(WHO, *KARIMI, "lös")) == ["beyond_headings"]
    assert kinds_of(one(WHO, "Karimi", "", "")) == ["lone_cell"]
