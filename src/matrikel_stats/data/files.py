"""Opening one table file, CSV or Parquet, as a DuckDB relation with tidy column names."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matrikel_stats.problems import Problem, problem

from .schema import Table

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class RawTable:
    """A table as it lies in its file: `columns` maps the tidy name to (name in the relation, DuckDB type)."""

    table: Table
    path: Path
    columns: dict[str, tuple[str, str]]
    is_text: bool

    @property
    def relation(self) -> str:
        """Name of the DuckDB relation."""
        return f"raw_{self.table.name}"

    @property
    def row_number(self) -> str:
        """SQL giving the row in the file: the line for CSV (heading is 1), the row from 1 for Parquet."""
        return "rowid + 2" if self.is_text else "file_row_number + 1"


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def first_line(error: Exception) -> str:
    """Return what a message can quote of an error, which may run to a whole plan."""
    text = str(getattr(error, "java_exception", error)).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__


def open_table(
    con: "duckdb.DuckDBPyConnection", folder: Path, table: Table, problems: list[Problem]
) -> RawTable | None:
    """Open a table of the folder, or note why not. A missing optional table is no problem."""
    paths = [path for ending in ("csv", "parquet") if (path := folder / f"{table.name}.{ending}").exists()]
    if not paths:
        if table.required:
            problems.append(problem("table_missing", str(folder), table=table.name))
        return None
    if len(paths) == 2:
        problems.append(problem("table_twice", str(folder), table=table.name))
        return None
    path = paths[0]
    if path.is_file() and path.stat().st_size == 0:
        columns = ", ".join(column.name for column in table.columns)
        problems.append(problem("table_empty_file", str(path), columns=columns))
        return None
    try:
        return _csv(con, path, table, problems) if path.suffix == ".csv" else _parquet(con, path, table, problems)
    except UnicodeDecodeError:
        problems.append(problem("not_utf8", str(path)))
    except Exception as error:
        problems.append(problem("table_unreadable", str(path), reason=first_line(error)))
    return None


def _csv(con: "duckdb.DuckDBPyConnection", path: Path, table: Table, problems: list[Problem]) -> RawTable | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    delimiter = ";" if first.count(";") > first.count(",") else "," if "\t" not in first else "\t"
    heading = next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
    columns = _tidy(heading, str(path), table, problems)
    if columns is None:
        return None
    typed = ", ".join(f"{quoted(f'c{number}')}: 'VARCHAR'" for number in range(len(heading)))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE raw_{table.name} AS SELECT * FROM read_csv({quoted(str(path))}, "
        f"columns = {{{typed}}}, header = true, delim = {quoted(delimiter)}, quote = '\"', escape = '\"', "
        "auto_detect = false, nullstr = '', max_line_size = 1000000)"
    )
    return RawTable(table, path, {tidy: (f"c{at}", "VARCHAR") for tidy, at in columns.items()}, True)


def _parquet(con: "duckdb.DuckDBPyConnection", path: Path, table: Table, problems: list[Problem]) -> RawTable | None:
    source = str(path / "*.parquet") if path.is_dir() else str(path)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW raw_{table.name} AS "
        f"SELECT * FROM read_parquet({quoted(source)}, file_row_number = true)"
    )
    described = con.execute(f"DESCRIBE raw_{table.name}").fetchall()
    found = [(str(row[0]), str(row[1])) for row in described if row[0] != "file_row_number"]
    columns = _tidy([column for column, _ in found], str(path), table, problems)
    if columns is None:
        return None
    return RawTable(table, path, {tidy: found[at] for tidy, at in columns.items()}, False)


def _tidy(heading: list[str], place: str, table: Table, problems: list[Problem]) -> dict[str, int] | None:
    """Return tidy name → position, or None after noting missing and doubled columns."""
    columns: dict[str, int] = {}
    good = True
    for at, raw in enumerate(heading):
        tidy = raw.strip().lower()
        if tidy in columns:
            problems.append(problem("column_twice", place, column=tidy))
            good = False
        elif tidy:
            columns[tidy] = at
    for column in table.columns:
        if column.required and column.name not in columns:
            found = ", ".join(columns) or "–"
            problems.append(problem("column_missing", place, column=column.name, found=found))
            good = False
    return columns if good else None
