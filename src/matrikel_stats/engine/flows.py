"""Flow as an Ibis expression: one row an occurrence, or a person and period."""

import ibis  # type: ignore[import-untyped]

from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question, by_month

from .cohort import INSIDE, anchor_rows, ties, with_reason, within
from .tables import Expr, Tables, code, dimension


def flow(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row an occurrence, or a person and period: the first occurrence that belongs to the cohort."""
    rows = anchor_rows(definition, tables, question)
    rows = rows.filter(within(question, rows.start))
    rows = with_reason(definition, tables, question, rows, "start")
    month = rows.start.year() * 12 + rows.start.month() - 1
    rows = rows.mutate(index=whole(month if by_month(definition) else rows.start.year()), at=rows.start)
    if definition.count == "persons":
        rows = one_each(rows, question, [rows.start])
    return counted(definition, rows, question)


def whole(number: Expr) -> Expr:
    """Return a number that is whole as one."""
    # PostgreSQL takes years out of days as decimals, and Ibis 12 writes its ranges without the brackets a sum needs.
    return number.cast("int32").cast("int64")


def one_each(rows: Expr, question: Question, order: list[Expr]) -> Expr:
    """Keep one row a person and period: one in the cohort before one left out."""
    by = [rows.reason != INSIDE, *order, *ties(rows, question), rows.reason]
    rank = ibis.row_number().over(group_by=[rows.person_id, rows["index"]], order_by=by)
    return rows.mutate(rank=rank).filter(lambda t: t["rank"] == 0)


def counted(definition: Definition, rows: Expr, question: Question) -> Expr:
    """Return the rows as they are counted: reason, mature, offset, status, and the cell, its period first."""
    good = rows.reason == INSIDE
    cell = {
        f"d{place}": ibis.ifelse(good, dimension(definition, rows, rows["at"], dim), "")
        for place, dim in enumerate(question.dims[1:], start=1)
    }
    return rows.select("reason", mature=True, offset=0, status=code("counted"), d0=rows["index"], **cell)
