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
from .spec import PAYS, Spec, shared


def prepare(
    wanted: Iterable[tuple[Definition, Question]], dataset: Dataset, least: int = PAYS, *, keep: bool = True
) -> tuple[Layer, ...]:
    """Build, or fetch from the cache, a layer for each anchor that at least `least` of the wanted share.

    The dataset uses them from then on wherever they say the same as the tables. Works on files, not on PostgreSQL.
    Without `keep` the cache is neither read nor written.
    """
    if dataset.dialect != "duckdb":
        return ()
    layers = tuple(_made(spec, dataset, cache.folder() if keep else None) for spec in shared(wanted, least))
    dataset.layers = (*dataset.layers, *layers)
    return layers


def _made(spec: Spec, dataset: Dataset, place: Path | None) -> Layer:
    """Return the layer as kept, or renewed from one kept of the same dataset as it was, or built."""
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
