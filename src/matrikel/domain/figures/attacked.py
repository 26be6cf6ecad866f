"""What a reader could work out about hidden numbers from all that is shown together, and what is held back for it."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from matrikel.domain.figures.rules import TOTAL, Key
from matrikel_stats.disclosure.attack import Shown, narrowed
from matrikel_stats.disclosure.cells import TooLarge

Table = tuple[str, ...]
"""The dimensions of a table: place, the breakdown, both or none."""


def held_back(
    numbers: Mapping[Key, tuple[int, ...]], hidden: Mapping[Key, str], threshold: int, *, open_: Collection[Key] = ()
) -> dict[Key, str]:
    """What is hidden after an attack by linear programs, with why (decision 0039).

    `hidden` is what the rule of sums already hides (`rules.concealed`). While a hidden number can be narrowed, the
    finest table that still shows something is withheld; the total and the `open_` keys stay.
    """
    if not hidden:
        return {}
    why = dict(hidden)
    closed = _closed(tuple(sorted(numbers.items())), frozenset(hidden), frozenset(open_), threshold)
    return why | dict.fromkeys(closed - why.keys(), "withheld")


@lru_cache(maxsize=4096)
def _closed(
    numbers: tuple[tuple[Key, tuple[int, ...]], ...], hidden: frozenset[Key], open_: frozenset[Key], threshold: int
) -> frozenset[Key]:
    """Published numbers never change, so what has been worked out once is kept."""
    tables: dict[Table, dict[Key, tuple[int, ...]]] = {}
    shares = any(any(each[1:]) for _key, each in numbers)
    for key, each in numbers:
        tables.setdefault(_table(key), {})[key] = each[1:] if shares else each[:1]
    closed = set(hidden)
    while True:
        try:
            found = {
                each.dims for each in narrowed([_shown(dims, of, closed) for dims, of in tables.items()], threshold)
            }
        except TooLarge:
            found = set(tables)
        left = {dims: of.keys() - closed - open_ - {TOTAL} for dims, of in tables.items()}
        shown = [dims for dims, keys in left.items() if keys]
        if not found or not shown:
            return frozenset(closed)
        worst = max(shown, key=lambda dims: (dims in found, len(dims), len(tables[dims]), dims))
        closed |= left[worst]


def _table(key: Key) -> Table:
    place, dimension, _value = key
    return (("place",) if place else ()) + ((dimension,) if dimension else ())


def _shown(dims: Table, of: Mapping[Key, tuple[int, ...]], closed: Collection[Key]) -> Shown:
    cells = {_cell(key): each for key, each in of.items()}
    return Shown(dims, cells, frozenset(_cell(key) for key in of if key in closed))


def _cell(key: Key) -> tuple[str, ...]:
    place, dimension, value = key
    return ((place,) if place else ()) + ((value,) if dimension else ())
