"""What a page, a sheet and the shell are given: figures from which everything that must be hidden is already gone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from matrikel.domain.figures.shapes import period_end
from matrikel_stats import Definition
from matrikel_stats.comparison.compare import Comparison
from matrikel_stats.comparison.funnel import FunnelPoint
from matrikel_stats.declared.definition import Window
from matrikel_stats.result import Cell, Left, LimitShare


@dataclass(frozen=True)
class Seen:
    """One figure as this reader may see it. `why` is empty, `small` or `withheld`; hidden figures hold no number."""

    cell: Cell
    why: str = ""

    @property
    def hidden(self) -> bool:
        return bool(self.why)

    @property
    def counts_nobody(self) -> bool:
        """Whether there is no value and nobody whose time runs."""
        return not self.hidden and self.cell.value is None and not self.cell.not_mature and not self.cell.open


@dataclass(frozen=True)
class Row:
    """A place or a value: its figure, women and men apart, and its years."""

    key: str
    label: str
    seen: Seen
    own: bool = False
    women: Seen | None = None
    men: Seen | None = None
    years: tuple[tuple[str, Seen], ...] = ()
    silent: bool = False
    """A municipality that has not published for this day."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str


@dataclass(frozen=True)
class Moment:
    """How it stood at a point. `x` is its place along the whole time, 0-1; `after` is None at the anchor.

    Of the finished cohort `left` and `waiting` are None: leavers stay among those who have not got there.
    """

    x: float
    after: Window | None
    at_risk: int
    reached: int
    left: int | None
    waiting: int | None
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """`line` holds the steps of the estimate and `band` its limits; both empty when only points may be shown.

    `everyone`: also those whose time still runs. `why` says why there is no curve, as for a figure.
    """

    moments: tuple[Moment, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    band: tuple[tuple[float, float, float], ...] = ()
    everyone: bool = False
    why: str = ""


@dataclass(frozen=True)
class YearChange:
    """A year against the one before it that is shown: percentage points, and whether it is more than chance does."""

    year: str
    before: str
    words: str
    beyond_chance: bool


@dataclass(frozen=True)
class Compared:
    """`own` names the row that the reader has chosen, empty for the whole county. `says` are sentences, the own first.

    `title` says whom they are, empty for the county. `funnel` holds the limits by size of group, `years` the changes,
    the latest first.
    """

    comparison: Comparison | None
    own: str
    says: tuple[str, ...]
    funnel: tuple[FunnelPoint, ...] = ()
    years: tuple[YearChange, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class View:
    """One indicator for one area and year."""

    definition: Definition
    area: str
    area_label: str
    areas: tuple[Choice, ...]
    year: str
    years: tuple[str, ...]
    split: str
    splits: tuple[str, ...]
    total: Seen
    series: tuple[tuple[str, Seen], ...] = ()
    rows: tuple[Row, ...] = ()
    places: tuple[Row, ...] = ()
    freeze: date | None = None
    published_at: datetime | None = None
    run_id: UUID | None = None
    digest: str = ""
    excluded: tuple[tuple[str, int | None], ...] = ()
    population: int | None = None
    protected: bool = True
    with_people: bool = False
    outdated: bool = False
    silent: tuple[str, ...] = ()
    curve: Curve | None = None
    compared: Compared | None = None

    @property
    def empty(self) -> bool:
        return self.freeze is None

    @property
    def unfinished(self) -> bool:
        """The chosen period had not ended on the freeze date."""
        return self.definition.is_periodic and self.runs_on(self.year)

    def runs_on(self, year: str) -> bool:
        """A period had not ended on the freeze date."""
        return is_unfinished(self.definition, year, self.freeze)


def is_unfinished(definition: Definition, year: str, freeze: date | None) -> bool:
    """Whether the year or month had not ended on the freeze date; a stock at a moment is there or not."""
    end = period_end(year)
    if definition.moment in ("31 december", "month_end") or freeze is None or end is None:
        return False
    return end > freeze


def hide(cell: Cell, why: str) -> Seen:
    """Take every number out of a figure."""
    gone = replace(
        cell, n=None, k=None, value=None, low=None, high=None, aj=None, not_mature=None, open=None, median=None,
        median_with_open=None, fewest=None, inhabitants=None,
        left_before=None if cell.left_before is None else Left(None, None, None),
        limits=tuple(_no_limit(each) for each in cell.limits),
        suppressed=True,
    )  # fmt: skip
    return Seen(gone, why)


def careful(cell: Cell, threshold: int, *, limits_hidden: Sequence[bool] = ()) -> Seen:
    """A figure that may be shown, without the small numbers beside it."""
    left = cell.left_before
    return Seen(
        replace(
            cell,
            # The estimate also rests on those whose time still runs: beside the share it would tell of a few of them.
            aj=None if safe(cell.not_mature, threshold) is None else cell.aj,
            not_mature=safe(cell.not_mature, threshold),
            open=safe(cell.open, threshold),
            left_before=left
            and Left(safe(left.inside, threshold), safe(left.outside, threshold), safe(left.died, threshold)),
            limits=tuple(
                _no_limit(each) if gone else replace(each, not_mature=safe(each.not_mature, threshold))
                for each, gone in zip(cell.limits, limits_hidden or [False] * len(cell.limits), strict=True)
            ),
        )
    )


def only_shown(cell: Cell, pages: Sequence[Seen]) -> Cell:
    """The figure with only those numbers that every page shows of it."""
    if hidden := next((page.why for page in pages if page.hidden), ""):
        return hide(cell, hidden).cell
    for page in pages:
        told, left = page.cell, cell.left_before
        pairs = zip(cell.limits, told.limits, strict=True)
        cell = replace(
            cell,
            aj=_if_told(cell.aj, told.aj),
            not_mature=_if_told(cell.not_mature, told.not_mature),
            open=_if_told(cell.open, told.open),
            left_before=left and _left_if_told(left, told.left_before),
            limits=tuple(
                replace(each, not_mature=_if_told(each.not_mature, there.not_mature))
                if there.n is not None
                else _no_limit(each)
                for each, there in pairs
            ),
        )
    return cell


def _if_told(number: Any, there: object) -> Any:
    return None if there is None else number


def _left_if_told(left: Left, there: Left | None) -> Left:
    told = there or Left(None, None, None)
    parts = ((left.inside, told.inside), (left.outside, told.outside), (left.died, told.died))
    return Left(*(_if_told(*pair) for pair in parts))


def without(seen: Seen, names: Collection[str]) -> Seen:
    """The same figure without some of the numbers that stand beside it (`cubes.BESIDE`)."""
    cell, left = seen.cell, seen.cell.left_before
    if "waiting" in names:
        cell = replace(cell, not_mature=None, open=None, aj=None)
    if left is not None:
        gone = {"inside": "left_inside", "outside": "left_outside", "died": "died"}
        cell = replace(cell, left_before=replace(left, **{part: None for part, name in gone.items() if name in names}))
    return replace(seen, cell=cell)


def _no_limit(each: LimitShare) -> LimitShare:
    return LimitShare(each.months, each.days, None, None, None, None, None, None)


def safe(number: int | None, threshold: int) -> int | None:
    return None if number is not None and 0 < number < threshold else number


def excluded_words(
    excluded: Mapping[str, int], words: Mapping[str, str], threshold: int, *, protected: bool
) -> tuple[tuple[str, int | None], ...]:
    """Why how many were left out, most first."""
    ordered = sorted(excluded.items(), key=lambda each: (-each[1], each[0]))
    return tuple((words.get(reason, reason), safe(n, threshold) if protected else n) for reason, n in ordered)
