"""The exact, additive table everything is computed from: how many, by cell, maturity, day and status. Integers only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from .problems import StatsError, problem

Status = Literal[
    "outcome", "died", "left_inside", "left_outside", "frozen", "window_passed", "counted", "sum", "squares"
]
LEFT: tuple[Status, ...] = ("died", "left_inside", "left_outside")


class CountRow(NamedTuple):
    """`n` persons (or occurrences) of a cell that reached `status` on day `offset` after their anchor.

    `mature`: the window had run out on the freeze date. A window that passed without outcome has the offset of its
    last day plus one. Flow and stock have the single status `counted` and offset 0.

    Of amounts and attendance the offset is the weight of a unit (months, hours planned): `counted` says how many units,
    `sum` and `squares` the sums of what they got (öre, hours attended) and of its square. Of a score the offset is the
    sum counted from the lowest possible.
    """

    cell: tuple[str, ...]
    mature: bool
    offset: int
    status: Status
    n: int


@dataclass(frozen=True)
class CountTable:
    """Counts of one part of an indicator (`main`, or a limit of a duration such as `3 months`), sorted.

    `dims` names the places of a cell. `excluded` holds, by reason, how many were left out.
    """

    logic_hash: str
    part: str
    freeze: dt.date
    dims: tuple[str, ...]
    rows: tuple[CountRow, ...]
    excluded: Mapping[str, int]

    def cells(self, dims: Sequence[str]) -> dict[tuple[str, ...], list[CountRow]]:
        """Return the rows by the given dimensions, the others summed away; sorted by cell."""
        if tuple(dims) == self.dims:
            return {cell: list(rows) for cell, rows in groupby(self.rows, itemgetter(0))}
        places = [self.dims.index(dim) for dim in dims]
        sums: dict[tuple[str, ...], dict[tuple[bool, int, Status], int]] = {}
        for whole, rows in groupby(self.rows, itemgetter(0)):
            into = sums.setdefault(tuple([whole[place] for place in places]), {})
            for _, mature, offset, status, n in rows:
                key = mature, offset, status
                into[key] = into.get(key, 0) + n
        return {cell: [CountRow(cell, *key, sums[cell][key]) for key in sorted(sums[cell])] for cell in sorted(sums)}

    def to_json(self) -> dict[str, Any]:
        """Return the table as plain values."""
        return {
            "part": self.part,
            "logic_hash": self.logic_hash,
            "freeze": self.freeze.isoformat(),
            "dimensions": list(self.dims),
            "columns": ["cell", "mature", "offset", "status", "n"],
            "rows": [[list(row.cell), row.mature, row.offset, row.status, row.n] for row in self.rows],
            "excluded": dict(self.excluded),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "CountTable":
        """Return the table that `to_json` wrote."""
        rows = tuple(
            CountRow(tuple(cell), mature, offset, status, n) for cell, mature, offset, status, n in data["rows"]
        )
        freeze = dt.date.fromisoformat(data["freeze"])
        return CountTable(
            data["logic_hash"], data["part"], freeze, tuple(data["dimensions"]), rows, dict(data["excluded"])
        )


Counted = dict[tuple[tuple[str, ...], bool, int, Status], int]


def table_of(
    logic_hash: str, part: str, freeze: dt.date, dims: tuple[str, ...], counted: Counted, excluded: Mapping[str, int]
) -> CountTable:
    """Return a sorted table without empty rows."""
    rows = tuple([CountRow(*key, n) for key, n in sorted(counted.items()) if n])
    return CountTable(logic_hash, part, freeze, dims, rows, {key: n for key, n in sorted(excluded.items()) if n})


def add(tables: Iterable[CountTable]) -> CountTable:
    """Return the sum of tables that count the same thing, e.g. a county from its municipalities.

    Raises StatsError when logic, part, freeze date or dimensions differ, or when there is nothing to add.
    """
    every = list(tables)
    if not every:
        raise StatsError([problem("add_none", "add")])
    first = every[0]
    counted: Counter[tuple[tuple[str, ...], bool, int, Status]] = Counter()
    excluded: Counter[str] = Counter()
    for table in every:
        if table.logic_hash != first.logic_hash:
            raise StatsError([problem("add_logic", "add", first=first.logic_hash, second=table.logic_hash)])
        for what in ("part", "freeze", "dims"):
            if getattr(table, what) != getattr(first, what):
                raise StatsError([problem("add_shape", "add", what=what)])
        for row in table.rows:
            counted[(row.cell, row.mature, row.offset, row.status)] += row.n
        excluded.update(table.excluded)
    return table_of(first.logic_hash, first.part, first.freeze, first.dims, counted, excluded)
