"""A dataset that Spark reads: the same tables as Parquet or in its catalogue, counted by as many machines as it has."""

# ruff: noqa: S608 - identifiers are quoted by `_name`, there is no user-written SQL.

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from matrikel_declared import hint
from matrikel_stats.declared.codes import CodeLists, find_codes, read_codes
from matrikel_stats.problems import Problem, StatsError, problem

from .dataset import Dataset
from .files import RawTable, first_line
from .frozen import frozen, settings_of
from .schema import SEX_WORDS, TABLES, Column, Table
from .spark_session import Session, session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_WHOLE = ("tinyint", "smallint", "int", "bigint")
_DAYS = ("date", "timestamp", "timestamp_ntz")
_NUMBERS = (*_WHOLE, "decimal", "float", "double")
_FITS = {
    "id": (*_WHOLE, "string"), "date": _DAYS, "month": _DAYS, "number": _NUMBERS, "money": _NUMBERS, "whole": _WHOLE,
}  # fmt: skip
_NOT_THERE = ("PATH_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND")


@dataclass
class SparkDataset(Dataset):
    """An opened and checked dataset. Use `open_spark`; close it when done, or use it in a `with` block."""

    dialect: Literal["duckdb", "postgres", "pyspark"] = "pyspark"

    def _faults(self) -> tuple[type[Exception], ...]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return PySparkException, Py4JError

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question in DuckDB's words, said in Spark's."""
        import sqlglot

        return super().ask(sqlglot.transpile(question, read="duckdb", write="spark")[0])

    def _digest(self) -> str:
        """Return 16 hex digits over every row, whatever their order: a sum of the digests of the rows."""
        digest = hashlib.sha256()
        for table in sorted(self.tables):
            sums = ", ".join(f"sum(CAST(conv(substr(h, {at}, 15), 16, 10) AS DECIMAL(38, 0)))" for at in (1, 16))
            rows = self.con.execute(f"SELECT count(*), {sums} FROM (SELECT md5(to_json(struct(*))) AS h FROM {table})")
            digest.update(f"{table} {rows.fetchone()}".encode())
        return digest.hexdigest()[:16]


def open_spark(
    source: Path | str,
    spark: "SparkSession | str" = "local[*]",
    *,
    codes: CodeLists | None = None,
    freeze: dt.date | None = None,
    title: str = "",
) -> SparkDataset:
    """Open and check tables that Spark reads.

    `source` is a folder of Parquet that every machine sees (a Path), the address of one (`hdfs://…`, `s3a://…`), or a
    schema in the catalogue of the session (`casework`, `catalog.casework`). `spark` is a session of your own, which is
    left running, or a master to start one on (`local[4]`, `spark://host:7077`, `yarn`), stopped when the dataset is
    closed. `freeze` as in `open_dataset`. Raises StatsError naming every fault.
    """
    problems: list[Problem] = []
    folder = source if isinstance(source, Path) else None
    if folder is not None and not folder.is_dir():
        raise StatsError([problem("dataset_missing", str(folder))])
    settings = settings_of(folder, problems) if folder is not None else {}
    lists = codes or read_codes(find_codes(folder or Path.cwd()))
    con = session(spark)
    try:
        tables, whole = _opened(con, source, lists, problems)
        day, said_by = frozen(freeze, settings, con, tables, Path(source))
    except StatsError:
        con.close()
        raise
    name = str(settings.get("id") or (folder.resolve().name if folder is not None else source))
    title = title or str(settings.get("title", ""))
    return SparkDataset(Path(source), name, day, said_by, title, con, tables, whole)


def _opened(
    con: Session, source: Path | str, codes: CodeLists, problems: list[Problem]
) -> tuple[dict[str, RawTable], bool]:
    """Return the tables, tidy and checked, and whether every id is a whole number."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        tables: dict[str, RawTable] = {}
        frames: dict[str, DataFrame] = {}
        for table in TABLES:
            frame = _frame(con, source, table, problems)
            if frame is not None:
                tables[table.name], frames[table.name] = _described(frame, source, table, problems), frame
        if not problems:
            whole = _views(frames, tables)
            for raw in tables.values():
                problems += _broken(con, raw, codes)
    except (PySparkException, Py4JError) as error:
        raise StatsError([problem("spark_refused", str(source), reason=first_line(error))]) from None
    if problems:
        raise StatsError(problems)
    return tables, whole


def _frame(con: Session, source: Path | str, table: Table, problems: list[Problem]) -> "DataFrame | None":
    """Return a table as it lies, None where there is none. A missing optional table is no problem."""
    from pyspark.errors import AnalysisException

    try:
        if isinstance(source, Path) or "://" in source:
            address = source.resolve().as_uri() if isinstance(source, Path) else source.rstrip("/")
            return con.spark.read.parquet(f"{address}/{table.name}.parquet")
        return con.spark.table(f"{source}.{table.name}")
    except AnalysisException as error:
        if error.getCondition() not in _NOT_THERE:
            raise
    if table.required:
        problems.append(problem("table_missing_to_spark", str(source), table=table.name))
    return None


def _described(frame: "DataFrame", source: Path | str, table: Table, problems: list[Problem]) -> RawTable:
    columns = {
        each.name.strip().lower(): (each.name, each.dataType.simpleString().partition("(")[0]) for each in frame.schema
    }
    where = f"{source}/{table.name}" if isinstance(source, Path) or "://" in source else f"{source}.{table.name}"
    for declared in table.columns:
        if declared.name not in columns:
            if declared.required:
                problems.append(problem("column_missing", where, column=declared.name, found=", ".join(columns)))
        elif (fits := _FITS.get(declared.type)) and columns[declared.name][1] not in fits:
            kind = columns[declared.name][1]
            problems.append(problem("column_type", where, column=declared.name, found=kind, wanted=", ".join(fits)))
    return RawTable(table, Path(where), columns, False)


def _views(frames: dict[str, "DataFrame"], tables: dict[str, RawTable]) -> bool:
    """Make one tidy view a table, seen by this session alone."""
    ids = [raw.columns["person_id"][1] for raw in tables.values() if "person_id" in raw.columns]
    keep_whole = all(kind in _WHOLE for kind in ids)
    for table, raw in tables.items():
        fields = [
            f"{_tidy(_name(source), kind, raw.table.column(column), keep_whole)} AS {_name(column)}"
            for column, (source, kind) in raw.columns.items()
        ]
        frames[table].selectExpr(*fields).createOrReplaceTempView(table)
    return keep_whole


def _name(text: str) -> str:
    return "`" + text.replace("`", "``") + "`"


def _tidy(source: str, kind: str, column: Column | None, keep_whole: bool) -> str:
    declared = column.type if column else "text"
    if declared == "date":
        return source if kind == "date" else f"CAST({source} AS DATE)"
    if declared == "month":
        return f"CAST(date_trunc('month', {source}) AS DATE)"
    if (declared == "id" and keep_whole) or declared == "whole":
        return f"CAST({source} AS BIGINT)"
    if declared == "number":
        return f"CAST({source} AS DOUBLE)"
    if declared == "money":
        return f"CAST(round(CAST({source} AS DECIMAL(18, 4)) * 100) AS BIGINT)"
    if column is not None and column.name == "sex":
        words = " ".join(f"WHEN '{word}' THEN '{code}'" for word, code in SEX_WORDS.items())
        # A word that is not known stays, to be found and named by the checks.
        return f"CASE coalesce(lower(trim(CAST({source} AS STRING))), '') {words} ELSE CAST({source} AS STRING) END"
    if kind in ("float", "double"):
        # As the other engines say it: 5, not 5.0.
        text = f"CAST({source} AS STRING)"
        return f"CASE WHEN {source} = floor({source}) THEN CAST(CAST({source} AS BIGINT) AS STRING) ELSE {text} END"
    return source if kind == "string" else f"CAST({source} AS STRING)"


def _broken(con: Session, raw: RawTable, codes: CodeLists) -> list[Problem]:
    """Return every broken constraint, each with one example and how many rows break it: one pass for them all."""
    tests, problems = _tests(raw), []
    asked = ", ".join(f"count_if({test}), min(CASE WHEN {test} THEN {_row(shown)} END)" for _, test, shown in tests)
    found = con.execute(f"SELECT {asked} FROM {raw.table.name}").fetchone() or ()
    for (code, _, _), count, example in zip(tests, found[::2], found[1::2], strict=True):
        if count:
            problems.append(problem(code, f"{raw.path} ({count})", **example.asDict()))
    for column in raw.table.columns:
        if column.codes:
            known = codes.codes(column.codes)
            rows = con.execute(f"SELECT DISTINCT coalesce({column.name}, '') FROM {raw.table.name}").fetchall()
            for (value,) in sorted(rows):
                if value not in known:
                    near, where = hint(value, known), f"{column.codes}.csv"
                    problems.append(problem("kind_unknown", str(raw.path), value=value, codes=where, hint=near))
    for unique in raw.table.unique:
        twice = f"SELECT {unique}, count(*) FROM {raw.table.name} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 3"
        again = con.execute(twice).fetchall()
        problems += [problem("id_twice", str(raw.path), value=value, count=count) for value, count in again]
    return problems


def _row(shown: dict[str, str]) -> str:
    return "named_struct(" + ", ".join(f"'{key}', CAST({sql} AS STRING)" for key, sql in shown.items()) + ")"


def _tests(raw: RawTable) -> list[tuple[str, str, dict[str, str]]]:
    """Return (message, what is broken, what to show) in the terms of the tidy view."""
    tests = []
    for column in raw.table.columns:
        if column.name not in raw.columns:
            continue
        own = column.name
        shown = {"column": f"'{own}'", "value": own}
        if column.type == "id":
            tests.append(("id_missing", f"{own} IS NULL OR CAST({own} AS STRING) = ''", shown))
        elif column.type in ("date", "month"):
            outside = f"{own} NOT BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'"
            tests.append(("date_out_of_range", outside, shown))
            if column.filled:
                tests.append(("date_missing", f"{own} IS NULL", shown))
        elif column.type in ("money", "whole"):
            value = f"{own} / 100" if column.type == "money" else own
            tests.append(("number_negative", f"{own} < 0", shown | {"value": value}))
            if column.filled:
                tests.append(("number_unreadable", f"{own} IS NULL", shown | {"value": "''"}))
        elif own == "sex":
            tests.append(("sex_unknown", "sex NOT IN ('female', 'male', '')", shown))
    if raw.table.name == "attendance":
        tests.append(("attended_more", "attended > planned", {"planned": "planned", "attended": "attended"}))
    if raw.table.name == "spells":
        tests.append(("end_before_start", "end_date < start_date", {"start": "start_date", "end": "end_date"}))
    return tests
