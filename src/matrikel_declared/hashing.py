"""Fingerprints: 16 hex digits over values, the same whenever and wherever they are taken."""

import dataclasses
import datetime as dt
import hashlib
import json
from typing import Any

WORDING = {"wording": True}
"""Metadata of a field that takes no part: it changes how something is described, never what it means."""
QUIET = {"quiet": True}
"""Metadata of a field left out at its default, so that a new choice leaves the fingerprint of older values alone."""


def fingerprint(value: Any) -> str:
    """Return 16 hex digits over any values, wording left out."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _counts(value: Any, field: "dataclasses.Field[Any]") -> bool:
    if "quiet" in field.metadata:
        return bool(getattr(value, field.name) != field.default)
    return "wording" not in field.metadata


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
