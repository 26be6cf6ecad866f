"""Rows that are no persons: blank rows, sums, headings that stand again further down, hints under the
headings.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from .cells import Cell, fold, is_blank

_SUM = re.compile(
    r"(del|slut|grand )?(summa|summor|totalt?|total summa|sum|medel|medelvärde|snitt|genomsnitt|s:a"
    r"|antal( personer| inskrivna| st)?)"
    r":?( \S+){0,3}"
)
_HINT = re.compile(r"[åäömdxyj/n0-9.,\s:-]*(å{2,4}|y{4}|mm|dd|x{2,4}|ja/nej|j/n|m/k|k/m)[åmdxyn/\s.-]*", re.IGNORECASE)
_HINT_ROWS = 3
_NUMBER = re.compile(r"[-+]?[\d\s]{1,9}([.,]\d+)? ?%?")
_LONG_NUMBER = 1e8  # from here on a number may be somebody's identity number


def skipped_as(
    cells: Sequence[Cell], headings: tuple[str, ...], columns: Mapping[str, int], below: int
) -> Literal["", "blank", "sum", "heading", "hint"]:
    """Why a row is not read, '' where it is; `below` counts rows from the headings."""
    for cell in cells:
        # The common row shows at once that it is one: a text in a column of names or numbers that is no sum
        # word.
        if cell != "":
            break
    else:
        return "blank"
    if all(map(is_blank, cells)):
        return "blank"
    if _is_sum(cells, columns):
        return "sum"
    if _is_heading(cells, headings):
        return "heading"
    if 0 < below <= _HINT_ROWS and _is_hint(cells):
        return "hint"
    return ""


def _is_sum(cells: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    words = numbers = 0
    for cell in cells:
        if cell == "":
            continue
        if isinstance(cell, str):
            if is_blank(cell):
                continue
            if _NUMBER.fullmatch(cell):
                numbers += 1
            elif words == 0 and _SUM.fullmatch(fold(cell)):
                words += 1
            else:
                return False
        elif isinstance(cell, date | bool) or abs(cell) >= _LONG_NUMBER:
            return False
        else:
            numbers += 1
    if words:
        return True
    # Only numbers: a sum, unless one stands where numbers or days of persons stand.
    typed = [
        index for name, index in columns.items() if name in ("identity", "birth_date", "local_number", "lma_number")
    ]
    return numbers > 0 and all(index >= len(cells) or is_blank(cells[index]) for index in typed)


def _is_heading(cells: Sequence[Cell], headings: tuple[str, ...]) -> bool:
    if not isinstance(cells[0], str) and cells[0] != "":
        return False
    same = other = 0
    for place, cell in enumerate(cells):
        if cell == "":
            continue
        if not isinstance(cell, str):
            return False
        heading = headings[place] if place < len(headings) else ""
        if heading and (cell == heading or heading.casefold().endswith(cell.strip().casefold() or "\0")):
            same += 1
        else:
            other += 1
            if other > 2:
                return False
    return same >= 2 and same > other


def _is_hint(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if cell != ""]
    hints = sum(isinstance(cell, str) and _HINT.fullmatch(cell.strip()) is not None for cell in texts)
    return hints >= 1 and hints * 2 >= len(texts)
