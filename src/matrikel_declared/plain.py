"""Frozen values as JSON and back."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any


def to_plain(value: Any) -> Any:
    """Return frozen values as lists, dicts, numbers and text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def read_plain(wanted: Any, data: Any) -> Any:
    """Return the value of a type that `to_plain` made plain: a dataclass, tuple, mapping, date or one of several."""
    origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        kinds = [kind for kind in inner if kind is not type(None)]
        return None if data is None else read_plain(kinds[0], data)
    if origin is tuple:
        return tuple(read_plain(inner[0], item) for item in data)
    if origin is Mapping:
        return {key: read_plain(inner[1], item) for key, item in data.items()}
    if dataclasses.is_dataclass(wanted):
        hints = _hints(wanted)  # type: ignore[arg-type]
        kept = {name: read_plain(hint, data[name]) for name, hint in hints.items() if name in data}
        return wanted(**kept)  # type: ignore[operator]
    return dt.date.fromisoformat(data) if wanted is dt.date else data


@cache
def _hints(wanted: Any) -> dict[str, Any]:
    return typing.get_type_hints(wanted)
