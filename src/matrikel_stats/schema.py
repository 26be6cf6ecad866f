"""The dataset contract: tables, columns and constraints, declared once.

Reading, checking and the reference page (docs/reference/statistics.md) are all made from these declarations.
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["id", "text", "date", "number", "code"]


@dataclass(frozen=True)
class Column:
    """One declared column. `required` means the heading must be there, `filled` that no row may leave it empty."""

    name: str
    type: ColumnType
    text: str
    required: bool = True
    filled: bool = True
    codes: str = ""


@dataclass(frozen=True)
class Table:
    """One declared table; columns beyond these are kept as attributes and may be used for breakdowns."""

    name: str
    text: str
    columns: tuple[Column, ...]
    required: bool = False
    unique: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """Return the declared column or None for an extra one."""
        return next((column for column in self.columns if column.name == name), None)


_PERSON = Column("person_id", "id", 'The person the row is about. Compared as text, so `1` and `"1"` are the same.')
_KIND_SPELL = Column("kind", "code", "What state it is, a code from `activities.csv`.", codes="activities")
_KIND_EVENT = Column("kind", "code", "What happened, a code from `events.csv`.", codes="events")

PERSONS = Table(
    "persons",
    "One row a person. Extra columns (country, language …) are attributes of the person.",
    (
        Column("person_id", "id", "Any id, number or text; leading zeros are kept."),
        Column("birth_date", "date", "Empty when unknown: then left out of cohorts with an age.", filled=False),
        Column("sex", "code", "female or male, also f, m, k, kvinna, man, 1 (male), 2 (female); empty when unknown.",
               filled=False),
    ),
    required=True,
    unique=("person_id",),
)  # fmt: skip
SPELLS = Table(
    "spells",
    "One row a dated state: registered, in SFI, in internship, employed. Rows may overlap, touch and repeat.",
    (
        _PERSON,
        _KIND_SPELL,
        Column("start_date", "date", "First day in force."),
        Column("end_date", "date", "Last day in force, that day included; empty while it goes on.", filled=False),
        Column("result", "text", "How it ended, a code from `sfi_results.csv` for SFI.", required=False, filled=False),
    ),
    required=True,
)
EVENTS = Table(
    "events",
    "One row a thing that happened on a day: received, enrolled, discharged, applied.",
    (_PERSON, _KIND_EVENT, Column("date", "date", "The day it happened.")),
)
AMOUNTS = Table(
    "amounts",
    "One row an amount of money for a person and a month.",
    (
        _PERSON,
        Column("kind", "text", "What the amount is for."),
        Column("date", "date", "The day or the first day of the month it concerns."),
        Column("amount", "number", "Swedish kronor."),
    ),
)
RESPONSES = Table(
    "responses",
    "One row an answer to a question in an instrument.",
    (
        _PERSON,
        Column("instrument", "text", "Which questionnaire or scale."),
        Column("item", "text", "Which question."),
        Column("date", "date", "The day it was answered."),
        Column("value", "text", "The answer as it was given.", filled=False),
    ),
)
POPULATIONS = Table(
    "populations",
    "One row a number of inhabitants; not about single persons.",
    (
        Column("date", "date", "The day the number is for."),
        Column("population", "number", "Number of inhabitants."),
    ),
)
TABLES: tuple[Table, ...] = (PERSONS, SPELLS, EVENTS, AMOUNTS, RESPONSES, POPULATIONS)

SEX_WORDS: dict[str, str] = {
    **dict.fromkeys(("f", "female", "woman", "k", "kvinna", "2"), "female"),
    **dict.fromkeys(("m", "male", "man", "1"), "male"),
    **dict.fromkeys(("", "unknown", "okänt", "okänd", "u", "0", "9"), ""),
}

DATASET_KEYS: dict[str, str] = {
    "id": "Short name of the dataset; the folder name when left out.",
    "freeze": "Last day the dataset knows about (a TOML date). Needed here or as `--freeze`.",
    "title": "What the dataset is, for people.",
    "source": "Where it comes from.",
    "note": "Anything a reader of the figures should know.",
}
