"""The finest cells behind published tables as unknowns, cut into blocks that can be solved one by one."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

MOST_CELLS = 100_000
"""Finest cells of related tables that are looked at; beyond this a table counts as too large to check."""
MOST_UNKNOWN = 20_000
"""Unknown cells of one block; beyond this a program takes seconds."""

UNBOUNDED = 3
"""What `linprog` answers when the sum has no bound."""

Key = tuple[str, ...]
Row = tuple[tuple[int, ...], int, int]
"""Unknowns whose sum lies between two numbers."""
Equation = tuple[tuple[str, ...], Mapping[Key, int], frozenset[Key]]
"""A shown table: its dimensions, the numbers shown, and the cells hidden. A cell in neither holds nobody."""


class TooLarge(Exception):
    """Tables over these dimensions have more cells than can be checked."""

    def __init__(self, dims: tuple[str, ...]) -> None:
        self.dims = dims
        super().__init__(" × ".join(dims))


@dataclass(frozen=True)
class Block:
    """Unknown cells bound together by shown numbers: rows `low <= matrix @ x <= high`, x >= 0, and what is asked.

    `targets` maps the place of a wanted cell to the unknowns it is the sum of and what is known of it already.
    """

    size: int
    rows: tuple[Row, ...]
    targets: Mapping[int, tuple[tuple[int, ...], int]]

    @cached_property
    def _program(self) -> dict[str, Any]:
        """The shown numbers as `linprog` takes them."""
        exact = [row for row in self.rows if row[1] == row[2]]
        loose = [row for row in self.rows if row[1] != row[2]]
        program: dict[str, Any] = {"bounds": (0, None), "method": "highs"}
        if exact:
            program |= {"A_eq": self._matrix(exact), "b_eq": [value for _, value, _ in exact]}
        if loose:
            sums = self._matrix(loose)
            program |= {"A_ub": vstack([sums, -sums]), "b_ub": [row[2] for row in loose] + [-row[1] for row in loose]}
        return program

    def _matrix(self, rows: Sequence[Row]) -> Any:
        where = [(at, one) for at, (ones, _, _) in enumerate(rows) for one in ones]
        return csr_array((np.ones(len(where)), tuple(zip(*where, strict=True))), shape=(len(rows), self.size))

    def best(self, weights: Mapping[int, float]) -> Any:
        """Return the unknowns where the weighted sum of targets is greatest, None when it has no bound."""
        cost = np.zeros(self.size)
        for at, weight in weights.items():
            cost[list(self.targets[at][0])] -= weight
        return _solved(linprog(cost, **self._program))

    def filled(self, wanted: Mapping[int, float]) -> Any:
        """Return the unknowns where as many targets as possible hold what is wanted of each."""
        program = dict(self._program)
        some = [(tuple(self.targets[at][0]), 0, 0) for at in wanted]
        capped = hstack([-self._matrix(some), eye_array(len(some))])
        empty = csr_array((program["A_ub"].shape[0], len(some))) if "A_ub" in program else None
        program["A_ub"] = vstack([hstack([program["A_ub"], empty]), capped]) if empty is not None else capped
        program["b_ub"] = [*program.get("b_ub", []), *([0.0] * len(some))]
        if "A_eq" in program:
            program["A_eq"] = hstack([program["A_eq"], csr_array((program["A_eq"].shape[0], len(some)))])
        program["bounds"] = [(0, None)] * self.size + [(0, most) for most in wanted.values()]
        cost = np.concatenate([np.zeros(self.size), -np.ones(len(some))])
        return _solved(linprog(cost, **program))

    def read(self, solution: Any) -> dict[int, float]:
        """Return the value of every target in a solution."""
        return {at: known + float(sum(solution[one] for one in ones)) for at, (ones, known) in self.targets.items()}


def _solved(answer: Any) -> Any:
    if answer.status == UNBOUNDED:
        return None
    if answer.status != 0:
        raise TooLarge(())
    return answer.x


def blocks(
    equations: Sequence[Equation],
    values: Mapping[str, Sequence[str]],
    wanted: Sequence[tuple[tuple[str, ...], Key]],
    span: tuple[int, int] | None,
) -> list[Block]:
    """Cut the unknowns of related tables into blocks. `span` bounds every hidden cell, None for not at all.

    Cells known to be empty, and those shown at the finest level, are no unknowns: what is left is the neighbourhood of
    the hidden ones. Raises TooLarge.
    """
    names = tuple(values)
    largest = max((dims for dims, _, _ in equations), key=len, default=names)
    if math.prod(len(values[name]) for name in names) > MOST_CELLS:
        raise TooLarge(largest)
    known, unknown = _sorted_out(equations, values)
    number = {cell: at for at, cell in enumerate(unknown)}
    rows = list(_rows(equations, names, known, number, span))
    asked: dict[int, tuple[list[int], int]] = {}
    sums = {dims: _summed(names, dims, known, number) for dims in {dims for dims, _ in wanted}}
    for at, (dims, cell) in enumerate(wanted):
        members, settled = sums[dims]
        asked[at] = (members.get(cell, []), settled.get(cell, 0))
    root = list(range(len(unknown)))
    for group in [*(ones for ones, _, _ in rows), *(ones for ones, _ in asked.values())]:
        for one in group[1:]:
            root[_top(root, one)] = _top(root, group[0])
    return _cut(root, rows, asked, largest)


def _summed(
    names: Sequence[str], dims: Sequence[str], known: Mapping[Key, int], number: Mapping[Key, int]
) -> tuple[dict[Key, list[int]], dict[Key, int]]:
    """Return, by cell of `dims`, the unknowns it is the sum of and the sum of what is known in it."""
    places = [names.index(name) for name in dims]
    members: dict[Key, list[int]] = {}
    settled: dict[Key, int] = {}
    for cell, at in number.items():
        members.setdefault(tuple([cell[place] for place in places]), []).append(at)
    for cell, value in known.items():
        key = tuple([cell[place] for place in places])
        settled[key] = settled.get(key, 0) + value
    return members, settled


def _sorted_out(equations: Sequence[Equation], values: Mapping[str, Sequence[str]]) -> tuple[dict[Key, int], list[Key]]:
    """Return the finest cells whose number is known (zeros left out), and those that are unknown."""
    names = tuple(values)
    tables = [([names.index(name) for name in dims], shown, hidden) for dims, shown, hidden in equations]
    known: dict[Key, int] = {}
    unknown: list[Key] = []
    for cell in itertools.product(*values.values()):
        sure: int | None = None
        for places, shown, hidden in tables:
            key = tuple(cell[place] for place in places)
            value = shown.get(key, None if key in hidden else 0)
            if value == 0 or (value is not None and len(places) == len(names)):
                sure = value
                break
        if sure is None:
            unknown.append(cell)
        elif sure:
            known[cell] = sure
    return known, unknown


def _rows(
    equations: Sequence[Equation],
    names: Sequence[str],
    known: Mapping[Key, int],
    number: Mapping[Key, int],
    span: tuple[int, int] | None,
) -> Iterable[tuple[list[int], int, int]]:
    for dims, shown, hidden in equations:
        members, settled = _summed(names, dims, known, number)
        for key, ones in members.items():
            rest = settled.get(key, 0)
            if key not in hidden:
                yield ones, shown[key] - rest, shown[key] - rest
            elif span is not None:
                yield ones, max(0, span[0] - rest), span[1] - rest


def _top(root: list[int], one: int) -> int:
    while root[one] != one:
        root[one] = root[root[one]]
        one = root[one]
    return one


def _cut(
    root: list[int],
    rows: Sequence[tuple[list[int], int, int]],
    asked: Mapping[int, tuple[list[int], int]],
    largest: tuple[str, ...],
) -> list[Block]:
    place: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for one in range(len(root)):
        top = _top(root, one)
        place[one] = sizes.get(top, 0)
        sizes[top] = place[one] + 1
    gathered: dict[int, list[Row]] = {}
    for ones, low, high in rows:
        gathered.setdefault(_top(root, ones[0]), []).append((tuple(place[one] for one in ones), low, high))
    targets: dict[int, dict[int, tuple[tuple[int, ...], int]]] = {}
    for at, (ones, known) in asked.items():
        top = _top(root, ones[0]) if ones else -1
        targets.setdefault(top, {})[at] = (tuple(place[one] for one in ones), known)
    if any(sizes.get(top, 0) > MOST_UNKNOWN for top in targets):
        raise TooLarge(largest)
    return [Block(sizes.get(top, 0), tuple(gathered.get(top, [])), each) for top, each in targets.items()]
