"""The cells of one xlsx worksheet as a stream of rows. ECMA-376 part 1, §18.3.1."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from xml.parsers import expat

from .archive import Archive, parse_xml
from .cells import COLUMN_LIMIT, ROW_LIMIT, Cell, Row
from .faults import FileFault

_MERGE = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 64
_MERGE_LIMIT = 50_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_USED = frozenset(("c", "v", "t", "row", "rPh", "is", "r", "f"))
_EPOCH = date(1899, 12, 30)
_BEFORE_MARCH_1900 = date(1899, 12, 31)
_LAST_SERIAL = 2_958_465  # 9999-12-31


class Strings:
    """The workbook's shared strings by place."""

    get: Callable[[int], str]


class Grid:
    def __init__(self, archive: Archive, part: str, shared: Strings, dates: frozenset[int], shift: int) -> None:
        self.archive = archive
        self.part = part
        self.shared = shared
        self.dates = {str(place) for place in dates}
        self.shift = shift

    def rows(self) -> Iterator[Row]:
        """Every row down to the last with content; blank ones as empty lists."""
        merges = _Merges(self._merge_ranges())
        parser = _SheetParser(self.shared, self.dates, self.shift)
        due = 1
        for _ in parse_xml(self.archive, self.part, parser.expat):
            for number, cells in parser.take():
                if number < due:
                    raise FileFault("damaged", part=self.part)
                if number > ROW_LIMIT:
                    raise FileFault("huge", limit=f"{ROW_LIMIT} rows", row=number)
                for blank in range(due, number):
                    yield blank, []
                due = number + 1
                yield number, merges.fill(number, cells)

    def _merge_ranges(self) -> list[tuple[int, int, int]]:
        # They stand after the rows, so the part is gone through once beforehand, without parsing it.
        found: set[tuple[int, int, int]] = set()
        tail = b""
        for chunk in self.archive.chunks(self.part):
            if b"mergeCell" in chunk or b"mergeCell" in tail + chunk[:_OVERLAP]:
                for left, top, right, bottom in _MERGE.findall(tail + chunk):
                    if left == right and int(top) < int(bottom):
                        found.add((int(top), int(bottom), column_index(left.decode())))
            tail = chunk[-_OVERLAP:]
            if len(found) > _MERGE_LIMIT:
                raise FileFault("huge", limit=f"{_MERGE_LIMIT} merged cells")
        return sorted(found)


class _Merges:
    """Upright merged cells: every row they cover is given their value, as a reader of the sheet sees it."""

    def __init__(self, ranges: list[tuple[int, int, int]]) -> None:
        self.waiting = ranges[::-1]
        self.active: dict[int, tuple[int, Cell]] = {}

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        if not self.waiting and not self.active:
            return cells
        while self.waiting and self.waiting[-1][0] <= number:
            top, bottom, column = self.waiting.pop()
            if top == number and column < len(cells) and cells[column] != "":
                self.active[column] = (bottom, cells[column])
        for column, (bottom, value) in list(self.active.items()):
            if number > bottom:
                del self.active[column]
            elif column >= len(cells) or cells[column] == "":
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
        return cells


@lru_cache(maxsize=4_096)
def column_index(letters: str) -> int:
    """The column's place from 0: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


class _SheetParser:
    def __init__(self, shared: Strings, dates: set[str], shift: int) -> None:
        self.shared, self.dates, self.shift = shared, dates, shift
        self.ready: list[Row] = []
        self.number = 0
        self.cells: list[Cell] = []
        self.column = -1
        self.attrs: dict[str, str] = {}
        self.text: list[str] = []
        self.phonetic = False
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end

    def take(self) -> list[Row]:
        """The rows finished since the last call."""
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attrs: dict[str, str]) -> None:
        # The order of the questions is the order of frequency: this runs for every cell.
        if name not in _USED:
            name = name.rpartition(":")[2]
        if name == "c":
            self.attrs = attrs
            self.column += 1
        elif name == "v" or (name == "t" and not self.phonetic):
            self.expat.CharacterDataHandler = self.text.append
        elif name == "row":
            number = attrs.get("r", "")
            self.number = int(number) if number.isdigit() else self.number + 1
            self.cells = []
            self.column = -1
        elif name == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        if name not in _USED:
            name = name.rpartition(":")[2]
        if name == "v" or name == "t":
            self.expat.CharacterDataHandler = None
        elif name == "c":
            if reference := self.attrs.get("r"):
                self.column = column_index(reference.rstrip("0123456789"))
            if self.text:
                self._place(self._value(self.text[0] if len(self.text) == 1 else "".join(self.text)))
                self.text.clear()
        elif name == "row":
            if self.cells:
                self.ready.append((self.number, self.cells))
        elif name == "rPh":
            self.phonetic = False

    def _place(self, value: Cell) -> None:
        gap = self.column - len(self.cells)
        if self.column >= COLUMN_LIMIT:
            raise FileFault("huge", limit=f"{COLUMN_LIMIT} columns", row=self.number)
        if gap < 0:
            raise FileFault("damaged", row=self.number)
        if value != "" or isinstance(value, float):
            if gap:
                self.cells.extend([""] * gap)
            self.cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self.attrs.get("t", "n")
        if kind == "s":
            return _unescape(self.shared.get(int(text))) if text.isdigit() else ""
        if kind == "n":
            try:
                number = float(text)
            except ValueError:
                return text
            return _moment(number + self.shift) if self.attrs.get("s", "0") in self.dates else number
        if kind == "b":
            return text.strip() == "1"
        if kind == "d":
            return _iso(text)
        return _unescape(text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _moment(serial: float) -> Cell:
    """Days since 1899-12-30; before March 1900 one day less, because the programs count a 29 February 1900."""
    if not 1 <= serial < _LAST_SERIAL:
        return serial
    day = (_BEFORE_MARCH_1900 if serial < 60 else _EPOCH) + timedelta(days=int(serial))
    seconds = round((serial - int(serial)) * 86_400)
    if seconds in (0, 86_400):
        return day
    return datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60))


def _iso(text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return moment.date() if moment.time() == moment.time().min else moment
