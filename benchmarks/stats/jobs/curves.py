"""Curves with limits for tens of thousands of groups, from the count table."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.stats import peers
from benchmarks.stats.data import goal, opened

from .job import Job, Work, question_of

CELLS = ("municipality", "sex", "age_band", "year")


def _count_table(folder: Path) -> Any:
    from matrikel_stats import count

    definition, dataset = _in_narrow_bands(), opened(folder)
    return count(definition, dataset, question_of(definition, CELLS, offsets=True))


def _in_narrow_bands() -> Any:
    """Return the goal with four ages a band: 48 720 groups by municipality, sex, band and year."""
    return replace(goal(), age_bands=tuple((age, age + 3) for age in range(20, 65, 4)))


def _curves(folder: Path) -> Work:
    from matrikel_stats.estimates.incidence import incidences

    table = _count_table(folder)

    def work() -> object:
        ends = incidences(list(table.cells(CELLS).values())).ends()
        return lambda: _summed([None if end is None else (end.value, end.low, end.high) for end in ends])

    return work


def _summed(ends: list[Any]) -> list[object]:
    """Return how many groups there are, how many have limits, and the sums of their shares and limits."""
    known = [end for end in ends if end is not None and end[1] is not None]
    return [len(ends), len(known), *(round(sum(column), 6) for column in zip(*known, strict=True))]


def _figures(folder: Path) -> Work:
    from matrikel_stats import cells_of

    definition, table = _in_narrow_bands(), _count_table(folder)
    return lambda: len(cells_of(definition, [table], CELLS)) and None


def _curves_polars(folder: Path) -> Work:
    import polars as pl

    rows = _count_table(folder).rows
    cells = {cell: place for place, cell in enumerate(sorted({row.cell for row in rows}))}
    columns = [(cells[row.cell], row.offset, row.status, row.n) for row in rows]
    table = pl.DataFrame(columns, ["cell", "offset", "status", "n"], orient="row")

    def work() -> object:
        ends = peers.polars_curves(table)
        return lambda: _summed(ends.rows())

    return work


def _curves_lifelines(folder: Path) -> Work:
    """Fit three hundred groups and scale the time to all; the time of one call is returned by the runner as it is."""
    import numpy as np
    from lifelines import KaplanMeierFitter

    cells = _count_table(folder).cells(CELLS)
    some = list(cells.values())[:: max(1, len(cells) // 300)][:300]
    persons = [
        (
            np.repeat([row.offset for row in rows], [row.n for row in rows]),
            np.repeat([row.status == "outcome" for row in rows], [row.n for row in rows]),
        )
        for rows in some
    ]

    def work() -> object:
        for days, reached in persons:
            KaplanMeierFitter().fit(days, reached).predict(365)
        return None

    work.scale = len(cells) / len(some)  # type: ignore[attr-defined]
    return work


JOBS = {
    "curves": Job(
        "Aalen-Johansen with limits for every group, from the count table",
        "curves",
        {
            "curves": _curves,
            "every figure of every cell": _figures,
            "lifelines, scaled": _curves_lifelines,
            "Polars on the same table": _curves_polars,
        },
        {"lifelines, scaled": 0.001, "Polars on the same table": 0.7},
        "48 720 groups, from the rows of the count table. lifelines fits Kaplan-Meier in 300 groups, its time scaled to"
        " all; Polars gets the table as columns, its cells already numbers.",
    ),
}
