"""The words of a register made into codes: sex, category, country, results, reasons, names."""

import difflib
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale

from .cells import fold, text_of
from .tables import synonyms

CODED = ("sex", "category", "country", "sfi_result", "discharge_reason", "protected", "interpreter")
STATELESS = "XX"

_CODE = re.compile(r"[A-Z]{2}")
_TITLES = re.compile(r"^(herr|fru|fröken|hr|mr|mrs|ms)\.? +", re.IGNORECASE)


@cache
def vocabulary(field: str) -> Mapping[str, str]:
    """Comparable text → code for a coded field; a code is also accepted as its own text."""
    listed = synonyms(field)
    own = {fold(code): code for code in listed.values() if code}
    return {**own, **_territories(), **listed} if field == "country" else {**own, **listed}


def code_of(field: str, text: str, choices: Mapping[str, str] | None = None) -> str | None:
    """The code a text means; '' where it says that nothing is known; None where nobody has said what it
    means.

    `choices` holds what a human has answered for this register, by comparable text, and goes first.
    """
    folded = fold(text)
    if choices and folded in choices:
        return choices[folded]
    return vocabulary(field).get(folded)


@lru_cache(maxsize=1_000)
def nearest(field: str, text: str) -> str:
    """The known word most like an unknown one, for a human to judge; '' where none is like it."""
    near = difflib.get_close_matches(fold(text)[:60], vocabulary(field), n=1, cutoff=0.75)
    if not near:
        return ""
    return country_name(vocabulary(field)[near[0]]) if field == "country" else near[0]


@cache
def country_name(code: str, language: str = "sv") -> str:
    """The name of a country by ISO 3166-1 alpha-2 code; XX is stateless; a withdrawn code stands for itself."""
    if code == STATELESS:
        return "statslös" if language == "sv" else "stateless"
    return str(Locale(language).territories.get(code, code))


@cache
def _territories() -> dict[str, str]:
    found = {}
    for language in ("en", "sv"):
        for code, name in Locale(language).territories.items():
            if _CODE.fullmatch(code) and code not in ("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"):
                found[fold(str(name))] = code
    return found


def name_of(text: str) -> str:
    """A name in any script: NFC, one space between words, no titles before it."""
    return _TITLES.sub("", text_of(text)) if " " in text else text_of(text)


def split_name(text: str, *, family_first: bool = False) -> tuple[str, str, bool]:
    """A whole name → family name, given name, and whether their order had to be assumed.

    'Karimi, Laleh' says itself. Without a comma the last word is taken as the family name, unless the heading
    says that it comes first. One word alone is a family name.
    """
    text = name_of(text)
    family, comma, given = text.partition(",")
    if not comma:
        family, comma, given = text.partition("،")
    if comma:
        return family.strip(), given.strip(), False
    words = text.split(" ")
    if len(words) == 1:
        return text, "", False
    if family_first:
        return words[0], " ".join(words[1:]), False
    return words[-1], " ".join(words[:-1]), True


def is_broken(name: str) -> bool:
    """Whether letters have been lost on the way, as in 'J?ma' or '????'."""
    return "?" in name or "\ufffd" in name
