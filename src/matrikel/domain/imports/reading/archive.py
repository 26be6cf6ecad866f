"""Zip archives judged before anything in them is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from .cells import COLUMN_LIMIT, ROW_LIMIT
from .faults import FileFault

UNPACKED_LIMIT = 1024 * 1024 * 1024  # bytes, all parts together, as the archive's own directory states
RATIO_LIMIT = 200  # unpacked to packed; real registers lie under 60
RATIO_COUNTS_FROM = 10 * 1024 * 1024  # bytes; small parts may repeat themselves as they like
ODS_CELL_LIMIT = 12_000_000

_CHUNK = 256 * 1024


@dataclass(frozen=True)
class Archive:
    """A zip archive that is safe to unpack."""

    parts: zipfile.ZipFile
    names: frozenset[str]

    @property
    def is_ods(self) -> bool:
        """Whether this is an OpenDocument file."""
        return "content.xml" in self.names and "xl/workbook.xml" not in self.names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part unpacked bit by bit. Raises FileFault `damaged` or `truncated`."""
        try:
            with self.parts.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except KeyError as fault:
            raise FileFault("damaged", part=name) from fault
        except EOFError as fault:
            raise FileFault("truncated", part=name) from fault
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as fault:
            raise FileFault("damaged", part=name) from fault


def open_archive(data: bytes) -> Archive:
    """Open a zip archive. Raises FileFault: truncated, damaged, huge, password, macro, not_a_spreadsheet."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        entries = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, UnicodeError) as fault:
        kind = "damaged" if b"PK\x05\x06" in data[-70_000:] else "truncated"
        raise FileFault("damaged" if kind == "damaged" else "truncated") from fault
    names = frozenset(entry.filename for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_LIMIT:
        raise FileFault("huge", limit="1 GB unpacked")
    for entry in entries:
        if entry.file_size > max(RATIO_COUNTS_FROM, RATIO_LIMIT * entry.compress_size):
            raise FileFault("huge", limit=f"{RATIO_LIMIT}:1 unpacked")
        if entry.flag_bits & 0x1:
            raise FileFault("password")
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise FileFault("macro")
    archive = Archive(parts, names)
    if "META-INF/manifest.xml" in names and b"encryption-data" in b"".join(archive.chunks("META-INF/manifest.xml")):
        raise FileFault("password")
    if not archive.is_ods and not any(name.startswith("xl/") for name in names):
        raise FileFault("not_a_spreadsheet")
    if not archive.is_ods and "xl/workbook.bin" in names:
        raise FileFault("not_a_spreadsheet")
    return archive


def parse_xml(archive: Archive, name: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Feed a part to an expat parser, pausing after each piece. Raises FileFault `damaged`."""

    def refuse(*_: Any) -> None:
        # Spreadsheet files declare no entities; one that does is built to explode or to reach outside.
        raise FileFault("damaged", part=name)

    parser.EntityDeclHandler = refuse
    try:
        for chunk in archive.chunks(name):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as fault:
        raise FileFault("damaged", part=name) from fault


def check_ods(archive: Archive) -> None:
    """Count the cells an OpenDocument sheet would grow to. Raises FileFault `huge` or `damaged`.

    Its cells and rows may be repeated by a number, so a small file can stand for more cells than memory
    holds.
    """
    counter = _OdsCounter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    for _ in parse_xml(archive, "content.xml", parser):
        pass


class _OdsCounter:
    def __init__(self) -> None:
        self.rows = self.row_repeat = self.width = self.filled = self.widest = 0
        self.pending = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "table:table":
            self.rows = self.pending = self.widest = 0
        elif name == "table:table-row":
            self.row_repeat = _count(attrs.get("table:number-rows-repeated"))
            self.width = self.filled = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.width += _count(attrs.get("table:number-columns-repeated"))
            if any(key.startswith("office:") for key in attrs):
                self.filled = self.width
        elif name == "text:p":
            self.filled = self.width

    def end(self, name: str) -> None:
        if name != "table:table-row":
            return
        self.pending += self.row_repeat
        if self.filled:
            self.rows += self.pending
            self.pending = 0
            self.widest = max(self.widest, self.filled)
        if self.rows > ROW_LIMIT or self.widest > COLUMN_LIMIT or self.rows * self.widest > ODS_CELL_LIMIT:
            raise FileFault("huge", limit=f"{ROW_LIMIT} rows, {COLUMN_LIMIT} columns")


def _count(text: str | None) -> int:
    try:
        return max(1, int(text)) if text else 1
    except ValueError:
        return 1
