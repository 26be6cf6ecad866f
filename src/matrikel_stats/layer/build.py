"""Building a layer: DuckDB finds the anchors and joins the rows, numpy keeps the smallest day of each kind."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from matrikel_stats.data.dataset import Dataset
from matrikel_stats.data.files import name, quoted
from matrikel_stats.engine.statement import anchors_statement

from .spec import NEVER, Column, Spec

_BATCH = 1_000_000
_PRIME = 2**61 - 1


def build(spec: Spec, dataset: Dataset, *, kept: bool = True) -> pa.Table:
    """Return the layer: a row an anchor. One that is kept has in `mark` a digest of what the row rests on."""
    con = dataset.con
    attributes = "".join(f", {name('attribute ' + each)}" for each in spec.attributes)
    marks = f"LEFT JOIN ({_marks(spec, dataset)}) AS m USING (person_id)" if kept else ""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE layer_anchors AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS place, * "
        f"FROM ({anchors_statement(spec.pattern, dataset, spec.question, spec.attributes)}) AS found"
    )
    anchors: pa.Table = con.execute(
        f"SELECT person_id{', m.mark' if kept else ''}, start_date, end_date, known, sex, birth_date{attributes} "
        f"FROM layer_anchors {marks} ORDER BY place"
    ).to_arrow_table()
    columns = {column: np.full(len(anchors), NEVER, np.int16) for column in spec.columns}
    for table in ("spells", "events"):
        wanted = [column for column in spec.columns if column.table == table]
        if wanted and dataset.has(table):
            for batch in _joined(dataset, table, sorted({column.kind for column in wanted})):
                _keep_smallest(columns, wanted, *batch)
    con.execute("DROP TABLE layer_anchors")
    for column, values in columns.items():
        anchors = anchors.append_column(field(column), pa.array(values))
    return anchors


def field(column: Column) -> str:
    """Return the name of a layer's column in its file."""
    return f"{column.table} {column.kind} {column.flavour}"


def renewed(old: pa.Table, spec: Spec, dataset: Dataset) -> pa.Table:
    """Return the layer of the dataset as it is now, working out anew only persons with other rows than before.

    The same rows as `build`, in another order.
    """
    con = dataset.con
    con.register("layer_old", old.select(["person_id", "mark"]))
    # Ids of anchors; whoever has got a first row, lost every row, or has other rows than before.
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE layer_changed AS
        SELECT person_id FROM ({_marks(spec, dataset)}) AS m
        FULL JOIN (SELECT DISTINCT person_id, mark AS old FROM layer_old) AS o USING (person_id)
        WHERE m.mark IS DISTINCT FROM o.old"""
    )
    con.execute("CREATE SCHEMA IF NOT EXISTS changed")
    for table in dataset.tables:
        ids = "WHERE person_id IN (SELECT person_id FROM layer_changed)"
        keyed = ids if table in ("persons", "spells", "events") else ""
        con.execute(f"CREATE OR REPLACE VIEW changed.{table} AS SELECT * FROM main.{table} {keyed}")
    kept_ids = con.execute("SELECT person_id FROM layer_changed").fetchnumpy()["person_id"]
    kept = old.filter(pa.array(~np.isin(_plain_ids(old), np.asarray(kept_ids))))
    try:
        con.execute("SET schema = 'changed'")
        fresh = build(spec, dataset)
    finally:
        con.execute("SET schema = 'main'")
        con.unregister("layer_old")
        con.execute("DROP SCHEMA changed CASCADE")
        con.execute("DROP TABLE layer_changed")
    return pa.concat_tables([kept, fresh.cast(kept.schema)])


def _plain_ids(table: pa.Table) -> Any:
    return table.column("person_id").to_numpy(zero_copy_only=False)


def _marks(spec: Spec, dataset: Dataset) -> str:
    """Return SQL for a digest of those of each person's rows that the layer rests on, whatever their order."""
    parts = []
    anchor = spec.pattern.cohort.anchor.rows
    for table in ("persons", "spells", "events"):
        kinds = {column.kind for column in spec.columns if column.table == table}
        kinds |= {dated.value for dated in anchor.kinds if anchor.table == table}
        if dataset.has(table) and (kinds or table == "persons"):
            columns = ", ".join(name(column) for column in dataset.tables[table].columns if column != "person_id")
            only = f"WHERE kind IN ({', '.join(map(quoted, sorted(kinds)))})" if kinds else ""
            parts.append(f"SELECT person_id, hash({quoted(table)}, {columns}) AS h FROM {table} {only}")
    rows = " UNION ALL ".join(parts)
    return f"SELECT person_id, CAST(sum(h) % {_PRIME} AS BIGINT) AS mark FROM ({rows}) AS r GROUP BY 1"


def _joined(dataset: Dataset, table: str, kinds: list[str]) -> Iterator[tuple[Any, Any, Any, Any, Any]]:
    """Yield, in batches, row of the anchor, number of the kind, first and last day from the anchor, whether inside."""
    first, last = ("start_date", "end_date") if table == "spells" else ("date", "date")
    number = " ".join(f"WHEN {quoted(kind)} THEN {at}" for at, kind in enumerate(kinds))
    inside = "to_county" in dataset.attributes(table)
    within = "coalesce(to_county, '') = 'inside'" if inside else "false"
    sql = f"""SELECT a.place, r.kind,
        CAST(greatest(least(r.first - a.start_date, {NEVER - 1}), {-NEVER}) AS SMALLINT),
        CAST(greatest(least(coalesce(r.last - a.start_date, {NEVER}), {NEVER}), {-NEVER}) AS SMALLINT), r.inside
        FROM (SELECT person_id, CAST(CASE kind {number} END AS TINYINT) AS kind, {first} AS first, {last} AS last,
                     {within} AS inside
              FROM {table} WHERE kind IN ({", ".join(map(quoted, kinds))})) AS r
        JOIN layer_anchors AS a USING (person_id)"""
    for batch in dataset.con.execute(sql).to_arrow_reader(_BATCH):
        yield tuple(column.to_numpy(zero_copy_only=False) for column in batch.columns)  # type: ignore[misc]


def _keep_smallest(
    columns: dict[Column, Any], wanted: list[Column], at: Any, kind: Any, first: Any, last: Any, inside: Any
) -> None:
    for number, name_of in enumerate(sorted({column.kind for column in wanted})):
        rows = np.flatnonzero(kind == number)
        own = [column for column in wanted if column.kind == name_of]
        one, begin, end, side = at[rows], first[rows], last[rows], inside[rows]
        for column in own:
            fits, days = _days(column, begin, end, side)
            np.minimum.at(columns[column], one[fits], days[fits])


def _days(column: Column, begin: Any, end: Any, side: Any) -> tuple[Any, Any]:
    """Return which rows fit a flavour, and on which day from the anchor."""
    match column.flavour:
        case "running":
            return end >= 0, np.maximum(begin, 0)
        case "completed":
            return (end >= 0) & (end < NEVER), end
        case "completed_new":
            return (begin >= 0) & (end < NEVER), end
        case "before":
            return begin < 0, np.zeros_like(begin)
        case "inside":
            return (begin >= 0) & side, begin
        case "outside":
            return (begin >= 0) & ~side, begin
    return begin >= 0, begin
