"""From answers to what a survey says beside its indices: counts by question, and groups large enough to be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from matrikel.domain.surveys.indices import Index, Measured
from matrikel_forms import Form, Item

Given = tuple[Mapping[str, str], Mapping[str, Any]]
"""One filled-in survey: the groups it belongs to, and answers by path."""


@dataclass(frozen=True)
class Question:
    """How one item was answered: `counts` by option id or by the number on a scale, as text; `mean` of numbers."""

    item: str
    n: int
    counts: Mapping[str, int]
    mean: float | None


@dataclass(frozen=True)
class Group:
    """One value of a dimension: how many were invited and answered (None when hidden), and its indices by indicator."""

    dim: str
    value: str
    invited: int | None
    answered: int | None
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """What a campaign says. While it is open and where few have answered `hidden`: nothing but the rate is told."""

    invited: int
    answered: int
    hidden: bool
    questions: tuple[Question, ...] = ()
    indices: tuple[Index, ...] = ()
    groups: tuple[Group, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return the results for JSON."""
        return asdict(self)

    @property
    def rate(self) -> float | None:
        """Return the response rate, None when nobody was invited."""
        return self.answered / self.invited if self.invited else None


def from_plain(kept: Mapping[str, Any]) -> Results:
    """Return results from what `plain` gave."""
    return Results(
        **{name: kept[name] for name in ("invited", "answered", "hidden", "languages")},
        questions=tuple(Question(**each) for each in kept["questions"]),
        indices=tuple(Index(**each) for each in kept["indices"]),
        groups=tuple(Group(**each) for each in kept["groups"]),
    )


def tally(
    form: Form,
    given: Iterable[Given],
    *,
    invited: Counter[tuple[tuple[str, str], ...]],
    dims: Sequence[str],
    threshold: int,
    languages: Mapping[str, int],
    measured: Measured,
) -> Results:
    """Count answers in one pass. `invited` counts invitations by their groups (sorted pairs)."""
    asked = {name: item for name, item in form.items.items() if item.type in _COUNTED}
    counts: dict[str, Counter[str]] = {name: Counter() for name in asked}
    answered: Counter[str] = Counter()
    numbers: dict[str, list[float]] = {name: [] for name, item in asked.items() if item.type in ("scale", "number")}
    by_group: Counter[tuple[str, str]] = Counter()
    total = 0
    for groups, answers in given:
        total += 1
        for path, value in answers.items():
            name = path.rpartition("/")[2]
            if name not in asked:
                continue
            answered[name] += 1
            counts[name].update(value if isinstance(value, list) else [_text(value)])
            if name in numbers and not isinstance(value, str):
                numbers[name].append(value)
        by_group.update(groups.items())
    asked_in = sum(invited.values())
    if total < threshold:
        return Results(asked_in, total, hidden=True)
    return Results(
        asked_in,
        total,
        hidden=False,
        questions=tuple(
            Question(name, answered[name], _in_order(item, counts[name]), _mean(numbers.get(name, [])))
            for name, item in asked.items()
            if answered[name] >= threshold
        ),
        indices=measured.indices,
        groups=tuple(_groups(by_group, invited, dims, threshold, measured)),
        languages={name: count for name, count in languages.items() if count >= threshold},
    )


_COUNTED = ("choice", "multi_choice", "scale", "number")


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _in_order(item: Item, counts: Counter[str]) -> dict[str, int]:
    """Counts in the order of the form, what nobody chose as zero."""
    names = []
    if item.type == "scale" and item.least is not None and item.most is not None:
        names = [str(step) for step in range(int(item.least), int(item.most) + 1)]
    names += [option.id for option in item.options]
    if not names:
        return {}
    return {name: counts[name] for name in names}


def _groups(
    by_group: Counter[tuple[str, str]],
    invited: Counter[tuple[tuple[str, str], ...]],
    dims: Sequence[str],
    threshold: int,
    measured: Measured,
) -> Iterable[Group]:
    """Every value of every dimension. One hidden alone could be worked out from the rest, so another goes with it."""
    for dim in dims:
        asked: Counter[str] = Counter()
        for pairs, count in invited.items():
            asked[dict(pairs).get(dim, "")] += count
        answered = {value: count for (name, value), count in by_group.items() if name == dim}
        unplaced = sum(asked.values()) - sum(asked[value] for value in asked if value)
        values = sorted({*asked, *answered} - {""})
        few = {value for value in values if answered.get(value, 0) < threshold}
        if len(few) == 1 and not unplaced:
            rest = sorted((value for value in values if value not in few), key=lambda value: answered.get(value, 0))
            few |= set(rest[:1])
        for value in values:
            if value in few:
                yield Group(dim, value, None, None)
            else:
                yield Group(dim, value, asked[value], answered[value], measured.by_group.get((dim, value), {}))
