"""The second wall: SQL that names a table of a board's rows without saying which board is refused.

The first wall is the scoped manager. This one sits on the connection, so it also holds for raw SQL and for
managers somebody forgot. It reads the statement's text and parameters and never changes them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps

from matrikel.base import scope
from matrikel.kernel.errors import Unscoped

_WORD = re.compile(r'"?([a-z_][a-z0-9_]*)"?')
_READS_OR_WRITES = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|\()", re.IGNORECASE)
_PREDICATE = re.compile(r'"?board_id"?\s*(=|IN)\s*\(?\s*%s', re.IGNORECASE)
_INSERTS = re.compile(r"\s*INSERT", re.IGNORECASE)

_lifted: ContextVar[bool] = ContextVar("guard_lifted", default=False)


@contextmanager
def lifted() -> Iterator[None]:
    """Let statements through unread. Only migrations need it; a test holds the list of callers."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


@cache
def walled_tables() -> frozenset[str]:
    """Tables whose rows belong to a board."""
    return frozenset(m._meta.db_table for m in apps.get_models() if getattr(m, "walled", False))


@lru_cache(maxsize=4096)
def _names_board(sql: str) -> bool | None:
    """Whether a statement on a board's rows has a place for the board; None when it touches no such rows."""
    if not _READS_OR_WRITES.match(sql) or walled_tables().isdisjoint(_WORD.findall(sql)):
        return None
    return bool((_INSERTS.match(sql) and "board_id" in sql) or _PREDICATE.search(sql))


def _given(params: Any) -> Iterator[str | UUID]:
    """Every text and id among the parameters, also inside the lists that PostgreSQL takes for many rows at once."""
    for value in params or ():
        if isinstance(value, list | tuple):
            yield from _given(value)
        elif isinstance(value, str | UUID):
            yield value


def refuse_unscoped(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not _lifted.get() and (names := _names_board(sql)) is not None:
        board = scope.current().board_id
        if not names or {board, board.hex, str(board)}.isdisjoint(_given(params)):
            raise Unscoped("A statement on a board's rows does not name the acting board.")
    return execute(sql, params, many, context)
