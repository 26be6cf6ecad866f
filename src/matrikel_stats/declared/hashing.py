"""The two fingerprints of a definition: what is counted (logic) and how it is worded (text)."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

# Raised when the meaning of the vocabulary itself changes, so that old and new figures are never taken for the same.
SEMANTICS = 1


def logic_hash(parts: Mapping[str, Any]) -> str:
    """Return 16 hex digits over everything that decides who and what is counted."""
    return _digest({"semantics": SEMANTICS, **{key: _plain(value) for key, value in parts.items()}})


def text_hash(texts: Mapping[str, Any]) -> str:
    """Return 16 hex digits over the Swedish wording."""
    return _digest(_plain(dict(texts)))


def fingerprint(value: Any) -> str:
    """Return 16 hex digits over any values, wording left out."""
    return _digest(_plain(value))


def _counts(value: Any, field: "dataclasses.Field[Any]") -> bool:
    if "quiet" in field.metadata:
        return bool(getattr(value, field.name) != field.default)
    return "wording" not in field.metadata


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value) if _counts(value, f)}
        return {"is": type(value).__name__, **plain}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
