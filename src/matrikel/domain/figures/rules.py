"""What may be shown of a figure to whom, and what a run may be. Pure.

Source: OSL 24:8 and 26:1 (figures must not let a person be known). The threshold is the definition's own, five as a
rule.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

STALE_MINUTES = 15
"""A run not heard of for so long has been stopped from outside, and may be started again."""

COUNTY_ONLY = frozenset({"coordinator"})
"""Roles that read what the boards have given to the county, and never a board's own figures or units."""

SHARED = frozenset({"period", "year", "sex", "category"})
"""Dimensions of what a board gives to its county. Units and ages stay at home."""

Key = tuple[str, str, str]
"""Place (empty: all), dimension (empty: the total) and its value."""
TOTAL: Key = ("", "", "")


class Status(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ACTIVE = (Status.QUEUED, Status.RUNNING)


def relations(keys: Collection[Key]) -> list[tuple[Key, list[Key]]]:
    """Every number that is the sum of others: a total of its values, and a sum of its places."""
    sums: dict[tuple[Key, str], list[Key]] = {}
    for place, dimension, value in sorted(keys):
        if dimension:
            sums.setdefault(((place, "", ""), dimension), []).append((place, dimension, value))
        if place:
            sums.setdefault((("", dimension, value), "place"), []).append((place, dimension, value))
    return [(parent, parts) for (parent, _along), parts in sums.items() if parent in keys]


def concealed(
    numbers: Mapping[Key, tuple[int, ...]], threshold: int, *, open_: Collection[Key] = (),
    hidden: Mapping[Key, str] | None = None, keep_totals: bool = False,
) -> dict[Key, str]:  # fmt: skip
    """What must be hidden, with why: `small`, or `withheld` because a small one could be worked out.

    Each key has the numbers that must not be small. `open_` keys are shown to this reader whatever they are, `hidden`
    ones are hidden already. Where one part of a sum is hidden, or the hidden parts are few together, the whole sum is
    withheld and its total kept. Only where all other parts stand open does the total go, unless `keep_totals`.
    """
    why = dict(hidden or {})
    why |= {key: "small" for key, each in numbers.items() if key not in open_ and _small(each, threshold)}
    sums = relations(numbers.keys())
    before = -1
    while before != len(why):
        before = len(why)
        for parent, parts in sums:
            closed = [part for part in parts if part in why]
            if not _tells(parent in why, [numbers[part] for part in closed], threshold):
                continue
            rest = [part for part in parts if part not in why and part not in open_]
            why |= dict.fromkeys(rest, "withheld")
            if not rest and not keep_totals and parent not in open_:
                why.setdefault(parent, "withheld")
    return why


def _tells(parent_hidden: bool, closed: Sequence[tuple[int, ...]], threshold: int) -> bool:
    """Whether a sum and its shown parts give away what is hidden: the sum itself, or the parts that are not shown."""
    if parent_hidden:
        return not closed
    return bool(closed) and (len(closed) == 1 or _small(_summed(closed), threshold))


def reveals(parts: Sequence[tuple[int, ...]], shown: Sequence[bool], threshold: int) -> bool:
    """Whether a shown sum would tell of the parts that are not shown (a total over the years, for one)."""
    closed = [part for part, is_shown in zip(parts, shown, strict=True) if not is_shown]
    return _tells(False, closed, threshold)


def _summed(numbers: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*numbers, strict=True)))


def _small(numbers: Iterable[int], threshold: int) -> bool:
    return any(0 < number < threshold for number in numbers)
