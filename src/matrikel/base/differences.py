"""Two texts beside each other, word by word, so that a page can underline what differs."""

import re
from difflib import SequenceMatcher

Piece = tuple[str, bool]
"""A stretch of text, and whether the other text lacks it."""

_WORDS = re.compile(r"\s+|[^\s]+")


def compared(mine: str, theirs: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces."""
    one, other = _WORDS.findall(mine), _WORDS.findall(theirs)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if b > a:
            left.append(("".join(one[a:b]), kind != "equal"))
        if d > c:
            right.append(("".join(other[c:d]), kind != "equal"))
    return left, right
