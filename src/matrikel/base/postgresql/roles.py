"""The two roles of PostgreSQL: the owner migrates; the app reads and writes and can neither alter nor bypass a wall."""

from typing import Any

from psycopg import sql

GRANTS = """
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
REVOKE UPDATE, DELETE ON trail_entry FROM {app};
"""


def grant(cursor: Any, app: str) -> None:
    """Give the app's role what it needs and nothing more. Run as the owner after every migration."""
    cursor.execute(sql.SQL(GRANTS).format(app=sql.Identifier(app)).as_string())
