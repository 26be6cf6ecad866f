"""A definition becomes one Ibis expression, compiled to the SQL of a database. Imported only where none is kept."""

from typing import Any

import ibis  # type: ignore[import-untyped]

from matrikel_stats.data.dataset import Dataset
from matrikel_stats.dates import FAR
from matrikel_stats.declared.definition import UNITS, Branch, Condition, Definition, Outcome, Window, conditions
from matrikel_stats.question import Question

from . import stocks, units
from .cohort import INSIDE, anchor_rows, keys, with_reason, within
from .flows import flow
from .shares import counted, only_whether
from .tables import Expr, Tables, attribute, code, day, days_between, dimension, join_on, largest, smallest


def compile_sql(definition: Definition, dataset: Dataset, question: Question) -> str:
    """Return the SQL that counts a definition: reason, mature, offset, status (`labels` tells them), n and the cell."""
    tables = Tables(dataset)
    cell = [f"d{number}" for number in range(len(question.dims))]
    if definition.kind in UNITS:
        grouped = units.grouped(definition, tables, question)
    elif definition.moment:
        grouped = stocks.grouped(definition, tables, question)
    elif definition.is_periodic:
        grouped = _grouped(flow(definition, tables, question), cell)
    else:
        grouped = _watched(definition, tables, question, cell)
    days = ["offset"] if "offset" in grouped.columns else []
    if not days:
        grouped = grouped.mutate(offset=0)
    chosen = grouped.select("reason", "mature", "offset", "status", "n", *cell)
    ordered = chosen.order_by([chosen.reason.desc(), *cell, "mature", *days, "status"])
    return str(ibis.to_sql(ordered, dialect=dataset.dialect))


def compile_anchors(definition: Definition, dataset: Dataset, question: Question, attributes: tuple[str, ...]) -> str:
    """Return the SQL for the chosen anchors with their persons, one row each, for a prepared layer."""
    rows = anchor_rows(definition, Tables(dataset), question)
    values = {f"attribute {name}": attribute(rows, name) for name in attributes}
    found = rows.select(
        "person_id",
        "known",
        "birth_date",
        start_date="start",
        end_date="end",
        sex=ibis.coalesce(rows.p_sex, ""),
        **values,
    )
    return str(ibis.to_sql(found, dialect=dataset.dialect))


def _grouped(members: Expr, cell: list[str]) -> Expr:
    days = ["offset"] if "offset" in members.columns else []
    return members.group_by(["reason", "mature", *days, "status", *cell]).aggregate(n=members.count())


def _watched(definition: Definition, tables: Tables, question: Question, cell: list[str]) -> Expr:
    """Follow every anchor to outcome, leaving, end of window or freeze."""
    rows = anchor_rows(definition, tables, question)
    rows = rows.filter(within(question, rows.start))
    rows = with_reason(definition, tables, question, rows, "start")
    good = rows.reason == INSIDE
    last = _last_day(definition.window, rows.start, tables)
    # Months cost more than all else about a row, and nobody asks for those left out.
    last = day(FAR) if last is None else ibis.ifelse(good, last, day(FAR))
    limit = ibis.least(last, day(question.freeze))
    dims = {
        name: ibis.ifelse(good, dimension(definition, rows, rows.start, dim), "")
        for name, dim in zip(cell, question.dims, strict=True)
    }
    base = rows.select("person_id", "start", "end", "reason", last=last, stop=limit, **dims)
    on = keys(definition)
    ends = ["last"] if any(leaf.at_end for leaf in conditions(definition.outcome)) else []
    watched = base.filter(base.reason == INSIDE).select("person_id", "start", "stop", *ends)
    assert definition.outcome is not None
    if only_whether(definition, question):
        assert isinstance(definition.outcome, Condition)
        joined, gone = _leaving(definition, tables, question, base, watched, on)
        return counted(_unless_reached(joined.mutate(**gone), question), definition.outcome, tables, question, cell)
    if any(leaf.total_days for leaf in conditions(definition.outcome)):
        # Two anchors of one person on one day would have their days summed twice; a first day cannot be had twice.
        watched = watched.distinct()
    watch = _Watch(tables, question, watched, on)
    expression = watch.plan(definition.outcome)
    joined = watch.join(base)
    joined, gone = _leaving(definition, tables, question, joined, watched, on)
    return _grouped(_statuses(joined.mutate(reached=expression(joined), **gone), question, cell), cell)


def _last_day(window: Window | None, start: Expr, tables: Tables) -> Expr | None:
    if window is None:
        return None
    # DuckDB adds an interval to a date as a timestamp, which Ibis does not know; plain dates join and compare cheaper.
    whole = (start + ibis.interval(months=window.months)).cast("timestamp").cast("date") if window.months else start
    return tables.words.after(whole, window.days - 1)


class _Watch:
    """Gathers one small table a leaf (anchor → day met) and joins them all to the anchors."""

    def __init__(self, tables: Tables, question: Question, watched: Expr, on: list[str]) -> None:
        self.tables, self.question, self.watched, self.on = tables, question, watched, on
        self.leaves: list[Expr] = []

    def plan(self, outcome: Outcome) -> Any:
        """Return a function from the joined table to the day the outcome is met, a far day when it is not."""
        if isinstance(outcome, Condition):
            name = f"met_{len(self.leaves)}"
            self.leaves.append(_leaf(outcome, self.tables, self.question, self.watched, self.on, name))
            return lambda table: ibis.coalesce(table[name], day(FAR))
        parts = [self.plan(part) for part in outcome.parts]
        choose = smallest if _is_any(outcome) else largest
        return lambda table: choose(part(table) for part in parts)

    def join(self, base: Expr) -> Expr:
        """Return the anchors with one column a leaf."""
        for number, leaf in enumerate(self.leaves):
            base = join_on(base, leaf, self.on, f"l{number}")
        return base


def _is_any(branch: Branch) -> bool:
    return branch.op == "any"


def _leaf(condition: Condition, tables: Tables, question: Question, watched: Expr, on: list[str], name: str) -> Expr:
    """Return anchor keys and the first day the condition is met."""
    rows = tables.begun(condition.rows, question.freeze)
    joined = watched.join(rows, watched.person_id == rows.r_id)
    if condition.rows.table == "events" or not (condition.running or condition.completed or condition.at_end):
        met, test = joined.r_start, joined.r_start.between(joined.start, joined.stop)
    elif condition.at_end:
        met, test = joined["last"], joined["last"].between(joined.r_start, ibis.least(joined.r_end, joined.stop))
    elif condition.completed:
        met, test = joined.r_end, joined.r_end.between(joined.start, joined.stop)
    else:
        met = ibis.greatest(joined.r_start, joined.start)
        test = (joined.r_start <= joined.stop) & (joined.r_end >= joined.start)
    if condition.rows.table == "spells" and not condition.running:
        test &= joined.r_start >= joined.start
    if condition.total_days:
        return _days_summed(joined.filter(test), condition.total_days, tables, on, name)
    inside = joined.mutate(met=met).filter(test)
    return inside.group_by(on).aggregate(**{name: inside.met.min()})


def _days_summed(joined: Expr, total: int, tables: Tables, on: list[str], name: str) -> Expr:
    """Return the day on which the days covered inside the window, each counted once, reach `total`."""
    spans = joined.mutate(
        first=ibis.greatest(joined.r_start, joined.start), final=ibis.least(joined.r_end, joined.stop)
    )
    order = [spans["first"], spans["final"]]
    before = ibis.window(group_by=on, order_by=order, rows=(None, -1))
    spans = spans.mutate(covered=spans["final"].max().over(before))
    new = ibis.greatest(spans["first"], ibis.coalesce(tables.words.after(spans.covered, 1), spans["first"]))
    spans = spans.mutate(days=ibis.greatest(days_between(new, spans["final"]) + 1, 0))
    upto = ibis.window(group_by=on, order_by=[spans["first"], spans["final"]], rows=(None, 0))
    spans = spans.mutate(so_far=spans.days.sum().over(upto))
    # The one row that crosses the line; later ones would count back from beyond it.
    reached = spans.filter((spans.so_far >= total) & (spans.so_far - spans.days < total))
    back = (total - reached.so_far).cast("int32")
    reached = reached.mutate(met=tables.words.after(reached["final"], back))
    return reached.group_by(on).aggregate(**{name: reached.met.min()})


def _leaving(
    definition: Definition, tables: Tables, question: Question, joined: Expr, watched: Expr, on: list[str]
) -> tuple[Expr, dict[str, Expr]]:
    """Join the first death and moves on or after the anchor; return the columns for the day and sort of leaving."""
    leaving = definition.leaving
    far = day(FAR)
    died = moved_in = moved_out = far
    if tables.events is not None and (leaving.events or leaving.deaths):
        events = tables.events
        inside = events.to_county == "inside" if "to_county" in events.columns else ibis.literal(False)
        rows = events.filter(
            events.kind.isin([*leaving.events, *leaving.deaths]) & (events.start <= day(question.freeze))
        ).select(
            e_id="person_id", e_day="start", dead=events.kind.isin(leaving.deaths), inside=ibis.coalesce(inside, False),
            moved=events.kind.isin(leaving.events),
        )  # fmt: skip
        pairs = watched.join(rows, watched.person_id == rows.e_id)
        pairs = pairs.filter(pairs.e_day >= pairs.start)
        firsts = pairs.group_by(on).aggregate(
            died=pairs.e_day.min(where=pairs.dead),
            moved_in=pairs.e_day.min(where=pairs.moved & pairs.inside),
            moved_out=pairs.e_day.min(where=pairs.moved & ~pairs.inside),
        )
        joined = join_on(joined, firsts, on, "left")
        died, moved_in, moved_out = (ibis.coalesce(joined[c], far) for c in ("died", "moved_in", "moved_out"))
    ended = [joined.end] if leaving.anchor_ends else []
    if tables.events is None or not (leaving.events or leaving.deaths):
        gone = ended[0] if ended else far
        return joined, {"gone": gone, "how": code("left_outside")}
    towards = ibis.ifelse((moved_in < far) & (moved_in <= moved_out), code("left_inside"), code("left_outside"))
    gone = ibis.least(died, moved_in, moved_out, *ended)
    how = ibis.cases(
        (died == gone, code("died")),
        (moved_in == gone, code("left_inside")),
        (moved_out == gone, code("left_outside")),
        else_=towards,
    )
    return joined, {"gone": gone, "how": how}


def _unless_reached(rows: Expr, question: Question) -> Expr:
    """Add `mature`, and in `other` the status of whoever does not reach the outcome."""
    good = rows.reason == INSIDE
    mature = rows["last"] <= day(question.freeze)
    other = ibis.cases((rows.gone <= rows.stop, rows.how), (mature, code("window_passed")), else_=code("frozen"))
    return rows.mutate(mature=good & mature, other=ibis.ifelse(good, other, code("counted")))


def _statuses(rows: Expr, question: Question, cell: list[str]) -> Expr:
    """Decide each anchor's status, day and maturity. Same day: outcome before leaving before freeze."""
    rows = _unless_reached(rows, question)
    good = rows.reason == INSIDE
    reached = good & (rows.reached <= rows.stop) & (rows.reached <= rows.gone)
    rows = rows.mutate(status=ibis.ifelse(reached, code("outcome"), rows.other))
    if not question.offsets:
        return rows.select("reason", "mature", "status", *cell)
    left = rows.gone <= rows.stop
    day_after = days_between(rows.start, rows["last"]) + 1
    offset = ibis.cases(
        (~good, 0),
        (rows.status == code("outcome"), days_between(rows.start, rows.reached)),
        (left, days_between(rows.start, rows.gone)),
        (rows.mature, day_after),
        else_=days_between(rows.start, day(question.freeze)),
    )
    return rows.select("reason", "mature", "status", *cell, offset=offset)
