"""The reference engine: plain loops over one person at a time. Slow and obvious; the others are held against it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from matrikel_stats.counts import CountTable, Status, table_of
from matrikel_stats.data.dataset import Dataset, Person, Row
from matrikel_stats.data.schema import TIMED
from matrikel_stats.dates import FAR, ONE_DAY, age_at
from matrikel_stats.declared.definition import UNITS, Cohort, Definition, Match, Rows
from matrikel_stats.question import Question, age_band, by_month, period_label

from . import periods
from .periods import tie
from .timeline import Ending, ending, fitting


@dataclass(frozen=True)
class Life:
    """All that is known about one id; `person` is None when persons does not hold it."""

    person_id: str
    person: Person | None
    spells: tuple[Row, ...]
    events: tuple[Row, ...]
    timed: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def rows(self, wanted: Rows) -> list[Row]:
        """Return the rows that fit, in file order."""
        every = {"spells": self.spells, "events": self.events, **self.timed}
        return [row for row in every.get(wanted.table, ()) if fitting(row, wanted)]


@dataclass(frozen=True)
class Member:
    """One anchor of one person: in the cohort when `reason` is empty, with what became of it in `ending`.

    Of a unit in a period, `weight` and `total` as in `periods.Unit`.
    """

    person_id: str
    cell: tuple[str, ...]
    anchor: dt.date
    reason: str
    ending: Ending | None
    weight: int = 0
    total: int | None = None


def count(definition: Definition, dataset: Dataset, question: Question, part: str = "main") -> CountTable:
    """Count a definition. Cost grows with the number of persons; meant for checking and for small datasets."""
    counted: Counter[tuple[tuple[str, ...], bool, int, Status]] = Counter()
    excluded: Counter[str] = Counter()
    for member in _every(definition, dataset, question):
        if member.reason:
            excluded[member.reason] += 1
        elif member.ending is None:
            counted[(member.cell, True, member.weight, "counted")] += 1
            if member.total is not None:
                counted[(member.cell, True, member.weight, "sum")] += member.total
                counted[(member.cell, True, member.weight, "squares")] += member.total * member.total
        else:
            end = member.ending
            counted[(member.cell, end.mature, end.offset if question.offsets else 0, end.status)] += 1
    return table_of(definition.logic_hash, part, question.freeze, question.dims, counted, excluded)


def _every(definition: Definition, dataset: Dataset, question: Question) -> Iterator[Member]:
    if definition.kind != "amount":
        for life in lives(dataset):
            yield from members(definition, life, question)
        return
    # A household is made of several persons' rows, and stands where one of them does.
    known = {life.person_id: life for life in lives(dataset)}
    rows = [row for life in known.values() for row in life.rows(definition.cohort.anchor.rows)]
    for unit in periods.units(definition, rows, question):
        yield _member(definition, known[unit.row.person_id], unit, question)


def _member(definition: Definition, life: Life, unit: periods.Unit, question: Question) -> Member:
    reason = _reason(definition, life, unit.row, unit.day, question.freeze) or unit.reason
    cell = (period_label(definition, unit.index), *_cell(definition, life, unit.row, unit.day, question.dims[1:]))
    return Member(life.person_id, cell, unit.day, reason, unit.ending, unit.weight, unit.total)


def lives(dataset: Dataset, only: Iterable[str] | None = None) -> Iterator[Life]:
    """Yield every id of the dataset, or those asked for, with all its rows."""
    wanted = None if only is None else list(only)
    persons = {person.person_id: person for person in dataset.persons(wanted)}
    spells: dict[str, list[Row]] = {}
    events: dict[str, list[Row]] = {}
    for row in dataset.rows("spells", wanted):
        spells.setdefault(row.person_id, []).append(row)
    for row in dataset.rows("events", wanted):
        events.setdefault(row.person_id, []).append(row)
    timed: dict[str, dict[str, list[Row]]] = {name: {} for name in TIMED if dataset.has(name)}
    for name, found in timed.items():
        for row in dataset.rows(name, wanted):
            found.setdefault(row.person_id, []).append(row)
    for key in dict.fromkeys([*persons, *spells, *events, *(each for found in timed.values() for each in found)]):
        others = {name: tuple(found[key]) for name, found in timed.items() if key in found}
        yield Life(key, persons.get(key), tuple(spells.get(key, ())), tuple(events.get(key, ())), others)


def members(definition: Definition, life: Life, question: Question) -> Iterator[Member]:
    """Yield what one person contributes: a member for each anchor (or period), in the cohort or excluded."""
    if definition.kind in UNITS:
        for unit in periods.units(definition, life.rows(definition.cohort.anchor.rows), question):
            yield _member(definition, life, unit, question)
        return
    anchors = _anchors(definition.cohort, life, question)
    if definition.moment:
        yield from _stock(definition, life, question, anchors)
    elif definition.is_periodic:
        yield from _flow(definition, life, question, anchors)
    else:
        for row in anchors:
            if question.period is not None and not question.period.holds(row.start):
                continue
            reason = _reason(definition, life, row, row.start, question.freeze)
            cell = _cell(definition, life, row, row.start, question.dims)
            end = None if reason else ending(definition, life.spells, life.events, row, question.freeze)
            yield Member(life.person_id, cell, row.start, reason, end)


def _anchors(cohort: Cohort, life: Life, question: Question) -> list[Row]:
    """Choose the anchor rows. A row after the freeze date is chosen only where there is no other."""
    anchor = cohort.anchor
    rows = life.rows(anchor.rows)
    if anchor.take == "every":
        return rows
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(attribute(life, row, anchor.per) if anchor.per else "", []).append(row)
    return [min(group, key=lambda row: _rank(cohort, row, question)) for group in groups.values()]


def _rank(cohort: Cohort, row: Row, question: Question) -> tuple[object, ...]:
    day = row.start.toordinal() * (-1 if cohort.anchor.take == "last" else 1)
    return (row.start > question.freeze, day, *tie(row, question))


def attribute(life: Life, row: Row, name: str) -> str:
    """Return an attribute of the row, else of the person, else nothing."""
    own = row.attributes.get(name)
    if own is None and life.person is not None:
        own = life.person.attributes.get(name)
    return own or ""


def _reason(definition: Definition, life: Life, row: Row, day: dt.date, freeze: dt.date) -> str:
    """Return why the row is left out, the first reason that applies, or nothing."""
    cohort, person = definition.cohort, life.person
    if person is None:
        return "unknown_person"
    if day > freeze:
        return "after_freeze"
    for match in cohort.where:
        if not _matches(life, row, match, day):
            return match.attribute
    if cohort.sex and person.sex != cohort.sex:
        return "sex" if person.sex else "sex_unknown"
    if cohort.first_age is not None or cohort.last_age is not None:
        if person.birth_date is None:
            return "age_unknown"
        age = age_at(person.birth_date, day)
        if not (cohort.first_age or 0) <= age <= (1000 if cohort.last_age is None else cohort.last_age):
            return "age"
    for exclusion in cohort.exclusions:
        if exclusion.where is not None and _matches(life, row, exclusion.where, day):
            return exclusion.id
        if exclusion.before is not None and any(earlier.start < day for earlier in life.rows(exclusion.before)):
            return exclusion.id
    return ""


def _matches(life: Life, row: Row, match: Match, day: dt.date) -> bool:
    value = attribute(life, row, match.attribute)
    return any(dated.holds(value, day) for dated in match.values)


def _cell(definition: Definition, life: Life, row: Row, day: dt.date, dims: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_place(definition, life, row, day, dim) for dim in dims)


def _place(definition: Definition, life: Life, row: Row, day: dt.date, dim: str) -> str:
    person = life.person
    if dim == "sex":
        return person.sex if person else ""
    if dim == "age_band":
        birth = person.birth_date if person else None
        return age_band(definition, age_at(birth, day) if birth else None)
    if dim == "year":
        return str(day.year)
    return attribute(life, row, dim)


def _flow(definition: Definition, life: Life, question: Question, rows: list[Row]) -> Iterator[Member]:
    found: dict[int, list[tuple[Row, str]]] = {}
    for row in rows:
        if question.period is None or question.period.holds(row.start):
            index = row.start.year * 12 + row.start.month - 1 if by_month(definition) else row.start.year
            reason = _reason(definition, life, row, row.start, question.freeze)
            found.setdefault(index, []).append((row, reason))
    for index, each in found.items():
        if definition.count == "persons":
            each = [min(each, key=lambda pair: (pair[1] != "", pair[0].start, *tie(pair[0], question), pair[1]))]
        for row, reason in each:
            cell = _cell(definition, life, row, row.start, question.dims[1:])
            yield Member(life.person_id, (period_label(definition, index), *cell), row.start, reason, None)


def _stock(definition: Definition, life: Life, question: Question, rows: list[Row]) -> Iterator[Member]:
    until = definition.cohort.anchor.until
    ends = life.rows(until) if until is not None else []
    found: dict[int, list[tuple[Row, dt.date, str]]] = {}
    for row in rows:
        last = row.end if until is None else min((end.start for end in ends if end.start >= row.start), default=None)
        last = min(last or FAR, question.freeze)
        for index, day in _moments(definition, row.start, last):
            if question.period is None or question.period.holds(day):
                reason = _reason(definition, life, row, day, question.freeze)
                found.setdefault(index, []).append((row, day, reason))
    for index, each in found.items():
        row, day, reason = min(
            each, key=lambda item: (item[2] != "", -item[0].start.toordinal(), *tie(item[0], question))
        )
        cell = _cell(definition, life, row, day, question.dims[1:])
        yield Member(life.person_id, (period_label(definition, index), *cell), day, reason, None)


def _moments(definition: Definition, first: dt.date, last: dt.date) -> Iterator[tuple[int, dt.date]]:
    """Yield the index of each period the state is counted in, with the day it is counted on."""
    day = first
    seen: set[int] = set()
    while day <= last:
        tomorrow = day + ONE_DAY
        if definition.moment == "any_time_in_year" and day.year not in seen:
            seen.add(day.year)
            yield day.year, day
        elif definition.moment == "31 december" and (day.month, day.day) == (12, 31):
            yield day.year, day
        elif definition.moment == "month_end" and tomorrow.month != day.month:
            yield day.year * 12 + day.month - 1, day
        day = tomorrow


def status_of(member: Member) -> Status:
    """Return the status a member is counted under."""
    return member.ending.status if member.ending else "counted"
