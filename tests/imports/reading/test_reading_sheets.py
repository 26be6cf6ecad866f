"""From bytes to rows: formats, encodings, and files that cannot be read."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from matrikel.domain.imports.reading import FileFault, message, open_source, read, remedy
from matrikel.domain.imports.reading import sheets as sheets_module
from tests.imports.reading.registers import HEADINGS, ods, outcomes, packed, repacked, text, xlsx

ROWS = [
    ["Namn", "Personnr", "Land", "Inskriven"],
    ["Öberg, Åsa", "19850823-9996", "Irak", "2007-07-12"],
    ["Jama, Nadia", "550615-9986", "Eritrea", "30/8 2007"],
]
XLS = Path(__file__).with_name("small.xls")


def fault_of(data: bytes, name: str = "") -> str:
    with pytest.raises(FileFault) as caught:
        list(read(data, name=name, register_date=date(2007, 12, 31)))
    assert all(message(caught.value, language) and remedy(caught.value, language) for language in ("sv", "en"))
    assert "{" not in message(caught.value)
    return caught.value.kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_text_in_any_encoding_with_any_separator(encoding: str, separator: str) -> None:
    reading, found = outcomes(text(ROWS, separator, encoding), register_date=date(2007, 12, 31))
    assert [outcome.status for outcome in found] == ["good", "good"]
    assert found[0].record
    assert (found[0].record.family_name, found[0].record.given_name) == ("Öberg", "Åsa")
    assert reading.separator == separator


def test_the_line_excel_writes_for_itself_is_not_counted() -> None:
    _, found = outcomes(b"sep=;\r\n" + text(ROWS), register_date=date(2007, 12, 31))
    assert [outcome.source.number for outcome in found] == [2, 3]


def test_a_note_of_several_lines_stays_one_cell() -> None:
    rows = [[*ROWS[0], "Anm"], [*ROWS[1], "ring;\nsedan\nbrev"], [*ROWS[2], ""]]
    _, found = outcomes(text(rows), register_date=date(2007, 12, 31))
    assert found[0].record
    assert found[0].record.note == "ring; sedan brev"
    assert len(found) == 2


def test_opendocument_with_the_blank_million_programs_leave() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = [ROWS[0], ["Karimi, Laleh", 198508239996.0, "irak", date(2007, 7, 12)]]
    reading, found = outcomes(ods(rows, blank))
    assert (reading.format, [outcome.status for outcome in found]) == ("ods", ["good"])
    assert found[0].record
    assert found[0].record.enrolled_on == date(2007, 7, 12)


def test_old_excel() -> None:
    reading, found = outcomes(XLS.read_bytes())
    assert (reading.format, reading.register_date) == ("xls", date(2009, 6, 30))
    first, second = (outcome.record for outcome in found)
    assert first
    assert second
    assert (first.enrolled_on, first.sfi_start_on) == (date(2007, 7, 12), date(2007, 8, 1))
    assert (second.enrolled_on, second.category) == (date(2008, 3, 2), "relative")


def test_cells_of_every_sort() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    page.write_datetime(0, 0, datetime(2007, 1, 2, 3, 4, 5), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))  # noqa: DTZ001
    page.write_number(0, 1, 39295, book.add_format({"num_format": '"den" d mmmm yyyy'}))
    page.write_number(0, 2, 39295, book.add_format({"num_format": '#,##0 "dagar"'}))
    page.write_formula(0, 3, "=1/0", None, "#DIV/0!")
    page.write_boolean(0, 4, True)
    page.write_rich_string(0, 5, book.add_format({"bold": True}), "Öst", "berg")
    page.write_string(0, 6, "_x0041_ & <b>")
    page.write_number(0, 7, 1, book.add_format({"num_format": "yyyy-mm-dd"}))
    page.merge_range(2, 0, 4, 0, "Irak")
    page.write_string(3, 1, "x")
    page.write_string(4, 1, "x")
    book.close()
    rows = dict(open_source(stream.getvalue()).sheets[0].rows())
    assert rows[1] == [
        datetime(2007, 1, 2, 3, 4, 5), date(2007, 8, 1), 39295.0, "#DIV/0!", True, "Östberg", "_x0041_ & <b>",  # noqa: DTZ001
        date(1900, 1, 1),
    ]  # fmt: skip
    assert (rows[2], rows[3][:1], rows[4], rows[5]) == ([], ["Irak"], ["Irak", "x"], ["Irak", "x"])


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", xlsx([])])
def test_empty(data: bytes) -> None:
    assert fault_of(data) == "empty"


def test_truncated() -> None:
    assert fault_of(xlsx(ROWS)[:-400]) == "truncated"
    assert fault_of(text(ROWS, encoding="utf-8-sig") + "å".encode()[:1]) == "truncated"
    assert fault_of(text(ROWS, encoding="utf-16") + b"a") == "truncated"
    assert fault_of(XLS.read_bytes()[:3000]) in ("truncated", "damaged")


def test_huge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_module, "FILE_LIMIT", 1000)
    assert fault_of(b"a" * 1001) == "huge"


def test_a_small_file_that_unpacks_to_a_giant_is_not_unpacked() -> None:
    bomb = repacked(xlsx(ROWS), {"xl/worksheets/sheet1.xml": b" " * 30_000_000})
    assert len(bomb) < 100_000
    assert fault_of(bomb) == "huge"
    repeated = (
        '<table:table-row table:number-rows-repeated="200000"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="1900"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    assert fault_of(ods(ROWS, repeated)) == "huge"


def test_a_stray_cell_far_out_is_refused_without_filling_the_space_between() -> None:
    data = xlsx(ROWS)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    for stray in (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', b'<row r="9"><c r="XFD9"><v>1</v></c></row>'):
        changed = sheet.replace(b"</sheetData>", stray + b"</sheetData>")
        assert fault_of(repacked(data, {"xl/worksheets/sheet1.xml": changed})) == "huge"


def test_wrongly_encoded() -> None:
    assert fault_of(text(ROWS).decode().encode().decode("latin-1").encode()) == "wrongly_encoded"
    assert fault_of(text(ROWS, encoding="cp850")) == "wrongly_encoded"
    assert fault_of(text(ROWS) + text(ROWS[1:], encoding="cp1252") * 2) == "wrongly_encoded"
    assert fault_of("Namn;Personnr\n\ufffdberg;19850823-9996\n".encode()) == "wrongly_encoded"


def test_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert fault_of(ole) == "password"
    locked = repacked(ods(ROWS), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    assert fault_of(locked) == "password"


def test_macros() -> None:
    assert fault_of(xlsx(ROWS), name="Register.XLSM") == "macro"
    assert fault_of(repacked(xlsx(ROWS), {"xl/vbaProject.bin": b"x"})) == "macro"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"<html><table><tr><td>Namn</td></tr></table></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        packed({"word/document.xml": "<w/>"}),
        bytes(range(256)) * 20,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528),
    ],
)
def test_not_a_spreadsheet(data: bytes) -> None:
    assert fault_of(data) == "not_a_spreadsheet"


def test_damaged() -> None:
    assert fault_of(repacked(xlsx(ROWS), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})) == "damaged"
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    assert fault_of(repacked(xlsx(ROWS), {"xl/worksheets/sheet1.xml": entity})) == "damaged"
    swallowed = "Namn;Personnr\n" + '"Karimi, Laleh;198508239996\n' + "Jama, Nadia;195506159986\n" * 9
    assert fault_of(swallowed.encode()) == "damaged"


def test_no_headings_and_no_persons() -> None:
    assert fault_of(xlsx([["anteckningar, ej data"], ["mer"]])) == "no_header"
    assert fault_of(xlsx([["Kategori", "Land", "Inskriven"], ["Kvot", "Irak", "2007-01-01"]])) == "no_person_column"


def test_hidden_sheets_are_told_of_not_read() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Visas").write_row(0, 0, HEADINGS)
    page = book.add_worksheet("Gömd")
    page.write_row(0, 0, HEADINGS)
    page.hide()
    book.close()
    reading = read(stream.getvalue())
    assert [sheet.name for sheet in reading.sheets] == ["Visas"]
    assert [notice.kind for notice in reading.notices] == ["sheet_hidden"]
