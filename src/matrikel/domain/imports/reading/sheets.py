"""From the bytes of a file to sheets and rows, lazily."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import apart, archive, delimited, workbook
from .cells import Row
from .faults import FileFault

FILE_LIMIT = 50 * 1024 * 1024  # bytes

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SECTOR = 512


@dataclass(frozen=True)
class Sheet:
    """One sheet; `rows()` starts a new reading from the top and gives (row number from 1, cells)."""

    name: str
    hidden: bool
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Source:
    """An opened file: its format (xlsx, xls, ods, csv), its sheets, and for csv how its text is written."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    separator: str | None = None


def open_source(source: bytes | Path | BinaryIO, name: str = "") -> Source:
    """Open a register of at most 50 MB; what it is, is judged by its bytes, the name only helps to spot macro
    files.

    Raises FileFault of any kind but `no_header` and `no_person_column`; the rows raise `huge`, `damaged` and
    `truncated` when they get so far.
    """
    if isinstance(source, Path):
        name = name or source.name
        with source.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    else:
        data = source if isinstance(source, bytes) else source.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise FileFault("huge", limit="50 MB")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileFault("empty")
    if name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise FileFault("macro")
    if data.startswith(b"PK"):
        return _open_zip(data)
    if data.startswith(_OLE):
        return _open_ole(data)
    text = delimited.open_text(data)
    sheet = Sheet("", False, text.rows)
    return Source("csv", (sheet,), text.encoding, text.separator)


def _open_zip(data: bytes) -> Source:
    package = archive.open_archive(data)
    if package.is_ods:
        archive.check_ods(package)
        return Source("ods", _compiled_sheets(data))
    book = workbook.open_workbook(package)
    return Source("xlsx", tuple(Sheet(part.name, part.hidden, part.rows) for part in book.sheets))


def _open_ole(data: bytes) -> Source:
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise FileFault("password")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise FileFault("macro")
    try:
        return Source("xls", _compiled_sheets(data))
    except FileFault as fault:
        if fault.kind == "damaged" and len(data) % _OLE_SECTOR:
            raise FileFault("truncated") from fault
        if fault.kind == "damaged" and "Workbook".encode("utf-16-le") not in data:
            raise FileFault("not_a_spreadsheet") from fault
        raise


def _compiled_sheets(data: bytes) -> tuple[Sheet, ...]:
    return tuple(Sheet(name, hidden, rows) for name, hidden, rows in apart.sheets(data))
