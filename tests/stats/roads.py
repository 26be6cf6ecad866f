"""Every road a declaration can be counted on, opened on the same folder of CSV: what is promised holds on all of them.

`make test` takes the roads of files and, beside a server, those of PostgreSQL; `make test-spark` takes Spark's.
"""

import datetime as dt
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from matrikel_stats import CountTable, Dataset, Definition, open_dataset, open_spark
from matrikel_stats.counting import count_tables
from matrikel_stats.data.database import open_database
from matrikel_stats.layer.prepare import prepare
from matrikel_stats.layer.spec import spec_of
from matrikel_stats.question import Question
from tests.stats.worlds import CODES

Road = Literal["reference", "duckdb", "layer", "postgres", "embedded", "spark"]
OWNER = os.environ.get("MATRIKEL_OWNER_DATABASE")
MASTER = os.environ.get("MATRIKEL_SPARK_MASTER")
HERE: tuple[Road, ...] = ("duckdb", "layer")
ROADS: tuple[Road, ...] = ("spark",) if MASTER else ("postgres", "embedded") if OWNER else HERE
"""Those that are held against the plain engine in this run."""
Asked = Sequence[tuple[Definition, Question]]
MONTH_ALONE = re.compile(r"(?<=,)(\d{4}-\d{2})(?=,)")


@contextmanager
def opened(
    road: Road, folder: Path, freeze: dt.date, spark: Any = None, *, whole_ids: bool = False
) -> Iterator[Dataset]:
    """Give the tables of a folder of CSV as the road reads them; databases with ids as numbers or as text."""
    if road == "spark":
        with open_spark(to_parquet(folder, freeze, "BIGINT" if whole_ids else "VARCHAR"), spark, codes=CODES,
                        freeze=freeze) as data:  # fmt: skip
            yield data
    elif road in ("postgres", "embedded"):
        assert OWNER is not None
        place = f"roads_{secrets.token_hex(4)}"
        with schema(place) as con:
            copy_to(con, folder, "integer" if whole_ids else "text", place)
            with open_database(OWNER, schema=place, codes=CODES, freeze=freeze, embedded=road == "embedded") as data:
                yield data
    else:
        with open_dataset(folder, codes=CODES, freeze=freeze) as data:
            yield data


def counted(road: Road, asked: Asked, data: Dataset) -> dict[str, tuple[CountTable, ...]]:
    """Count on a road; on the layer's only what a layer can say, and from layers alone."""
    if road == "layer":
        asked = [pair for pair in asked if spec_of(*pair) is not None]
        if not asked:
            return {}
        assert prepare(asked, data, 1, keep=False)
    engine: Literal["reference", "duckdb"] = "reference" if road == "reference" else "duckdb"
    return {definition.id: count_tables(definition, data, question, engine) for definition, question in asked}


@contextmanager
def schema(name: str) -> Iterator[Any]:
    """Give the owner's connection to a schema of that name, empty, and gone afterwards."""
    import psycopg

    assert OWNER is not None
    with psycopg.connect(OWNER, autocommit=True) as con:
        con.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        con.execute(f"CREATE SCHEMA {name}")
        yield con
        _drop(con, name)


def _drop(con: Any, name: str) -> None:
    """A session on its way out drops its own views at the same time; the server then lets one of the two go first."""
    import psycopg

    for _ in range(20):
        try:
            con.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
            return
        except psycopg.errors.DeadlockDetected:
            time.sleep(0.1)
    raise AssertionError("the schema could not be dropped")


def copy_to(con: Any, folder: Path, id_type: str = "text", name: str = "facts") -> None:
    """Write every table of a folder of CSV files to a schema, with real dates."""
    for path in sorted(folder.glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        kinds = {"person_id": id_type} | dict.fromkeys(
            ("birth_date", "start_date", "end_date", "date", "month"), "date"
        )
        kinds |= {"amount": "numeric(12, 2)"} | dict.fromkeys(("planned", "attended", "population", "age"), "integer")
        if path.stem == "assistance_months":
            text = MONTH_ALONE.sub(r"\1-01", text)
        heading = text.splitlines()[0].split(",")
        columns = ", ".join(f'"{column}" {kinds.get(column, "text")}' for column in heading)
        con.execute(f"CREATE TABLE {name}.{path.stem} ({columns})")
        with con.cursor().copy(f"COPY {name}.{path.stem} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(text)


def to_parquet(source: Path, freeze: dt.date, id_type: str = "VARCHAR") -> Path:
    """Write the tables of a folder of CSV as Parquet, tidy as DuckDB reads them, and money in kronor again."""
    folder = Path(tempfile.mkdtemp(dir=source, prefix="parquet-"))
    with open_dataset(source, codes=CODES, freeze=freeze) as data:
        for table, raw in data.tables.items():
            types = {"person_id": f"person_id::{id_type}", "amount": "CAST(amount / 100 AS DECIMAL(18, 2))"}
            other = ", ".join(f"{sql} AS {column}" for column, sql in types.items() if column in raw.columns)
            replace = f"REPLACE ({other})" if other else ""
            (folder / f"{table}.parquet").mkdir(parents=True)
            data.con.execute(f"COPY (SELECT * {replace} FROM {table}) TO '{folder}/{table}.parquet/part.parquet'")
    return folder


PAIRWISE = {
    "duckdb": ("NL_JOIN", "NESTED_LOOP", "CROSS_PRODUCT", "IE_JOIN"),
    "postgres": ("Nested Loop",),
    "pyspark": ("NestedLoop", "CartesianProduct"),
}


def plan(data: Dataset, statement: str) -> str:
    """Return how the tables would be joined. PostgreSQL loops over small tables by choice: only if it must, here."""
    postgres = data.dialect == "postgres"
    if postgres:
        data.con.execute("SET enable_nestloop = off")
    rows = data.con.execute(f"EXPLAIN {statement}").fetchall()
    if postgres:
        data.con.execute("RESET enable_nestloop")
    return "\n".join(str(row[-1]) for row in rows)
