"""A row between cells and record."""

from dataclasses import dataclass
from typing import Any

from matrikel.kernel.numbers import IdentityNumber

from .cells import text_of
from .record import Problem, Severity, SourceRow


@dataclass(slots=True)
class Draft:
    """A row while it is read: plain values by field, spells by kind and group, and the faults found so far."""

    source: SourceRow
    values: dict[str, Any]
    spells: dict[tuple[str, int], dict[str, Any]]
    numbers: list[IdentityNumber]
    problems: list[Problem]
    columns: dict[str, int]
    short_birth: bool = False
    name_assumed: bool = False
    later: int = 0

    def report(self, kind: str, column: int | None, severity: Severity = "refused", **args: str) -> None:
        """Note a fault in a column (from 0) or in the whole row (None)."""
        cells, headings = self.source.cells, self.source.headings
        value = text_of(cells[column]) if column is not None and column < len(cells) else ""
        heading = headings[column] if column is not None and column < len(headings) else ""
        sheet, number = self.source.sheet, self.source.number
        self.problems.append(Problem(sheet, number, column, heading, kind, value[:200], severity, args))
