"""What each room tells about a person's way, in one shape, so that one picture can show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LANES = ("registered", "housing", "sfi", "course", "internship", "studies", "work", "support", "case")
"""Lanes of the picture, top to bottom. Marks have a lane of their own above them."""


@dataclass(frozen=True)
class Spell:
    """Something true from a first to a last day. `counts_as` is the code list's word; empty for a circumstance.

    `code` is the code behind the label, where somebody needs it: a registration's municipality.
    """

    lane: str
    label: str
    first: date
    last: date | None = None
    counts_as: str = ""
    note: str = ""
    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day."""

    label: str
    on: date
    note: str = ""
    url: str = ""
    weighty: bool = False


@dataclass(frozen=True)
class Timeline:
    """One room's part of a person's way. Parts add up."""

    spells: tuple[Spell, ...] = ()
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: "Timeline") -> "Timeline":
        return Timeline(self.spells + other.spells, self.marks + other.marks)


def together(parts: Iterable[Timeline]) -> Timeline:
    return sum(parts, Timeline())
