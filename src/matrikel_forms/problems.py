"""The faults of forms and of answers, worded by the messages of this package."""

from matrikel_declared import Faulty, Lang, Problem

from .messages import MESSAGES

__all__ = ["FormError", "Lang", "Problem", "problem"]


def problem(code: str, place: str, **values: object) -> Problem:
    """Build a problem that is worded here. `place` is a file with line, or the path of an answer."""
    return Problem.of(MESSAGES, code, place, **values)


class FormError(Faulty):
    """One or more problems in a form or its texts. Nothing has been taken in."""
