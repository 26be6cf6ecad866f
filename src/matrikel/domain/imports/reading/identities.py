"""Who a row is about: the columns of numbers and of birth."""

import re
from datetime import date

from matrikel.kernel.numbers import IdentityNumber, Kind, NumberFault, luhn, parse

from .cells import Cell, text_of
from .checks import report_date
from .dates import DateReader, Unreadable
from .draft import Draft

KIND_OF_COLUMN: dict[str, Kind | None] = {
    "identity": None,
    "lma_number": "lma",
    "dossier_number": "dossier",
    "local_number": "local",
}

_ORDER: tuple[Kind, ...] = ("personal", "coordination", "t_number", "lma", "dossier", "local")
_NONE = frozenset(
    {"saknas", "saknaspnr", "finnsej", "okänt", "okänd", "ingen", "inget", "nej", "ej", "x", "none", "n/a"}
    | {"väntar", "ansökt", "?", "??", "???", "-", "–", "--", "0"}
)
_BIRTH_ONLY = re.compile(r"(\d{8}|\d{6})[-+ ]*(x{2,4}|0000|\?+|_+|\*+|t+f*\?*)?", re.IGNORECASE)
_WRITTEN = re.compile(r"(\d{2})?\d{6}[-+ ]*\d{4}")
_STARTS_WITH_DAY = re.compile(r"\d{6}")
_SPACES = re.compile(r"\s+")


def read(draft: Draft, index: int, column: str, cell: Cell, register_date: date | None, dates: DateReader) -> None:
    """A cell in a column of numbers: a number, a bare date of birth, words for 'none', or a fault."""
    text = _SPACES.sub("", text_of(cell)).lstrip("'’")
    if not text or text.casefold().strip(".") in _NONE:
        return
    kind = KIND_OF_COLUMN[column]
    if kind is None and text.isdecimal() and text.isascii():
        text = _with_lost_zeros(text)
    if kind is None and _BIRTH_ONLY.fullmatch(text):
        _bare_birth(draft, index, text, dates)
        return
    needs_century = bool(_STARTS_WITH_DAY.match(text)) and len(re.sub(r"\D", "", text)) == 10 and kind is None
    if register_date is None and needs_century:
        draft.report("century_unknown", index)
        return
    try:
        number = parse(text, register_date=register_date or date(2100, 12, 31), kind=kind)
    except NumberFault as fault:
        # A word beside a name ('söker', 'tf00') says no more than that there is no number to use.
        if not (fault.kind == "shape" and kind is None and not any(map(str.isdigit, text))):
            draft.report(f"person_number_{fault.kind}", index, "refused")
        return
    if number.kind == "dossier" and kind is None and "-" not in text and text.isdecimal():
        draft.report("person_number_shape", index)
        return
    draft.short_birth = draft.short_birth or needs_century
    draft.numbers.append(number)


def read_birth(draft: Draft, index: int, cell: Cell, register_date: date | None, dates: DateReader) -> None:
    """A cell in a column of birth: a day, or a whole number, which many write there."""
    if isinstance(cell, str | float) and _WRITTEN.fullmatch(text_of(cell).lstrip("'")):
        read(draft, index, "identity", cell, register_date, dates)
        return
    day = dates.read(cell, "birth")
    if isinstance(day, Unreadable):
        report_date(draft, index, day)
    elif day is not None:
        draft.values["birth_date"] = day


def settle(draft: Draft) -> None:
    """Choose the row's identity among its numbers, fill birth and sex from it, and report what disagrees."""
    if not draft.numbers:
        return
    numbers = sorted(dict.fromkeys(draft.numbers), key=lambda number: _ORDER.index(number.kind))
    first = numbers[0]
    draft.values["identity"] = first
    if len(numbers) > 1:
        draft.values["other_identities"] = tuple(numbers[1:])
    _agree(draft, first)


def _agree(draft: Draft, number: IdentityNumber) -> None:
    born, sex, values = number.birth_date, number.sex, draft.values
    if born is not None and values.setdefault("birth_date", born) != born:
        draft.report("birth_date_differs", draft.columns.get("birth_date"), "flagged", number=born.isoformat())
    if sex is not None and (values.get("sex") or sex) != sex:
        draft.report("sex_differs", draft.columns.get("sex"), "flagged")
    if sex is not None and not values.get("sex"):
        values["sex"] = sex


def _bare_birth(draft: Draft, index: int, text: str, dates: DateReader) -> None:
    day = dates.read(text[: 8 if text[:8].isdigit() and len(text) >= 8 else 6], "birth")
    if isinstance(day, date):
        draft.values.setdefault("birth_date", day)
    elif isinstance(day, Unreadable) and day.reason == "century":
        draft.report("century_unknown", index)
    else:
        draft.report("person_number_shape" if text.isdigit() else "person_number_date", index)


def _with_lost_zeros(text: str) -> str:
    """A ten-digit number of somebody born 2000–2009 that lost its first zeros when the cell took it for a
    number.
    """
    if len(text) in (8, 9):
        padded = text.zfill(10)
        if luhn(padded[:9]) == int(padded[9]) and "01" <= padded[2:4] <= "12" and len(text) == 9:
            return padded
    return text
