"""The words of a form by key, in one language after another, and how fresh each of them is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from matrikel_declared.hashing import fingerprint

if TYPE_CHECKING:
    from .form import Form

SOURCE = "sv"
"""The language every text is written in first."""
State = Literal["fresh", "draft", "stale", "missing"]
RIGHT_TO_LEFT = frozenset(("ar", "fa", "prs", "ur", "ps", "ckb", "he"))


@dataclass(frozen=True)
class Wording:
    """The texts of one language by key. `made_from` holds the hash of the Swedish text each was translated from.

    A translation is a draft until `approved_by` names somebody. `licence` is the note of an official wording.
    """

    lang: str
    texts: Mapping[str, str]
    made_from: Mapping[str, str] = field(default_factory=dict)
    approved_by: str = ""
    licence: str = ""

    @cached_property
    def text_hash(self) -> str:
        """16 hex digits over all texts."""
        return fingerprint(dict(self.texts))


@dataclass(frozen=True)
class Shown:
    """A text as it is shown: in `lang`, which is Swedish when the wanted language has none (`missing`)."""

    text: str
    state: State
    lang: str

    @property
    def is_right_to_left(self) -> bool:
        """Return whether it runs from right to left."""
        return self.lang.split("-")[0] in RIGHT_TO_LEFT

    def __str__(self) -> str:
        return self.text


def hash_of(text: str) -> str:
    """Return the 8 hex digits a translation keeps of the text it was made from."""
    return fingerprint(text)[:8]


def texts_of(form: "Form", lang: str) -> Mapping[str, Shown]:
    """Return every text of a form by key, each with its state.

    `fresh` (also Swedish itself); `draft`: nobody has approved it; `stale`: the Swedish text has changed since, draft
    or not; `missing`: shown in Swedish. An unknown language is Swedish throughout, all of it missing.
    """
    return {key: text_of(form, key, lang) for key in form.wordings[SOURCE].texts}


def text_of(form: "Form", key: str, lang: str) -> Shown:
    """Return one text. Raises KeyError when the form has none with that key (`help` is often not there)."""
    swedish = form.wordings[SOURCE].texts[key]
    if lang == SOURCE:
        return Shown(swedish, "fresh", SOURCE)
    wording = form.wordings.get(lang)
    text = wording.texts.get(key, "") if wording else ""
    if wording is None or not text:
        return Shown(swedish, "missing", SOURCE)
    if wording.made_from.get(key) != hash_of(swedish):
        return Shown(text, "stale", lang)
    return Shown(text, "fresh" if wording.approved_by else "draft", lang)
