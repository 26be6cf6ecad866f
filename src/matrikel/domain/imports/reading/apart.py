"""Asking the compiled reader, which works in a process of its own (see compiled.py), for sheets and rows."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .cells import COLUMN_LIMIT, ROW_LIMIT, Cell, Row
from .compiled import PASSWORD
from .faults import FileFault

_READER = Path(__file__).with_name("compiled.py")


def sheets(data: bytes) -> Iterator[tuple[str, bool, Callable[[], Iterator[Row]]]]:
    """Name, hidden and rows of every worksheet in an xls or ods file. Raises FileFault `password` or `damaged`."""
    for line in _lines(data, "sheets"):
        place, name, hidden = _parsed(line)
        yield name, hidden, _Rows(data, place, name)


class _Rows:
    def __init__(self, data: bytes, place: int, name: str) -> None:
        self.data, self.place, self.name = data, place, name

    def __call__(self) -> Iterator[Row]:
        lines = _lines(self.data, str(self.place))
        height, width = _parsed(next(lines, b"[0, 0]"))
        if height > ROW_LIMIT or width > COLUMN_LIMIT:
            limit = f"{ROW_LIMIT} rows" if height > ROW_LIMIT else f"{COLUMN_LIMIT} columns"
            raise FileFault("huge", sheet=self.name, limit=limit)
        for number, line in enumerate(lines, start=1):
            yield number, [_cell(cell) for cell in _parsed(line)]


def _lines(data: bytes, wanted: str) -> Iterator[bytes]:
    # The arguments are this house's own: the running interpreter, the file beside this one, and a number.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", str(_READER), wanted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise FileFault("damaged")
            with suppress(BrokenPipeError), process.stdin as stream:
                stream.write(data)
            yield from process.stdout
            ended = process.wait()
        finally:
            process.kill()
    if ended == PASSWORD:
        raise FileFault("password")
    if ended:
        raise FileFault("damaged")


def _parsed(line: bytes) -> list[Any]:
    try:
        return list(json.loads(line))
    except ValueError as fault:  # the process ended in the middle of a line
        raise FileFault("damaged") from fault


def _cell(cell: object) -> Cell:
    if isinstance(cell, list):
        text = str(cell[0])
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return cell if isinstance(cell, str | float | bool) else ""
