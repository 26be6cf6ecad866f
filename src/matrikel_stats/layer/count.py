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

from .people import Layer
from .spec import NEVER, Column, columns_of

_CODE = {status: np.int8(number) for number, status in enumerate(STATUSES)}
_MANY = len(STATUSES)


@dataclass(frozen=True)
class _Frame:
    """What indicators with the same cohort, window and leaving have in common.

    `key` is a number for cell, mature and the status without the outcome; `until` the last offset on which an outcome
    counts, -1 for those outside the cohort; `counted` how many there are of each key.
    """

    key: Any
    until: Any
    other_day: Any
    counted: Any
    cells: list[tuple[str, ...]]
    excluded: dict[str, int]


def count(layer: Layer, definition: Definition, question: Question, part: str = "main") -> CountTable:
    """Count a definition whose spec the layer holds."""
    assert definition.outcome is not None
    frame = _frame(layer, definition, question)
    reached = _met(layer, definition.outcome)
    hit = reached <= frame.until
    rows = _with_days(frame, reached, hit) if question.offsets else _without_days(frame, hit)
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
    # Those outside share one key after all others, and no day is early enough for them.
    key = np.where(good, (cell.astype(np.int64) * 2 + mature) * _MANY + other, len(texts) * 2 * _MANY)
    until = np.where(good, np.minimum(stop, gone), np.int16(-1))
    counted = np.bincount(key, minlength=len(texts) * 2 * _MANY + 1)[:-1]
    excluded = {name: n for name, n in zip(names, left_out[: len(names)], strict=True) if name and n}
    return _Frame(key, until, other_day, counted, texts, excluded)


def _without_days(frame: _Frame, hit: Any) -> tuple[CountRow, ...]:
    """Return the rows: the reached are counted, the others are those there are less them."""
    met = np.bincount(frame.key[hit], minlength=len(frame.counted))
    by_status = (frame.counted - met).reshape(-1, _MANY)
    by_status[:, _CODE["outcome"]] = met.reshape(-1, _MANY).sum(axis=1)
    every = by_status.reshape(-1)
    used = np.flatnonzero(every)
    return _rows(frame, used // _MANY, np.zeros(len(used), np.int64), used % _MANY, every[used])


def _with_days(frame: _Frame, reached: Any, hit: Any) -> tuple[CountRow, ...]:
    good = frame.until >= 0
    key, hit = frame.key[good], hit[good]
    day = np.where(hit, reached[good], frame.other_day[good]).astype(np.int64)
    status = np.where(hit, _CODE["outcome"], key % _MANY)
    span = int(day.max(initial=0)) + 1
    used, n = np.unique((key // _MANY * span + day) * _MANY + status, return_counts=True)
    rest, codes = np.divmod(used, _MANY)
    where, offsets = np.divmod(rest, span)
    return _rows(frame, where, offsets, codes, n)


def _rows(frame: _Frame, where: Any, offsets: Any, codes: Any, n: Any) -> tuple[CountRow, ...]:
    cells, mature = np.divmod(where, 2)
    make, texts = CountRow._make, frame.cells
    columns = (cells.tolist(), mature.astype(bool).tolist(), offsets.tolist(), codes.tolist(), n.tolist())
    return tuple([make((texts[c], m, o, STATUSES[s], k)) for c, m, o, s, k in zip(*columns, strict=True)])


def _met(layer: Layer, outcome: Outcome) -> Any:
    if isinstance(outcome, Condition):
        return reduce(np.minimum, (layer.column(column) for column in columns_of(outcome)))
    parts = (_met(layer, part) for part in outcome.parts)
    return reduce(np.minimum if outcome.op == "any" else np.maximum, parts)


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
        reason[test] = numbers[name]
    return reason


def _within(layer: Layer, question: Question) -> Any:
    """Return which anchors lie in the asked period, None for all."""
    if question.period is None:
        return None
    return (layer.start >= _days(question.period.first)) & (layer.start <= _days(question.period.last))


def _days(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days
