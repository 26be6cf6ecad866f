"""Who acts right now. Rows of a board cannot be reached without it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Unscoped

_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting:
    """The acting post. Raises Unscoped when nobody is."""
    acting = _acting.get()
    if acting is None:
        raise Unscoped("No post is acting: wrap the call in acting_as(...).")
    return acting


def is_set() -> bool:
    return _acting.get() is not None


@contextmanager
def acting_as(by: Acting) -> Iterator[Acting]:
    """Act from a post for the length of the block, also towards the database's own wall."""
    before = _acting.get()
    token = _acting.set(by)
    show_board(by.board_id)
    try:
        yield by
    finally:
        _acting.reset(token)
        show_board(before.board_id if before else None)


def show_board(board_id: UUID | None) -> None:
    """Row-level security on PostgreSQL reads this setting; an empty one shows no rows.

    Called by itself only where no post acts: when every board's log is verified in turn.
    """
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('matrikel.board', %s, false)", [str(board_id or "")])
