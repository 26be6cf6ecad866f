"""A definition counted on a layer: comparisons of small whole numbers. The same integers as every other road."""

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from matrikel_stats.counts import CountRow, CountTable
from matrikel_stats.declared.definition import Condition, Definition, Outcome
from matrikel_stats.engine.labels import STATUSES, reasons
from matrikel_stats.question import Question

from .numbers import dense, tally
from .people import Layer
from .spec import NEVER, Column, columns_of

_CODE = {status: np.int8(number) for number, status in enumerate(STATUSES)}
_MANY = len(STATUSES)
_BLOCK = 1 << 17
"""So many rows at a time: what is worked out of them stays in the processor's cache, and is never the whole table."""


@dataclass(frozen=True)
class _Frame:
    """What indicators with the same cohort, window and leaving have in common.

    `key` is a dense number for cell, mature and the status without the outcome, which `place` (cell * 2 + mature) and
    `other` tell apart; those outside the cohort have the last, of which nothing is told. `until` is the last offset on
    which an outcome counts, -1 for those outside, `other_day` that of the other status, `counted` how many of each key.
    """

    key: Any
    until: Any
    other_day: Any
    place: Any
    other: Any
    counted: Any
    cells: list[tuple[str, ...]]
    excluded: dict[str, int]


def count(layer: Layer, definition: Definition, question: Question, part: str = "main") -> CountTable:
    """Count a definition whose spec the layer holds."""
    assert definition.outcome is not None
    frame = _frame(layer, definition, question)
    tally = _with_days if question.offsets else _without_days
    rows = tally(frame, layer, definition.outcome)
    return CountTable(definition.logic_hash, part, question.freeze, question.dims, rows, dict(frame.excluded))


def _frame(layer: Layer, definition: Definition, question: Question) -> _Frame:
    bands = definition.age_bands if "age_band" in question.dims else ()
    parts = (definition.cohort, definition.window, definition.leaving, question.freeze, question.period, question.dims)
    return layer.once(("frame", *parts, bands), lambda: _framed(layer, definition, question))  # type: ignore[no-any-return]


def _framed(layer: Layer, definition: Definition, question: Question) -> _Frame:
    assert definition.window is not None
    days = np.int32(_days(question.freeze)) - layer.start
    freeze = np.clip(days, -1, NEVER - 1).astype(np.int16)
    last = np.broadcast_to(layer.last(definition.window), freeze.shape)
    mature = last <= freeze
    stop = np.minimum(last, freeze)
    gone, how = _leaving(layer, definition, freeze)
    left = gone <= stop
    other = np.where(left, how, np.where(mature, _CODE["window_passed"], _CODE["frozen"]))
    other_day = np.where(left, gone, np.where(mature, last + np.int16(1), freeze))
    names = reasons(definition)
    reason = _reasons(layer, definition, freeze)
    if (asked := _within(layer, question)) is not None:
        reason[~asked] = len(names)
    left_out = np.bincount(reason, minlength=len(names)).tolist()
    cell, texts = layer.cells(definition, question.dims)
    good = reason == 0
    size = len(texts) * 2 * _MANY
    wide = np.where(good, (cell * np.int32(2) + mature) * np.int32(_MANY) + other, np.int32(size))
    used, key = dense(wide, size + 1)
    inside = used[:-1] if len(used) and used[-1] == size else used
    place, code = np.divmod(inside, _MANY)
    until = np.where(good, np.minimum(stop, gone), np.int16(-1))
    counted = np.bincount(key, minlength=len(inside))[: len(inside)]
    excluded = {name: n for name, n in zip(names, left_out[: len(names)], strict=True) if name and n}
    return _Frame(key, until, other_day, place, code, counted, texts, excluded)


def _without_days(frame: _Frame, layer: Layer, outcome: Outcome) -> tuple[CountRow, ...]:
    """Return the rows: the reached are counted, the others are those there are less them."""
    many = len(frame.counted)
    met = np.zeros(many, np.int64)
    block = max(_BLOCK, 2 * many)
    for low in range(0, len(frame.key), block):
        rows = slice(low, low + block)
        hit = np.flatnonzero(_met(layer, outcome, rows) <= frame.until[rows])
        met += np.bincount(frame.key[rows].take(hit), minlength=many)
    rest = frame.counted - met
    reached = np.zeros(2 * len(frame.cells), np.int64)
    np.add.at(reached, frame.place, met)
    others, reachers = np.flatnonzero(rest), np.flatnonzero(reached)
    where = np.concatenate((frame.place[others], reachers))
    codes = np.concatenate((frame.other[others], np.full(len(reachers), _CODE["outcome"])))
    n = np.concatenate((rest[others], reached[reachers]))
    order = np.lexsort((codes, where))
    return _rows(frame, where[order], np.zeros(len(order), np.int64), codes[order], n[order])


def _with_days(frame: _Frame, layer: Layer, outcome: Outcome) -> tuple[CountRow, ...]:
    """Return the rows, each with the day on which what they tell came about."""
    good = np.flatnonzero(frame.until >= 0)
    reached = _met(layer, outcome, slice(None))[good]
    key, hit = frame.key[good], reached <= frame.until[good]
    day = np.where(hit, reached, frame.other_day[good]).astype(np.int64)
    status = np.where(hit, _CODE["outcome"], frame.other[key])
    span = int(day.max(initial=0)) + 1
    used, n = tally((frame.place[key] * span + day) * _MANY + status, 2 * len(frame.cells) * span * _MANY)
    rest, codes = np.divmod(used, _MANY)
    where, offsets = np.divmod(rest, span)
    return _rows(frame, where, offsets, codes, n)


def _rows(frame: _Frame, where: Any, offsets: Any, codes: Any, n: Any) -> tuple[CountRow, ...]:
    cells, mature = np.divmod(where, 2)
    make, texts = CountRow._make, frame.cells
    columns = (cells.tolist(), mature.astype(bool).tolist(), offsets.tolist(), codes.tolist(), n.tolist())
    return tuple([make((texts[c], m, o, STATUSES[s], k)) for c, m, o, s, k in zip(*columns, strict=True)])


def _met(layer: Layer, outcome: Outcome, rows: slice) -> Any:
    """Return the offset on which the outcome is met, of some rows."""
    if isinstance(outcome, Condition):
        parts = [layer.column(column)[rows] for column in columns_of(outcome)]
        choose: np.ufunc = np.minimum
    else:
        parts = [_met(layer, part, rows) for part in outcome.parts]
        choose = np.minimum if outcome.op == "any" else np.maximum
    found = parts[0].copy()
    for part in parts[1:]:
        choose(found, part, out=found)
    return found


def _leaving(layer: Layer, definition: Definition, freeze: Any) -> tuple[Any, Any]:
    """Return the offset of leaving and the status it gives; on one day death comes first, then a move inside."""
    leaving = definition.leaving

    def first(kinds: tuple[str, ...], flavour: Any) -> Any:
        if not kinds:
            return np.int16(NEVER)
        day = reduce(np.minimum, (layer.column(Column("events", kind, flavour)) for kind in kinds))
        return np.where(day <= freeze, day, np.int16(NEVER))

    died = first(leaving.deaths, "new")
    inside, outside = first(leaving.events, "inside"), first(leaving.events, "outside")
    ended = layer.end if leaving.anchor_ends else np.int16(NEVER)
    gone = np.minimum(np.minimum(died, ended), np.minimum(inside, outside))
    towards = np.where((inside < NEVER) & (inside <= outside), _CODE["left_inside"], _CODE["left_outside"])
    how = np.where(
        died == gone,
        _CODE["died"],
        np.where(inside == gone, _CODE["left_inside"], np.where(outside == gone, _CODE["left_outside"], towards)),
    )
    return gone, how


def _reasons(layer: Layer, definition: Definition, freeze: Any) -> Any:
    """Return why each row is left out, as a number; 0 for those inside. The first reason that applies."""
    cohort = definition.cohort
    numbers = {name: number for number, name in enumerate(reasons(definition))}
    tests: list[tuple[Any, str]] = [(layer.unknown, "unknown_person"), (freeze < 0, "after_freeze")]
    tests += [(~layer.holds(match.attribute, match.values), match.attribute) for match in cohort.where]
    if cohort.sex:
        codes, labels = layer.values("sex")
        unknown = labels.index("") if "" in labels else -1
        wanted = labels.index(cohort.sex) if cohort.sex in labels else -1
        tests += [(codes == unknown, "sex_unknown"), (codes != wanted, "sex")]
    if cohort.first_age is not None or cohort.last_age is not None:
        years, unborn = layer.age()
        last = 1000 if cohort.last_age is None else cohort.last_age
        tests += [(unborn, "age_unknown"), ((years < (cohort.first_age or 0)) | (years > last), "age")]
    for exclusion in cohort.exclusions:
        if exclusion.where is not None:
            tests.append((layer.holds(exclusion.where.attribute, exclusion.where.values), exclusion.id))
        elif exclusion.before is not None:
            columns = [Column(exclusion.before.table, dated.value, "before") for dated in exclusion.before.kinds]
            tests.append((reduce(np.minimum, map(layer.column, columns)) < NEVER, exclusion.id))
    reason = np.zeros(len(layer.start), np.int16)
    for test, name in reversed(tests):
        np.copyto(reason, numbers[name], where=test)
    return reason


def _within(layer: Layer, question: Question) -> Any:
    """Return which anchors lie in the asked period, None for all."""
    if question.period is None:
        return None
    return (layer.start >= _days(question.period.first)) & (layer.start <= _days(question.period.last))


def _days(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days
