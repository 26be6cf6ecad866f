"""What a job is, and how its methods put their question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from benchmarks.stats.data import FREEZE

Work = Callable[[], object]
DIMS = ("municipality", "sex")


@dataclass(frozen=True)
class Job:
    """One row of the table of goals. What the methods return must be alike.

    `goals` are ratios, ours to the peer's, by `measure`, `memory` those of peak memory. `persons`: the size it is for.
    """

    title: str
    ours: str
    methods: Mapping[str, Callable[[Path], Work]]
    goals: Mapping[str, float]
    note: str = ""
    needs_server: bool = False
    measure: Literal["wall", "cpu"] = "wall"
    memory: Mapping[str, float] = field(default_factory=dict)
    persons: int = 1_000_000

    @property
    def is_large(self) -> bool:
        """Return whether it is only run when asked for."""
        return self.persons > 1_000_000


LARGE = 10_000_000


def question_of(definition: Any, dims: tuple[str, ...] = DIMS, offsets: bool = False) -> Any:
    """Return the question put to every method: a definition by some dimensions."""
    from matrikel_stats.question import question_for

    return question_for(definition, FREEZE, None, dims, offsets)
