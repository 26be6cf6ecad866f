"""Code lists: dated data in `definitions/codes/*.csv`, read once a process.

Each list has the columns code, sv, en, valid_from, valid_to, source, and whatever else its readers need (counts_as).
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matrikel.kernel import clock
from matrikel.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Code:
    """One value of a list. `counts_as` says how figures and pictures read it; empty when the list has none."""

    code: str
    sv: str
    en: str
    counts_as: str
    valid_from: date
    valid_to: date | None

    @property
    def label(self) -> str:
        return self.en if (get_language() or "sv").startswith("en") else self.sv

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def code_list(name: str) -> dict[str, Code]:
    """A whole list by code, in the file's order. Raises FileNotFoundError for a list that does not exist."""
    with (settings.DEFINITIONS / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Code(
                code=row["code"],
                sv=row["sv"],
                en=row["en"],
                counts_as=row.get("counts_as") or "",
                valid_from=date.fromisoformat(row["valid_from"] or "0001-01-01"),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(lines)
        }


def choices(name: str, on: date | None = None, *, blank: object | None = None) -> list[tuple[str, str]]:
    """What a form offers: the codes in force on a day (today unless given), in the reader's language."""
    day = on or clock.today()
    offered = [(code.code, code.label) for code in code_list(name).values() if code.in_force(day)]
    return ([("", str(blank))] if blank is not None else []) + offered


def label(name: str, code: str) -> str:
    """The code in words; the code itself when the list no longer knows it."""
    found = code_list(name).get(code)
    return found.label if found else code


def counts_as(name: str, code: str) -> str:
    found = code_list(name).get(code)
    return found.counts_as if found else ""


def require(name: str, code: str, *, on: date | None = None, field: str | None = None) -> str:
    """The code, when the list holds it and it was in force on the day; else RuleBroken("unknown_code")."""
    found = code_list(name).get(code)
    if found is None or (on is not None and not found.in_force(on)):
        raise RuleBroken("unknown_code", _("Välj ett av alternativen i listan."), field=field)
    return code
