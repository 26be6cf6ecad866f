"""What a reader can work out about hidden numbers from everything that is shown: linear programming over all tables.

The unknowns are the finest cells, none below zero. Every shown total, margin and breakdown is an equation over them. A
hidden number is narrowed when fewer whole numbers fit it than the threshold asks (`high - low < threshold`).
Source: Fischetti & Salazar-Gonzalez (2001), Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47, 1008-1027: the attacker's two programs for each sensitive cell.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .cells import Block, Key, TooLarge, blocks

ROUNDING = 1e-6
MOST_PROGRAMS = 500
"""Numbers of one block that are looked at one by one; beyond this it counts as too large to check."""


@dataclass(frozen=True)
class Shown:
    """One table of a publication: the true numbers by cell, in order of `dims`, and what of it a reader does not see.

    The numbers of a cell are additive and count different persons (reached; not reached). The table without dimensions
    is the total. A cell that is not there holds nobody.
    """

    dims: tuple[str, ...]
    cells: Mapping[Key, tuple[int, ...]]
    hidden: frozenset[Key] = frozenset()
    withheld: bool = False


@dataclass(frozen=True)
class Narrowed:
    """A small number that a reader could put between `low` and `high`. `number` is its place in the cell."""

    dims: tuple[str, ...]
    cell: Key
    number: int
    low: int
    high: int


def narrowed(tables: Sequence[Shown], threshold: int) -> list[Narrowed]:
    """Return every hidden number from 1 to threshold - 1 that the shown numbers narrow to within the threshold.

    Raises TooLarge when a part of the publication cannot be checked.
    """
    width = max((len(numbers) for table in tables for numbers in table.cells.values()), default=0)
    found: list[Narrowed] = []
    for number in range(width):
        for group in _related(tables):
            if not _secrets(group, number, threshold):
                continue
            found += _attack(group, number, threshold, knows_rule=False)
            if _by_rule(group, number, threshold):
                found += _attack(group, number, threshold, knows_rule=True)
    return list(dict.fromkeys(found))


def secure(tables: Sequence[Shown], threshold: int) -> list[Shown]:
    """Return the tables with as many more withheld as it takes until nothing is narrowed. Totals are never withheld.

    The finest table with a narrowed number goes first; where that is withheld already, the finest still shown beside
    it. What is too large to check is withheld as well.
    """
    now = list(tables)
    while True:
        try:
            found = {each.dims for each in narrowed(now, threshold)}
        except TooLarge as error:
            found = {error.dims}
        if not found:
            return now
        related = [table for group in _related(now) for table in group if {t.dims for t in group} & found]
        open_ = [table for table in related if table.dims and not table.withheld]
        if not open_:
            return now
        at_fault = [table for table in open_ if table.dims in found] or open_
        worst = max(at_fault, key=lambda table: (len(table.dims), len(table.cells), table.dims))
        now = [replace(table, withheld=True) if table is worst else table for table in now]


def _related(tables: Sequence[Shown]) -> list[list[Shown]]:
    """Group the tables that share dimensions; the total belongs to every group.

    Tables without a common dimension say nothing of one another beyond the total: any two with the same total fit.
    """
    totals = [table for table in tables if not table.dims]
    groups: list[tuple[set[str], list[Shown]]] = []
    for table in tables:
        if not table.dims:
            continue
        near = [group for group in groups if group[0] & set(table.dims)]
        groups = [group for group in groups if group not in near]
        dims = set(table.dims).union(*(names for names, _ in near))
        groups.append((dims, [each for _, members in near for each in members] + [table]))
    return [totals + members for _, members in groups]


def _secrets(tables: Iterable[Shown], number: int, threshold: int) -> list[tuple[Shown, Key]]:
    return [
        (table, cell)
        for table in tables
        for cell, numbers in table.cells.items()
        if table.dims and (table.withheld or cell in table.hidden) and 0 < numbers[number] < threshold
    ]


def _by_rule(tables: Iterable[Shown], number: int, threshold: int) -> bool:
    """Return whether everything hidden in the shown tables may be hidden because this number of it is small."""
    hidden = [table.cells[cell][number] for table in tables if not table.withheld for cell in table.hidden]
    return bool(hidden) and all(0 < value < threshold for value in hidden)


def _attack(tables: Sequence[Shown], number: int, threshold: int, *, knows_rule: bool) -> list[Narrowed]:
    """Attack one number. A reader who knows the rule knows too that a lone hidden number is 1 to threshold - 1.

    To that reader every hidden number is narrow beforehand; what must not be is that only one value fits.
    """
    equations = [
        (table.dims, {cell: numbers[number] for cell, numbers in table.cells.items() if cell not in table.hidden},
         frozenset(table.hidden))
        for table in tables if not table.withheld
    ]  # fmt: skip
    secrets = _secrets(tables, number, threshold)
    truth = [table.cells[cell][number] for table, cell in secrets]
    least = 1 if knows_rule else threshold
    span = (1, threshold - 1) if knows_rule else None
    wanted = [(table.dims, cell) for table, cell in secrets]
    values = {
        name: sorted({cell[table.dims.index(name)] for table in tables if name in table.dims for cell in table.cells})
        for name in sorted({name for table in tables for name in table.dims})
    }
    found = []
    for block in blocks(equations, values, wanted, span):
        for at, (low, high) in _bounds(block, truth, least).items():
            table, cell = secrets[at]
            found.append(Narrowed(table.dims, cell, number, low, high))
    return found


def _bounds(block: Block, truth: Sequence[int], least: int) -> dict[int, tuple[int, int]]:
    """Return the targets of a block that fewer than `least` steps separate, with their bounds.

    Every solution of a program is a table that fits what is shown, so it widens all targets at once.
    """
    low = {at: truth[at] for at in block.targets}
    high = dict(low)
    unbounded: set[int] = set()

    def widen(solution: Any) -> int:
        before = len(narrow())
        for at, value in block.read(solution).items():
            low[at] = min(low[at], math.ceil(value - ROUNDING))
            high[at] = max(high[at], math.floor(value + ROUNDING))
        return before - len(narrow())

    def narrow() -> list[int]:
        return [at for at in block.targets if at not in unbounded and high[at] - low[at] < least]

    if len(block.rows) == 1 and block.rows[0][1] == block.rows[0][2]:
        # A lone sum: a part of it may hold anything from nothing to all.
        whole = block.rows[0][1]
        for at, (ones, known) in block.targets.items():
            low[at], high[at] = (known if len(ones) < block.size else known + whole), known + whole
    elif block.size:
        if narrow() and (least_of_all := block.best(dict.fromkeys(narrow(), -1.0))) is not None:
            widen(least_of_all)
        while wanted := {at: low[at] + least - block.targets[at][1] for at in narrow()}:
            if not widen(block.filled(wanted)):
                break
        if len(left := narrow()) > MOST_PROGRAMS:
            raise TooLarge(())
        for at, sign in itertools.product(left, (1.0, -1.0)):
            if at in narrow():
                solution = block.best({at: sign})
                unbounded |= {at} if solution is None else set()
                if solution is not None:
                    widen(solution)
    return {at: (low[at], high[at]) for at in narrow()}
