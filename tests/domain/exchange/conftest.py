"""Two boards of one county with published figures: each can give a package, and neither sees the other's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.domain.figures.conftest import county
from tests.extract.world import World

__all__ = ["county", "published"]


@pytest.fixture
def published(county: World, db: None) -> Iterator[World]:
    yield county
    shutil.rmtree(Path(settings.HOME) / "keys", ignore_errors=True)
