"""Stocks that are hard to count as running sums, and what they are held against in test_stats_gates.py."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from matrikel_stats import Dataset, Definition, count
from matrikel_stats.question import parse_period, question_for
from tests.stats import test_stats_properties as worlds
from tests.stats.worlds import indicator

BODIES = {
    "states_that_meet": """
        kind = "stock"
        [cohort.anchor]
        spell = ["sfi", "registration", "employment"]
        [stock]
        moment = "month_end"
        """,
    "of_an_age": """
        kind = "stock"
        [cohort]
        age = { from = 19, to = 63 }
        [[cohort.exclude]]
        id = "south"
        reason = "Södra enheten"
        where = { attribute = "unit", values = ["south"] }
        [cohort.anchor]
        spell = ["sfi", "employment"]
        [stock]
        moment = "month_end"
        """,
    "of_a_place_and_sex": """
        kind = "stock"
        [cohort]
        sex = "female"
        age = { to = 40 }
        where = [{ attribute = "municipality", values = ["2380"] }]
        [cohort.anchor]
        spell = ["sfi", "employment"]
        [stock]
        moment = "31 december"
        """,
    "until_an_event": """
        kind = "stock"
        [cohort]
        age = { from = 20 }
        [cohort.anchor]
        event = ["reception"]
        until = { event = ["discharge", "left"] }
        [stock]
        moment = "month_end"
        """,
    "not_before_work": """
        kind = "stock"
        [[cohort.exclude]]
        id = "worked"
        reason = "Arbetade före"
        before = { spell = ["employment"] }
        [cohort.anchor]
        spell = ["sfi"]
        [stock]
        moment = "31 december"
        """,
}
BREAKDOWNS = [(), ("sex",), ("age_band",), ("unit", "sex"), ("municipality",), ("age_band", "municipality")]
BANDS = ((0, 18), (19, 20), (21, 63), (64, 130))


def drawn(name: str, folder: Path) -> Definition:
    """Return one of the definitions, told apart by more ages."""
    return replace(indicator(folder / "definitions", BODIES[name], name), age_bands=BANDS)


def same_by_every_breakdown(
    definition: Definition, plainly: Dataset, dataset: Dataset, *, thoroughly: bool = True
) -> None:
    """Insist that every breakdown counted on one dataset is what the plain engine finds on the other.

    Of a part of the time only the finest is asked for, and of all of it too when not `thoroughly`.
    """
    for period in (None, parse_period("2020-02"), parse_period("2020")):
        plain = count(definition, plainly, question_for(definition, worlds.FREEZE, period, worlds.DIMS), "reference")
        assert plain.rows or period
        for dims in [*(BREAKDOWNS if thoroughly and period is None else ()), worlds.DIMS]:
            found = count(definition, dataset, question_for(definition, worlds.FREEZE, period, dims))
            expected: Counter[Any] = Counter()
            for row in plain.rows:
                expected[tuple(row.cell[plain.dims.index(dim)] for dim in found.dims)] += row.n
            assert {row.cell: row.n for row in found.rows} == expected, (period, dims)
            assert found.excluded == plain.excluded, (period, dims)
