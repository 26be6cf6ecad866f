"""SQLite with the guard on every connection and the durability settings asserted, not hoped for."""

import sys
from typing import Any

import pysqlite3

# The system's library may carry the WAL-reset fault (3.7.0 to 3.51.2). Django's backend must not have loaded it yet.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.db.backends.sqlite3 import base, features  # noqa: E402

from matrikel.base.guard import refuse_unscoped  # noqa: E402

SOUND_WAL = (3, 51, 3)


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = 32_766  # SQLite's own limit since 3.32; Django holds to the 999 of older ones


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        sound = pysqlite3.sqlite_version_info >= SOUND_WAL
        mode, sync = ("wal", 2) if sound else ("delete", 3)
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(f"PRAGMA synchronous={sync}")
        held = (
            connection.execute("PRAGMA journal_mode").fetchone()[0],
            connection.execute("PRAGMA synchronous").fetchone()[0],
            connection.execute("PRAGMA foreign_keys").fetchone()[0],
        )
        if held not in {(mode, sync, 1), ("memory", sync, 1)}:
            raise ImproperlyConfigured(f"SQLite did not take its durability settings: {held}.")
        connection.execute("PRAGMA optimize=0x10002")  # the planner needs to know how many rows a board has
        self.execute_wrappers = [refuse_unscoped]
        return connection
