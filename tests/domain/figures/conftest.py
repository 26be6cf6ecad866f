"""The small county with published figures stands in tests.extract, since only extract can count it."""

from tests.extract.conftest import published, world

__all__ = ["published", "world"]
