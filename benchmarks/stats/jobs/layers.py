"""Many indicators from a prepared layer: building it, and asking it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.stats import peers
from benchmarks.stats.data import TWELVE, goal, opened, share, twelve

from .job import LARGE, Job, Work, question_of


def _twelve_from_layer(folder: Path) -> Work:
    from matrikel_stats import count
    from matrikel_stats.layer.prepare import prepare

    os.environ["MATRIKEL_STATS_CACHE"] = "off"
    dataset, asked = opened(folder), [(each, question_of(each)) for each in twelve()]

    def work() -> object:
        dataset.layers = ()
        prepare(asked, dataset)
        return [share(count(definition, dataset, question)) for definition, question in asked]

    return work


def _twelve_direct(folder: Path) -> Work:
    from matrikel_stats import count

    dataset, asked = opened(folder), [(each, question_of(each)) for each in twelve()]
    return lambda: [share(count(definition, dataset, question)) for definition, question in asked]


def _twelve_polars(folder: Path) -> Work:
    return lambda: [peers.polars_share(folder, months, kinds) for months, kinds in TWELVE]


def _layer(folder: Path) -> tuple[Any, Any, Any]:
    from matrikel_stats.layer.prepare import prepare

    dataset, definition = opened(folder), goal()
    (layer,) = prepare([(definition, question_of(definition))], dataset, 1)
    return dataset, definition, layer


def _one_from_layer(folder: Path) -> Work:
    from matrikel_stats.layer.count import count

    _, definition, layer = _layer(folder)
    return lambda: share(count(layer, definition, question_of(definition)))


def _layer_as_columns(folder: Path) -> tuple[Any, Any]:
    """Return the layer's outcome columns and what one indicator needs besides, as Polars and numpy would have them."""
    import numpy as np

    from matrikel_stats.layer.count import _frame
    from matrikel_stats.layer.spec import columns_of

    _, definition, layer = _layer(folder)
    frame = _frame(layer, definition, question_of(definition))
    columns = {f"c{n}": layer.column(column) for n, column in enumerate(columns_of(definition.outcome))}
    inside = frame.key < len(frame.place)
    place = np.where(inside, np.append(frame.place, 0)[frame.key], 0)
    cell = np.where(inside & (place % 2 == 1), place // 2, -1).astype(np.int32)
    return {"cell": cell, "until": frame.until, **columns}, frame.cells


def _layer_polars(folder: Path) -> Work:
    import polars as pl

    columns, cells = _layer_as_columns(folder)
    table = pl.DataFrame(columns)
    days = [name for name in columns if name.startswith("c") and name != "cell"]

    def work() -> object:
        found = (
            table.lazy()
            .filter(pl.col("cell") >= 0)
            .group_by("cell")
            .agg(n=pl.len(), k=(pl.min_horizontal(days) <= pl.col("until")).sum())
            .sort("cell")
            .collect(engine="streaming")
        )
        return [[*cells[cell], n, k] for cell, n, k in found.rows()]

    return work


def _layer_read(folder: Path) -> Work:
    columns, _ = _layer_as_columns(folder)
    return lambda: [int(values.sum()) for values in columns.values()] and None


LAYER = Job(
    "One indicator from the layer",
    "layer",
    {"layer": _one_from_layer, "Polars on the same columns": _layer_polars, "reading the bytes": _layer_read},
    {"Polars on the same columns": 0.8, "reading the bytes": 3},
    "Second and later indicators of a cohort; peers get cell and last day ready made, as the layer's frame has.",
)
JOBS = {
    "twelve": Job(
        "Twelve indicators, the layer built in the time",
        "layer",
        {"layer": _twelve_from_layer, "one by one": _twelve_direct, "Polars one by one": _twelve_polars},
        {"Polars one by one": 0.3},
    ),
    "layer": LAYER,
    "layer-large": replace(LAYER, title="One indicator from the layer, ten million", persons=LARGE),
}
