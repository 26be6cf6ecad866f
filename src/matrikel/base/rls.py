"""Row-level security as a migration step: the wall that stands in PostgreSQL itself."""

from typing import Any

from django.db import migrations

POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY board_wall ON {table}
    USING (board_id = nullif(current_setting('matrikel.board', true), '')::uuid)
    WITH CHECK (board_id = nullif(current_setting('matrikel.board', true), '')::uuid);
"""


class Wall(migrations.RunPython):
    """Wall off a table by board on PostgreSQL; other engines rely on the manager and the guard."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables

        def raise_wall(apps: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "postgresql":
                for table in tables:
                    schema_editor.execute(POLICY.format(table=table))

        super().__init__(raise_wall, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, list(self.tables), {}
