"""What a form is: frozen values without a word of text. The texts lie beside, by key (`texts`), in several languages.

So the logic hash cannot see wording, and a new wording or translation never makes a new version.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from matrikel_declared.hashing import QUIET, WORDING, fingerprint

from .texts import Wording

FormKind = Literal["plan", "assessment", "instrument", "survey", "checklist"]
ItemType = Literal["text", "long_text", "choice", "multi_choice", "scale", "number", "date", "person", "offer"]
Party = Literal["worker", "person", "both", "anonymous"]
Method = Literal["sum", "mean", "index"]
Op = Literal["is", "answered", "at_least", "at_most", "all", "any", "not"]

# Raised when the meaning of the vocabulary itself changes, so that old and new answers are never taken for the same.
SEMANTICS = 1


@dataclass(frozen=True)
class Option:
    """One answer to choose. `value` is what it scores, None when it does not; `exclusive` allows no other beside it.

    `opens` names what this answer sets in motion elsewhere. The days are the validity of a code in its list.
    """

    id: str
    key: str = field(metadata=WORDING)
    value: float | None = None
    exclusive: bool = False
    opens: str = ""
    valid_from: dt.date | None = field(default=None, metadata=QUIET)
    valid_to: dt.date | None = field(default=None, metadata=QUIET)

    def holds(self, at: dt.date | None) -> bool:
        """Return whether it may be chosen on a day; without a day, always."""
        return at is None or (self.valid_from or dt.date.min) <= at <= (self.valid_to or dt.date.max)


@dataclass(frozen=True)
class Condition:
    """A rule over answers. A leaf names an `item`; `all`, `any` and `not` hold `parts`.

    `is`: the answer is one of `values` (for a multi-choice: has one of them). `at_least` and `at_most`: a number or
    a scale against `limit`. `answered`: any answer. An item that is not shown has no answer.
    """

    op: Op
    item: str = ""
    values: tuple[str, ...] = ()
    limit: float | None = None
    parts: "tuple[Condition, ...]" = ()

    def items(self) -> Iterator[str]:
        """Yield the ids of the items it looks at."""
        if self.item:
            yield self.item
        for part in self.parts:
            yield from part.items()


@dataclass(frozen=True)
class Item:
    """One question. `least` and `most` bound a scale or number; `longest` a text, in characters.

    A scale may have `options` beside its steps, such as "do not know". `codes` names the code list of the options.
    """

    id: str
    type: ItemType
    options: tuple[Option, ...] = ()
    codes: str = ""
    least: float | None = None
    most: float | None = None
    decimals: int = 0
    longest: int = 0
    required: bool = False
    required_when: Condition | None = None
    when: Condition | None = None
    sensitive: bool = False

    def key(self, part: str) -> str:
        """Return the key of a text: `text`, `help`, `least`, `most` (the ends of a scale) or `unit`."""
        return f"item.{self.id}.{part}"

    def option(self, name: str) -> Option | None:
        """Return the option with that id, or None."""
        return next((option for option in self.options if option.id == name), None)


@dataclass(frozen=True)
class Rows:
    """How many times a group may be filled in; without `most` up to 500."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Group:
    """Items under one heading, then groups below. With `rows` it is filled in once for each row."""

    id: str
    items: tuple[Item, ...] = ()
    groups: "tuple[Group, ...]" = ()
    rows: Rows | None = None
    when: Condition | None = None
    party: Party | None = None

    def key(self, part: str) -> str:
        """Return the key of a text: `heading`, `help` or `one` (what one row is called)."""
        return f"group.{self.id}.{part}"

    def walk(self) -> "Iterator[Group]":
        """Yield this group and all below, in order."""
        yield self
        for group in self.groups:
            yield from group.walk()


@dataclass(frozen=True)
class Limits:
    """For whom the limits hold (sex, completed years) and since when; `starts` is the lowest score of each band."""

    id: str
    starts: Mapping[str, float]
    sex: str = ""
    first_age: int | None = None
    last_age: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source: str = field(default="", metadata=WORDING)


@dataclass(frozen=True)
class Band:
    """A stretch of scores with a label and what it means; `opens` as for an option."""

    id: str
    opens: str = ""


@dataclass(frozen=True)
class Scoring:
    """A score over items, or over other scores.

    `sum`; `mean` of those answered; `index` 0-100: the mean of each answer's place between the lowest and highest
    possible. `excluded` options, such as "do not know", are not answers here. There is no score with fewer answers
    than `at_least`. An item that is not shown counts as `not_shown`, or as no answer when that is None. The value is
    rounded half up to `decimals`, and bands are read off the rounded value.
    """

    id: str
    method: Method
    items: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    at_least: int = 0
    not_shown: float | None = None
    decimals: int = 0
    bands: tuple[Band, ...] = ()
    limits: tuple[Limits, ...] = ()

    def key(self, part: str) -> str:
        """Return the key of a text: `name`, `help`, `band.<id>.label` or `band.<id>.means`."""
        return f"score.{self.id}.{part}"


@dataclass(frozen=True)
class DueAgain:
    """When the form should be filled in anew: so many months after `signed`, or after the day in a date item."""

    months: int
    after: str = "signed"


@dataclass(frozen=True)
class Use:
    """Who may use the form, in the words of the system that shows it; empty is everyone who meets the person."""

    rights: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One version of a form. `threshold` is the fewest answers that may be shown together."""

    id: str
    version: int
    kind: FormKind
    groups: tuple[Group, ...]
    wordings: Mapping[str, Wording]
    scores: tuple[Scoring, ...] = ()
    due_again: DueAgain | None = None
    filled_in_by: Party = "worker"
    use: Use = Use()
    retention: str = "case"
    threshold: int = 5
    sensitive: bool = False
    languages: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    path: str = ""

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in order."""
        return {item.id: item for group in self.all_groups() for item in group.items}

    @cached_property
    def logic_hash(self) -> str:
        """16 hex digits over what is asked and how it is scored; wording takes no part."""
        parts = {"kind": self.kind, "by": self.filled_in_by, "groups": self.groups, "scores": self.scores}
        return fingerprint({"semantics": SEMANTICS, "due_again": self.due_again, **parts})

    @property
    def text_hash(self) -> str:
        """16 hex digits over the Swedish wording."""
        return self.wordings["sv"].text_hash

    def all_groups(self) -> Iterator[Group]:
        """Yield every group, those inside others too, in order."""
        for group in self.groups:
            yield from group.walk()

    def above(self, name: str) -> tuple[Group, ...]:
        """Return the groups around an item or group, from the outermost. Raises KeyError for an unknown id."""
        return self._above[name]

    @cached_property
    def _above(self) -> Mapping[str, tuple[Group, ...]]:
        found: dict[str, tuple[Group, ...]] = {}

        def walk(group: Group, above: tuple[Group, ...]) -> None:
            found[group.id] = above
            found.update({item.id: (*above, group) for item in group.items})
            for below in group.groups:
                walk(below, (*above, group))

        for group in self.groups:
            walk(group, ())
        return found

    def score(self, name: str) -> Scoring:
        """Return a scoring by id. Raises KeyError for an unknown one."""
        return {each.id: each for each in self.scores}[name]
