"""Figures from dated facts: timelines become cohorts, cohorts become integer counts, counts become measures.

Knows neither Django nor the register it was built for: a folder of CSV or Parquet tables and a definition are enough.

    from matrikel_stats import load, open_dataset, run

    with open_dataset(Path("data")) as dataset:
        for definition in load(Path("definitions/indicators")):
            print(run(definition, dataset).to_json())

Comparison is pure and takes numbers that have passed `protect` (None where hidden):

    found = compare([Part("Östersund", k=61, n=104), Part("Krokom", k=40, n=52), Part("Åre", None, None)])
    verdict(found, "Krokom", "sv")        # "… skiljer sig mer än slumpen skulle göra (högre)."
    by_chance(found, "sv")                # how many chance alone would put outside, and how many are
    found.row("Krokom").warning           # the funnel's 95 per cent limits at that size; `alarm` 99.8
    curve(found.centre, range(40, 121))   # the funnel's curves
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .comparison.compare import (
        Change,
        Comparison,
        Difference,
        Part,
        Row,
        against_rest,
        changes,
        compare,
        parts_by,
        parts_of,
    )
    from .comparison.funnel import FunnelPoint, Limits, curve
    from .counting import count, lacks_table, missing
    from .counts import CountRow, CountTable, add
    from .data.database import open_database
    from .data.dataset import Dataset, open_dataset
    from .data.spark import open_spark
    from .declared.catalogue import examine, load
    from .declared.codes import CodeLists, find_codes, read_codes
    from .declared.definition import Definition
    from .disclosure.hiding import protect
    from .estimates.estimate import aalen_johansen, kaplan_meier
    from .estimates.figures import Figures, cells_of, figures_of
    from .people import Standing, members, standing
    from .problems import Problem, StatsError
    from .result import Breakdown, Cell
    from .running import make_ready, run
    from .shown import Result
    from .telling.comparison_prose import by_chance, verdict
    from .telling.prose import anchor_prose, counts_prose, explain, reason_label

__all__ = [
    "Breakdown",
    "Cell",
    "Change",
    "CodeLists",
    "Comparison",
    "CountRow",
    "CountTable",
    "Dataset",
    "Definition",
    "Difference",
    "Figures",
    "FunnelPoint",
    "Limits",
    "Part",
    "Problem",
    "Result",
    "Row",
    "Standing",
    "StatsError",
    "aalen_johansen",
    "add",
    "against_rest",
    "anchor_prose",
    "by_chance",
    "cells_of",
    "changes",
    "compare",
    "count",
    "counts_prose",
    "curve",
    "examine",
    "explain",
    "figures_of",
    "find_codes",
    "kaplan_meier",
    "lacks_table",
    "load",
    "make_ready",
    "members",
    "missing",
    "open_database",
    "open_dataset",
    "open_spark",
    "parts_by",
    "parts_of",
    "protect",
    "read_codes",
    "reason_label",
    "run",
    "standing",
    "verdict",
]

# Where each of them stands. Loaded when first asked for: a command that counts needs no comparison, no curves and no
# prose, and loading them all takes as long as counting a hundred thousand persons.
_MODULES = {
    ".comparison.compare": (
        "Change",
        "Comparison",
        "Difference",
        "Part",
        "Row",
        "against_rest",
        "changes",
        "compare",
        "parts_by",
        "parts_of",
    ),
    ".comparison.funnel": ("FunnelPoint", "Limits", "curve"),
    ".counting": ("count", "lacks_table", "missing"),
    ".counts": ("CountRow", "CountTable", "add"),
    ".data.database": ("open_database",),
    ".data.dataset": ("Dataset", "open_dataset"),
    ".data.spark": ("open_spark",),
    ".declared.catalogue": ("examine", "load"),
    ".declared.codes": ("CodeLists", "find_codes", "read_codes"),
    ".declared.definition": ("Definition",),
    ".disclosure.hiding": ("protect",),
    ".estimates.estimate": ("aalen_johansen", "kaplan_meier"),
    ".estimates.figures": ("Figures", "cells_of", "figures_of"),
    ".people": ("Standing", "members", "standing"),
    ".problems": ("Problem", "StatsError"),
    ".result": ("Breakdown", "Cell"),
    ".running": ("make_ready", "run"),
    ".shown": ("Result",),
    ".telling.comparison_prose": ("by_chance", "verdict"),
    ".telling.prose": ("anchor_prose", "counts_prose", "explain", "reason_label"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOME[name], __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
