"""What a reader could work out about hidden numbers from all that is shown together, and what is held back for it."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256

from matrikel.domain.figures.rules import TOTAL, Key
from matrikel_stats.disclosure.attack import Shown, narrowed
from matrikel_stats.disclosure.cells import TooLarge

Table = tuple[str, ...]
"""The dimensions of a table: place, the breakdown, both or none."""
Kept = dict[str, list[list[str]]]
"""What has been worked out before: which keys were closed, by a digest of all that was asked."""


def held_back(
    numbers: Mapping[Key, tuple[int, ...]], hidden: Mapping[Key, str], threshold: int, *,
    open_: Collection[Key] = (), kept: Kept | None = None,
) -> dict[Key, str]:  # fmt: skip
    """What is hidden after an attack by linear programs, with why (decision 0039).

    `hidden` is what the rule of sums already hides (`rules.concealed`). While a hidden number can be narrowed, the
    finest table that still shows something is withheld; the total and the `open_` keys stay. What stands in `kept` is
    taken from there, what does not is worked out and added to it (decision 0054).
    """
    if not hidden:
        return {}
    kept = {} if kept is None else kept
    asked = tuple(sorted(numbers.items())), tuple(sorted(hidden)), tuple(sorted(open_)), threshold
    digest = sha256(repr(asked).encode()).hexdigest()[:32]
    if digest not in kept:
        kept[digest] = [list(key) for key in sorted(_closed(*asked))]
    return {**dict.fromkeys(((place, dim, value) for place, dim, value in kept[digest]), "withheld"), **hidden}


@lru_cache(maxsize=4096)
def _closed(
    numbers: tuple[tuple[Key, tuple[int, ...]], ...], hidden: tuple[Key, ...], open_: tuple[Key, ...], threshold: int
) -> frozenset[Key]:
    """What is closed beside `hidden`. Kept in the process for those whom no run has foreseen."""
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
        left = {dims: of.keys() - closed - {*open_, TOTAL} for dims, of in tables.items()}
        shown = [dims for dims, keys in left.items() if keys]
        if not found or not shown:
            return frozenset(closed - set(hidden))
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
