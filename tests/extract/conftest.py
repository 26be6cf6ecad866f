"""The small county, and its figures published by both boards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from matrikel.extract import door as extract
from tests.cast import Cast, acting_as, assemble
from tests.extract.world import FREEZE, INDICATORS, World, build

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def world(cast: Cast) -> Iterator[World]:
    with time_machine.travel(NOW, tick=True):
        yield build(cast)


@pytest.fixture
def published(world: World) -> World:
    publish(world)
    return world


def publish(world: World) -> None:
    for manager in (world.cast.cecilia, world.kerstin):
        with acting_as(manager) as by:
            run = extract.run_figures(by=by, freeze=FREEZE, indicators=INDICATORS)
            assert run.status == "done", run.error


@contextmanager
def published_once(django_db_blocker: Any) -> Iterator[World]:
    """The same for all tests of a module, which each take back what they changed."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True), transaction.atomic():
        world = build(assemble())
        publish(world)
        yield world
        transaction.set_rollback(True)
