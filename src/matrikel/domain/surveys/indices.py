"""The indices of a survey: the indicators declared about its form, counted by the engine on the answers of a campaign.

There is no other index: what the page of a campaign says and what is published of a year come from the same definition
(docs/decisions/0070).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import hypot
from typing import Any
from uuid import UUID

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Definition
from matrikel.domain.surveys.rules import ANSWERED, numbers
from matrikel_forms import Form
from matrikel_stats import protect, run
from matrikel_stats.data.dataset import Person, Row
from matrikel_stats.data.memory import InMemory
from matrikel_stats.result import Cell


@dataclass(frozen=True)
class Index:
    """One indicator: the mean over `n` answers with its 95 per cent limits (None for a single one).

    `names` by language and `logic_hash` are those of the definition it was counted by. `of_hundred`: from 0 to 100.
    """

    indicator: str
    names: Mapping[str, str]
    logic_hash: str
    of_hundred: bool
    n: int
    value: float
    low: float | None
    high: float | None

    def differs(self, other: "Index | float") -> bool:
        """Return whether the difference to another index, or to a fixed value, is more than chance would make."""
        half = _half(self)
        value, beside = (other.value, _half(other)) if isinstance(other, Index) else (other, 0.0)
        return half is not None and beside is not None and abs(self.value - value) > hypot(half, beside)


@dataclass(frozen=True)
class Measured:
    """The indices that may be shown, and of each group (dimension and value) those that may, by indicator."""

    indices: tuple[Index, ...] = ()
    by_group: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)


def _half(index: Index) -> float | None:
    return None if index.low is None or index.high is None else (index.high - index.low) / 2


def indices_of(form: str) -> list[Definition]:
    """The indicators declared about a form, those of few questions first; the response rate is none of them."""
    found = [each for each in figures.definitions().values() if _instruments(each) == {form}]
    return sorted((each for each in found if _items(each) != {ANSWERED}), key=lambda each: (len(_items(each)), each.id))


def index_names(form: str) -> dict[str, str]:
    """What the indices of a form are called in the reader's language, by indicator."""
    return {each.id: short(each.text(figures.language()).name) for each in indices_of(form)}


def short(name: str) -> str:
    """The name of an indicator where the survey is named already: without that name, which stands before a comma."""
    own = name.partition(", ")[2] or name
    return own[:1].upper() + own[1:]


def measured(
    form: Form, given: Iterable[tuple[UUID, dict[str, str], Mapping[str, Any]]], *, dims: Iterable[str], day: date,
    threshold: int,
) -> Measured:  # fmt: skip
    """Count every index on answers (id, groups, answers). Fewer than `threshold`, or than the definition says, hide.

    The reference engine counts: it gives the same integers as the one that publishes, and needs nothing on disk.
    """
    persons, rows = [], []
    for key, groups, answers in given:
        who = str(key)
        persons.append(Person(who, None, "", {_own(dim): value for dim, value in groups.items()}))
        rows += [
            Row(who, "", day, day, {"instrument": form.id, "item": item, "value": value})
            for item, value in numbers(form, answers)
        ]
    by = {_own(dim): dim for dim in dims}
    data = InMemory("survey", day, persons, {"responses": rows}, {"persons": tuple(by)})
    indices: list[Index] = []
    by_group: dict[tuple[str, str], dict[str, float]] = {}
    for definition in indices_of(form.id):
        asked = replace(
            definition, breakdowns=tuple((name,) for name in by), threshold=max(definition.threshold, threshold)
        )
        result = protect(run(asked, data, engine="reference"))
        if (index := _index(definition, result.total)) is not None:
            indices.append(index)
        for cell in (cell for each in result.breakdowns for cell in each.cells):
            for name, value in cell.values.items():
                if name in by and value and cell.value is not None:
                    by_group.setdefault((by[name], value), {})[definition.id] = cell.value
    return Measured(tuple(indices), by_group)


def _index(definition: Definition, cell: Cell | None) -> Index | None:
    if cell is None or cell.value is None or not cell.n:
        return None
    return Index(
        definition.id, {lang: text.name for lang, text in definition.texts.items()}, definition.logic_hash,
        definition.measure == "index", cell.n, cell.value, cell.low, cell.high,
    )  # fmt: skip


def _own(dim: str) -> str:
    """A group as an attribute: the engine reckons sex and age of its own."""
    return f"group_{dim}"


def _instruments(definition: Definition) -> set[str]:
    return {each.score.instrument if each.score else "" for each in _parts(definition)}


def _items(definition: Definition) -> set[str]:
    return {item for each in _parts(definition) if each.score for item in each.score.items}


def _parts(definition: Definition) -> list[Definition]:
    return [part.definition for part in definition.parts] or [definition]
