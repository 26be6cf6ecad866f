"""The third wall, in PostgreSQL itself: it holds also where manager and guard are gone."""

import os
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from matrikel.base import guard
from matrikel.base.guard import walled_tables
from matrikel.base.scope import acting_as
from tests.cast import Cast

pytestmark = pytest.mark.skipif(
    "MATRIKEL_OWNER_DATABASE" not in os.environ, reason="row-level security exists only in PostgreSQL"
)


def run(sql: str, params: list[object] | None = None) -> list[tuple[object, ...]]:
    with guard.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def insert_household(board: UUID) -> None:
    run(
        "INSERT INTO people_household (id, board_id, recorded_at, version) VALUES (%s, %s, now(), 1)",
        [str(uuid4()), str(board)],
    )


def test_the_app_can_neither_bypass_nor_own(cast: Cast) -> None:
    assert run("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]
    assert run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user") == [(0,)]
    assert run(
        "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = current_user"
    ) == [(0,)]


@pytest.mark.parametrize("table", sorted(walled_tables() | {"trail_entry", "trail_head"}))
def test_every_walled_table_forces_its_policy(table: str, db: None) -> None:
    assert run("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table]) == [(True, True)]
    assert run("SELECT count(*) FROM pg_policies WHERE tablename = %s", [table])[0][0] == 1


def test_no_view_or_function_goes_around_the_walls(db: None) -> None:
    assert run("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == []
    assert run("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []
    of_public = "JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
    definers = f"SELECT proname FROM pg_proc p {of_public} AND prosecdef"
    assert run(definers) == []


def test_rows_show_only_to_their_board(cast: Cast) -> None:
    with acting_as(cast.bertil):
        insert_household(cast.bertil.board_id)
        assert run("SELECT count(*) FROM people_household") == [(1,)]
    with acting_as(cast.erik):
        assert run("SELECT count(*) FROM people_household") == [(0,)]
    assert run("SELECT count(*) FROM people_household") == [(0,)]


def test_a_row_for_another_board_is_refused_by_the_database(cast: Cast) -> None:
    with acting_as(cast.bertil), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        insert_household(cast.erik.board_id)


def test_the_log_takes_rows_and_gives_none_back(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("UPDATE trail_entry SET action = 'x'")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("TRUNCATE trail_entry")
