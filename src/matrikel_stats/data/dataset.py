"""A dataset: a folder of tables, read and checked once, then asked by both engines."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from matrikel_stats.declared.codes import CodeLists, find_codes, read_codes
from matrikel_stats.problems import Problem, StatsError, problem

from .columns import WHOLE, tidy
from .embedded import Spill, connect
from .files import RawTable, first_line, name, open_table, quoted
from .frozen import FreezeSource, frozen, settings_of
from .noted import Files, files_of
from .schema import TABLES, TIMED

if TYPE_CHECKING:
    import duckdb

    from matrikel_stats.layer.people import Layer


@dataclass(frozen=True)
class Person:
    """One person; `sex` is female, male or empty."""

    person_id: str
    birth_date: dt.date | None
    sex: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Row:
    """One spell or event; an event has the same day as start and end, an open spell has no end."""

    person_id: str
    kind: str
    start: dt.date
    end: dt.date | None
    attributes: dict[str, str]


@dataclass
class Dataset:
    """An opened and checked dataset. Use `open_dataset`; close it when done, or use it in a `with` block."""

    folder: Path
    id: str
    freeze: dt.date
    freeze_source: FreezeSource
    title: str
    con: Any
    tables: dict[str, RawTable]
    key_is_whole: bool
    dialect: Literal["duckdb", "postgres", "pyspark"] = "duckdb"
    layers: "tuple[Layer, ...]" = ()
    files: Files | None = None
    spill: Spill | None = None

    def __enter__(self) -> "Dataset":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.con.close()
        if self.spill is not None:
            self.spill.cleanup()

    def has(self, table: str) -> bool:
        """Return whether the dataset holds the table."""
        return table in self.tables

    def attributes(self, table: str) -> tuple[str, ...]:
        """Return the names of the columns of a table that are attributes: not ids, kinds, dates, birth or sex."""
        if table not in self.tables:
            return ()
        own = {"person_id", "kind", "start_date", "end_date", "date", "birth_date", "sex"}
        if table in TIMED or table == "populations":
            own |= {column.name for column in self.tables[table].table.columns}
        return tuple(column for column in self.tables[table].columns if column not in own)

    @cached_property
    def digest(self) -> str:
        """Return 16 hex digits over the contents of every table file."""
        return self._kept("digest", self._digest)

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for key in sorted(self.tables):
            path = self.tables[key].path
            for file in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
                digest.update(file.name.encode())
                with file.open("rb") as content:
                    while block := content.read(1 << 20):
                        digest.update(block)
        return digest.hexdigest()[:16]

    def count(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows of a statement in the words of the dialect. Raises StatsError when counting is broken off."""
        try:
            found: list[tuple[Any, ...]] = self.con.execute(statement).fetchall()
        except self._faults() as error:
            raise StatsError([problem("counting_stopped", str(self.folder), reason=first_line(error))]) from None
        return found

    def _faults(self) -> tuple[type[Exception], ...]:
        from duckdb import Error

        return (Error,)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question about the tables, put in DuckDB's words."""
        found: list[tuple[Any, ...]] = self.con.execute(question).fetchall()
        return found

    @cached_property
    def unknown_persons(self) -> tuple[str, ...]:
        """Return ids that other tables speak of and persons do not hold, sorted."""
        # Ids are not written outside the dataset: only that there are none is kept.
        if self._kept("strangers", lambda: str(bool(self._strangers))) == "False":
            return ()
        return self._strangers

    @cached_property
    def _strangers(self) -> tuple[str, ...]:
        found: set[str] = set()
        for table in ("spells", "events", *TIMED):
            if table in self.tables:
                found.update(str(row[0]) for row in self.ask(strangers_in(table)))
        return tuple(sorted(found))

    def _kept(self, what: str, work: Callable[[], str]) -> str:
        """Return what is known about the files, worked out when it is not."""
        if self.files is None:
            return work()
        found = self.files.known(what)
        if found is None:
            found = work()
            self.files.keep(what, found)
        return found

    def persons(self, only: Iterable[str] | None = None) -> Iterator[Person]:
        """Yield persons, all or those with the given ids."""
        names = self.attributes("persons")
        for row in self._select("persons", ("birth_date", "sex"), names, only):
            yield Person(row[0], row[1], row[2] or "", filled(names, row[3:]))

    def rows(self, table: str, only: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield rows of a table in time, all or those of the given persons. Values stand among the attributes."""
        if table not in self.tables:
            return
        names = self.attributes(table)
        columns = ("kind", "start_date", "end_date") if table == "spells" else ("kind", "date", "date")
        if table in TIMED:
            timed = TIMED[table]
            columns = ("''", timed.start, timed.end)
            names += tuple(value for value in timed.values if value in self.tables[table].columns)
        for row in self._select(table, columns, names, only):
            yield Row(row[0], row[1], row[2], row[3], filled(names, row[4:]))

    @cached_property
    def first_month(self) -> dt.date | None:
        """Return the first month anybody has assistance in, None without such a table."""
        if "assistance_months" not in self.tables:
            return None
        month: dt.date | None = self.ask("SELECT min(month) FROM assistance_months")[0][0]
        return month

    def _select(
        self, table: str, columns: tuple[str, ...], names: tuple[str, ...], only: Iterable[str] | None
    ) -> list[tuple[Any, ...]]:
        fields = ", ".join(["CAST(person_id AS VARCHAR)", *columns, *(name(column) for column in names)])
        where = ""
        if only is not None:
            # Literals, since binding the first value makes DuckDB import pandas: seconds for one person's standing.
            where = f"WHERE CAST(person_id AS VARCHAR) IN ({', '.join(map(quoted, only)) or 'NULL'})"
        return self.ask(f"SELECT {fields} FROM {table} {where}")


def strangers_in(table: str) -> str:
    """Return SQL for the ids of a table that are nobody's in `persons`.

    Not `NOT IN`: PostgreSQL then looks through all persons for each row, once they are more than its work_mem holds.
    """
    return (
        f"SELECT DISTINCT person_id FROM {table} WHERE NOT EXISTS "
        f"(SELECT 1 FROM persons WHERE persons.person_id = {table}.person_id)"
    )


def filled(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, str]:
    """Return attributes by name as text, without those that are None."""
    return {key: str(value) for key, value in zip(names, values, strict=True) if value is not None}


def open_dataset(
    folder: Path, *, codes: CodeLists | None = None, freeze: dt.date | None = None, memory: str | None = None
) -> Dataset:
    """Open and check the dataset in `folder`.

    `freeze` is the last day known about; without it dataset.toml decides, else the latest date in the tables that
    is not in the future. `memory` bounds what counting may use, such as `400MB`; what goes beyond is put on disk.
    Raises StatsError naming every fault with file and row.
    """
    if not folder.is_dir():
        raise StatsError([problem("dataset_missing", str(folder))])
    lists = codes or read_codes(find_codes(folder))
    problems: list[Problem] = []
    settings = settings_of(folder, problems)
    files = files_of(folder, lists.digest)
    con, spill = connect(memory)
    try:
        tables = {table.name: raw for table in TABLES if (raw := open_table(con, folder, table, problems)) is not None}
        if problems:
            raise StatsError(problems)
        key_is_whole = ready(con, tables, lists, files)
        day, source = frozen(freeze, settings, con, tables, folder)
    except StatsError:
        con.close()
        raise
    name_of = str(settings.get("id") or folder.resolve().name)
    title = str(settings.get("title", ""))
    return Dataset(folder, name_of, day, source, title, con, tables, key_is_whole, files=files, spill=spill)


def ready(
    con: "duckdb.DuckDBPyConnection", tables: dict[str, RawTable], codes: CodeLists, files: Files | None = None
) -> bool:
    """Make the tidy relations and look at every row, once for files that do not change.

    Return whether every id could stay a whole number. Raises StatsError naming every fault.
    """
    tidy_columns = files.known("checked") if files else None
    if tidy_columns is None:
        from .checks import tidy_already

        if problems := [found for raw in tables.values() for found in _looked_at(con, raw, codes)]:
            raise StatsError(problems)
        tidy_columns = " ".join(column for raw in tables.values() for column in tidy_already(con, raw))
        if files is not None:
            files.keep("checked", tidy_columns)
    return _normalise(con, tables, tidy_columns.split())


def _looked_at(con: "duckdb.DuckDBPyConnection", raw: RawTable, codes: CodeLists) -> list[Problem]:
    from duckdb import Error

    from .checks import check

    try:
        return check(con, raw, codes)
    except Error as error:
        return [problem("table_unreadable", str(raw.path), reason=first_line(error))]


def _normalise(con: "duckdb.DuckDBPyConnection", tables: dict[str, RawTable], as_they_lie: Collection[str]) -> bool:
    """Make one tidy relation a table, with ids of one type; return whether they could all stay whole numbers."""
    ids = [raw.columns["person_id"][1] for raw in tables.values() if "person_id" in raw.columns]
    keep_whole = all(kind in WHOLE for kind in ids)
    for raw in tables.values():
        fields = []
        for column, (source, kind) in raw.columns.items():
            sql = name(source)
            if f"{raw.table.name}.{column}" not in as_they_lie:
                sql = tidy(sql, kind, raw.table.column(column), keep_whole, raw.is_text)
            fields.append(f"{sql} AS {name(column)}")
        what = "TABLE" if raw.is_text else "VIEW"
        con.execute(f"CREATE {what} {raw.table.name} AS SELECT {', '.join(fields)} FROM {raw.relation}")
    return keep_whole
