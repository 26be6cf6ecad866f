"""The faults of the engine, worded by its own messages."""

from matrikel_declared import Faulty, Lang, Problem, Words

from .messages import MESSAGES

__all__ = ["Lang", "Problem", "StatsError", "Words", "problem"]


def problem(code: str, place: str, **values: object) -> Problem:
    """Build a problem that is worded here."""
    return Problem.of(MESSAGES, code, place, **values)


class StatsError(Faulty):
    """One or more problems that stop the counting. Nothing has been written."""
