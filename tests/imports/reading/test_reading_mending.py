"""The workbook of refused rows: mended and imported again."""

import io
from datetime import date, datetime

import pytest
import python_calamine

from matrikel.domain.imports.reading import SourceRow, cell_name, kinds, message, read, remedy, to_xlsx
from matrikel.domain.imports.reading.record import Problem
from tests.imports.reading.registers import HEADINGS, outcomes, xlsx
from tests.imports.reading.test_reading_oracle import BOOK

REGISTER = date(2007, 12, 31)


def refused_of(source: object) -> bytes:
    found = [outcome for outcome in read(source) if outcome.status == "refused"]  # type: ignore[arg-type]
    problems = [problem for outcome in found for problem in outcome.problems]
    return to_xlsx(problems, [outcome.source for outcome in found], register_date=REGISTER)


def test_the_refused_rows_are_refused_again_for_the_same_reasons() -> None:
    first = [outcome for outcome in read(BOOK) if outcome.status == "refused"]
    reading, again = outcomes(refused_of(BOOK))
    assert str(reading.register_date) == "2007-12-31"
    assert [[problem.kind for problem in outcome.problems] for outcome in again] == [
        [problem.kind for problem in outcome.problems] for outcome in first
    ]
    assert [column.field for column in reading.sheets[0].headings.columns][-4:] == ["ignored"] * 4
    assert [notice.kind for notice in reading.notices if "heading" in notice.kind] == []
    assert [outcome.source.cells[:21] for outcome in again if len(outcome.source.cells) > 21] == [
        (*outcome.source.cells, *[""] * (21 - len(outcome.source.cells))) for outcome in first
    ]


def test_mended_rows_are_good() -> None:
    cells = ["7", "Karimi", "Laleh", "850823-9995", "Kvot", "v 43", "2007-06-01", datetime(2007, 2, 1, 12)]  # noqa: DTZ001
    data = refused_of(xlsx([["uppdaterad 2007-12-31"], HEADINGS, cells]))
    page = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert page[4][8:10] == ["Blad1", 3.0]
    assert "Personnr: Personnumrets kontrollsiffra" in str(page[4][10])
    assert "2007-07-12" in str(page[4][11])
    mended = [list(row) for row in page]
    mended[4][3], mended[4][5], mended[4][7] = "850823-9996", "2007-05-02", "2007-09-01"
    _, again = outcomes(xlsx(mended))
    assert [outcome.status for outcome in again] == ["good"]
    assert again[0].record
    assert again[0].record.enrolled_on == date(2007, 5, 2)


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 70", "-3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://example.org"]
)
def test_nothing_becomes_a_formula_or_a_link(text: str) -> None:
    row = SourceRow(text, 3, ("Namn", text), ("Karimi, Laleh", text, float("nan"), ""))
    problem = Problem(text, 3, 3, text, "unknown_country", text, "flagged", {"suggestion": text})
    data = to_xlsx([problem], [row])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert text in book.get_sheet_by_index(0).to_python()[4]
    import zipfile

    parts = zipfile.ZipFile(io.BytesIO(data))
    assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())
    assert not any(
        "hyperlink" in parts.read(name).decode("utf-8", "ignore").lower()
        for name in parts.namelist()
        if ".rels" in name
    )


def test_many_sheets_with_names_that_cannot_be() -> None:
    rows = [SourceRow(name, 1, ("Namn",), ("A",)) for name in ("a/b", "a?b", "A*B", "", "x" * 60)]
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx([], rows))).sheet_names
    assert len(set(names)) == 5


def test_every_kind_has_texts_in_both_languages() -> None:
    for kind in kinds().values():
        problem = Problem("Blad1", 2, 3, "Land", kind.name, "x", "flagged", {"reason": "week", "suggestion": "Somalia"})
        for language in ("sv", "en"):
            said = message(problem, language)  # type: ignore[arg-type]
            done = remedy(problem, language)  # type: ignore[arg-type]
            assert said.endswith(".")
            assert done.endswith(".")
            assert "{" not in said + done
    assert "en vecka" in message(Problem("", 1, 1, "", "unreadable_date", "v 43", "refused", {"reason": "week"}))


def test_cells_are_named_as_the_program_names_them() -> None:
    assert [cell_name(7, column) for column in (0, 25, 26, 701, 702, None)] == ["A7", "Z7", "AA7", "ZZ7", "AAA7", "7"]
