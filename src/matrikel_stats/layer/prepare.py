"""When a layer is built, where it is kept, and how it is found again."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from matrikel_declared.hashing import fingerprint
from matrikel_stats import cache
from matrikel_stats.data.dataset import Dataset
from matrikel_stats.declared.definition import Definition
from matrikel_stats.engine.statement import maker
from matrikel_stats.question import Question

from .build import build, renewed
from .people import Layer
from .spec import Spec, spec_of

PAYS = 4
"""So many indicators from one anchor cost more one by one than building their layer."""


def prepare(wanted: Iterable[tuple[Definition, Question]], dataset: Dataset, least: int = PAYS) -> tuple[Layer, ...]:
    """Build, or fetch from the cache, a layer for each anchor that at least `least` of the wanted share.

    The dataset uses them from then on wherever they say the same as the tables. Works on files, not on PostgreSQL.
    """
    if dataset.dialect != "duckdb":
        return ()
    groups: dict[str, list[Spec]] = {}
    for definition, question in wanted:
        if (spec := spec_of(definition, question)) is not None:
            groups.setdefault(spec.anchors, []).append(spec)
    layers = []
    for specs in groups.values():
        if len(specs) >= least:
            whole = specs[0]
            for spec in specs[1:]:
                whole = whole.joined(spec)
            layers.append(_made(whole, dataset))
    dataset.layers = (*dataset.layers, *layers)
    return tuple(layers)


def _made(spec: Spec, dataset: Dataset) -> Layer:
    """Return the layer as kept, or renewed from one kept of the same dataset as it was, or built."""
    place = cache.folder()
    if place is None:
        return Layer(spec, build(spec, dataset, kept=False))
    shape = fingerprint([spec.anchors, spec.attributes, spec.columns, str(dataset.folder), _shape(dataset), maker()])
    path = place / "layers" / f"{shape}.parquet"
    kept = _read(path)
    if kept is None:
        table = build(spec, dataset)
    elif kept.schema.metadata[b"dataset"].decode() == dataset.digest:
        return Layer(spec, kept)
    else:
        table = renewed(kept, spec, dataset)
    _write(path, table.replace_schema_metadata({"dataset": dataset.digest}))
    return Layer(spec, table)


def _shape(dataset: Dataset) -> list[object]:
    # Digests of rows are DuckDB's own and may change with its release.
    columns = {name: list(raw.columns) for name, raw in dataset.tables.items()}
    return [columns, dataset.key_is_whole, duckdb.__version__]


def _read(path: Path) -> pa.Table | None:
    try:
        return pq.read_table(path) if cache.own(path.stat()) else None
    except (OSError, pa.ArrowInvalid):
        return None


def _write(path: Path, table: pa.Table) -> None:
    cache.put(path, lambda half: pq.write_table(table, half, compression="zstd"))
