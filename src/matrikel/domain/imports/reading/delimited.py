"""Text files: which encoding, which separator, and the rows."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .cells import COLUMN_LIMIT, ROW_LIMIT, Row
from .faults import FileFault

SEPARATORS = (";", "\t", ",", "|")

_CHUNK = 1024 * 1024
_SAMPLE = 64 * 1024
_TYPES = {  # beginnings of files that are often renamed to or sent as a spreadsheet
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"<": "HTML/XML",
}
# UTF-8 read as cp1252 or latin-1 and saved once more, or letters already replaced.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf–…„‰†•‡”]|â€|ï»¿|\ufffd")
_DOS_LETTERS = b"\x84\x86\x8e\x8f\x94\x99"  # ä å Ä Å ö Ö in code pages 437 and 850


@dataclass(frozen=True)
class DelimitedText:
    """A text file whose encoding and separator are known."""

    data: bytes
    encoding: str
    separator: str

    def rows(self) -> Iterator[Row]:
        """Rows numbered as a spreadsheet program numbers them. Raises FileFault `huge` or `damaged`."""
        stream = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        number = 0
        try:
            lines = csv.reader(stream, delimiter=self.separator)
            for cells in lines:
                if number == 0 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                    continue
                number += 1
                if number > ROW_LIMIT:
                    raise FileFault("huge", limit=f"{ROW_LIMIT} rows", row=number)
                if len(cells) > COLUMN_LIMIT:
                    raise FileFault("huge", limit=f"{COLUMN_LIMIT} columns", row=number)
                if any("\n" in cell and self._swallowed(cell) for cell in cells):
                    raise FileFault("damaged", row=number)
                yield number, list(cells)
        except (csv.Error, UnicodeError) as fault:
            raise FileFault("damaged", row=number + 1) from fault

    def _swallowed(self, cell: str) -> bool:
        # A quotation mark that is never closed takes the rest of the file, rows and all, into one cell.
        lines = cell.splitlines()
        return len(lines) > 3 and sum(self.separator in line for line in lines) > len(lines) // 2


def open_text(data: bytes) -> DelimitedText:
    """Judge encoding (utf-8, utf-16, cp1252) and separator. Raises FileFault: wrongly_encoded, truncated,
    not_a_spreadsheet."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:16]
    found = next((name for mark, name in _TYPES.items() if start.startswith(mark)), None)
    if found:
        raise FileFault("not_a_spreadsheet", found=found)
    encoding = _encoding(data)
    sample = io.TextIOWrapper(io.BytesIO(data[: _SAMPLE * 4]), encoding=encoding, errors="replace").read(_SAMPLE)
    control = sum(1 for sign in sample if sign < " " and sign not in "\t\r\n\f\x0b")
    if "\0" in sample or control > 2 + len(sample) // 200:
        raise FileFault("not_a_spreadsheet")
    return DelimitedText(data, encoding, _separator(sample))


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileFault("wrongly_encoded", found="utf-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _whole(data, "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return _whole(data, "utf-8-sig")
    head = data[:4096]
    if b"\0" in head:
        zeros = Counter(place % 2 for place, byte in enumerate(head) if byte == 0)
        even, odd = zeros[0], zeros[1]
        if max(even, odd) > len(head) // 4 and min(even, odd) * 10 <= max(even, odd):
            return _whole(data, "utf-16-be" if even > odd else "utf-16-le")
        raise FileFault("not_a_spreadsheet")
    return _utf8_or_western(data)


def _utf8_or_western(data: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    sound = broken = 0
    for place in range(0, len(data), _CHUNK):
        piece = data[place : place + _CHUNK]
        text = decoder.decode(piece, place + _CHUNK >= len(data))
        if text.isascii():
            continue
        high = [sign for sign in text if sign > "\x7f"]
        lost = sum("\udc80" <= sign <= "\udcff" for sign in high)
        sound, broken = sound + len(high) - lost, broken + lost
        if _MOJIBAKE.search(text):
            raise FileFault("wrongly_encoded", found="utf-8 twice")
    if not broken:
        return "utf-8"
    if broken <= 3 and sound > broken and not _decodes(data, "utf-8") and _decodes(data[:-broken], "utf-8"):
        raise FileFault("truncated")
    if sound > broken // 10:
        raise FileFault("wrongly_encoded", found="utf-8 + cp1252")
    dos = sum(data.count(byte) for byte in _DOS_LETTERS)
    if dos > broken // 2:
        raise FileFault("wrongly_encoded", found="DOS")
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"


def _whole(data: bytes, encoding: str) -> str:
    if not _decodes(data, encoding):
        width = 2 if encoding.startswith("utf-16") else 1
        cut = any(_decodes(data[: -lost * 1], encoding) for lost in range(1, 3 + width))
        raise FileFault("truncated" if cut else "wrongly_encoded", found=encoding)
    return encoding


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for place in range(0, len(data), _CHUNK):
            if "\ufffd" in decoder.decode(data[place : place + _CHUNK]):
                raise FileFault("wrongly_encoded", found="\ufffd")
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _separator(sample: str) -> str:
    first = sample.lstrip("\ufeff").split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = ";", 0.0
    for separator in SEPARATORS:
        try:
            rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), 40))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows[:-1] or rows if len(row) > 1)
        # The right one gives the same number of cells on most rows; commas inside names and notes do not.
        score = max((count * (1 + min(width, 30) / 30) for width, count in widths.items()), default=0.0)
        if score > best_score:
            best, best_score = separator, score
    return best
