"""A result as lines for other programs: one figure a line, the same numbers as on the page, the same ones hidden."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from matrikel.domain.figures.shown import Row, Seen, View

COLUMNS = (
    "indicator", "version", "logic_hash", "text_hash", "freeze", "area", "area_name", "year", "breakdown", "key",
    "name", "n", "k", "value", "low", "high", "not_mature", "hidden", "inhabitants",
)  # fmt: skip
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by a spreadsheet; an apostrophe before it makes it a text."""


def csv_text(view: View) -> str:
    """Comma-separated lines with a heading, UTF-8, a full stop as decimal sign. Hidden numbers are empty."""
    stream = StringIO()
    lines = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    lines.writeheader()
    lines.writerows({name: _safe(value) for name, value in line.items()} for line in flat(view))
    return stream.getvalue()


def flat(view: View) -> Iterator[dict[str, Any]]:
    """The figure itself, its other years, the breakdown and the places with women and men."""
    yield _line(view, view.year, "", "", view.area_label, view.total)
    for year, seen in view.series:
        if year != view.year:
            yield _line(view, year, "", "", view.area_label, seen)
    if view.split != "place":
        for row in view.rows:
            yield _line(view, view.year, view.split, row.key, row.label, row.seen)
    for row in view.places:
        yield from _of_place(view, row)


def _of_place(view: View, row: Row) -> Iterator[dict[str, Any]]:
    key = row.key.removeprefix("unit:")
    if row.silent:
        return
    yield _line(view, view.year, "place", key, row.label, row.seen)
    for sex, seen in (("female", row.women), ("male", row.men)):
        if seen is not None:
            yield _line(view, view.year, "place sex", f"{key} {sex}", row.label, seen)
    for year, seen in row.years:
        if year != view.year:
            yield _line(view, year, "place", key, row.label, seen)


def _line(view: View, year: str, breakdown: str, key: str, name: str, seen: Seen) -> dict[str, Any]:
    definition, cell = view.definition, seen.cell
    return {
        "indicator": definition.id, "version": definition.version, "logic_hash": definition.logic_hash,
        "text_hash": definition.text_hash, "freeze": view.freeze, "area": view.area, "area_name": view.area_label,
        "year": year, "breakdown": breakdown, "key": key, "name": name, "n": cell.n, "k": cell.k, "value": cell.value,
        "low": cell.low, "high": cell.high, "not_mature": cell.not_mature, "hidden": seen.why or None,
        "inhabitants": cell.inhabitants,
    }  # fmt: skip


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
