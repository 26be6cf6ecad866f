"""The two fingerprints of a definition: what is counted (logic) and how it is worded (text)."""

from collections.abc import Mapping
from typing import Any

from matrikel_declared.hashing import fingerprint

# Raised when the meaning of the vocabulary itself changes, so that old and new figures are never taken for the same.
SEMANTICS = 1


def logic_hash(parts: Mapping[str, Any]) -> str:
    """Return 16 hex digits over everything that decides who and what is counted."""
    return fingerprint({"semantics": SEMANTICS, **parts})


def text_hash(texts: Mapping[str, Any]) -> str:
    """Return 16 hex digits over the Swedish wording."""
    return fingerprint(dict(texts))
