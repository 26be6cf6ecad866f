"""A database in PostgreSQL, pulled into the embedded engine: for many indicators on a server that has other work."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from matrikel_stats.declared.codes import CodeLists
from matrikel_stats.problems import StatsError, problem

from .dataset import Dataset, ready
from .embedded import Spill, connect
from .files import RawTable, first_line, name, quoted
from .frozen import frozen

if TYPE_CHECKING:
    import duckdb

_WHEEL = "duckdb_extension_postgres_scanner"


@dataclass
class Pulled(Dataset):
    """Tables as they were in PostgreSQL when they were pulled, in memory."""

    @cached_property
    def digest(self) -> str:
        """Return 16 hex digits over every row, whatever their order."""
        digest = hashlib.sha256()
        for table in sorted(self.tables):
            sums = f"SELECT count(*), sum(md5_number_lower(CAST(t AS VARCHAR))) FROM {table} AS t"
            digest.update(f"{table} {self.con.execute(sums).fetchone()}".encode())
        return digest.hexdigest()[:16]


def pull(
    url: str,
    schema: str,
    described: dict[str, RawTable],
    codes: CodeLists,
    freeze: dt.date | None,
    title: str,
    memory: str | None,
) -> Pulled:
    """Read the tables of one moment over, then check them as those of files. Raises StatsError."""
    import duckdb

    place = next(iter(described.values())).path.with_suffix("")
    con, spill = attached(url, str(place), memory)
    try:
        con.execute("BEGIN")
        tables = {table: _copied(con, schema, raw) for table, raw in described.items()}
        con.execute("COMMIT")
        con.execute("DETACH server")
        con.execute("RESET preserve_insertion_order")
        whole = ready(con, tables, codes)
        day, source = frozen(freeze, {}, con, tables, place)
    except duckdb.Error as error:
        con.close()
        raise _refused(str(place), url, error) from None
    except StatsError:
        con.close()
        raise
    return Pulled(place, str(place), day, source, title, con, tables, whole, spill=spill)


def attached(url: str, place: str, memory: str | None = None) -> "tuple[duckdb.DuckDBPyConnection, Spill]":
    """Return an embedded engine that reads the database as `server`, and nothing but reads. Raises StatsError."""
    import duckdb

    scanner = _scanner(place)
    con, spill = connect(memory)
    try:
        con.execute(f"LOAD {quoted(str(scanner))}")
        con.execute(f"ATTACH {quoted(url)} AS server (TYPE postgres, READ_ONLY)")
    except duckdb.Error as error:
        con.close()
        raise _refused(place, url, error) from None
    # The order rows happen to lie in says nothing, and keeping it costs half the speed.
    con.execute("SET preserve_insertion_order = false")
    return con, spill


def _refused(place: str, url: str, error: Exception) -> StatsError:
    # DuckDB repeats the address, and in it the password may stand.
    return StatsError([problem("database_refused", place, reason=first_line(error).replace(url, "…"))])


def _scanner(place: str) -> Path:
    """Return the extension that reads PostgreSQL, made for the DuckDB there is."""
    there = find_spec(_WHEEL)
    for folder in (there.submodule_search_locations or ()) if there else ():
        path = Path(folder) / "extensions" / f"v{version('duckdb')}" / "postgres_scanner.duckdb_extension"
        if path.is_file():
            return path
    raise StatsError([problem("scanner_missing", place, release=version("duckdb"))])


def _copied(con: "duckdb.DuckDBPyConnection", schema: str, raw: RawTable) -> RawTable:
    own = raw.table.name
    con.execute(f"CREATE TABLE pulled_{own} AS SELECT * FROM server.{name(schema)}.{name(own)}")
    con.execute(f"CREATE VIEW {raw.relation} AS SELECT *, rowid AS file_row_number FROM pulled_{own}")
    found = con.execute(f"DESCRIBE pulled_{own}").fetchall()
    return RawTable(raw.table, raw.path, {str(row[0]).lower(): (str(row[0]), str(row[1])) for row in found}, False)
