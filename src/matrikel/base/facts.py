"""What a room tells statistics: plain rows in named columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Rows with the names of their columns; `person_id` is the first."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]
