"""The log may only grow, in the database itself; on PostgreSQL each board sees its own chain and the installation's."""

from typing import Any

from django.db import migrations

from matrikel.base.rls import Wall

SQLITE = """
CREATE TRIGGER trail_entry_no_{verb} BEFORE {verb} ON trail_entry
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
"""
POSTGRESQL = """
CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$;
CREATE TRIGGER trail_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entry
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
"""
CHAIN_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY chain_wall ON {table}
    USING (chain = '00000000-0000-0000-0000-000000000000'
           OR chain = nullif(current_setting('matrikel.board', true), '')::uuid);
"""


def only_grow(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))
    else:
        schema_editor.execute(POSTGRESQL)
        for table in ("trail_entry", "trail_head"):
            schema_editor.execute(CHAIN_WALL.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(only_grow, migrations.RunPython.noop), Wall("trail_receipt")]
