"""The dataset contract: tables, columns and constraints, declared once.

Reading, checking and the reference page (docs/reference/statistics.md) are all made from these declarations.
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["id", "text", "date", "number", "code", "month", "money", "whole"]


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
ASSISTANCE_MONTHS = Table(
    "assistance_months",
    "One row a person and month with economic assistance. Extra columns "
    "(municipality, household type …) are attributes of the row.",
    (
        _PERSON,
        Column("month", "month", "The month: `2024-03`, or any day of it."),
        Column("household_id", "text", "Persons who got it together; without it each person is a household.",
               required=False, filled=False),
        Column("amount", "money", "Kronor for this person and month, with at most two decimals; of a household the sum "
               "of its rows.", required=False, filled=False),
    ),
)  # fmt: skip
ATTENDANCE = Table(
    "attendance",
    "One row a person and day, week or course: what was planned and what was attended, in hours or occasions alike.",
    (
        _PERSON,
        Column("date", "date", "The day, or the first day of the week or course."),
        Column("planned", "whole", "Whole hours or occasions planned."),
        Column("attended", "whole", "Whole hours or occasions attended."),
    ),
)
POPULATIONS = Table(
    "populations",
    "One row a number of inhabitants; not about single persons. Extra columns (municipality …) are dimensions.",
    (
        Column("date", "date", "The day the number is for; of several in a year the latest is used."),
        Column("population", "whole", "Number of inhabitants."),
        Column("sex", "code", "As in `persons`.", required=False, filled=False),
        Column(
            "age",
            "whole",
            "Completed years, the highest age for those above it too.",
            required=False,
        ),
    ),
)
TABLES: tuple[Table, ...] = (
    PERSONS, SPELLS, EVENTS, AMOUNTS, RESPONSES, POPULATIONS, ASSISTANCE_MONTHS, ATTENDANCE,
)  # fmt: skip


@dataclass(frozen=True)
class Timed:
    """How the rows of a table without kinds lie in time, and which columns are values rather than attributes."""

    start: str
    end: str
    values: tuple[str, ...]


TIMED: dict[str, Timed] = {
    "assistance_months": Timed(
        "month", "CAST(month + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)", ("household_id", "amount")
    ),
    "attendance": Timed("date", "date", ("planned", "attended")),
    "responses": Timed("date", "date", ("instrument", "item", "value")),
}
"""The tables of persons' rows beside spells and events, by name."""

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
