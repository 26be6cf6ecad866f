"""A figure with everything needed to read it right: frozen values and their JSON."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from matrikel_declared import read_plain, to_plain

from .counts import CountTable
from .declared.definition import Kind


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 per cent limits; limits are None where they cannot be formed."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Left:
    """How many left the watch before the outcome, by where to; `None` only after protection."""

    inside: int | None
    outside: int | None
    died: int | None


@dataclass(frozen=True)
class LimitShare:
    """Share within a limit of a duration, of those whose limit has run out."""

    months: int
    days: int
    n: int | None
    k: int | None
    value: float | None
    low: float | None
    high: float | None
    not_mature: int | None


@dataclass(frozen=True)
class Cell:
    """One figure. `values` says which (empty for the total).

    reached: n mature members, k who reached, value k/n (0-1). duration: n who got there, value the mean in days.
    flow and stock: n and value the number. long_term: as reached, by year. ratio: n persons of so many `inhabitants`,
    value per as many as declared. amount: n households, value kronor a month. attendance: n persons, value the share.
    score: n persons, value the mean. A rolling mean: n person-months, value persons. composite: n of its smallest part.
    `aj` is the Aalen-Johansen estimate of everyone, mature or not. `fewest` is the smallest number above zero that a
    rolling mean or a composite rests on; of an amount or attendance as many units as if all were of one size.
    """

    values: Mapping[str, str]
    n: int | None
    k: int | None
    value: float | None
    low: float | None
    high: float | None
    aj: Estimate | None
    not_mature: int | None
    left_before: Left | None
    open: int | None
    median: float | None
    median_with_open: int | None
    limits: tuple[LimitShare, ...]
    suppressed: bool
    fewest: int | None = None
    inhabitants: int | None = None


@dataclass(frozen=True)
class Breakdown:
    """Cells by some dimensions. `withheld`: must not be shown to those without access to the persons."""

    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    withheld: bool


@dataclass(frozen=True)
class TargetResult:
    """The goal and whether the value meets it; None when there is no value yet."""

    value: float
    at_least: bool
    met: bool | None


@dataclass(frozen=True)
class DatasetRef:
    """Which data were counted."""

    id: str
    digest: str
    title: str
    freeze_source: str


@dataclass(frozen=True)
class Result:
    """The outcome of one run of one definition on one dataset."""

    indicator: str
    version: int
    kind: Kind
    name: str
    logic_hash: str
    text_hash: str
    codes_digest: str
    dataset: DatasetRef
    engine: str
    freeze: dt.date
    period: str | None
    anchor: str
    counts: str
    unit: str
    decimals: int
    threshold: int
    population: int | None
    excluded: Mapping[str, int | None]
    reasons: Mapping[str, str]
    not_mature: int | None
    left_before: Left | None
    unknown_persons: int
    unknown_person_ids: tuple[str, ...]
    target: TargetResult | None
    total: Cell | None
    breakdowns: tuple[Breakdown, ...]
    skipped_dimensions: tuple[str, ...]
    incomplete_periods: tuple[str, ...]
    count_tables: tuple[CountTable, ...]
    protected: bool
    limits_by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain values for `json.dumps`."""
        plain = {
            field.name: to_plain(getattr(self, field.name))
            for field in dataclasses.fields(self)
            if field.name != "count_tables"
        }
        plain["count_tables"] = [table.to_json() for table in self.count_tables]
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the result that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        tables = tuple(CountTable.from_json(table) for table in data.get("count_tables", ()))
        result: Self = read_plain(cls, {**data, "count_tables": ()})
        return dataclasses.replace(result, count_tables=tables)
