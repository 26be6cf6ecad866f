"""Flow and stock as Ibis expressions: one row an occurrence, or a person and a period or moment."""

import ibis  # type: ignore[import-untyped]

from matrikel_stats.dates import FAR
from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question, by_month

from .cohort import INSIDE, anchor_rows, ties, with_reason, within
from .tables import Expr, Tables, code, day, dimension, join_on


def flow(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row an occurrence, or a person and period: the first occurrence that belongs to the cohort."""
    rows = anchor_rows(definition, tables, question)
    rows = rows.filter(within(question, rows.start))
    rows = with_reason(definition, tables, question, rows, "start")
    month = rows.start.year() * 12 + rows.start.month() - 1
    rows = rows.mutate(index=_whole(month if by_month(definition) else rows.start.year()), at=rows.start)
    if definition.count == "persons":
        rows = _one_each(rows, question, [rows.start])
    return _counted(definition, rows, question)


def stock(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row a person and moment: the state begun latest among those that hold then."""
    rows = anchor_rows(definition, tables, question)
    until = definition.cohort.anchor.until
    if until is not None:
        ends = tables.rows(until).select(u_id="person_id", u_day="start")
        pairs = rows.select("person_id", "start").distinct().join(ends, [("person_id", "u_id")])
        pairs = pairs.filter(pairs.u_day >= pairs.start)
        first = pairs.group_by(["person_id", "start"]).aggregate(until=pairs.u_day.min())
        rows = join_on(rows, first, ["person_id", "start"], "u")
        rows = rows.mutate(state_end=ibis.coalesce(rows.until, day(FAR)))
    else:
        rows = rows.mutate(state_end=rows.end)
    rows = _moments(definition, rows.mutate(state_end=ibis.least(rows.state_end, day(question.freeze))))
    rows = rows.filter(within(question, rows["at"]))
    rows = with_reason(definition, tables, question, rows, "at")
    return _counted(definition, _one_each(rows, question, [rows.start.desc()]), question)


def _moments(definition: Definition, rows: Expr) -> Expr:
    """One row for each period the state is counted in: its `index` and the day `at` it is counted on."""
    first, last = rows.start, rows.state_end
    rows = rows.filter(first <= last)
    if definition.moment == "month_end":
        next_day = last + ibis.interval(days=1)
        low, high = first.year() * 12 + first.month() - 1, next_day.year() * 12 + next_day.month() - 1
    elif definition.moment == "31 december":
        low, high = first.year(), (last + ibis.interval(days=1)).year()
    else:
        low, high = first.year(), last.year() + 1
    rows = rows.mutate(index=ibis.range(_whole(low), _whole(high)).unnest())
    if definition.moment == "month_end":
        begins = ibis.date(rows["index"] // 12, rows["index"] % 12 + 1, 1)
        ends = begins + ibis.interval(months=1) - ibis.interval(days=1)
        return rows.mutate(at=ends.cast("timestamp").cast("date"))
    if definition.moment == "31 december":
        return rows.mutate(at=ibis.date(rows["index"], 12, 31))
    return rows.mutate(at=ibis.greatest(rows.start, ibis.date(rows["index"], 1, 1)))


def _whole(number: Expr) -> Expr:
    # PostgreSQL takes years out of days as decimals, and Ibis 12 writes its ranges without the brackets a sum needs.
    return number.cast("int32").cast("int64")


def _one_each(rows: Expr, question: Question, order: list[Expr]) -> Expr:
    """Keep one row a person and period: one in the cohort before one left out."""
    by = [rows.reason != INSIDE, *order, *ties(rows, question), rows.reason]
    rank = ibis.row_number().over(group_by=[rows.person_id, rows["index"]], order_by=by)
    return rows.mutate(rank=rank).filter(lambda t: t["rank"] == 0)


def _counted(definition: Definition, rows: Expr, question: Question) -> Expr:
    good = rows.reason == INSIDE
    cell = {
        f"d{place}": ibis.ifelse(good, dimension(definition, rows, rows["at"], dim), "")
        for place, dim in enumerate(question.dims[1:], start=1)
    }
    return rows.select("reason", mature=True, offset=0, status=code("counted"), d0=rows["index"], **cell)
