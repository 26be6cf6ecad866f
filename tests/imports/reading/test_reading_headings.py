"""Finding the headings and what each column holds."""

from datetime import date

import pytest

from matrikel.domain.imports.reading import FIELDS, Headings, read, tables
from matrikel.domain.imports.reading.headings import find_headings
from tests.imports.reading.registers import outcomes, text, xlsx

PERSON = ["Karimi, Laleh", "19850823-9996"]


def headings_of(*rows: list[object], sheet: str = "") -> Headings:
    numbered = [(number, list(row)) for number, row in enumerate(rows, start=1)]
    found = find_headings(numbered, sheet)  # type: ignore[arg-type]
    assert found is not None
    return found


def fields_of(*rows: list[object]) -> list[str | None]:
    return [
        f"{column.field}:{column.group}" if column.group > 1 else column.field for column in headings_of(*rows).columns
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("pnr", "identity"), ("Pers.nr", "identity"), ("Personnummer (ÅÅMMDD-XXXX)", "identity"),
        ("fb_datum", "registered_on"), ("kat", "category"), ("sfi_start", "sfi_start_on"), ("Efternman", "family_name"),
        ("Född", "birth_date"), ("Inskr.dat", "enrolled_on"), ("SFI-slut", "sfi_end_on"), ("Kurs", "sfi_course"),
        ("kursstart", "sfi_start_on"), ("Praktik fr.o.m.", "internship_start_on"), ("Praktikslut", "internship_end_on"),
        ("Handläggare/kontaktperson", "caseworker"), ("Tolkspråk", "language"), ("LMA-nr", "lma_number"),
        ("Dossiernr", "dossier_number"), ("Sekretess", "protected"), ("Från kommun", "previous_municipality"),
        ("PUT", "permit_date"), ("Avslutsorsak", "discharge_reason"), ("Sex", "sex"), ("Last name", "family_name"),
    ],
)  # fmt: skip
def test_one_heading_in_many_words(heading: str, field: str) -> None:
    assert fields_of(["Namn", "Nr", heading], ["Karimi, Laleh", "1", ""])[2] == field


@pytest.mark.parametrize("above", [0, 1, 3, 8])
def test_below_titles_and_blank_rows(above: int) -> None:
    rows: list[list[object]] = [["Introduktionsenheten"], [], ["Uppdaterad 2009-06-30"], []][:above]
    rows += [[] for _ in range(above - len(rows))]
    found = headings_of(*rows, ["Namn", "Personnr"], PERSON)
    assert found.row == above + 1
    assert found.claimed_on == (date(2009, 6, 30) if above >= 3 else None)


def test_two_rows_of_headings_are_put_together() -> None:
    top: list[object] = ["Person", "", "", "SFI", "", "", "Praktik 1", "", "Praktik 2", ""]
    low: list[object] = [
        "Efternamn",
        "Förnamn",
        "Pnr",
        "ansökan",
        "start",
        "slut",
        "fr o m",
        "t o m",
        "fr o m",
        "t o m",
    ]
    found = headings_of(["Register 2009"], top, low, ["Karimi", "Laleh", "19850823-9996"])
    assert found.row == 3
    assert fields_of(top, low) == [
        "family_name", "given_name", "identity", "sfi_applied_on", "sfi_start_on", "sfi_end_on",
        "internship_start_on", "internship_end_on", "internship_start_on:2", "internship_end_on:2",
    ]  # fmt: skip
    assert found.texts[4] == "SFI start"


def test_repeated_groups_in_one_row() -> None:
    row: list[object] = ["Namn", "Praktik fr o m", "t o m", "Praktik fr o m", "t o m", "Arbete från", "till"]
    assert fields_of(row) == [
        "full_name", "internship_start_on", "internship_end_on", "internship_start_on:2", "internship_end_on:2",
        "job_start_on", "job_end_on",
    ]  # fmt: skip


def test_duplicated_doubtful_and_unknown_headings_are_reported() -> None:
    rows = [
        ["Namn", "Personnr", "Personnummer", "Start", "Skonummer"],
        ["A, B", "19850823-9996", "", "2007-01-01", "42"],
    ]
    reading = read(xlsx(rows))
    assert [(notice.kind, notice.args["column"]) for notice in reading.notices if "heading" in notice.kind] == [
        ("duplicate_heading", "2"),
        ("ambiguous_heading", "3"),
        ("unknown_heading", "4"),
    ]
    ambiguous = reading.sheets[0].headings.columns[3]
    assert "enrolled_on" in ambiguous.others
    assert "sfi_start_on" in ambiguous.others


def test_the_values_tell_what_the_heading_does_not() -> None:
    people: list[list[object]] = [
        ["Karimi, Laleh", "19850823-9996", "Irak", "K", "Ica Maxi"],
        ["Jama, Nadia", "550615-9986", "Somalia", "M", "Skolan"],
        ["Farah, Omar", "19600818-9836", "Eritrea", "K", "Samhall"],
    ]
    assert fields_of(["Namn", "Kolumn1", "Kolumn2", "Kolumn3", "Praktik"], *people) == [
        "full_name", "identity", "country", "sex", None,
    ]  # fmt: skip


def test_a_column_of_employers_does_not_hide_the_days_beside_it() -> None:
    people: list[list[object]] = [["A, B", "Ica", "070712", "071001"], ["C, D", "Coop", "39300", "39350"]]
    assert fields_of(["Namn", "Praktikplats", "fr.o.m", "t.o.m"], *people) == [
        "full_name", None, "internship_start_on", "internship_end_on",
    ]  # fmt: skip


def test_the_mapping_can_be_mended() -> None:
    rows = [["Namn", "A", "B", "Inskriven"], ["Karimi, Laleh", "2007-01-01", "2007-03-01", "2006-05-05"]]
    mapping = {1: "internship_start_on:2", 2: "internship_end_on:2", 3: None}
    reading, found = outcomes(xlsx(rows), mapping=mapping, register_date=date(2007, 12, 31))
    record = found[0].record
    assert record
    assert record.enrolled_on is None
    assert record.internship_start_on is None
    assert [(spell.kind, str(spell.start_on), str(spell.end_on)) for spell in record.spells] == [
        ("internship", "2007-01-01", "2007-03-01")
    ]
    assert [column.how for column in reading.sheets[0].headings.columns] == ["heading", "given", "given", "given"]
    for wrong in ({1: "shoe_size"}, {1: "category:2"}, {-1: "note"}):
        with pytest.raises(ValueError):
            read(xlsx(rows), mapping=wrong)


def test_a_mapping_given_takes_the_field_from_the_column_guessed() -> None:
    rows = [["Namn", "Personnr", "Riktigt nr"], ["Karimi, Laleh", "saknas", "19850823-9996"]]
    _, found = outcomes(xlsx(rows), mapping={2: "identity"}, register_date=date(2007, 12, 31))
    assert found[0].record
    assert found[0].record.identity


def test_a_mapping_makes_up_for_missing_headings() -> None:
    _, found = outcomes(text([PERSON, ["Jama, Nadia", "19550615-9986"]]), mapping={0: "full_name", 1: "identity"})
    assert [outcome.status for outcome in found] == ["good", "good"]


def test_several_sheets_are_read_each_by_its_own_headings_and_date() -> None:
    first = [["uppdaterad 1999-12-31"], ["Namn", "Personnr"], ["Karimi, Laleh", "850823-9996"]]
    second = [["Pnr", "Efternamn", "Inskr"], ["990625-9990", "Haidari", "070712"]]
    reading, found = outcomes(xlsx(first, "1999", **{"2007": second, "Lista": [["Ek"], ["Al"]]}))
    assert [(sheet.name, str(sheet.register_date)) for sheet in reading.sheets] == [
        ("1999", "1999-12-31"),
        ("2007", "2007-12-31"),
    ]
    assert [outcome.status for outcome in found] == ["good", "good"]
    assert [outcome.source.number for outcome in found] == [3, 2]
    assert "sheet_without_header" in [notice.kind for notice in reading.notices]


def test_hundreds_of_columns() -> None:
    row = ["Namn", "Personnr", *[f"Fråga {place}" for place in range(700)]]
    _, found = outcomes(xlsx([row, [*PERSON, *range(700)]]))
    assert found[0].status == "good"


def test_where_the_register_date_comes_from() -> None:
    rows = [["Namn", "Personnr", "Inskriven"], ["Karimi, Laleh", "850823-9996", "2007-02-03"]]
    seen = read(xlsx(rows))
    assert (str(seen.register_date), seen.sheets[0].date_source) == ("2007-12-31", "latest_seen")
    assert [notice.kind for notice in seen.notices] == ["register_date_assumed"]
    assert str(read(xlsx(rows), register_date=date(2008, 1, 1)).register_date) == "2008-01-01"
    named = read(text(rows), name="register 2009-01-31.csv")
    assert (str(named.register_date), named.sheets[0].date_source) == ("2009-01-31", "claimed")
    bare = [row[:2] for row in rows]
    assert read(xlsx(bare), today=date(2020, 1, 1)).sheets[0].date_source == "today"
    _, found = outcomes(xlsx(bare))
    assert [problem.kind for problem in found[0].problems] == ["century_unknown"]


def test_the_table_of_headings_names_only_fields_there_are() -> None:
    named = {field for fields in tables.headings().values() for field in fields}
    assert named == FIELDS
