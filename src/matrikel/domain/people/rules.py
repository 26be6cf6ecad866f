"""Names as they are searched and sorted, what a search text may mean, and what holds for a person's spells.

Search keys are our own because SQLite compares only ASCII letters without case, and neither engine sorts Swedish.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from matrikel.kernel.numbers import KINDS, IdentityNumber, Kind, NumberFault, parse

SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
"""å, ä, ö come after z: the three ASCII characters after z stand in for them."""

NO_MARK = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i"}
    | dict.fromkeys("'’‘ʼʻʿʾ`´")
)
"""Letters that Unicode does not take apart, and the apostrophes that one writes and another leaves out."""

NAME_LENGTH = 100
OWN_SCRIPT_LENGTH = 200
SORT_LENGTH = 220

ONE_AT_A_TIME: tuple[Kind, ...] = ("personal", "coordination")
"""A person has one current number of these together: a new one ends the earlier."""

SAME_PAPER: tuple[Kind, ...] = ("lma", "dossier")
"""The card carries the number of the dossier, so the two kinds hold the same number."""

ACTIVITY_KINDS = (
    "employment", "subsidised_employment", "own_business", "studies_upper_secondary", "studies_higher", "studies_adult",
    "labour_market_programme", "establishment_programme",
)  # fmt: skip
"""Codes of activities.csv that a person does without the municipality offering or paying: what the form offers."""

LANES = {
    "work": "work",
    "protected_work": "work",
    "studies": "studies",
    "basic_education": "studies",
    "language_training": "sfi",
    "course": "course",
    "validation": "course",
}
"""Lane of the life line by what the activity counts as; the rest is support."""


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Does the activity build on what the person did before?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


SEXES = {Sex.FEMALE: _("Kvinna"), Sex.MALE: _("Man"), Sex.UNKNOWN: _("Okänt")}
BASES = {Basis.YES: _("Ja"), Basis.NO: _("Nej"), Basis.UNKNOWN: _("Okänt")}
ROLES = {"adult": _("Vuxen"), "partner": _("Make eller sambo"), "child": _("Barn"), "other": _("Annan")}
PROTECTIONS = {
    "none": _("Inga skyddade uppgifter"),
    "unknown": _("Inte kontrollerat"),
    "marked": _("Sekretessmarkering"),
    "registration": _("Skyddad folkbokföring"),
}
NUMBER_KINDS: dict[Kind, object] = {
    "personal": _("Personnummer"),
    "coordination": _("Samordningsnummer"),
    "t_number": _("T-nummer"),
    "lma": _("LMA-nummer"),
    "dossier": _("Dossiernummer"),
    "local": _("Reservnummer"),
}


def clean(text: str) -> str:
    """A name as it is stored: composed letters, single spaces, no control characters and no hidden directions."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c.isspace() else c for c in composed if c.isspace() or _visible(c))
    return " ".join(kept.split())


def _visible(character: str) -> bool:
    """Joiners (U+200C, U+200D) carry meaning in Persian and Tamil; other formatting characters only mislead."""
    return character in "\u200c\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def folded(text: str) -> str:
    """Text as it is searched: no case, no diacritics, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(NO_MARK)
    shown = (c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join("".join(shown).split())


def words(*names: str) -> list[str]:
    """The folded words of names, each once, in order; a hyphen parts words."""
    return list(dict.fromkeys(word for name in names for word in re.split(r"[\s\-‐‑–]+", folded(name)) if word))


def search_key(*names: str) -> str:
    """Every word of every name, each with a space before it, so that ' hass' finds the start of a word."""
    return " " + " ".join(words(*names))


def sort_key(family_name: str, given_name: str) -> str:
    """Family name, then given name, in Swedish order."""
    text = unicodedata.normalize("NFC", f"{family_name}\u0001{given_name}").casefold().translate(SWEDISH_ORDER)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))[:SORT_LENGTH]


@dataclass(frozen=True)
class Sought:
    """What a search text may mean: the starts of words of a name, days of birth, values of numbers."""

    words: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.births or self.numbers)


def sought(text: str, today: date) -> Sought:
    """Read a search text. A text with digits is a number or a day of birth, beside or instead of a name."""
    plain = clean(text)[:200]
    numbers = tuple(dict.fromkeys(_values(plain, today)))
    names, births = [], []
    for word in plain.split():
        days = list(_days(word, today))
        births += days
        if not days and not any(c.isdigit() for c in word):
            names.append(word)
    return Sought(tuple(words(*names)), tuple(births), numbers)


def _values(text: str, today: date) -> Iterator[str]:
    """Every stored value the text may stand for, whatever the kind and, without a century, in either of the two."""
    if not any(c.isdigit() for c in text):
        return
    for kind in (None, *KINDS):
        try:
            number = parse(text, register_date=today, kind=kind)
        except NumberFault:
            continue
        yield number.value
        if number.birth_date is not None:
            yield f"{int(number.value[:4]) - 100}{number.value[4:]}"


def _days(word: str, today: date) -> Iterator[date]:
    """Days of birth written 900312, 19900312 or 1990-03-12."""
    digits = word.replace("-", "")
    if len(digits) not in (6, 8) or not (digits.isascii() and digits.isdigit()):
        return
    for century in ("19", "20") if len(digits) == 6 else ("",):
        try:
            day = date.fromisoformat(century + digits)
        except ValueError:
            continue
        if day <= today:
            yield day


def kinds_alike(kind: str) -> tuple[Kind, ...]:
    """The kinds under which a number of this kind may also have been written down."""
    return SAME_PAPER if kind in SAME_PAPER else tuple(k for k in KINDS if k == kind)


def main_number(numbers: list[IdentityNumber]) -> IdentityNumber | None:
    """The number a person is called by: personal before coordination before the rest."""
    return min(numbers, key=lambda number: KINDS.index(number.kind), default=None)
