"""What can be wrong, where, and what to do about it. Every fault a user can cause is a `Problem` in one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["sv", "en"]
Messages = Mapping[str, tuple[str, str]]
"""The wording of every fault by its code: (English, Swedish), each with the remedy."""


@dataclass(frozen=True)
class Problem:
    """One fault: `code` names the message, `place` is a file with line, row or column, `values` fill the message."""

    code: str
    place: str
    values: tuple[tuple[str, str], ...] = ()
    wording: tuple[str, str] = field(default=("", ""), repr=False, compare=False)

    @classmethod
    def of(cls, messages: Messages, code: str, place: str, **values: object) -> "Problem":
        """Build a problem; the values are kept as text so that problems compare and print alike everywhere."""
        return cls(code, place, tuple((key, str(value)) for key, value in values.items()), messages[code])

    def message(self, lang: Lang = "en") -> str:
        """Return fault and remedy without the place."""
        return self.wording[lang == "sv"].format(**dict(self.values))

    def text(self, lang: Lang = "en") -> str:
        """Return place, fault and remedy in one line."""
        return f"{self.place}: {self.message(lang)}"


class Faulty(Exception):
    """One or more problems that stop the work. Nothing has been written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(found.text() for found in self.problems))

    def text(self, lang: Lang = "en") -> str:
        """Return all problems, one a line."""
        return "\n".join(found.text(lang) for found in self.problems)
