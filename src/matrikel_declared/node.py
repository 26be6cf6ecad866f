"""A TOML table that knows its file and line, gives typed values and notes every fault, not only the first."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .locate import Path
from .problems import Messages, Problem, Words

_TYPES = {
    str: Words("a text", "en text"),
    bool: Words("true or false", "true eller false"),
    int: Words("a whole number", "ett heltal"),
    float: Words("a number", "ett tal"),
    dict: Words("a table", "en tabell"),
    list: Words("a list", "en lista"),
}
_TEXTS = Words("a list of texts", "en lista med texter")
_LISTS = Words("a list of lists", "en lista med listor")
_TABLES = Words("a list of tables", "en lista med tabeller")


def hint(value: str, allowed: Iterable[str]) -> Words:
    """Return ` (did you mean X?)` when something close is allowed, else nothing."""
    close = difflib.get_close_matches(value, list(allowed), n=1, cutoff=0.6)
    return Words(f" (did you mean {close[0]!r}?)", f" (menade du {close[0]!r}?)") if close else Words("", "")


@dataclass
class Source:
    """The file being read, with its lines and the faults found so far, in the words of `messages`.

    An engine that needs more at hand while reading extends it.
    """

    file: str
    lines: Mapping[Path, int]
    messages: Messages = field(repr=False, kw_only=True)
    problems: list[Problem] = field(default_factory=list, kw_only=True)


S = TypeVar("S", bound=Source)


@dataclass(frozen=True)
class Node(Generic[S]):
    """One table of the file."""

    data: Mapping[str, Any]
    path: Path
    source: S

    def place(self, *keys: str | int) -> str:
        """Return `file:line` of a key below this table, or of the nearest thing above it."""
        path = (*self.path, *keys)
        while path and path not in self.source.lines:
            path = path[:-1]
        return f"{self.source.file}:{self.source.lines.get(path, 1)}"

    def fault(self, code: str, *keys: str | int, **values: object) -> None:
        """Note a fault at a key."""
        self.source.problems.append(Problem.of(self.source.messages, code, self.place(*keys), **values))

    def only(self, *allowed: str) -> None:
        """Note every key that is not allowed here."""
        for key in self.data:
            if key not in allowed:
                self.fault("key_unknown", key, key=key, hint=hint(key, allowed), allowed=", ".join(allowed))

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return key in self.data

    def _typed(self, key: str, kind: type, *, item: Words | None = None) -> Any:
        value = self.data.get(key)
        if value is None:
            return None
        good = isinstance(value, (int, float) if kind is float else kind) and not (
            isinstance(value, bool) and kind is not bool
        )
        if good:
            return value
        found = next((name for cls, name in _TYPES.items() if isinstance(value, cls)), type(value).__name__)
        self.fault("wrong_type", key, key=key, expected=item or _TYPES[kind], found=found)
        return None

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, empty when it is missing; a required one must not be blank."""
        value = self._typed(key, str)
        if required and key not in self.data:
            self.fault("key_missing", key=key, remedy=Words("every definition has it", "alla definitioner har den"))
        elif required and value is not None and not value.strip():
            self.fault("text_missing", key, key=key)
        return " ".join((value or "").split())

    def boolean(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._typed(key, bool)
        return default if value is None else bool(value)

    def integer(self, key: str, default: int | None = None, *, least: int = 0, most: int = 100_000) -> int | None:
        """Return a whole number within bounds, else the default."""
        value = self._typed(key, int)
        if value is None:
            return default
        if value < least:
            self.fault("number_too_small", key, key=key, value=value, least=least)
            return default
        if value > most:
            self.fault("number_too_large", key, key=key, value=value, most=most)
            return default
        return int(value)

    def number(self, key: str) -> float | None:
        """Return a number or None."""
        value = self._typed(key, float)
        return None if value is None else float(value)

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """Return one of the allowed words, else the default."""
        value = self._typed(key, str)
        words = list(allowed)
        if value is None:
            return default
        if value not in words:
            near = hint(value, words)
            self.fault("value_not_allowed", key, key=key, value=value, hint=near, allowed=", ".join(words))
            return default
        return str(value)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is taken as a list of one."""
        value = self.data.get(key)
        if isinstance(value, str):
            return (value,)
        items = self._typed(key, list, item=_TEXTS)
        if items is None:
            return ()
        for number, item in enumerate(items):
            if not isinstance(item, str):
                self.fault("wrong_type", key, number, key=key, expected=_TEXTS, found=repr(item))
        return tuple(item for item in items if isinstance(item, str))

    def lists(self, key: str) -> list[list[Any]]:
        """Return a list of lists."""
        items = self._typed(key, list, item=_LISTS)
        if items is None:
            return []
        for number, item in enumerate(items):
            if not isinstance(item, list):
                self.fault("wrong_type", key, number, key=key, expected=_LISTS, found=repr(item))
        return [item for item in items if isinstance(item, list)]

    def table(self, key: str) -> "Node[S] | None":
        """Return a table below this one, or None when it is missing."""
        value = self._typed(key, dict)
        return None if value is None else Node(value, (*self.path, key), self.source)

    def tables(self, key: str) -> list["Node[S]"]:
        """Return a list of tables."""
        items = self._typed(key, list, item=_TABLES) or []
        found: list[Node[S]] = []
        for number, item in enumerate(items):
            if isinstance(item, dict):
                found.append(Node(item, (*self.path, key, number), self.source))
            else:
                self.fault("wrong_type", key, number, key=key, expected=_TABLES, found=repr(item))
        return found
