"""What the first values of a column say about it."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from matrikel.kernel.numbers import NumberFault, parse

from .cells import Cell, text_of
from .values import code_of

_NUMBER = re.compile(r"'?\s*(\d{2})?\d{6}\s*[-+–]?\s*\d{4}\s*")
_ANY_REGISTER = date(2100, 12, 31)  # only the check digit matters here
_MIN = 3  # values before a guess is made
_MIN_AGAINST = 2  # values before a heading is disbelieved
_DATED = ("_on", "_date")


def field_of(sample: Sequence[Cell], among: tuple[str, ...] = ()) -> str | None:
    """The field most of the values fit, for columns whose heading does not tell; `among` are readings of the
    heading and limit the answer where there are several.
    """
    if len(sample) < _MIN:
        return None
    tests: list[tuple[str, Callable[[Cell], bool], float]] = [
        ("identity", _is_number, 0.7),
        ("sex", lambda cell: bool(code_of("sex", text_of(cell))), 0.95),
        ("category", lambda cell: bool(code_of("category", text_of(cell))), 0.8),
        ("country", lambda cell: bool(code_of("country", text_of(cell))), 0.8),
    ]
    for field, fits, share in tests:
        if len(among) > 1 and field not in among:
            continue
        if sum(fits(cell) for cell in sample) >= share * len(sample):
            return field
    return None


def contradicts(field: str, sample: Sequence[Cell]) -> bool:
    """Whether the values cannot be what the heading says: a column of days without a single digit, such as
    'Praktik' with the names of the employers."""
    if not field.endswith(_DATED) or len(sample) < _MIN_AGAINST:
        return False
    wordy = sum(isinstance(cell, str) and not any(sign.isdigit() for sign in cell) and len(cell) > 1 for cell in sample)
    return wordy >= 0.6 * len(sample)


def _is_number(cell: Cell) -> bool:
    text = text_of(cell) if isinstance(cell, str | float) else ""
    if not _NUMBER.fullmatch(text):
        return False
    try:
        parse(text, register_date=_ANY_REGISTER)
    except NumberFault as fault:
        return fault.kind == "checksum" and len(text) > 10
    return True
