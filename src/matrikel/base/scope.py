"""Who acts right now. Rows of a board cannot be reached without it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

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
    _tell_database(by)
    try:
        yield by
    finally:
        _acting.reset(token)
        _tell_database(before)


def _tell_database(by: Acting | None) -> None:
    """Row-level security on PostgreSQL reads this setting; an empty one shows no rows."""
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('matrikel.board', %s, false)", [str(by.board_id) if by else ""])
