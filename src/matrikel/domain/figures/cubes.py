"""Count tables held ready for pages: numbers for judging what may be shown, and figures only where one is shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from matrikel.domain.figures.rules import SHARED, Key
from matrikel_stats import CountRow, CountTable, Definition, add, cells_of
from matrikel_stats.counts import LEFT
from matrikel_stats.estimates.figures import no_one
from matrikel_stats.result import Cell

DIMENSIONS = ("sex", "category")
"""What a figure can be split by, beside place and year."""
Numbers = tuple[int, int, int]
NOTHING: Numbers = (0, 0, 0)
BESIDE = ("waiting", "left_inside", "left_outside", "died")
"""Who stands beside a figure: whose time still runs, and who left before it was over."""


def reduced(table: CountTable, keep: Iterable[str]) -> CountTable:
    """The same counts with fewer dimensions."""
    wanted = set(keep)
    dims = tuple(dim for dim in table.dims if dim in wanted)
    rows = tuple(row for rows in table.cells(dims).values() for row in rows)
    return replace(table, dims=dims, rows=rows)


class Cube:
    """The count tables of one indicator for one area; immutable, so that what is worked out once is kept."""

    def __init__(self, definition: Definition, tables: Sequence[CountTable]) -> None:
        self.definition = definition
        self.tables = tuple(tables)
        self.dims = self.tables[0].dims
        self.when = "period" if "period" in self.dims else "year"
        self.freeze = self.tables[0].freeze
        self._cells: dict[tuple[str, str, str], Cell] = {}
        self._parts: dict[tuple[str, str], Cube] = {}
        self._numbers: dict[tuple[str, int], dict[tuple[str, str], Numbers]] = {}
        self._beside: dict[str, dict[tuple[str, str], dict[str, int]]] = {}

    @classmethod
    def from_json(cls, definition: Definition, tables: Sequence[Mapping[str, Any]], keep: Iterable[str]) -> "Cube":
        return cls(definition, [reduced(CountTable.from_json(table), keep) for table in tables])

    @property
    def excluded(self) -> Mapping[str, int]:
        return self.tables[0].excluded

    @property
    def population(self) -> int:
        return sum(row.n for row in self.tables[0].rows)

    def values(self, dim: str) -> list[str]:
        """The values of a dimension that anybody was counted under, sorted."""
        if dim not in self.dims:
            return []
        place = self.dims.index(dim)
        return sorted({row.cell[place] for table in self.tables for row in table.rows})

    @property
    def years(self) -> list[str]:
        """Years, or months: those in which there is a figure."""
        if self.definition.mean_of > 1 or self.definition.kind in ("ratio", "composite"):
            return sorted(self._by_time)
        return self.values(self.when)

    def part(self, definition: Definition) -> "Cube":
        """The counts of one part of a composite."""
        own = [table for table in self.tables if table.part.split(": ")[0] == definition.id]
        return Cube(definition, [replace(table, part=table.part.partition(": ")[2]) for table in own])

    def only(self, dim: str, value: str) -> "Cube":
        """The part with one value of a dimension."""
        if (dim, value) not in self._parts:
            self._parts[dim, value] = Cube(self.definition, [_only(table, dim, value) for table in self.tables])
        return self._parts[dim, value]

    def at(self, year: str) -> "Cube":
        """The part of one year; of a rolling mean all months that its value in that month rests on."""
        if year and self.definition.mean_of > 1:
            behind = [month for month in self.values(self.when) if 0 <= _apart(month, year) < self.definition.mean_of]
            return Cube(self.definition, [_among(self.tables[0], self.when, behind)])
        return self.only(self.when, year) if year else self

    def cell(self, dim: str = "", value: str = "", year: str = "") -> Cell:
        """One figure."""
        if (dim, value, year) not in self._cells:
            self._cells[dim, value, year] = self._cell(dim, value, year) or no_one(self.definition)
        return self._cells[dim, value, year]

    def _cell(self, dim: str, value: str, year: str) -> Cell | None:
        if self.definition.mean_of > 1:
            return (self.only(dim, value) if dim else self)._by_time.get(year)
        part = self.at(year)
        part = part.only(dim, value) if dim else part
        return next(iter(cells_of(self.definition, part.tables, ())), None)

    @cached_property
    def _by_time(self) -> dict[str, Cell]:
        cells = cells_of(self.definition, self.tables, (self.when,))
        return {cell.values[self.when]: replace(cell, values={}) for cell in cells}

    def numbers(self, year: str = "", part: int = 0) -> dict[tuple[str, str], Numbers]:
        """What must not be small, by dimension and value: n, reached, not reached. Part 0 is the figure itself."""
        if (year, part) not in self._numbers:
            self._numbers[year, part] = _numbers(self.at(year), part)
        return self._numbers[year, part]

    def beside(self, year: str = "") -> dict[tuple[str, str], dict[str, int]]:
        """How many stand beside the figure, by dimension and value and by `BESIDE`."""
        if year not in self._beside:
            self._beside[year] = _beside(self.at(year))
        return self._beside[year]


def _apart(month: str, other: str) -> int:
    return (int(other[:4]) - int(month[:4])) * 12 + int(other[5:]) - int(month[5:])


def _only(table: CountTable, dim: str, value: str) -> CountTable:
    return _among(table, dim, (value,))


def _among(table: CountTable, dim: str, values: Collection[str]) -> CountTable:
    place = table.dims.index(dim)
    return replace(table, rows=tuple(row for row in table.rows if row.cell[place] in values))


def _numbers(cube: Cube, part: int) -> dict[tuple[str, str], Numbers]:
    kind = "reached" if part else cube.definition.kind
    dropped = LEFT if cube.definition.leaving.dropped else ()
    table = cube.tables[part]
    places = [(dim, table.dims.index(dim)) for dim in DIMENSIONS if dim in table.dims]
    sums: dict[tuple[str, str], list[int]] = {("", ""): [0, 0, 0]}
    for row in table.rows:
        told = _told(row, kind, dropped)
        for key in (("", ""), *((dim, row.cell[at]) for dim, at in places)):
            into = sums.setdefault(key, [0, 0, 0])
            for at, n in enumerate(told):
                into[at] += n
    return {key: (n[0], n[1], n[2]) for key, n in sums.items()}


def _beside(cube: Cube) -> dict[tuple[str, str], dict[str, int]]:
    waits = cube.definition.kind == "duration"
    table = cube.tables[0]
    places = [(dim, table.dims.index(dim)) for dim in DIMENSIONS if dim in table.dims]
    sums: dict[tuple[str, str], dict[str, int]] = {("", ""): dict.fromkeys(BESIDE, 0)}
    for row in table.rows:
        finished = waits or row.mature
        name = "waiting" if (row.status == "frozen" if waits else not row.mature) else row.status if finished else ""
        for key in (("", ""), *((dim, row.cell[at]) for dim, at in places)):
            into = sums.setdefault(key, dict.fromkeys(BESIDE, 0))
            if name in into:
                into[name] += row.n
    return sums


def _told(row: CountRow, kind: str, dropped: tuple[str, ...]) -> Numbers:
    reached = row.n * (row.status == "outcome")
    if kind in ("reached", "long_term"):
        return (row.n, reached, row.n - reached) if row.mature and row.status not in dropped else NOTHING
    if kind == "duration":
        return reached, 0, 0
    return (0 if row.status in ("sum", "squares") else row.n), 0, 0


@lru_cache(maxsize=256)
def together(cubes: tuple[Cube, ...]) -> Cube:
    """The sum of boards. All count by the same logic until the same day."""
    if len(cubes) == 1:
        return cubes[0]
    parts = zip(*(cube.tables for cube in cubes), strict=True)
    return Cube(cubes[0].definition, [add(part) for part in parts])


def keyed(cubes: Mapping[str, Cube], whole: Cube, year: str, part: int = 0) -> dict[Key, Numbers]:
    """The numbers of an area and its places in one year, every place with every value so that sums hold."""
    numbers = whole.numbers(year, part)
    found: dict[Key, Numbers] = {("", *key): each for key, each in numbers.items()}
    for place, cube in cubes.items():
        own = cube.numbers(year, part)
        found |= {(place, *key): own.get(key, NOTHING) for key in numbers}
    return found


def shared(tables: Sequence[CountTable]) -> list[dict[str, Any]]:
    """The tables as a board gives them to its county."""
    return [reduced(table, SHARED).to_json() for table in tables]
