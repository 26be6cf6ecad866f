"""Kinds counted by unit and period in plain Python: what one person or household contributes, before any reason."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matrikel_stats.data.dataset import Row
from matrikel_stats.dates import FAR, month_end
from matrikel_stats.declared.definition import Definition, Score
from matrikel_stats.question import Question, by_month

from .timeline import Ending


@dataclass(frozen=True)
class Unit:
    """One unit in one period: the row that says where it stands, the day it is judged on, and what it adds.

    `weight` is the offset it is counted under, `total` what is summed; `reason` is why it cannot be counted.
    """

    index: int
    row: Row
    day: dt.date
    ending: Ending | None = None
    weight: int = 0
    total: int | None = None
    reason: str = ""


def tie(row: Row, question: Question) -> tuple[object, ...]:
    """Return what decides between rows beginning the same day."""
    return (row.end or FAR, *(row.attributes.get(name, "") for name in question.ties))


def units(definition: Definition, rows: Sequence[Row], question: Question) -> Iterator[Unit]:
    """Yield the units of rows: one person's, or all persons' for amounts, where a household is the unit."""
    if definition.kind == "score":
        yield from _scored(definition, rows, question)
        return
    known = [row for row in rows if row.start <= question.freeze]
    if definition.kind == "amount":
        known = [row for row in known if "amount" in row.attributes]
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in known:
        index = _month(row.start) if by_month(definition) else row.start.year
        if question.period is None or question.period.holds(_last_of(definition, index)):
            groups.setdefault((index, _who(definition, row)), []).append(row)
    for (index, _), group in groups.items():
        ordered = sorted(group, key=lambda row: (-row.start.toordinal(), row.person_id, *tie(row, question)))
        row, last = ordered[0], _last_of(definition, index)
        at = min(last, question.freeze)
        if definition.kind == "long_term":
            yield _long_term(definition, index, row, {_month(each.start) for each in known}, question)
        elif definition.kind == "amount":
            weight = len({each.start for each in group})
            yield Unit(index, row, at, None, weight, sum(int(each.attributes["amount"]) for each in group))
        else:
            planned = sum(int(each.attributes["planned"]) for each in group)
            yield Unit(index, row, at, None, planned, sum(int(each.attributes["attended"]) for each in group))


def _who(definition: Definition, row: Row) -> str:
    if definition.kind == "amount" and "household_id" in row.attributes:
        return "h " + row.attributes["household_id"]
    return "p " + row.person_id


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _last_of(definition: Definition, index: int) -> dt.date:
    return month_end(index // 12, index % 12 + 1) if by_month(definition) else dt.date(index, 12, 31)


def _long_term(definition: Definition, year: int, row: Row, months: Iterable[int], question: Question) -> Unit:
    rule, last = definition.long_term, dt.date(year, 12, 31)
    assert rule is not None
    first = year * 12 + 12 - rule.of
    inside = sorted(month for month in months if first <= month <= year * 12 + 11)
    breaks = [later - earlier - 1 for earlier, later in pairwise(inside)]
    long = len(inside) >= rule.at_least
    long &= rule.longest_break is None or max(breaks, default=0) <= rule.longest_break
    mature = last <= question.freeze
    status = "outcome" if long else "window_passed" if mature else "frozen"
    reason = "before_data" if question.since and first < _month(question.since) else ""
    day = min(last, question.freeze)
    return Unit(year, row, day, Ending(status, day, 0, mature, "", last), reason=reason)  # type: ignore[arg-type]


def _scored(definition: Definition, rows: Sequence[Row], question: Question) -> Iterator[Unit]:
    score = definition.score
    assert score is not None
    occasions: dict[int, dict[dt.date, list[Row]]] = {}
    for row in rows:
        inside = row.start <= question.freeze and (question.period is None or question.period.holds(row.start))
        if inside and row.attributes["instrument"] == score.instrument and row.attributes["item"] in score.items:
            occasions.setdefault(row.start.year, {}).setdefault(row.start, []).append(row)
    for year, days in occasions.items():
        whole = {day: total for day, answers in days.items() if (total := _offset(score, answers)) is not None}
        choose = min if score.take == "first" else max
        day = choose(whole or days)
        names = {name for row in days[day] for name in row.attributes}
        own = {name: min(r.attributes[name] for r in days[day] if name in r.attributes) for name in names}
        row = Row(days[day][0].person_id, "", day, day, own)
        yield Unit(year, row, day, None, whole.get(day, 0), reason="" if whole else "incomplete")


def _offset(score: Score, answers: Sequence[Row]) -> int | None:
    """Return the offset of one occasion, None unless enough items have one whole answer within its bounds."""
    allowed = {str(value): value for value in range(score.least, score.most + 1)}
    given = [allowed.get(row.attributes.get("value", "").strip()) for row in answers]
    values = [value for value in given if value is not None]
    if len({row.attributes["item"] for row in answers}) != len(answers) or len(values) < score.needed:
        return None
    return score.offset(sum(values) - len(values) * score.least, len(values))
