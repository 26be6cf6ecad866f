"""From the rows a statement returns to the count table, whatever database ran it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from matrikel_stats.counts import CountRow, CountTable
from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question, period_label

from .labels import STATUSES, reasons


def table_from(definition: Definition, question: Question, part: str, fetched: Sequence[tuple[Any, ...]]) -> CountTable:
    """Return the table. Fetched rows are reason, mature, offset, status, n and the cell; sorted, the excluded first."""
    names = reasons(definition)
    excluded: Counter[str] = Counter()
    left_out = 0
    for row in fetched:
        if not row[0]:
            break
        excluded[names[row[0]]] += int(row[4])
        left_out += 1
    good = fetched[left_out:]
    if definition.is_periodic:
        good = [(*row[:5], period_label(definition, int(row[5])), *row[6:]) for row in good]
    # PostgreSQL's sums and parts of days are decimals.
    make = CountRow._make  # half the cost of a call with names, and there may be hundreds of thousands
    # One cell, one tuple: rows are told apart at once where they are read, and take half the room.
    cells: dict[tuple[str, ...], tuple[str, ...]] = {}
    shared = ((cells.setdefault(row[5:], row[5:]), row) for row in good)
    rows = tuple([make((cell, row[1], int(row[2]), STATUSES[row[3]], int(row[4]))) for cell, row in shared])
    return CountTable(definition.logic_hash, part, question.freeze, question.dims, rows, dict(sorted(excluded.items())))
