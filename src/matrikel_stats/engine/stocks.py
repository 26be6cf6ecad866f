"""Stock as an Ibis expression: who is in a state at each moment.

A state adds one at its first moment and takes it back after its last; what stands at a moment is the running sum. So
the cost follows the number of states, not of states times moments. Moments are whole numbers: months or years.
"""

import datetime as dt

import ibis  # type: ignore[import-untyped]

from matrikel_stats.dates import EARLIEST, FAR, LATEST, ONE_DAY
from matrikel_stats.declared.definition import Definition, Match
from matrikel_stats.question import Question

from .cohort import INSIDE, anchor_rows, with_reason, within
from .flows import counted, one_each, whole
from .tables import Expr, Tables, code, day, dimension, join_on


def grouped(definition: Definition, tables: Tables, question: Question) -> Expr:
    """Return the rows of the count table: each person once a moment, in the state begun latest of those that hold."""
    rows = _states(definition, tables, question)
    if not _steady(definition):
        rows = _moments(definition, rows).filter(lambda t: within(question, t["at"]))
        rows = with_reason(definition, tables, question, rows, "at")
        members = counted(definition, one_each(rows, question, [rows.start.desc()]), question)
        by = ["reason", "mature", "status", *(f"d{place}" for place in range(len(question.dims)))]
        return members.group_by(by).aggregate(n=members.count())
    rows = _spans(definition, question, rows)
    alike = not _named(definition, question) & set(tables.attributes[definition.cohort.anchor.rows.table])
    if alike:
        rows = _uncovered(rows)
    rows = _by_age(definition, question, rows)
    rows = rows.mutate(at=_moment(definition, rows.low))
    rows = with_reason(definition, tables, question, rows, "at")
    if not alike:
        rows = _topmost(rows, question)
    return _swept(definition, question, rows)


def _states(definition: Definition, tables: Tables, question: Question) -> Expr:
    """Return the anchor rows with the last day of the state, the freeze date at most, in `state_end`."""
    rows = anchor_rows(definition, tables, question)
    until, last = definition.cohort.anchor.until, day(question.freeze)
    if until is None:
        return rows.mutate(state_end=ibis.least(rows.end, last))
    ends = tables.rows(until).select(u_id="person_id", u_day="start")
    pairs = rows.select("person_id", "start").distinct().join(ends, [("person_id", "u_id")])
    pairs = pairs.filter(pairs.u_day >= pairs.start)
    first = pairs.group_by(["person_id", "start"]).aggregate(until=pairs.u_day.min())
    rows = join_on(rows, first, ["person_id", "start"], "u")
    return rows.mutate(state_end=ibis.least(ibis.coalesce(rows.until, day(FAR)), last))


def _steady(definition: Definition) -> bool:
    """Return whether nothing but age makes a state's reason and cell other at one moment than at another."""
    cohort = definition.cohort
    wheres = [*cohort.where, *(exclusion.where for exclusion in cohort.exclusions if exclusion.where)]
    dated = any(exclusion.before for exclusion in cohort.exclusions) or not all(map(_always, wheres))
    return definition.moment != "any_time_in_year" and not dated


def _always(match: Match) -> bool:
    return all(dated.first <= EARLIEST and dated.last >= LATEST for dated in match.values)


def _named(definition: Definition, question: Question) -> set[str]:
    """Return the attributes that decide reason and cell."""
    cohort = definition.cohort
    wheres = [*cohort.where, *(exclusion.where for exclusion in cohort.exclusions if exclusion.where)]
    return {*question.dims, *(match.attribute for match in wheres)}


def _moments(definition: Definition, rows: Expr) -> Expr:
    """One row for each moment of a state: its `index` and the day `at` it is counted on."""
    rows = rows.filter(rows.start <= rows.state_end)
    if definition.moment != "any_time_in_year":
        low, high = _first(definition, rows.start), _first(definition, rows.state_end + ibis.interval(days=1))
        rows = rows.mutate(index=ibis.range(low, high).unnest())
        return rows.mutate(at=_moment(definition, rows["index"]))
    years = ibis.range(whole(rows.start.year()), whole(rows.state_end.year() + 1))
    rows = rows.mutate(index=years.unnest())
    return rows.mutate(at=ibis.greatest(rows.start, ibis.date(rows["index"], 1, 1)))


def _first(definition: Definition, on: Expr) -> Expr:
    """Return the number of the first moment on or after a day."""
    return whole(on.year() * 12 + on.month() - 1) if definition.moment == "month_end" else whole(on.year())


def _moment(definition: Definition, index: Expr) -> Expr:
    """Return the day of a moment."""
    if definition.moment == "31 december":
        return ibis.date(index, 12, 31)
    begins = ibis.date(index // 12, index % 12 + 1, 1)
    return (begins + ibis.interval(months=1) - ibis.interval(days=1)).cast("timestamp").cast("date")


def _spans(definition: Definition, question: Question, rows: Expr) -> Expr:
    """Keep the states that hold at some asked moment, the first and last of them in `low` and `high`."""
    low = _first(definition, rows.start)
    high = _first(definition, rows.state_end + ibis.interval(days=1)) - 1
    if question.period is not None:
        low = ibis.greatest(low, _number(definition, question.period.first))
        high = ibis.least(high, _number(definition, question.period.last + ONE_DAY) - 1)
    rows = rows.mutate(low=low, high=high)
    return rows.filter(rows.low <= rows.high)


def _number(definition: Definition, on: dt.date) -> int:
    return on.year * 12 + on.month - 1 if definition.moment == "month_end" else on.year


def _uncovered(rows: Expr) -> Expr:
    """Cut from each state what another of the person's, no later begun, has of it: what is left counts them once."""
    earlier = ibis.window(group_by=rows.person_id, order_by=rows.low, rows=(None, -1))
    rows = rows.mutate(covered=rows.high.max().over(earlier))
    rows = rows.mutate(low=ibis.greatest(rows.low, ibis.coalesce(rows.covered + 1, rows.low)))
    return rows.filter(rows.low <= rows.high)


def _by_age(definition: Definition, question: Question, rows: Expr) -> Expr:
    """Cut the states where the person comes of an age that the cohort or the cell tells from the one before."""
    cohort, ages = definition.cohort, set[int]()
    if cohort.first_age is not None or cohort.last_age is not None:
        ages |= {cohort.first_age or 0, *(() if cohort.last_age is None else (cohort.last_age + 1,))}
    if "age_band" in question.dims:
        ages |= {age for first, last in definition.age_bands for age in (first, last + 1)}
    if not ages:
        return rows
    a_year = 12 if definition.moment == "month_end" else 1
    # The month, or year, of a birthday ends after it: from that number on the age is completed.
    born = ibis.coalesce(_first(definition, rows.birth_date), _number(definition, FAR))
    comes = [born + a_year * age for age in sorted(ages)]
    reached = [sum(ibis.ifelse(rows[end] >= each, 1, 0) for each in comes) for end in ("low", "high")]
    rows = rows.mutate(**{f"from_{place}": each for place, each in enumerate(comes)})
    rows = rows.mutate(part=ibis.range(whole(reached[0]), whole(reached[1] + 1)).unnest())
    parts = range(len(comes))
    low = ibis.cases(*((rows.part == place + 1, rows[f"from_{place}"]) for place in parts), else_=rows.low)
    high = ibis.cases(*((rows.part == place, rows[f"from_{place}"] - 1) for place in parts), else_=rows.high)
    return rows.mutate(low=ibis.greatest(rows.low, low), high=ibis.least(rows.high, high))


def _topmost(rows: Expr, question: Question) -> Expr:
    """Keep of states of one person that hold together, moment by moment, the one that counts."""
    earlier = ibis.window(group_by=rows.person_id, order_by=rows.low, rows=(None, -1))
    later = ibis.window(group_by=rows.person_id, order_by=rows.low)
    rows = rows.mutate(covered=rows.high.max().over(earlier), follows=rows.low.lead().over(later))
    meets = ibis.coalesce(rows.covered >= rows.low, False) | ibis.coalesce(rows.follows <= rows.high, False)
    rows = rows.mutate(meets=meets)
    alone, meeting = rows.filter(~rows.meets), rows.filter(rows.meets)
    cuts = meeting.select(c_id="person_id", cut=ibis.array([meeting.low, meeting.high + 1]).unnest()).distinct()
    cuts = cuts.mutate(next_cut=cuts.cut.lead().over(group_by=cuts.c_id, order_by=cuts.cut))
    cuts = cuts.filter(cuts.next_cut.notnull())
    held = meeting.join(cuts, [meeting.person_id == cuts.c_id, meeting.low <= cuts.cut, meeting.high >= cuts.cut])
    held = held.mutate(low=held.cut, high=held.next_cut - 1, index=held.cut)
    return alone.union(one_each(held, question, [held.start.desc()]).select(alone.columns))


def _swept(definition: Definition, question: Question, rows: Expr) -> Expr:
    """Count by reason, moment and cell, from where the numbers change."""
    good = rows.reason == INSIDE
    names = [f"d{place}" for place in range(1, len(question.dims))]
    cell = {
        name: ibis.ifelse(good, dimension(definition, rows, rows["at"], dim), "")
        for name, dim in zip(names, question.dims[1:], strict=True)
    }
    ends = rows.select("reason", "low", "high", part=ibis.array([1, -1]).unnest(), **cell)
    ends = ends.mutate(index=ibis.ifelse(ends.part == 1, ends.low, ends.high + 1))
    by = ["reason", *names]
    changes = ends.group_by([*by, "index"]).aggregate(change=ends.part.sum())
    upto = ibis.window(group_by=by, order_by="index", rows=(None, 0))
    later = ibis.window(group_by=by, order_by="index")
    changes = changes.mutate(n=changes.change.sum().over(upto), until=changes["index"].lead().over(later))
    there = changes.filter(changes.n > 0)
    there = there.mutate(d0=ibis.range(whole(there["index"]), whole(there.until)).unnest())
    return there.select("reason", "d0", *names, mature=True, status=code("counted"), n=there.n.cast("int64"))
