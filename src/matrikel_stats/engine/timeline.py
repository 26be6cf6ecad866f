"""What becomes of one person after one anchor: the rules of outcome, leaving and freeze, in plain Python."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from matrikel_stats.counts import Status
from matrikel_stats.data.dataset import Row
from matrikel_stats.data.schema import TIMED
from matrikel_stats.dates import FAR
from matrikel_stats.declared.definition import Condition, Definition, Outcome, Rows
from matrikel_stats.question import last_day


@dataclass(frozen=True)
class Ending:
    """How the watch ended: `day` and `offset` (days after the anchor), the kind of row that met the outcome in `by`.

    `last_day` is the last day of the window, None without one.
    """

    status: Status
    day: dt.date
    offset: int
    mature: bool
    by: str
    last_day: dt.date | None


def fitting(row: Row, wanted: Rows) -> bool:
    """Return whether a row is of a wanted kind and carries the wanted attributes, by the lists in force that day."""
    of_kind = any(kind.holds(row.kind, row.start) for kind in wanted.kinds) or wanted.table in TIMED
    return of_kind and all(
        any(dated.holds(row.attributes.get(match.attribute, ""), row.start) for dated in match.values)
        for match in wanted.where
    )


def ending(
    definition: Definition, spells: Sequence[Row], events: Sequence[Row], anchor: Row, freeze: dt.date
) -> Ending:
    """Follow one anchor to its end. On the same day outcome comes before leaving and leaving before the freeze."""
    start = anchor.start
    last = last_day(definition.window, start)
    limit = freeze if last is None else min(last, freeze)
    mature = last is not None and last <= freeze
    assert definition.outcome is not None
    reached = met(definition.outcome, spells, events, start, limit, last)
    gone = _leaving(definition, events, anchor, limit, freeze)
    if reached is not None and (gone is None or reached[0] <= gone[0]):
        day, by = reached
        return Ending("outcome", day, (day - start).days, mature, by, last)
    if gone is not None:
        day, status = gone
        return Ending(status, day, (day - start).days, mature, "", last)
    if mature and last is not None:
        return Ending("window_passed", last, (last - start).days + 1, True, "", last)
    return Ending("frozen", freeze, (freeze - start).days, False, "", last)


def met(
    outcome: Outcome,
    spells: Sequence[Row],
    events: Sequence[Row],
    start: dt.date,
    limit: dt.date,
    last: dt.date | None,
) -> tuple[dt.date, str] | None:
    """Return the first day the outcome is met from `start` to `limit`, and the kind of row that met it.

    `last` is the last day of the window, None without one; what must hold then is not met while it lies beyond `limit`.
    """
    if isinstance(outcome, Condition):
        rows = spells if outcome.rows.table == "spells" else events
        fit = [row for row in rows if fitting(row, outcome.rows)]
        return _at_end(outcome, fit, start, limit, last) if outcome.at_end else _condition(outcome, fit, start, limit)
    found = [met(part, spells, events, start, limit, last) for part in outcome.parts]
    days = [each for each in found if each is not None]
    if outcome.op == "any":
        return min(days, default=None)
    return max(days) if len(days) == len(found) else None


def _at_end(
    condition: Condition, rows: Sequence[Row], start: dt.date, limit: dt.date, last: dt.date | None
) -> tuple[dt.date, str] | None:
    if last is None or last > limit:
        return None
    holding = [row for row in rows if row.start <= last <= (row.end or FAR)]
    kinds = [row.kind for row in holding if condition.running or row.start >= start]
    return (last, min(kinds)) if kinds else None


def _condition(condition: Condition, rows: Sequence[Row], start: dt.date, limit: dt.date) -> tuple[dt.date, str] | None:
    if condition.rows.table == "events":
        return min(((row.start, row.kind) for row in rows if start <= row.start <= limit), default=None)
    rows = [row for row in rows if condition.running or row.start >= start]
    if condition.completed:
        return min(((row.end, row.kind) for row in rows if row.end and start <= row.end <= limit), default=None)
    inside = [row for row in rows if row.start <= limit and (row.end or FAR) >= start]
    if not condition.total_days:
        return min(((max(row.start, start), row.kind) for row in inside), default=None)
    days: dict[dt.date, str] = {}
    for row in inside:
        day = max(row.start, start)
        while day <= min(row.end or FAR, limit):
            days[day] = min(days.get(day, row.kind), row.kind)
            day += dt.timedelta(days=1)
    each = sorted(days)
    if len(each) < condition.total_days:
        return None
    day = each[condition.total_days - 1]
    return day, days[day]


def _leaving(
    definition: Definition, events: Sequence[Row], anchor: Row, limit: dt.date, freeze: dt.date
) -> tuple[dt.date, Status] | None:
    """Return the day of leaving and how. On one day death comes first, then a move inside the county.

    Where the anchor spell ends, its direction is that of the first move recorded from the anchor on; with none recorded
    the person is taken to have left the county.
    """
    leaving, start = definition.leaving, anchor.start
    deaths = [row.start for row in events if row.kind in leaving.deaths and start <= row.start <= freeze]
    moves = [row for row in events if row.kind in leaving.events and start <= row.start <= freeze]
    inside = [row.start for row in moves if row.attributes.get("to_county") == "inside"]
    outside = [row.start for row in moves if row.attributes.get("to_county") != "inside"]
    first_in, first_out = min(inside, default=FAR), min(outside, default=FAR)
    towards: Status = "left_inside" if inside and first_in <= first_out else "left_outside"
    found: list[tuple[dt.date, int, Status]] = [
        (min(deaths, default=FAR), 0, "died"),
        (first_in, 1, "left_inside"),
        (first_out, 2, "left_outside"),
    ]
    if leaving.anchor_ends and anchor.end is not None:
        found.append((anchor.end, 3, towards))
    day, _, status = min(found)
    return (day, status) if day <= limit else None
