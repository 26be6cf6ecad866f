"""What a layer must hold to say a definition exactly, or that no layer can."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

from matrikel_declared.hashing import fingerprint
from matrikel_stats.dates import EARLIEST, LATEST
from matrikel_stats.declared.definition import Condition, Definition, Leaving, Rows, TableName, conditions
from matrikel_stats.question import OWN_DIMENSIONS, Question

Flavour = Literal["running", "new", "completed", "completed_new", "before", "inside", "outside"]
NEVER = 32767
"""Offset of what did not happen. Days further off than this, 89 years, are one less."""
PAYS = 4
"""So many indicators from one anchor cost more one by one than building their layer."""
_LONGEST = 1000  # months: a window must end well before the offsets do


@dataclass(frozen=True, order=True)
class Column:
    """Days from the anchor to the first row of a kind: running at or begun after it, new, ended, before it …"""

    table: TableName
    kind: str
    flavour: Flavour


@dataclass(frozen=True)
class Spec:
    """The shape of a layer: `pattern` is a definition with its anchor, `question` the freeze date and the ties."""

    pattern: Definition
    question: Question
    attributes: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def anchors(self) -> str:
        """Return what two layers must share to be one: how anchors are chosen."""
        return fingerprint([self.pattern.cohort.anchor, self.question.freeze, self.question.ties])

    def holds(self, other: "Spec") -> bool:
        """Return whether this layer says whatever the other would."""
        return (
            self.anchors == other.anchors
            and set(other.attributes) <= set(self.attributes)
            and set(other.columns) <= set(self.columns)
        )

    def joined(self, other: "Spec") -> "Spec":
        """Return the shape that holds both."""
        columns = tuple(sorted({*self.columns, *other.columns}))
        return replace(self, attributes=tuple(sorted({*self.attributes, *other.attributes})), columns=columns)


def spec_of(definition: Definition, question: Question) -> Spec | None:
    """Return the shape that says a definition exactly; None when only the direct road does."""
    window, leaving, cohort = definition.window, definition.leaving, definition.cohort
    if definition.kind != "reached" or window is None or window.months > _LONGEST or window.days > 30 * _LONGEST:
        return None
    leaves = list(conditions(definition.outcome))
    befores = [exclusion.before for exclusion in cohort.exclusions if exclusion.before]
    # Whatever else a condition, leaving or cohort may say, a layer does not know.
    if any(leaf != Condition(leaf.rows, leaf.running, leaf.completed) for leaf in leaves):
        return None
    if leaving != Leaving(leaving.events, leaving.deaths, leaving.anchor_ends) or (window.months and window.days):
        return None
    if not all(map(_plain, [*(leaf.rows for leaf in leaves), *befores])):
        return None
    columns = {column for leaf in leaves for column in columns_of(leaf)}
    columns |= {column for rows in befores for column in _of(rows, "before")}
    columns |= {Column("events", kind, "new") for kind in leaving.deaths}
    columns |= {Column("events", kind, side) for kind in leaving.events for side in _SIDES}
    used = set(question.dims) | {match.attribute for match in cohort.where}
    used |= {exclusion.where.attribute for exclusion in cohort.exclusions if exclusion.where}
    attributes = tuple(sorted(used - set(OWN_DIMENSIONS)))
    shape = replace(question, period=None, dims=())
    return Spec(definition, shape, attributes, tuple(sorted(columns)))


def shared(wanted: Iterable[tuple[Definition, Question]], least: int = PAYS) -> list[Spec]:
    """Return the shape of a layer for each anchor that at least `least` of the wanted share."""
    groups: dict[str, list[Spec]] = {}
    for definition, question in wanted:
        if (spec := spec_of(definition, question)) is not None:
            groups.setdefault(spec.anchors, []).append(spec)
    return [reduce(Spec.joined, specs) for specs in groups.values() if len(specs) >= least]


_SIDES: tuple[Flavour, ...] = ("inside", "outside")


def columns_of(leaf: Condition) -> Iterator[Column]:
    """Yield the columns whose smallest day is the day a leaf is met."""
    if leaf.rows.table == "events":
        return _of(leaf.rows, "new")
    if leaf.completed:
        return _of(leaf.rows, "completed" if leaf.running else "completed_new")
    return _of(leaf.rows, "running" if leaf.running else "new")


def _of(rows: Rows, flavour: Flavour) -> Iterator[Column]:
    return (Column(rows.table, dated.value, flavour) for dated in rows.kinds)


def _plain(rows: Rows) -> bool:
    """Return whether rows are told by their kind alone, at all times."""
    always = all(_reaches(dated.first, dated.last) for dated in rows.kinds)
    return always and not rows.where


def _reaches(first: dt.date, last: dt.date) -> bool:
    return first <= EARLIEST and last >= LATEST
