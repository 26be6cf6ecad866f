"""How a figure came to be: the share that had got there by each point of time after the anchor (decision 0042).

Those who work with the persons see everyone, day by day, with leaving and death as competing events. Others see the
finished cohort at a few points, where the numbers between two points are judged for all places together.
"""

from collections.abc import Sequence
from itertools import pairwise

from matrikel.domain.figures.cubes import NOTHING, Cube
from matrikel.domain.figures.reader import BOARD, UNIT, Reader
from matrikel.domain.figures.rules import Key, concealed
from matrikel.domain.figures.shown import Curve, Moment
from matrikel_stats import CountRow, Definition
from matrikel_stats.counts import LEFT
from matrikel_stats.declared.definition import Window
from matrikel_stats.estimates.estimate import aalen_johansen, wilson

MONTH = 365.25 / 12
BANDS = 24
"""Places along the curve where its limits are worked out."""
WAITS = ((1, 2, 3, 6, 12), (3, 12))
"""Months at which a waiting time, which has no window, is read; fine and coarse."""
TIME = "time"


def curve_of(reader: Reader, area: str, year: str) -> Curve | None:
    """The curve of one area and year as this reader may see it; None for kinds that have no time to follow."""
    definition, cube = reader.definition, reader.cube(area)
    if definition.kind not in ("reached", "duration") or cube is None:
        return None
    part = cube.at(year)
    if reader.is_open(area):
        return _of_everyone(definition, part)
    seen = reader.seen(area, year)
    if seen.hidden or not year or reader.is_variant:
        return Curve(why=seen.why or "withheld")
    if not seen.cell.n:
        return None
    for grid in grids(definition):
        hidden = {key[0] for key in _judged(reader, area in (UNIT, BOARD), year, grid) if key[1] == TIME}
        if reader.place(area) not in hidden:
            return _of_finished(definition, part, grid)
    return Curve(why="small")


# ── points of time ──────────────────────────────────────────────────────────────────────────────────────────────────


def grids(definition: Definition) -> list[tuple[Window, ...]]:
    """The points at which a curve is read, the fine ones first; every coarse point is also a fine one."""
    if definition.window is None:
        return [tuple(Window(months=month) for month in grid) for grid in WAITS]
    window = definition.window
    whole = window.months or window.days
    found: list[tuple[Window, ...]] = []
    for parts in (4, 3, 2):
        if whole % parts == 0 and not (parts == 3 and found):
            points = [whole // parts * n for n in range(1, parts + 1)]
            found.append(tuple(Window(months=n) if window.months else Window(days=n) for n in points))
    return found or [(window,)]


def days_of(window: Window) -> int:
    """Days after the anchor until the window is over; a month is a twelfth of a year."""
    return round(window.months * MONTH) if window.months else window.days


def _until(definition: Definition, window: Window, end: int) -> int:
    """The first offset that is too late for the point. The last point of a window takes all that came in time."""
    return end + 2 if definition.window is not None and days_of(window) == end else days_of(window)


# ── everyone, for those who work with them ──────────────────────────────────────────────────────────────────────────


def _of_everyone(definition: Definition, part: Cube) -> Curve | None:
    rows = [row for cell in part.tables[0].cells(()).values() for row in cell]
    if not rows:
        return None
    points = grids(definition)[0]
    end = days_of(points[-1])
    steps, _end = aalen_johansen(rows)
    line = [(0.0, 0.0), *((min(1.0, step.offset / end), step.share) for step in steps if step.offset <= end)]
    band = []
    for n in range(1, BANDS + 1):
        _steps, estimate = aalen_johansen(_so_far(rows, round(end * n / BANDS)))
        if estimate is not None and estimate.low is not None and estimate.high is not None:
            band.append((n / BANDS, estimate.low, estimate.high))
    moments = [_moment(definition, rows, None, 0, end)]
    moments += [_moment(definition, rows, point, _until(definition, point, end), end) for point in points]
    return Curve(tuple(moments), tuple(line), tuple(band), everyone=True)


def _so_far(rows: Sequence[CountRow], until: int) -> list[CountRow]:
    """What was known before a day: everything later is a wait that has not ended."""
    return [row if row.offset < until else row._replace(offset=until, status="frozen") for row in rows]


def _moment(definition: Definition, rows: Sequence[CountRow], after: Window | None, until: int, end: int) -> Moment:
    known = [row for row in rows if row.offset < until]
    reached = sum(row.n for row in known if row.status == "outcome")
    left = sum(row.n for row in known if row.status in LEFT)
    waiting = sum(row.n for row in known if row.status == "frozen")
    _steps, estimate = aalen_johansen(_so_far(rows, until))
    return Moment(
        days_of(after) / end if after else 0.0, after, sum(row.n for row in rows) - reached - left - waiting,
        reached, left, waiting, estimate.value if estimate else 0.0,
        estimate.low if estimate else None, estimate.high if estimate else None,
    )  # fmt: skip


# ── the finished cohort, for everybody else ─────────────────────────────────────────────────────────────────────────


def _judged(reader: Reader, inside: bool, year: str, grid: tuple[Window, ...]) -> dict[Key, str]:
    """What must be hidden of the numbers between the points, over units or over boards together."""
    whole = reader.held.own if inside else reader.county
    if whole is None:
        return {}
    numbers = _between(reader.definition, reader.units if inside else reader.held.boards, whole, year, grid)
    if inside:
        hidden, own = reader.board_why(year), reader.own_unit if reader.with_people else ""
    else:
        hidden, here = reader.county_why(year), reader.around.board
        known = reader.held.own is not None and here in reader.held.boards
        of_own = _judged(reader, True, year, grid) if known else {}
        hidden = hidden | {(here, *key[1:]): why for key, why in of_own.items() if not key[0]}
        own = here if known else ""
    told = {key: why for key, why in hidden.items() if key in numbers}
    open_ = {key for key in numbers if own and key[0] == own and key not in told}
    return concealed(numbers, reader.threshold, open_=open_, hidden=told)


def _between(
    definition: Definition, places: dict[str, Cube], whole: Cube, year: str, grid: tuple[Window, ...]
) -> dict[Key, tuple[int, ...]]:
    numbers: dict[Key, tuple[int, ...]] = {}
    for place, cube in {**places, "": whole}.items():
        numbers[place, "", ""] = cube.numbers(year).get(("", ""), NOTHING)
        for at, n in enumerate(_increments(definition, cube.at(year), grid)):
            numbers[place, TIME, str(at)] = (n,)
    return numbers


def _increments(definition: Definition, part: Cube, grid: tuple[Window, ...]) -> list[int]:
    """How many of the finished cohort got there between each point and the one before; later ones last."""
    found = [(row.offset, row.n) for row in part.tables[0].rows if row.status == "outcome" and _finished(row, part)]
    edges = [0, *(_until(definition, point, days_of(grid[-1])) for point in grid)]
    between = [sum(n for offset, n in found if first <= offset < last) for first, last in pairwise(edges)]
    return [*between, sum(n for _offset, n in found) - sum(between)]


def _finished(row: CountRow, part: Cube) -> bool:
    return row.mature or part.definition.kind == "duration"


def _of_finished(definition: Definition, part: Cube, grid: tuple[Window, ...]) -> Curve:
    n = part.cell().n or 0
    end = days_of(grid[-1])
    reached = 0
    moments = [Moment(0.0, None, n, 0, None, None, 0.0, None, None)]
    for point, more in zip(grid, _increments(definition, part, grid), strict=False):
        reached += more
        share = wilson(reached, n)
        assert share is not None
        moments.append(
            Moment(days_of(point) / end, point, n - reached, reached, None, None, share.value, share.low, share.high)
        )
    return Curve(tuple(moments))
