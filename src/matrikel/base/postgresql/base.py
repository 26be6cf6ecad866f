"""PostgreSQL with the guard on every connection. The third wall, row-level security, stands in the migrations."""

from typing import Any

from django.db.backends.postgresql import base

from matrikel.base.guard import refuse_unscoped


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self.execute_wrappers = [refuse_unscoped]
        return connection
