"""The embedded engine: a DuckDB in this process, with bounded memory and a private place for what goes beyond."""

import tempfile
from typing import TYPE_CHECKING

from matrikel_stats.problems import StatsError, problem

from .files import quoted

if TYPE_CHECKING:
    import duckdb


class Spill(tempfile.TemporaryDirectory[str]):
    """A folder only the user may enter. DuckDB's own choice would be where the command was given, among other files."""


def connect(memory: str | None = None) -> "tuple[duckdb.DuckDBPyConnection, Spill]":
    """Return an empty database and the folder it spills to. `memory` such as `400MB`; four fifths of all without it.

    Raises StatsError for what is no amount of memory.
    """
    import duckdb

    spill = Spill(prefix="matrikel-stats-", ignore_cleanup_errors=True)
    con = duckdb.connect(":memory:", config={"temp_directory": spill.name, "autoinstall_known_extensions": "false"})
    if memory:
        try:
            con.execute(f"SET memory_limit = {quoted(memory)}")
        except duckdb.Error:
            con.close()
            spill.cleanup()
            raise StatsError([problem("memory_form", "--memory", value=memory)]) from None
    return con, spill
