"""By what a figure was counted, run for run, and what the latest run changed. What is hidden is hidden here as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.models import Figure, Published
from matrikel.domain.figures.queries import area_label, may_read
from matrikel.domain.figures.reader import BOARD, UNIT, Reader
from matrikel.domain.figures.rules import COUNTY_ONLY
from matrikel.domain.figures.shown import Choice, Seen
from matrikel.domain.figures.sources import before, read
from matrikel.kernel.acting import Acting
from matrikel_stats import Definition

RUNS = 24
"""Runs that are told of, the latest first."""
SAID = ("name", "anchor", "counts")
"""What a result says of its definition in words: its name, where it starts, what counts."""


@dataclass(frozen=True)
class Counted:
    """One run, or one freeze date of the county. `what` differs from the run before: first, same, wording or logic.

    `said` holds what reads differently: which text, before and now. `boards` is the number of boards in a county.
    """

    freeze: date
    at: datetime | None
    version: int
    logic_hash: str
    text_hash: str
    what: str
    said: tuple[tuple[str, str, str], ...] = ()
    boards: int = 0


@dataclass(frozen=True)
class Changed:
    """One year before and after the latest run. `small`: a few persons differ, and the reader may not see how many."""

    year: str
    before: Seen | None
    after: Seen | None
    newly: int | None = None
    small: bool = False


@dataclass(frozen=True)
class History:
    """`since` is the freeze date of the run before; None when it was counted by other logic, or never."""

    definition: Definition
    runs: tuple[Counted, ...]
    area: str = ""
    areas: tuple[Choice, ...] = ()
    since: date | None = None
    freeze: date | None = None
    comparable: bool = True
    changes: tuple[Changed, ...] = ()


def history(by: Acting, indicator: str, *, area: str = "") -> History:
    """Every run of one indicator as this post may see it. Raises NotAllowed, Missing for an unknown indicator."""
    may_read(by)
    definition = catalogue.definition(indicator)
    held = read(by, [definition])[definition.id]
    reader = Reader(held)
    if by.role in COUNTY_ONLY:
        boards = [place.key for place in reader.around.boards]
        return History(definition, _of_county(definition, boards))
    runs = _of_board(definition)
    earlier = before(held)
    areas = tuple(Choice(each, area_label(reader, each)) for each in (UNIT, BOARD) if each in reader.areas)
    chosen = area if area in (UNIT, BOARD) else UNIT if reader.with_people else BOARD
    if held.figure is None or earlier is None:
        return History(definition, runs, chosen, areas, comparable=len(runs) < 2)
    old = Reader(earlier)
    assert earlier.figure is not None
    return History(
        definition, runs, chosen, areas, earlier.figure.run.freeze, held.figure.run.freeze,
        changes=_changes(old, reader, chosen),
    )  # fmt: skip


def _of_board(definition: Definition) -> tuple[Counted, ...]:
    texts = {f"result__{name}" for name in SAID}
    rows = list(
        Figure.objects.filter(indicator=definition.id)
        .order_by("-run__finished_at")
        .values("run__freeze", "run__finished_at", "version", "logic_hash", "text_hash", *sorted(texts))[: RUNS + 1]
    )
    found = []
    for row, older in zip(rows, [*rows[1:], None], strict=True):
        found.append(
            Counted(
                row["run__freeze"],
                row["run__finished_at"],
                row["version"],
                row["logic_hash"],
                row["text_hash"],
                _differs(row, older),
                _said(row, older),
            )
        )
    return tuple(found[:RUNS])


def _differs(row: dict[str, Any], older: dict[str, Any] | None) -> str:
    if older is None:
        return "first"
    if row["logic_hash"] != older["logic_hash"]:
        return "logic"
    return "wording" if row["text_hash"] != older["text_hash"] else "same"


def _said(row: dict[str, Any], older: dict[str, Any] | None) -> tuple[tuple[str, str, str], ...]:
    pairs = [(name, (older or row)[f"result__{name}"], row[f"result__{name}"]) for name in SAID]
    return tuple((name, str(was), str(now)) for name, was, now in pairs if was != now)


def _of_county(definition: Definition, boards: Sequence[str]) -> tuple[Counted, ...]:
    rows = list(
        Published.objects.filter(indicator=definition.id, board_id__in=boards)
        .values("freeze", "version", "logic_hash")
        .annotate(boards=Count("board_id", distinct=True), latest=Max("at"))
        .order_by("-freeze", "-latest")[: RUNS + 1]
    )
    found = []
    for row, older in zip(rows, [*rows[1:], None], strict=True):
        what = "first" if older is None else "same" if older["logic_hash"] == row["logic_hash"] else "logic"
        found.append(
            Counted(row["freeze"], row["latest"], row["version"], row["logic_hash"], "", what, boards=row["boards"])
        )
    return tuple(found[:RUNS])


def _changes(old: Reader, new: Reader, area: str) -> tuple[Changed, ...]:
    was, now = old.cube(area), new.cube(area)
    assert was is not None
    assert now is not None
    years = sorted({year for year in (*was.years, *now.years) if year}, reverse=True)
    found = [_change(old, new, area, year) for year in years]
    return tuple(each for each in found if each is not None)


def _change(old: Reader, new: Reader, area: str, year: str) -> Changed | None:
    """None when nothing differs. Of a hidden year nothing is told, not even that it differs."""
    cells = [reader.cube(area).cell(year=year) for reader in (old, new)]  # type: ignore[union-attr]
    numbers = [(c.n or 0, c.k or 0, c.not_mature or 0, c.open or 0) for c in cells]
    if numbers[0] == numbers[1]:
        return None
    seen = [reader.seen(area, year) for reader in (old, new)]
    if any(each.hidden for each in seen):
        return None
    (n0, k0, wait0, open0), (n1, k1, wait1, open1) = numbers
    if new.is_open(area):
        return Changed(year, seen[0], seen[1], newly=n1 + wait1 + open1 - n0 - wait0 - open0)
    moved = (abs(n1 - n0), abs(k1 - k0), abs((n1 - k1) - (n0 - k0)))
    if any(0 < each < new.threshold for each in moved):
        return Changed(year, None, seen[1], small=True)
    return Changed(year, seen[0], seen[1]) if any(moved) else None
