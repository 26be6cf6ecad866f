"""Figures from dated facts: timelines become cohorts, cohorts become integer counts, counts become measures.

Knows neither Django nor the register it was built for: a folder of CSV or Parquet tables and a definition are enough.

    from matrikel_stats import load, open_dataset, run

    with open_dataset(Path("data")) as dataset:
        for definition in load(Path("definitions/indicators")):
            print(run(definition, dataset).to_json())
"""

from .catalogue import examine, load
from .codes import CodeLists, find_codes, read_codes
from .counts import CountRow, CountTable, add
from .database import open_database
from .dataset import Dataset, open_dataset
from .definition import Definition
from .disclosure import protect
from .figures import Figures, cells_of, figures_of
from .people import Standing, members, standing
from .problems import Problem, StatsError
from .prose import anchor_prose, counts_prose, explain, reason_label
from .result import Breakdown, Cell, Result
from .run import count, missing, run

__all__ = [
    "Breakdown",
    "Cell",
    "CodeLists",
    "CountRow",
    "CountTable",
    "Dataset",
    "Definition",
    "Figures",
    "Problem",
    "Result",
    "Standing",
    "StatsError",
    "add",
    "anchor_prose",
    "cells_of",
    "count",
    "counts_prose",
    "examine",
    "explain",
    "figures_of",
    "find_codes",
    "load",
    "members",
    "missing",
    "open_database",
    "open_dataset",
    "protect",
    "read_codes",
    "reason_label",
    "run",
    "standing",
]
