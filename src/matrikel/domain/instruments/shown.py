"""What a form looks like filled in: sections, questions, rows and their state, for page, phone and paper alike. Pure.

`showing.show(form, filled)` makes a `Sheet`. Page, paper and the client's phone read nothing
else. A field is named by its path, `goals/r1/goal`, which is also the place of a fault; `sent.py` reads the names back.
"""

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Literal

from matrikel.domain.instruments.said import Voice, Words
from matrikel_forms import Form, Item

Widget = Literal["text", "area", "radio", "select", "checks", "scale", "number", "date", "person", "offer"]
State = Literal["todo", "doing", "done", "late"]

Answers = Mapping[str, Any]

LINE = 72
NEAR_LIMIT = 0.8
"""How full a text is when what is left is said."""
SHORT = frozenset(("select", "number", "date", "person", "offer"))


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    value: str
    label: Words
    chosen: bool
    exclusive: bool = False


@dataclass(frozen=True)
class Beside:
    """The same free text in the other language. `stale`: the Swedish words have changed since it was written."""

    name: str
    lang: str
    dir: str
    value: str
    stale: bool
    made_from: str


@dataclass(frozen=True)
class Question:
    """One item in its place. `value` is what the field holds, `answer` the same in words.

    `when` is the condition for the script, as JSON over names; `before` what stood in the version before, if another.
    """

    name: str
    item: Item
    widget: Widget
    label: Words
    help: Words | None = None
    unit: Words | None = None
    least: Words | None = None
    most: Words | None = None
    value: str = ""
    answer: tuple[Words, ...] = ()
    choices: tuple[Choice, ...] = ()
    steps: tuple[Choice, ...] = ()
    beside: Beside | None = None
    required: bool = False
    shown: bool = True
    when: str = ""
    faults: tuple[str, ...] = ()
    before: tuple[Words, ...] = ()

    @property
    def noted(self) -> bool:
        """Whether something stands in the margin beside it."""
        return self.help is not None or bool(self.before)

    @property
    def short(self) -> bool:
        """Whether it may share a line with another."""
        return self.widget in SHORT and not self.noted

    @property
    def across(self) -> bool:
        """Whether the answers are so short that they stand beside each other."""
        return sum(len(str(choice.label)) + 4 for choice in self.choices) <= LINE

    @property
    def described(self) -> str:
        """The ids of what describes the field, for a screen reader."""
        parts = {"error": self.faults, "hint": self.noted, "unit": self.unit, "ends": self.least, "left": self.counted}
        return " ".join(f"{self.name}-{part}" for part, there in parts.items() if there)

    @property
    def counted(self) -> bool:
        """Whether so much is written that what is left is worth saying."""
        return bool(self.item.longest) and len(self.value) > NEAR_LIMIT * self.item.longest

    @property
    def left(self) -> int:
        return self.item.longest - len(self.value)

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True)
class Row:
    """One filling in of a group that repeats: `name` is its path, `id` its own, `number` counts from one."""

    name: str
    id: str
    number: int
    body: "Part"


@dataclass(frozen=True)
class Gone:
    """A row that was just taken away, with its place in the group and all it held as JSON, to be put back."""

    name: str
    group: str
    number: int
    held: str


@dataclass(frozen=True)
class Part:
    """A group in its place: a section, a group inside one, or the body of a row."""

    name: str
    heading: Words
    help: Words | None
    questions: tuple[Question, ...] = ()
    parts: "tuple[Part, ...]" = ()
    one: Words | None = None
    rows: tuple[Row, ...] = ()
    gone: Gone | None = None
    may_add: bool = False
    may_remove: bool = False
    shown: bool = True
    when: str = ""
    faults: tuple[str, ...] = ()

    @property
    def lines(self) -> list[tuple[Question, ...]]:
        """The questions line by line: two short ones without a note share one."""
        found: list[tuple[Question, ...]] = []
        for question in self.questions:
            if question.short and found and len(found[-1]) == 1 and found[-1][0].short:
                found[-1] = (found[-1][0], question)
            else:
                found.append((question,))
        return found

    def all_questions(self) -> "list[Question]":
        """Every question that is shown, those of rows and inner groups too."""
        if not self.shown:
            return []
        inner = [*self.parts, *(row.body for row in self.rows)]
        return [q for q in self.questions if q.shown] + [q for part in inner for q in part.all_questions()]

    def all_faults(self) -> int:
        inner = [*self.parts, *(row.body for row in self.rows)]
        return len(self.faults) + sum(len(q.faults) for q in self.questions) + sum(part.all_faults() for part in inner)


@dataclass(frozen=True)
class Section:
    """A top-level group: saved by itself, with a version of its own.

    `held` is None where the reader may write; else why not, or nothing to say. `conflict` is a `compared.Met`.
    """

    part: Part
    stage: State = "todo"
    version: int = 0
    held: str | None = None
    conflict: Any = None

    @property
    def id(self) -> str:
        return self.part.name

    @property
    def faults(self) -> int:
        return self.part.all_faults()

    @property
    def state(self) -> State:
        """`late` with faults; else `todo` untouched, `done` when nothing asked for is lacking, `doing`."""
        return "late" if self.faults else self.stage


@dataclass(frozen=True)
class Filled:
    """What a response holds when it is shown.

    `answers` are the engine's, by path, and beside them free texts in another language as `path@lang`. `faults`: what
    to say, by path. `before`: the answers of the version called `before_name`. `held`: why a section cannot be
    written, by id; an empty text where nothing is to be said. `persons` and `offers` are what to choose among.
    `on`: the day options must be valid; `other`: the language beside.
    """

    answers: Answers = field(default_factory=dict)
    lang: str = "sv"
    other: str = ""
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    before: Answers | None = None
    before_name: str = ""
    held: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    conflicts: Mapping[str, Any] = field(default_factory=dict)
    gone: Gone | None = None
    persons: Sequence[str] = ()
    offers: Sequence[tuple[str, str]] = ()
    on: dt.date | None = None


@dataclass(frozen=True)
class Sheet:
    """The whole form as it is shown."""

    form: Form
    filled: Filled
    name: Words
    purpose: Words
    sections: tuple[Section, ...]

    @property
    def faults(self) -> list[tuple[Question | Part, str, str]]:
        """Every fault with what it is about, in order: that, the row it stands in if any, what to say."""
        found: list[tuple[Question | Part, str, str]] = []

        def walk(part: Part, row: str = "") -> None:
            about: tuple[Part | Question, ...] = (part, *part.questions)
            found.extend((each, row, fault) for each in about for fault in each.faults)
            for inner in part.parts:
                walk(inner, row)
            for each in part.rows:
                walk(each.body, f"{row}, {part.one} {each.number}" if row else f"{part.one} {each.number}")

        for section in self.sections:
            walk(section.part)
        return found

    @property
    def translation(self) -> Set[str]:
        """The states of the translation beside, or else of the own texts: `fresh`, `draft`, `stale`, `missing`."""
        voice = Voice(self.form, self.filled.lang, self.filled.other)
        return {text.state for text in (voice.beside or voice.own).values()}

    @property
    def marks_optional(self) -> bool:
        """Whether what may be left out is marked; not where everything may, as in a survey."""
        return any(item.required or item.required_when for item in self.form.items.values())

    def section(self, name: str) -> Section:
        """Return a section. Raises KeyError."""
        return {section.id: section for section in self.sections}[name]
