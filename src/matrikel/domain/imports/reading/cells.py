"""What a cell may hold, and the cleaning every text goes through."""

import math
import re
import unicodedata
from datetime import date
from functools import lru_cache

Cell = str | float | bool | date  # "" is a blank cell
Row = tuple[int, list[Cell]]  # row number from 1, as the spreadsheet program shows it

ROW_LIMIT = 250_000
COLUMN_LIMIT = 2_000

# Joiners U+200C and U+200D stay: Persian and Indian scripts need them inside names.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"\s+")
_ERROR = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!"
    r"|REFERENS!|SAKNAS!?|VÄRDEFEL!|DIVISION/0!|NAMN\?|SKÄRNING!|OGILTIGT!|OUTPUT|SPILL)"
)
_PUNCTUATION = re.compile(r"[\s_/\\()\[\],;:.\"'*+–—-]+")


def is_blank(cell: Cell) -> bool:
    """Whether the cell holds nothing a human can see."""
    return cell == "" if not isinstance(cell, str) else not text_of(cell)


def text_of(cell: Cell) -> str:
    """The cell as text: NFC, one kind of space, nothing invisible; whole numbers without decimals."""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)
    return cell.isoformat()


def fold(text: str) -> str:
    """A text made comparable: small letters, one space, no full stop at the end; å, ä and ö stay letters."""
    return _fold(text)


def fold_heading(text: str) -> str:
    """A heading made comparable: as fold, with every mark between words read as a space."""
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def is_error(text: str) -> bool:
    """Whether the text is what a spreadsheet program shows for a formula that failed, in English or Swedish."""
    return text.startswith("#") and _ERROR.fullmatch(text.upper()) is not None


def _clean(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=8_192)
def _fold(text: str) -> str:
    return _clean(unicodedata.normalize("NFKC", text)).casefold().rstrip(" .:;,")
