"""What can be wrong, where, and what to do about it. Every fault a user can cause is a `Problem` in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .messages import MESSAGES

Lang = Literal["sv", "en"]


@dataclass(frozen=True)
class Problem:
    """One fault: `code` names the message, `place` is a file with line, row or column, `values` fill the message."""

    code: str
    place: str
    values: tuple[tuple[str, str], ...] = ()

    def text(self, lang: Lang = "en") -> str:
        """Return place, fault and remedy in one line."""
        english, swedish = MESSAGES[self.code]
        message = (swedish if lang == "sv" else english).format(**dict(self.values))
        return f"{self.place}: {message}"


def problem(code: str, place: str, **values: object) -> Problem:
    """Build a `Problem`; the values are kept as text so that problems compare and print alike everywhere."""
    return Problem(code, place, tuple((key, str(value)) for key, value in values.items()))


class StatsError(Exception):
    """One or more problems that stop the work. Nothing has been written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(found.text() for found in self.problems))

    def text(self, lang: Lang = "en") -> str:
        """Return all problems, one a line."""
        return "\n".join(found.text(lang) for found in self.problems)
