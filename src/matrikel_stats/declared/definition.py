"""What an indicator is: frozen values, made by `parsing`, run by the engines, worded by `prose`.

Fields marked with WORDING take no part in the logic hash: they change how a figure is described, never what is counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import lcm
from typing import Literal

from matrikel_declared.hashing import QUIET, WORDING
from matrikel_stats.problems import Lang

from .codes import CodeLists, DatedValue

Kind = Literal[
    "reached", "duration", "flow", "stock", "long_term", "ratio", "amount", "attendance", "score", "composite"
]
PERIODIC: frozenset[str] = frozenset(("flow", "stock", "long_term", "ratio", "amount", "attendance", "score"))
"""The kinds counted by period: year or month of what is counted."""
UNITS: frozenset[str] = frozenset(("long_term", "amount", "attendance", "score"))
"""The kinds counted by unit and period from rows of their own table."""
TableName = Literal["spells", "events", "assistance_months", "attendance", "responses"]
Take = Literal["first", "last", "every"]
Moment = Literal["31 december", "month_end", "any_time_in_year"]


@dataclass(frozen=True)
class Match:
    """An attribute with one of some values; `counts_as` and `codes` remember how the values were named."""

    attribute: str
    values: tuple[DatedValue, ...]
    counts_as: tuple[str, ...] = field(default=(), metadata=WORDING)
    codes: str = field(default="", metadata=WORDING)


@dataclass(frozen=True)
class Rows:
    """Rows of one table with one of some kinds and all the given attributes. Tables without kinds have none named."""

    table: TableName
    kinds: tuple[DatedValue, ...]
    where: tuple[Match, ...] = ()
    counts_as: tuple[str, ...] = field(default=(), metadata=WORDING)
    without: tuple[str, ...] = field(default=(), metadata=WORDING)


@dataclass(frozen=True)
class Anchor:
    """The rows a cohort starts from. `take` first or last is per person, or per person and the attribute `per`.

    `until` (only for a stock of events) are the events whose day is the last day of the state.
    """

    rows: Rows
    take: Take
    per: str = ""
    until: Rows | None = None


@dataclass(frozen=True)
class Exclusion:
    """A named reason to leave someone out: an attribute, or something that happened before the anchor day."""

    id: str
    reason: str = field(metadata=WORDING)
    where: Match | None
    before: Rows | None


@dataclass(frozen=True)
class Cohort:
    """Whom the indicator is about. Ages are completed years on the anchor day, both ends included."""

    anchor: Anchor
    first_age: int | None = None
    last_age: int | None = None
    sex: str = ""
    where: tuple[Match, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def is_imported(self) -> bool:
        """Return whether it starts from a table that no room keeps."""
        return self.anchor.rows.table not in ("spells", "events")


@dataclass(frozen=True)
class Window:
    """Calendar months and days from the anchor day; the last day is the one before the anniversary.

    A state at a time is a window whose last day is the day itself: `months` and one day, or the days and one more.
    """

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Condition:
    """A leaf of the outcome tree, met on one day.

    `running` counts what already runs on the anchor day. With `total_days` it is met on the day the merged days inside
    the window reach that number; with `completed` on the last day of the spell; with `at_end` on the last day of the
    window, by a spell that holds then.
    """

    rows: Rows
    running: bool = True
    completed: bool = False
    total_days: int = 0
    at_end: bool = field(default=False, metadata=QUIET)


@dataclass(frozen=True)
class Branch:
    """A node of the outcome tree: any part (met on the first day) or all parts (met on the last of their days)."""

    op: Literal["any", "all"]
    parts: "tuple[Branch | Condition, ...]"


Outcome = Branch | Condition


@dataclass(frozen=True)
class Leaving:
    """Events that end the watch. `anchor_ends` also takes the end of the anchor spell as leaving.

    `dropped`: those who left before the outcome are not in the closed share at all; else they stay in its denominator.
    """

    events: tuple[str, ...] = ()
    deaths: tuple[str, ...] = ()
    anchor_ends: bool = False
    dropped: bool = field(default=False, metadata=QUIET)


@dataclass(frozen=True)
class Target:
    """A goal as a share 0-1, in days for a duration, or as a number; `at_least` tells the direction."""

    value: float
    at_least: bool


@dataclass(frozen=True)
class LongTerm:
    """Assistance in `at_least` of the `of` months ending in December, with no longer break in a row than said."""

    at_least: int
    of: int
    longest_break: int | None = None


@dataclass(frozen=True)
class Score:
    """An instrument: the sum of its items, each a whole number from `least` to `most`; as an index, 0 to 100.

    An index may rest on `at_least` of the items (0: on all of them), then it is the mean of those that were answered.
    """

    instrument: str
    items: tuple[str, ...]
    least: int
    most: int
    take: Literal["first", "last"] = "last"
    index: bool = False
    at_least: int = field(default=0, metadata=QUIET)

    @property
    def needed(self) -> int:
        """Return how many items must be answered."""
        return self.at_least or len(self.items)

    @property
    def share(self) -> int:
        """Return what one step counts as, which any number of answers that is enough divides."""
        return lcm(*range(self.needed, len(self.items) + 1))

    def offset(self, steps: int, answered: int) -> int:
        """Return the mean of so many steps above the lowest over so many answers, in parts of `share`."""
        return steps * (self.share // answered)

    def shown(self, offset: float) -> float:
        """Return the score, or the index, of an offset."""
        if self.index:
            return 100 * offset / (self.share * (self.most - self.least))
        return offset + len(self.items) * self.least


@dataclass(frozen=True)
class Part:
    """One of the indicators a composite is made of, and its weight."""

    definition: "Definition"
    weight: int


@dataclass(frozen=True)
class Texts:
    """The wording in one language."""

    name: str
    question: str
    numerator: str
    denominator: str
    reading: str
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Definition:
    """One indicator. Which of the parts at the end are set depends on `kind`.

    `at` is the time of a state at a time, as it was written: such a definition is of the kind `reached`.
    """

    id: str
    version: int
    kind: Kind
    texts: Mapping[Lang, Texts]
    owner: str
    source: str
    law: str
    cohort: Cohort
    leaving: Leaving
    breakdowns: tuple[tuple[str, ...], ...]
    age_bands: tuple[tuple[int, int], ...]
    target: Target | None
    decimals: int
    threshold: int
    logic_hash: str
    text_hash: str
    path: str
    codes: CodeLists
    window: Window | None = None
    outcome: Outcome | None = None
    limits: tuple[Window, ...] = ()
    unit: Literal["days", "weeks"] = "days"
    every: Literal["year", "month"] = "year"
    count: Literal["persons", "occurrences"] = "persons"
    moment: Moment | None = None
    at: Window | None = None
    mean_of: int = 1
    long_term: LongTerm | None = None
    per: int = 1
    score: Score | None = None
    parts: tuple[Part, ...] = ()
    limits_by: str = ""
    kolada: str = ""
    """The id of Kolada's key figure about the same thing. It is counted there by other rules: never comparable."""

    @property
    def is_periodic(self) -> bool:
        """Return whether it is counted by period."""
        return self.kind in PERIODIC or any(part.definition.is_periodic for part in self.parts)

    @property
    def measure(self) -> str:
        """Return what sort of value it gives: `share`, `days`, `number`, `per`, `amount`, `score` or `index`."""
        if self.parts:
            return self.parts[0].definition.measure
        if self.score:
            return "index" if self.score.index else "score"
        kinds = {"duration": "days", "flow": "number", "stock": "number", "ratio": "per", "amount": "amount"}
        return kinds.get(self.kind, "share")

    def text(self, lang: Lang) -> Texts:
        """Return the wording in `lang`, else in Swedish."""
        return self.texts.get(lang) or self.texts["sv"]


def conditions(outcome: Outcome | None) -> Iterator[Condition]:
    """Yield the leaves of an outcome tree from left to right."""
    if isinstance(outcome, Condition):
        yield outcome
    elif isinstance(outcome, Branch):
        for part in outcome.parts:
            yield from conditions(part)


def attributes_used(definition: Definition) -> Iterator[tuple[TableName, str]]:
    """Yield every attribute the logic reads, with the table whose rows should carry it."""
    cohort = definition.cohort
    anchor = cohort.anchor
    for match in cohort.where:
        yield anchor.rows.table, match.attribute
    for exclusion in cohort.exclusions:
        if exclusion.where is not None:
            yield anchor.rows.table, exclusion.where.attribute
    every_rows = [anchor.rows, *(leaf.rows for leaf in conditions(definition.outcome))]
    every_rows += [anchor.until] if anchor.until else []
    every_rows += [exclusion.before for exclusion in cohort.exclusions if exclusion.before]
    for rows in every_rows:
        for match in rows.where:
            yield rows.table, match.attribute
