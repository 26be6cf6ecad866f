"""What one row of a register says, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from matrikel.kernel.numbers import IdentityNumber

from .cells import Cell

Severity = Literal["refused", "flagged"]
Status = Literal["good", "refused", "flagged", "skipped"]
SpellKind = Literal["sfi", "internship", "job", "studies"]
SPELL_KINDS: tuple[SpellKind, ...] = ("sfi", "internship", "job", "studies")


@dataclass(frozen=True, slots=True)
class SpellRecord:
    """One dated period; first and last day, an open end is None. `result` is filled for SFI only."""

    kind: SpellKind
    start_on: date | None
    end_on: date | None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A row read. Codes as in `definitions/import/synonyms.csv`, countries as ISO 3166-1 alpha-2; unknown
    text is ''.

    The spells hold every period; the dates named by kind repeat the first period of that kind.
    """

    source_number: str = ""
    family_name: str = ""
    given_name: str = ""
    identity: IdentityNumber | None = None
    other_identities: tuple[IdentityNumber, ...] = ()
    birth_date: date | None = None
    sex: str = ""
    country: str = ""
    category: str = ""
    enrolled_on: date | None = None
    registered_on: date | None = None
    caseworker: str = ""
    sfi_applied_on: date | None = None
    sfi_start_on: date | None = None
    sfi_end_on: date | None = None
    sfi_result: str = ""
    sfi_course: str = ""
    internship_start_on: date | None = None
    internship_end_on: date | None = None
    job_start_on: date | None = None
    job_end_on: date | None = None
    studies_start_on: date | None = None
    studies_end_on: date | None = None
    discharged_on: date | None = None
    discharge_reason: str = ""
    note: str = ""
    interpreter: str = ""
    language: str = ""
    municipality: str = ""
    previous_municipality: str = ""
    permit_date: date | None = None
    protected: str = "unknown"
    spells: tuple[SpellRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one cell (column from 0) or in a whole row (column None).

    `value` is the cell as it stands, for the one who mends it; it may be personal data and is kept out of
    `repr`.
    """

    sheet: str
    row: int
    column: int | None
    heading: str
    kind: str
    value: str = field(repr=False)
    severity: Severity
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as it stands in the file: sheet, row number from 1, the sheet's headings, the cells."""

    sheet: str
    number: int
    headings: tuple[str, ...] = field(repr=False)
    cells: tuple[Cell, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row. Good and flagged rows have a record; skipped rows have a reason instead of
    problems.
    """

    source: SourceRow
    status: Status
    record: Record | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()
    skipped_as: Literal["", "blank", "sum", "heading", "hint"] = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about the file or a sheet that stops no row."""

    kind: str
    sheet: str = ""
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """Rows below the headings, counted: read is always good + refused + flagged + skipped."""

    good: int = 0
    refused: int = 0
    flagged: int = 0
    skipped: int = 0

    @property
    def read(self) -> int:
        """All rows that have come out so far."""
        return self.good + self.refused + self.flagged + self.skipped
