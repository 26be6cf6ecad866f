"""Two boards of one county with published figures: each can give a package, and neither sees the other's."""

from tests.extract.conftest import published, world

__all__ = ["published", "world"]
