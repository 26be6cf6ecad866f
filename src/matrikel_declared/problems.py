"""What can be wrong, where, and what to do about it. Every fault a user can cause is a `Problem` in one list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Lang = Literal["sv", "en"]
Messages = Mapping[str, tuple[str, str]]
"""The wording of every fault by its code: (English, Swedish), each with the remedy."""


class Words(NamedTuple):
    """A value that is itself said in two languages."""

    en: str
    sv: str


@dataclass(frozen=True)
class Problem:
    """One fault: `code` names the message, `place` is a file, with its line; `row` counts in a table, the heading too.

    `values` fill the message.
    """

    code: str
    place: str
    values: tuple[tuple[str, str | Words], ...] = ()
    wording: tuple[str, str] = field(default=("", ""), repr=False, compare=False)
    row: int | None = None

    @classmethod
    def of(cls, messages: Messages, code: str, place: str, **values: object) -> "Problem":
        """Build a problem; the values are kept as text so that problems compare and print alike everywhere."""
        kept = tuple((key, value if isinstance(value, Words) else str(value)) for key, value in values.items())
        return cls(code, place, kept, messages[code])

    def in_row(self, row: int | None) -> "Problem":
        """Return the problem with the row of the table it is found in."""
        return replace(self, row=row)

    def message(self, lang: Lang = "en") -> str:
        """Return fault and remedy without the place."""
        said = {key: getattr(value, lang) if isinstance(value, Words) else value for key, value in self.values}
        return self.wording[lang == "sv"].format(**said)

    def text(self, lang: Lang = "en") -> str:
        """Return place, fault and remedy in one line."""
        row = "" if self.row is None else f", {'rad' if lang == 'sv' else 'row'} {self.row}"
        return f"{self.place}{row}: {self.message(lang)}"


class Faulty(Exception):
    """One or more problems that stop the work. Nothing has been written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(found.text() for found in self.problems))

    def text(self, lang: Lang = "en") -> str:
        """Return all problems, one a line."""
        return "\n".join(found.text(lang) for found in self.problems)
