"""Counting inside PostgreSQL, and fetching rows out of it."""

import os
from collections.abc import Callable
from pathlib import Path

from benchmarks.stats import peers
from benchmarks.stats.data import FREEZE, codes, goal, share

from .job import Job, Work, question_of


def _server(folder: Path) -> str:
    """Put the tables in PostgreSQL once, with the keys and indexes such a database has."""
    import duckdb
    import psycopg

    url = os.environ["MATRIKEL_OWNER_DATABASE"]
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("SELECT pg_advisory_lock(1)")  # the methods begin at once
        there = con.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'spells'")
        if not there.fetchone()[0]:  # type: ignore[index]
            for table, columns, key in (
                ("persons", "person_id bigint, birth_date date, sex text", "UNIQUE"),
                ("spells", "person_id bigint, kind text, start_date date, end_date date, municipality text", ""),
            ):
                con.execute(f"CREATE TABLE {table} ({columns})")
                path = folder / f"{table}.csv"
                duckdb.sql(f"COPY (SELECT * FROM '{folder}/{table}.parquet') TO '{path}' (HEADER false)")
                with con.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy, path.open("rb") as file:
                    while block := file.read(1 << 20):
                        copy.write(block)
                path.unlink()
                con.execute(f"CREATE {key} INDEX ON {table} (person_id)")
                con.execute(f"ANALYZE {table}")
    return url


def _in_server(folder: Path) -> Work:
    from matrikel_stats import count, open_database

    definition, database = goal(), open_database(_server(folder), codes=codes(), freeze=FREEZE)
    return lambda: share(count(definition, database, question_of(definition)))


def _rows_scanned(folder: Path) -> Work:
    from matrikel_stats.data.pulled import attached

    con, _ = attached(_server(folder), "server")
    return lambda: con.execute("SELECT * FROM server.public.spells").to_arrow_table().num_rows


def _rows_by_adbc(folder: Path) -> Work:
    from adbc_driver_postgresql import dbapi

    con = dbapi.connect(_server(folder))

    def work() -> object:
        with con.cursor() as cursor:
            cursor.execute("SELECT * FROM spells")
            return cursor.fetch_arrow_table().num_rows

    return work


def _rows_by_psycopg(folder: Path) -> Work:
    import psycopg

    con = psycopg.connect(_server(folder), autocommit=True)
    return lambda: len(con.execute("SELECT * FROM spells").fetchall())


def _by_hand_in_server(text: str) -> Callable[[Path], Work]:
    def prepared(folder: Path) -> Work:
        import psycopg

        con = psycopg.connect(_server(folder), autocommit=True)
        return lambda: [list(row) for row in con.execute(peers.in_postgresql(text)).fetchall()]

    return prepared


JOBS = {
    "postgresql": Job(
        "The same declaration in PostgreSQL",
        "declaration",
        {
            "declaration": _in_server,
            "SQL by hand": _by_hand_in_server(peers.SHARE),
            "SQL by hand, semi-join": _by_hand_in_server(peers.SEMI),
        },
        {"SQL by hand": 1.10},
        "CPU is that of the client.",
        needs_server=True,
    ),
    "rows": Job(
        "Rows from PostgreSQL to Arrow",
        "pulled",
        {"pulled": _rows_scanned, "ADBC": _rows_by_adbc, "psycopg, tuples": _rows_by_psycopg},
        {"ADBC": 0.65},
        "All spells, seven a person. CPU is that of the client.",
        needs_server=True,
    ),
}
