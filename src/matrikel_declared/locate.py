"""Line numbers for TOML: the standard reader gives none, and a fault without its line is hard to mend.

The text has already been accepted by `tomllib`, so this scan only has to find places, not faults.
"""

import re

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]\}#\n]+")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line (from 1) on which each key path and array item of a valid TOML text begins."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.arrays: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip(newlines=True):
            if self.text.startswith("[[", self.at):
                self.at += 2
                table = self._array_table(self._key())
                self.at = self.text.index("]]", self.at) + 2
            elif self.text[self.at] == "[":
                self.at += 1
                table = self._resolve(self._key())
                self._mark(table)
                self.at = self.text.index("]", self.at) + 1
            else:
                self._pair(table)
        return self.lines

    def _array_table(self, key: Path) -> Path:
        base = self._resolve(key[:-1]) + key[-1:]
        self._mark(base)
        number = self.arrays.get(base, -1) + 1
        self.arrays[base] = number
        self._mark((*base, number))
        return (*base, number)

    def _resolve(self, key: Path) -> Path:
        path: Path = ()
        for part in key:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path])
        return path

    def _mark(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def _skip(self, newlines: bool) -> bool:
        blanks = " \t\r\n" if newlines else " \t"
        while self.at < len(self.text):
            if self.text[self.at] in blanks:
                self.at += 1
            elif self.text[self.at] == "#" and newlines:
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return True
        return False

    def _key(self) -> Path:
        parts: list[str | int] = []
        while True:
            self._skip(newlines=False)
            if self.text[self.at] in "\"'":
                parts.append(self._string()[1:-1])
            else:
                bare = _BARE.match(self.text, self.at)
                assert bare is not None
                parts.append(bare[0])
                self.at = bare.end()
            self._skip(newlines=False)
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, self.text.count("\n", 0, start) + 1)
        self.at = self.text.index("=", self.at) + 1
        self._skip(newlines=False)
        self._value(path)

    def _value(self, path: Path) -> None:
        mark = self.text[self.at]
        if mark in "\"'":
            self._string()
        elif mark == "[":
            self._items(path, "]")
        elif mark == "{":
            self._items(path, "}")
        else:
            scalar = _SCALAR.match(self.text, self.at)
            self.at = scalar.end() if scalar else self.at + 1

    def _items(self, path: Path, closing: str) -> None:
        self.at += 1
        number = 0
        while self._skip(newlines=True) and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "]":
                self._mark((*path, number))
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
        self.at += 1

    def _string(self) -> str:
        start = self.at
        quote = self.text[self.at]
        triple = self.text.startswith(quote * 3, self.at)
        closing = quote * 3 if triple else quote
        self.at += len(closing)
        while not self.text.startswith(closing, self.at):
            self.at += 2 if self.text[self.at] == "\\" and quote == '"' else 1
        self.at += len(closing)
        while triple and self.text.startswith(quote, self.at):
            self.at += 1
        return self.text[start : self.at]
