"""Many who answer at once: one code by several in the same instant, and a whole city in an afternoon."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import connection
from django.test import Client
from psycopg import sql

from matrikel.base.scope import acting_as
from matrikel.domain.surveys.models import Answer, Invitation
from matrikel.domain.surveys.queries import to_invite
from matrikel.kernel import clock
from tests.cast import Cast, assemble

from .conftest import ITEMS, Opened, open_survey
from .test_answering_pages import SENT

AT_ONCE = 6


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows that other connections see too. The owner empties afterwards what was empty before."""
    owner = psycopg.connect(os.environ["MATRIKEL_OWNER_DATABASE"], autocommit=True)
    tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    empty = [name for name in tables if not owner.execute(_of("SELECT 1 FROM {} LIMIT 1", name)).fetchone()]
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connection.close()
            # The log lets nobody empty it, not even its owner, while its triggers stand.
            for table in empty:
                owner.execute(_of("ALTER TABLE {} DISABLE TRIGGER USER", table))
            owner.execute(_of("TRUNCATE {}", *empty))
            for table in empty:
                owner.execute(_of("ALTER TABLE {} ENABLE TRIGGER USER", table))
            owner.close()


def _of(statement: str, *tables: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.SQL(", ").join(map(sql.Identifier, tables)))  # type: ignore[arg-type]


@pytest.mark.skipif("MATRIKEL_OWNER_DATABASE" not in os.environ, reason="SQLite in memory has one connection")
def test_a_code_sent_by_several_in_the_same_instant_makes_one_answer(committed: None) -> None:
    by = assemble().cecilia
    campaign = open_survey(by, 12)
    with acting_as(by):
        code = to_invite(campaign)[0][1]
    start = Barrier(AT_ONCE)

    def send(step: int) -> int:
        start.wait()
        try:
            return Client().post(f"/svara/{code}/", SENT | dict.fromkeys(ITEMS, str(1 + step % 5))).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        found = sorted(people.map(send, range(AT_ONCE)))
    assert found == [302] + [409] * (AT_ONCE - 1)
    with acting_as(by):
        assert Answer.objects.filter(campaign=campaign).count() == 1
        assert Invitation.objects.filter(campaign=campaign, answered=True).count() == 1


def test_nobody_is_told_to_wait_when_ten_thousand_answer_in_an_hour(cast: Cast, opened: Opened) -> None:
    """Thirty in one second from one address, as from a library: ten times that rate (how long: benchmarks)."""
    campaign = opened(30)
    with acting_as(cast.cecilia):
        codes = [code for _, code in to_invite(campaign)]
    with time_machine.travel(clock.now(), tick=False):
        answered = [Client().post(f"/svara/{code}/", SENT | dict.fromkeys(ITEMS, "3")).status_code for code in codes]
    assert answered == [302] * 30
    with acting_as(cast.cecilia):
        assert Answer.objects.filter(campaign=campaign).count() == 30
