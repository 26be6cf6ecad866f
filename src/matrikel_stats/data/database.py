"""A dataset that lies in PostgreSQL: the same tables, under the same names, counted where they are."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from matrikel_declared import hint
from matrikel_stats.declared.codes import CodeLists, find_codes, read_codes
from matrikel_stats.problems import Problem, StatsError, problem

from .dataset import Dataset
from .files import RawTable, first_line, name
from .frozen import frozen
from .schema import SEX_WORDS, TABLES, Column, Table

if TYPE_CHECKING:
    import psycopg

_WHOLE = ("smallint", "integer", "bigint")
_TEXTS = ("text", "character varying", "character", "uuid")
_DAYS = ("date", "timestamp without time zone", "timestamp with time zone")
_NUMBERS = (*_WHOLE, "numeric", "real", "double precision")
_FITS = {
    "id": (*_WHOLE, *_TEXTS),
    "date": _DAYS,
    "month": _DAYS,
    "number": _NUMBERS,
    "money": _NUMBERS,
    "whole": _WHOLE,
}


@dataclass
class Database(Dataset):
    """An opened and checked database. Use `open_database`; close it when done, or use it in a `with` block."""

    dialect: Literal["duckdb", "postgres", "pyspark"] = "postgres"

    def _faults(self) -> tuple[type[Exception], ...]:
        import psycopg

        return (psycopg.Error,)

    @cached_property
    def digest(self) -> str:
        """Return 16 hex digits over every row, whatever their order: a sum of the digests of the rows."""
        digest = hashlib.sha256()
        for table in sorted(self.tables):
            sums = ", ".join(f"sum(('x' || substr(h, {at}, 15))::bit(60)::bigint)" for at in (1, 16))
            found = self.con.execute(f"SELECT count(*), {sums} FROM (SELECT md5(t::text) AS h FROM {table} AS t) AS d")
            digest.update(f"{table} {found.fetchone()}".encode())
        return digest.hexdigest()[:16]


def open_database(
    url: str,
    *,
    schema: str = "public",
    codes: CodeLists | None = None,
    freeze: dt.date | None = None,
    title: str = "",
    embedded: bool = False,
    memory: str | None = None,
) -> Dataset:
    """Open and check the tables of a schema in PostgreSQL (`url`: `postgresql://user:password@host/name`).

    They are counted where they lie, or with `embedded` pulled into the embedded engine first, bounded by `memory` as
    in `open_dataset`; that needs the package `duckdb-extension-postgres-scanner`.
    Nothing is written but views that live as long as the connection, so the role needs SELECT on the tables and
    TEMPORARY on the database. `freeze` as in `open_dataset`. Raises StatsError naming every fault.
    """
    import psycopg

    lists = codes or read_codes(find_codes(Path.cwd()))
    problems: list[Problem] = []
    try:
        con = psycopg.connect(url, autocommit=True)
        con.execute("SET jit = off")  # it compiles for longer than it counts: 1.2 of SQL by hand, 0.9 without
    except psycopg.OperationalError as error:
        raise StatsError([problem("database_unreachable", "PostgreSQL", reason=first_line(error))]) from None
    place = f"{con.info.dbname}.{schema}"
    try:
        tables = {
            table.name: raw for table in TABLES if (raw := _described(con, schema, table, place, problems)) is not None
        }
        if problems:
            raise StatsError(problems)
        if embedded:
            from .pulled import pull

            con.close()
            return pull(url, schema, tables, lists, freeze, title, memory)
        whole = _views(con, schema, tables)
        for raw in tables.values():
            problems += _broken(con, raw, lists, place)
        if problems:
            raise StatsError(problems)
        day, source = frozen(freeze, {}, con, tables, Path(place))
    except psycopg.Error as error:
        con.close()
        raise StatsError([problem("database_refused", place, reason=first_line(error))]) from None
    except StatsError:
        con.close()
        raise
    return Database(Path(place), place, day, source, title, con, tables, whole)


def _described(
    con: "psycopg.Connection[Any]", schema: str, table: Table, place: str, problems: list[Problem]
) -> RawTable | None:
    found = con.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = %s AND table_name = %s "
        "ORDER BY ordinal_position",
        (schema, table.name),
    ).fetchall()
    if not found:
        if table.required:
            problems.append(problem("table_missing_there", place, table=table.name))
        return None
    columns = {column.lower(): (column, kind) for column, kind in found}
    where = f"{place}.{table.name}"
    for declared in table.columns:
        if declared.name not in columns:
            if declared.required:
                problems.append(problem("column_missing", where, column=declared.name, found=", ".join(columns)))
        elif (fits := _FITS.get(declared.type)) and columns[declared.name][1] not in fits:
            kind = columns[declared.name][1]
            problems.append(problem("column_type", where, column=declared.name, found=kind, wanted=", ".join(fits)))
    return RawTable(table, Path(where), columns, False)


def _views(con: "psycopg.Connection[Any]", schema: str, tables: dict[str, RawTable]) -> bool:
    """Make one tidy view a table, which hides the table of the same name for this connection."""
    ids = [raw.columns["person_id"][1] for raw in tables.values() if "person_id" in raw.columns]
    keep_whole = all(kind in _WHOLE for kind in ids)
    for table, raw in tables.items():
        fields = ", ".join(
            f"{_tidy(name(source), kind, raw.table.column(column), keep_whole)} AS {name(column)}"
            for column, (source, kind) in raw.columns.items()
        )
        con.execute(f"CREATE TEMP VIEW {table} AS SELECT {fields} FROM {name(schema)}.{table}")
    return keep_whole


def _tidy(source: str, kind: str, column: Column | None, keep_whole: bool) -> str:
    declared = column.type if column else "text"
    if declared == "date":
        return source if kind == "date" else f"CAST({source} AS date)"
    if declared == "month":
        return f"CAST(date_trunc('month', CAST({source} AS date)) AS date)"
    if declared == "id" and keep_whole:
        return f"CAST({source} AS bigint)"
    if declared == "number":
        return f"CAST({source} AS double precision)"
    if declared == "money":
        return f"CAST(round(CAST({source} AS numeric) * 100) AS bigint)"
    if declared == "whole":
        return f"CAST({source} AS bigint)"
    if column is not None and column.name == "sex":
        words = " ".join(f"WHEN '{word}' THEN '{code}'" for word, code in SEX_WORDS.items())
        # A word that is not known stays, to be found and named by the checks.
        return f"CASE coalesce(lower(trim(CAST({source} AS text))), '') {words} ELSE CAST({source} AS text) END"
    # The order of Unicode, as in Python: with the order of a language, ties would be decided another way.
    return f'CAST({source} AS text) COLLATE "C"' if kind != "text" else f'{source} COLLATE "C"'


def _broken(con: "psycopg.Connection[Any]", raw: RawTable, codes: CodeLists, place: str) -> list[Problem]:
    """Return every broken constraint, each with one example and how many rows break it."""
    where, table = f"{place}.{raw.table.name}", raw.table.name
    problems: list[Problem] = []
    for code, broken, at, shown in _tests(raw):
        fields = ", ".join(f"CAST({sql} AS text)" for sql in shown.values())
        row = con.execute(
            f"SELECT {fields}, count(*) OVER () FROM {table} WHERE {broken} ORDER BY 1 LIMIT 1"
        ).fetchone()
        if row:
            problems.append(problem(code, f"{where} ({row[-1]})", column=at, **dict(zip(shown, row, strict=False))))
    for column in raw.table.columns:
        if column.codes:
            known = codes.codes(column.codes)
            for row in con.execute(f"SELECT DISTINCT coalesce({name(column.name)}, '') FROM {table}").fetchall():
                if row[0] not in known:
                    near = hint(row[0], known)
                    problems.append(
                        problem("kind_unknown", where, value=row[0], codes=f"{column.codes}.csv", hint=near)
                    )
    for unique in raw.table.unique:
        twice = f"SELECT {unique}, count(*) FROM {table} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 3"
        problems += [problem("id_twice", where, value=row[0], count=row[1]) for row in con.execute(twice).fetchall()]
    return problems


def _tests(raw: RawTable) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return (message, what is broken, column, the values it shows) in the terms of the tidy view."""
    tests = []
    for column in raw.table.columns:
        if column.name not in raw.columns:
            continue
        own = name(column.name)
        value = {"value": own}
        if column.type == "id":
            tests.append(("id_missing", f"{own} IS NULL OR CAST({own} AS text) = ''", column.name, value))
        elif column.type in ("money", "whole"):
            kronor = {"value": f"round({own} / 100.0, 2)"} if column.type == "money" else value
            tests.append(("number_negative", f"{own} < 0", column.name, kronor))
            if column.filled:
                tests.append(("number_unreadable", f"{own} IS NULL", column.name, value))
        elif column.type in ("date", "month"):
            outside = f"{own} NOT BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'"
            tests.append(("date_out_of_range", outside, column.name, value))
            if column.filled:
                tests.append(("date_missing", f"{own} IS NULL", column.name, value))
        elif column.name == "sex":
            tests.append(("sex_unknown", "sex NOT IN ('female', 'male', '')", "sex", value))
    if raw.table.name == "spells":
        both = {"start": "start_date", "end": "end_date"}
        tests.append(("end_before_start", "end_date < start_date", "", both))
    if raw.table.name == "attendance":
        both = {"planned": "planned", "attended": "attended"}
        tests.append(("attended_more", "attended > planned", "", both))
    return tests
