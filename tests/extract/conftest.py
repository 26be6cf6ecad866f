"""The small county, and its figures published by both boards."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from matrikel.extract import door as extract
from tests.cast import Cast, acting_as
from tests.extract.world import FREEZE, INDICATORS, World, build


@pytest.fixture
def world(cast: Cast) -> Iterator[World]:
    with time_machine.travel(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), tick=True):
        yield build(cast)


@pytest.fixture
def published(world: World) -> World:
    for manager in (world.cast.cecilia, world.kerstin):
        with acting_as(manager) as by:
            run = extract.run_figures(by=by, freeze=FREEZE, indicators=INDICATORS)
            assert run.status == "done", run.error
    return world
