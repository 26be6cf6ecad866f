"""Registers made for the tests: every person in them is invented, every number one of Skatteverket's test numbers."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from matrikel.domain.imports.reading import Choices, Outcome, Reading, read

REGISTER = date(2007, 12, 31)
HEADINGS = ["Nr", "Efternamn", "Förnamn", "Personnr", "Kategori", "Inskriven", "Praktik fr o m", "Praktik t o m"]


def xlsx(rows: Iterable[Sequence[Any]], sheet: str = "Blad1", **more: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one sheet, or several by name; days are written as date cells, '=…' as strings."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    book = xlsxwriter.Workbook(stream, options)
    look = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, found in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for place, row in enumerate(found):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(place, column, cell, look)
                elif cell is not None and cell != "":
                    page.write(place, column, cell)
    book.close()
    return stream.getvalue()


def text(rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as delimited text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode(encoding)


def ods(rows: Iterable[Sequence[Any]], after: str = "") -> bytes:
    """The rows as the smallest OpenDocument sheet there is; `after` is put in after the rows."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
            if isinstance(cell, date)
            else f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, float)
            else f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Register">{cells}{after}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of the given parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return packed({name: archive.read(name) for name in archive.namelist()} | change)


def outcomes(data: bytes, **more: Any) -> tuple[Reading, list[Outcome]]:
    """The reading gone through to its end, with its outcomes."""
    reading = read(data, **more)
    return reading, list(reading)


def one(
    headings: Sequence[str], *cells: Any, choices: Choices | None = None, register: date | None = REGISTER
) -> Outcome:
    """What becomes of a single row under the given headings."""
    _, found = outcomes(xlsx([headings, cells]), register_date=register, choices=choices)
    assert len(found) == 1
    return found[0]


def kinds_of(outcome: Outcome) -> list[str]:
    """The kinds of the row's problems, in order."""
    return [problem.kind for problem in outcome.problems]
