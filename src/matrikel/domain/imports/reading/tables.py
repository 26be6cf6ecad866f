"""The tables of `definitions/import/`: what headings, words, faults and reasons mean, as data."""

import csv
from functools import cache
from pathlib import Path

from .cells import fold, fold_heading

DEFINITIONS = Path(__file__).parents[5] / "definitions" / "import"


class TableFault(Exception):
    """A table in `definitions/import/` is wrong; the text begins with file:line."""


def rows_of(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table. Raises TableFault where its columns are not the expected ones."""
    path = DEFINITIONS / name
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise TableFault(f"{name}:1: columns must be {', '.join(columns)}")
        found = []
        for row in reader:
            if None in row or None in row.values():
                raise TableFault(f"{name}:{reader.line_num}: {len(columns)} cells expected")
            found.append(row)
        return found


@cache
def headings() -> dict[str, tuple[str, ...]]:
    """Comparable heading → the fields it may mean; {start}, {end} and {result} stand for the words listed for
    them.
    """
    listed = rows_of("headings.csv", ("field", "heading"))
    words = {
        mark: [row["heading"] for row in listed if row["field"] == f"@{mark}"] for mark in ("start", "end", "result")
    }
    found: dict[str, list[str]] = {}
    explicit = {row["heading"] for row in listed if not row["field"].startswith("@")} - {"datum"}
    alone = frozenset(f"{{{mark}}}" for mark in words)
    # A word listed as a heading of its own is not made doubtful by also being one of the words for start or
    # end.
    for row in sorted(listed, key=lambda row: row["heading"] in alone):
        if row["field"].startswith("@"):
            continue
        texts = [row["heading"]]
        for mark, choices in words.items():
            texts = [
                text.replace(f"{{{mark}}}", word) for text in texts for word in (choices if mark in text else [""])
            ]
        for text in texts:
            fields = found.setdefault(fold_heading(text), [])
            settled = row["heading"] in alone and text in explicit
            if row["field"] not in fields and not settled:
                fields.append(row["field"])
    return {text: tuple(fields) for text, fields in found.items()}


@cache
def synonyms(field: str) -> dict[str, str]:
    """Comparable text → code, for one field. Raises TableFault where one text is given two codes."""
    found: dict[str, str] = {}
    for line, row in enumerate(rows_of("synonyms.csv", ("field", "text", "code")), start=2):
        if row["field"] == field and found.setdefault(fold(row["text"]), row["code"]) != row["code"]:
            raise TableFault(f"synonyms.csv:{line}: {row['text']!r} has two codes")
    return found
