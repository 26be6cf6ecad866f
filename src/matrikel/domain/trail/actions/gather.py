"""Many acts in one transaction: their rows go to the database together, before anything that could miss them.

An import or a generator writes thousands of acts. Each still has its receipt and its log, and is in or out as a whole;
what is saved is a statement for every row. New rows wait in memory. A statement that names a table with waiting rows
sends them first, so an action never notices.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models, transaction

from matrikel.base.models import Recorded
from matrikel.domain.trail.actions.record import append, kept_memo
from matrikel.domain.trail.models import Entry, Head, Receipt
from matrikel.kernel.acting import Acting

_WORD = re.compile(r'"([a-z_][a-z0-9_]*)"')
_LOG = frozenset({Entry._meta.db_table, Head._meta.db_table})
_gathering: ContextVar["Gathering | None"] = ContextVar("gathering", default=None)


class Gathering:
    """Rows, receipts and log of acts that are over or under way, not yet in the database."""

    def __init__(self, by: Acting) -> None:
        self.by = by
        self.memo: dict[Any, Any] = {}
        self.waiting: list[Recorded] = []
        self.tables: set[str] = set()
        self.receipts: list[Receipt] = []
        self.entries: list[dict[str, Any]] = []
        self.sending = False

    def hold(self, row: Recorded) -> None:
        self.waiting.append(row)
        self.tables.add(row._meta.db_table)

    def holds(self, row: Recorded) -> bool:
        return row._meta.db_table in self.tables and any(one is row for one in reversed(self.waiting))

    def send(self) -> None:
        """Everything that waits, to the database; the order of tables is that of their first row."""
        by_model: dict[type[models.Model], list[Recorded]] = {}
        for row in self.waiting:
            by_model.setdefault(type(row), []).append(row)
        self.sending = True
        try:
            for model, rows in by_model.items():
                model.with_voided.bulk_create(rows)  # type: ignore[attr-defined]
        finally:
            self.sending = False
        self.waiting, self.tables = [], set()

    def before(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Wraps every statement of the connection."""
        if not self.sending and (self.waiting or self.entries):
            named = _WORD.findall(sql)
            if not self.tables.isdisjoint(named):
                self.send()
            if self.entries and not _LOG.isdisjoint(named):
                self.tell()
        return execute(sql, params, many, context)

    def tell(self) -> None:
        """The log of the acts that are over."""
        entries, self.entries = self.entries, []
        self.sending = True
        try:
            append(entries, by=self.by)
        finally:
            self.sending = False

    @contextmanager
    def act(self) -> Iterator[None]:
        """One act, wholly or not. What others left waiting stays waiting when this one fails after it was sent."""
        earlier, told = list(self.waiting), list(self.entries)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self.waiting, self.entries = earlier, told
            self.tables = {row._meta.db_table for row in earlier}
            self.memo.clear()
            raise


def current() -> Gathering | None:
    return _gathering.get()


@contextmanager
def together(*, by: Acting) -> Iterator[Gathering]:
    """Let the acts inside share one transaction and their statements. If it fails, none of them happened."""
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        gathering = Gathering(by)
        stack.enter_context(connection.execute_wrapper(gathering.before))
        stack.callback(_gathering.reset, _gathering.set(gathering))
        stack.callback(kept_memo.reset, kept_memo.set(gathering.memo))
        yield gathering
        gathering.send()
        Receipt.objects.bulk_create(gathering.receipts)
        gathering.receipts = []
        gathering.tell()
