"""A signed note cannot be changed, moved or voided, in the database itself. Striking it through is left."""

from typing import Any

from django.db import migrations

LOCKED = ("text", "kind", "happened_at", "author_id", "case_id", "person_id", "signed_at", "voided_at")
SQLITE = f"""
CREATE TRIGGER cases_note_locked BEFORE UPDATE ON cases_note
WHEN OLD.signed_at IS NOT NULL AND ({" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in LOCKED)})
BEGIN SELECT RAISE(ABORT, 'a signed note is locked'); END;
"""
POSTGRESQL = f"""
CREATE FUNCTION cases_note_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a signed note is locked'; END $$;
CREATE TRIGGER cases_note_locked BEFORE UPDATE ON cases_note FOR EACH ROW
    WHEN (OLD.signed_at IS NOT NULL AND ({" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in LOCKED)}))
    EXECUTE FUNCTION cases_note_refuse();
"""


def lock(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]
    operations = [migrations.RunPython(lock, migrations.RunPython.noop)]
