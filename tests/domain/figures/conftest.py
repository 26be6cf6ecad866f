"""The small county with published figures stands in tests.extract, since only extract can count it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extract.conftest import published_once
from tests.extract.world import World


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with published_once(django_db_blocker) as world:
        yield world


@pytest.fixture
def published(county: World, db: None) -> World:
    return county
