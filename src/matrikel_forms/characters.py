"""Characters that a text may not hold: controls, and those that turn the direction of what stands around them.

Marks that Persian and Arabic are written with (zero-width joiner and non-joiner, direction marks) are text and stay.
"""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff]")
"""Controls but line feed and tab, embeddings, overrides and isolates (Unicode UAX 9), half characters."""


def forbidden(text: str) -> tuple[str, ...]:
    """Return the forbidden characters of a text, each once, as `U+202E`."""
    return tuple(dict.fromkeys(f"U+{ord(found):04X}" for found in _FORBIDDEN.findall(_lines(text))))


def cleaned(text: str) -> str:
    """Return a text without the forbidden characters, with line feeds alone, composed (NFC)."""
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _lines(text)))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
