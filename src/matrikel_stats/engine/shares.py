"""The cheap road to a share: who was reached, not on which day. A semi-join instead of a smallest day for everyone."""

import ibis  # type: ignore[import-untyped]

from matrikel_stats.declared.definition import Condition, Definition
from matrikel_stats.question import Question

from .cohort import INSIDE
from .tables import Expr, Tables, code


def only_whether(definition: Definition, question: Question) -> bool:
    """Return whether the day of the outcome need not be known: nobody asks, and one fitting row settles it."""
    outcome = definition.outcome
    if question.offsets or not isinstance(outcome, Condition):
        return False
    return outcome == Condition(outcome.rows, outcome.running, outcome.completed)


def counted(anchors: Expr, condition: Condition, tables: Tables, question: Question, cell: list[str]) -> Expr:
    """Count anchors by reason, mature, status and cell: those reached, and all of them less those.

    `anchors` hold person_id, start, stop, gone, reason, mature, the cell, and in `other` the status each has if not
    reached. An outcome on the day of leaving counts, so a row that fits up to the earlier of `stop` and `gone` is one.
    """
    by = ["mature", "other", *cell]
    anchors = anchors.mutate(until=ibis.least(anchors.stop, anchors.gone))
    rows = tables.begun(condition.rows, question.freeze)
    met = _reached(anchors.filter(anchors.reason == INSIDE), condition, rows).group_by(by).aggregate(k=_number)
    # Excluded anchors have a status of their own, so none of them meets a row of `met`.
    every = anchors.group_by(["reason", *by]).aggregate(n=_number)
    renamed = met.rename({f"m_{name}": name for name in by})
    rest = every.left_join(renamed, [every[name] == renamed[f"m_{name}"] for name in by])
    rest = rest.mutate(status=rest.other, n=rest.n - ibis.coalesce(rest.k, 0)).filter(lambda t: t.n > 0)
    reached = met.group_by(["mature", *cell]).aggregate(n=met.k.sum().cast("int64"))
    reached = reached.mutate(reason=ibis.literal(INSIDE, "int16"), status=code("outcome"))
    columns = ["reason", "mature", "status", "n", *cell]
    return rest.select(columns).union(reached.select(columns))


def _number(table: Expr) -> Expr:
    return table.count()


def _reached(anchors: Expr, condition: Condition, rows: Expr) -> Expr:
    """Return the anchors with a row that meets the condition from their start until their last day."""
    spells = condition.rows.table == "spells"
    new = rows.r_start >= anchors.start
    if spells and condition.completed:
        tests = [rows.r_end >= anchors.start, rows.r_end <= anchors.until, *([] if condition.running else [new])]
    elif spells and condition.running:
        tests = [rows.r_end >= anchors.start, rows.r_start <= anchors.until]
    else:
        tests = [new, rows.r_start <= anchors.until]
    return anchors.semi_join(rows, [anchors.person_id == rows.r_id, *tests])
