"""What is signed cannot be changed, in the database itself: not the response, its answers or scores, nor a form version
once it is kept. A response's `due_on` and an opening are left."""

from typing import Any

from django.db import migrations

RESPONSE = (
    "person_id", "case_id", "unit_id", "form_version_id", "form", "is_sensitive", "author_id", "language",
    "replaces_id", "signed_at", "signed_by_id", "limit_sex", "limit_age", "voided_at",
)  # fmt: skip
VERSION = ("form", "number", "name", "logic_hash", "text_hash", "snapshot")
SIGNED = "EXISTS (SELECT 1 FROM instruments_response r WHERE r.id = OLD.response_id AND r.signed_at IS NOT NULL)"


def lock(apps: Any, schema_editor: Any) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    different = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in RESPONSE)
    rewritten = " OR ".join(
        f"NEW.{column}::text {different} OLD.{column}::text" if column == "snapshot" and not sqlite
        else f"NEW.{column} {different} OLD.{column}"
        for column in VERSION
    )  # fmt: skip
    rules = {
        "response": f"OLD.signed_at IS NOT NULL AND ({changed})",
        "section": SIGNED,
        "score": SIGNED,
        "formversion": rewritten,
    }
    for name, refused in rules.items():
        table = f"instruments_{name}"
        if sqlite:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_locked BEFORE UPDATE ON {table} WHEN {refused} "
                "BEGIN SELECT RAISE(ABORT, 'signed and locked'); END;"
            )
        else:
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION 'signed and locked'; END IF; RETURN NEW; END $$;"
                f"CREATE TRIGGER {table}_locked BEFORE UPDATE ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION {table}_refuse();"
            )


class Migration(migrations.Migration):
    dependencies = [("instruments", "0002_walls")]
    operations = [migrations.RunPython(lock, migrations.RunPython.noop)]
