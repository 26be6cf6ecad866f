"""What a job is, and how its methods put their question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.stats.data import FREEZE

Work = Callable[[], object]
DIMS = ("municipality", "sex")


@dataclass(frozen=True)
class Job:
    """One row of the table of goals. `goals` are ratios, ours to the peer's; what a method returns must be alike."""

    title: str
    ours: str
    methods: Mapping[str, Callable[[Path], Work]]
    goals: Mapping[str, float]
    note: str = ""
    needs_server: bool = False


def question_of(definition: Any, dims: tuple[str, ...] = DIMS, offsets: bool = False) -> Any:
    """Return the question put to every method: a definition by some dimensions."""
    from matrikel_stats.question import question_for

    return question_for(definition, FREEZE, None, dims, offsets)
