"""What differs between two fillings in of the same form: for a conflict, and for the history. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matrikel.base.differences import Piece, compared
from matrikel.domain.instruments.said import BESIDE, MADE_FROM, Words
from matrikel.domain.instruments.shown import Answers, Part, Question, Section
from matrikel_forms import Form

BETWEEN = {"long_text": "\n\n", "text": "; "}
"""What stands between two texts that are put together."""


@dataclass(frozen=True)
class Difference:
    """One question answered in two ways, each in pieces. `row` names the row it stands in, if any."""

    label: Words
    row: str
    mine: list[Piece]
    theirs: list[Piece]


@dataclass(frozen=True)
class Met:
    """Two who wrote in the same section. `who` and `at`: whose is saved, when in words; `version`: of the saved."""

    who: str
    at: str
    version: int
    differences: tuple[Difference, ...]


def differing(mine: Section, theirs: Section) -> tuple[Difference, ...]:
    """Return every question whose answers differ, in order; a row that only one has is differing in all."""
    left, right = dict(_told(mine.part)), dict(_told(theirs.part))
    found = []
    for name in dict.fromkeys((*left, *right)):
        label, row, _ = left.get(name) or right[name]
        texts = [side[name][2] if name in side else "" for side in (left, right)]
        if texts[0] != texts[1]:
            found.append(Difference(label, row, *compared(*texts)))
    return tuple(found)


def _told(part: Part, row: str = "") -> Iterable[tuple[str, tuple[Words, str, str]]]:
    for question in part.questions:
        yield question.name, (question.label, row, in_words(question))
        if question.beside:
            yield question.beside.name, (question.label, row, question.beside.value)
    for inner in part.parts:
        yield from _told(inner, row)
    for each in part.rows:
        yield from _told(each.body, f"{each.body.heading} {each.number}")


def in_words(question: Question) -> str:
    """The answer in one line of the reader's language."""
    return ", ".join(str(words) for words in question.answer)


def joined(form: Form, theirs: Answers, mine: Answers) -> dict[str, Any]:
    """Both fillings in of a section: rows and options of either, texts one after the other.

    Where both chose one answer, mine stands; a text that holds the other already stands alone.
    """
    found = dict(theirs)
    for path, value in mine.items():
        held = theirs.get(path)
        place, _, tongue = path.partition(BESIDE)
        item = form.items.get(place.split("/")[-1])
        if isinstance(value, list) and isinstance(held, list):
            found[path] = list(dict.fromkeys([*held, *value]))
        elif item and item.type in BETWEEN and held and not tongue.endswith(MADE_FROM):
            texts = str(held), str(value)
            between = BETWEEN[item.type]
            found[path] = max(texts, key=len) if texts[0] in texts[1] or texts[1] in texts[0] else between.join(texts)
        else:
            found[path] = value
    return found
