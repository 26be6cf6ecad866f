"""Reading xlsx piece by piece.

The compiled reader used for xls and ods holds a whole sheet in memory (350 MB for 200 000 rows of 21
columns), and takes one stray cell far out as a reason to reserve the whole rectangle. So xlsx, the format of
the large registers, is parsed here as a stream. ECMA-376 part 1, §18.2 workbook, §18.3 sheets, §18.4 strings,
§18.8 styles.
"""

import array
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from .archive import Archive, parse_xml
from .cells import Row
from .faults import FileFault
from .grid import Grid, Strings

Attributes = dict[str, str]

_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True)
class SheetPart:
    """One worksheet inside the archive."""

    name: str
    hidden: bool
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Workbook:
    """The worksheets in the order the program shows them."""

    sheets: tuple[SheetPart, ...]


def open_workbook(archive: Archive) -> Workbook:
    """Read the list of sheets, the date styles and the strings. Raises FileFault `damaged`."""
    path = _main_part(archive)
    targets = _relations(archive, path)
    listed: list[Attributes] = []
    dates_from_1904 = False

    def start(name: str, attrs: Attributes) -> None:
        nonlocal dates_from_1904
        if name == "sheet":
            listed.append(attrs)
        elif name == "workbookPr":
            dates_from_1904 = attrs.get("date1904") in ("1", "true")

    _walk(archive, path, start)
    shared = _SharedStrings(archive, path)
    styles = _date_styles(archive, path)
    sheets = []
    for attrs in listed:
        relation = next((value for key, value in attrs.items() if key == "id"), "")
        kind, target = targets.get(relation, ("", ""))
        if kind == "worksheet" and target in archive.names:
            grid = Grid(archive, target, shared, styles, 1462 if dates_from_1904 else 0)
            hidden = attrs.get("state", "visible") != "visible"
            sheets.append(SheetPart(attrs.get("name", ""), hidden, grid.rows))
    if not sheets:
        raise FileFault("damaged")
    return Workbook(tuple(sheets))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _walk(
    archive: Archive,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attrs: start(
        _local(name), {_local(key): value for key, value in attrs.items()}
    )
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text:
        parser.CharacterDataHandler = text
    for _ in parse_xml(archive, part, parser):
        pass


def _main_part(archive: Archive) -> str:
    if "xl/workbook.xml" in archive.names:
        return "xl/workbook.xml"
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument" and target in archive.names:
            return target
    raise FileFault("damaged", part="xl/workbook.xml")


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attrs: Attributes) -> None:
        if name == "Relationship":
            target = attrs.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attrs.get("Id", "")] = (attrs.get("Type", "").rpartition("/")[2], full)

    _walk(archive, posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return found


def _sibling(archive: Archive, main: str, kind: str) -> str | None:
    targets = (target for found, target in _relations(archive, main).values() if found == kind)
    return next((target for target in targets if target in archive.names), None)


def _date_styles(archive: Archive, main: str) -> frozenset[int]:
    part = _sibling(archive, main, "styles")
    if part is None:
        return frozenset()
    custom: dict[str, str] = {}
    used: list[str] = []
    inside: list[str] = []

    def start(name: str, attrs: Attributes) -> None:
        inside.append(name)
        if name == "numFmt":
            custom[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            used.append(attrs.get("numFmtId", "0"))

    _walk(archive, part, start, lambda name: inside.__delitem__(-1))
    return frozenset(
        place
        for place, number in enumerate(used)
        if (
            _is_date_format(custom[number]) if number in custom else number.isdigit() and int(number) in _BUILT_IN_DATES
        )
    )


def _is_date_format(code: str) -> bool:
    first = _FORMAT_NOISE.sub("", code.split(";")[0]).lower()
    return "general" not in first and any(letter in first for letter in "ymdå")


class _SharedStrings(Strings):
    """All strings of the workbook end to end in one block: a tenth of what a list of texts would take."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.block = bytearray()
        self.ends = array.array("Q", [0])
        self.phonetic = self.reading = False
        part = _sibling(archive, main, "sharedStrings")
        if part is not None:
            _walk(archive, part, self._start, self._end, self._text)
        self.get = lru_cache(maxsize=20_000)(self._get)

    def _get(self, place: int) -> str:
        if not 0 <= place < len(self.ends) - 1:
            raise FileFault("damaged", part="sharedStrings")
        return self.block[self.ends[place] : self.ends[place + 1]].decode("utf-8", "replace")

    def _start(self, name: str, attrs: Attributes) -> None:
        if name == "t":
            self.reading = not self.phonetic
        elif name == "rPh":
            self.phonetic = True

    def _end(self, name: str) -> None:
        if name == "t":
            self.reading = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.ends.append(len(self.block))

    def _text(self, text: str) -> None:
        if self.reading:
            self.block += text.encode("utf-8", "replace")
