"""From answers to what a survey says: counts, means with their doubt, and groups large enough to be shown. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from statistics import NormalDist
from typing import Any

from matrikel_forms import Form, Item

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Given:
    """A filled-in survey as it is counted: paths and answers, scores by id (those that could be worked out).

    `times` is how many are alike in all of it.
    """

    groups: Mapping[str, str]
    answers: Mapping[str, Any]
    scores: Mapping[str, float]
    times: int = 1


@dataclass(frozen=True)
class Mean:
    """A mean over `n` answers with its standard deviation (of a sample; None for fewer than two)."""

    n: int
    mean: float
    deviation: float | None

    @property
    def margin(self) -> float | None:
        """Return half the 95 per cent interval of the mean, by the normal approximation; None when it has none."""
        return None if self.deviation is None else _Z * self.deviation / sqrt(self.n)

    def differs(self, other: "Mean | float") -> bool:
        """Return whether the difference to another mean, or to a fixed value, is more than chance would make."""
        if self.deviation is None:
            return False
        own = self.deviation**2 / self.n
        if isinstance(other, Mean):
            if other.deviation is None:
                return False
            own += other.deviation**2 / other.n
        return abs(self.mean - (other.mean if isinstance(other, Mean) else other)) > _Z * sqrt(own)


@dataclass(frozen=True)
class Question:
    """How one item was answered: `counts` by option id or by the number on a scale, as text; `mean` of numbers."""

    item: str
    n: int
    counts: Mapping[str, int]
    mean: Mean | None


@dataclass(frozen=True)
class Group:
    """One value of a dimension: how many were invited and answered, and its scores; numbers are None when hidden."""

    dim: str
    value: str
    invited: int | None
    answered: int | None
    scores: Mapping[str, Mean] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """What a campaign says. Fewer than the threshold answered: `hidden`, and nothing but the response rate is told."""

    invited: int
    answered: int
    hidden: bool
    questions: tuple[Question, ...] = ()
    scores: Mapping[str, Mean] = field(default_factory=dict)
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

    def mean(given: Mapping[str, Any] | None) -> Mean | None:
        return None if given is None else Mean(**given)

    def means(given: Mapping[str, Any]) -> dict[str, Mean]:
        return {name: Mean(**each) for name, each in given.items()}

    return Results(
        **{name: kept[name] for name in ("invited", "answered", "hidden", "languages")},
        questions=tuple(Question(**{**each, "mean": mean(each["mean"])}) for each in kept["questions"]),
        scores=means(kept["scores"]),
        groups=tuple(Group(**{**each, "scores": means(each["scores"])}) for each in kept["groups"]),
    )


def tally(
    form: Form,
    given: Iterable[Given],
    *,
    invited: Counter[tuple[tuple[str, str], ...]],
    dims: Sequence[str],
    threshold: int,
    languages: Mapping[str, int],
) -> Results:
    """Count answers in one pass. `invited` counts invitations by their groups (sorted pairs)."""
    asked = {name: item for name, item in form.items.items() if item.type in _COUNTED}
    said: Counter[tuple[str, Any]] = Counter()
    alike: Counter[tuple[tuple[tuple[str, str], ...], tuple[tuple[str, float], ...]]] = Counter()
    for each in given:
        for path, value in each.answers.items():
            said[path, tuple(value) if isinstance(value, list) else value] += each.times
        alike[tuple(each.groups.items()), tuple(each.scores.items())] += each.times
    held = {name: _Answered() for name in asked}
    for (path, value), times in said.items():
        name = path.rpartition("/")[2]
        if name in asked:
            held[name].add(value, times)
    scores = _Scores()
    by_group: dict[tuple[str, str], _Scores] = {}
    for (pairs, reached), times in alike.items():
        scores.add(reached, times)
        for pair in pairs:
            by_group.setdefault(pair, _Scores()).add(reached, times)
    total = scores.people
    asked_in = sum(invited.values())
    if total < threshold:
        return Results(asked_in, total, hidden=True)
    return Results(
        asked_in,
        total,
        hidden=False,
        questions=tuple(
            Question(name, held[name].n, _in_order(item, held[name].counts()), held[name].mean(item))
            for name, item in asked.items()
            if held[name].n >= threshold
        ),
        scores={name: mean for name, mean in scores.means().items() if mean.n >= threshold},
        groups=tuple(_groups(by_group, invited, dims, threshold)),
        languages={name: count for name, count in languages.items() if count >= threshold},
    )


_COUNTED = ("choice", "multi_choice", "scale", "number")


class _Answered:
    """How often each answer was given to one item, over `n` who answered it. A choice of several counts at each."""

    def __init__(self) -> None:
        self.n = 0
        self.values: Counter[Any] = Counter()

    def add(self, value: Any, times: int) -> None:
        self.n += times
        for each in value if isinstance(value, tuple) else (value,):
            self.values[each] += times

    def counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for value, times in self.values.items():
            found[_text(value)] += times
        return found

    def mean(self, item: Item) -> Mean | None:
        if item.type not in ("scale", "number"):
            return None
        return _mean({value: times for value, times in self.values.items() if not isinstance(value, str)})


class _Scores:
    """How often each value was reached by score; `people` is how many answers, also those without a score."""

    def __init__(self) -> None:
        self.people = 0
        self.values: dict[str, Counter[float]] = {}

    def add(self, reached: Iterable[tuple[str, float]], times: int) -> None:
        self.people += times
        for name, value in reached:
            self.values.setdefault(name, Counter())[value] += times

    def means(self) -> dict[str, Mean]:
        return {name: mean for name, values in self.values.items() if (mean := _mean(values)) is not None}


def _mean(values: Mapping[float, int]) -> Mean | None:
    """The mean of values that were given so many times each."""
    count = sum(values.values())
    if not count:
        return None
    mean = sum(value * times for value, times in values.items()) / count
    squares = sum(times * (value - mean) ** 2 for value, times in values.items())
    return Mean(count, mean, sqrt(squares / (count - 1)) if count > 1 else None)


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
    by_group: Mapping[tuple[str, str], _Scores],
    invited: Counter[tuple[tuple[str, str], ...]],
    dims: Sequence[str],
    threshold: int,
) -> Iterable[Group]:
    """Every value of every dimension. One hidden alone could be worked out from the rest, so another goes with it."""
    for dim in dims:
        asked: Counter[str] = Counter()
        for pairs, count in invited.items():
            asked[dict(pairs).get(dim, "")] += count
        answered = {value: held.people for (name, value), held in by_group.items() if name == dim}
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
                held = by_group[dim, value]
                means = {name: mean for name, mean in held.means().items() if mean.n >= threshold}
                yield Group(dim, value, asked[value], held.people, means)
