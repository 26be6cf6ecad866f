"""The words of a form and of its answers, in one language or in two beside each other. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel.dates import format_date

from matrikel_forms import Form, Item, Shown, texts_of

BESIDE = "@"
"""What stands between the name of a free text and the language it is also written in: `goal@ar`."""
MADE_FROM = "~"
"""After such a name: the hash of the Swedish words the text was made from, `goal@ar~`."""
_LOCALES = {"prs": "fa_AF", "en": "en_GB", "ckb": "ku"}


def own(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers without what is written in other languages: what the engine judges and scores."""
    return {path: value for path, value in answers.items() if BESIDE not in path}


@dataclass(frozen=True)
class Words:
    """A text in the reader's language and, where two stand together, in the other. `beside` None: there is no other."""

    own: Shown
    beside: Shown | None = None

    def __str__(self) -> str:
        return self.own.text


def written(text: str, lang: str = "sv") -> Words:
    """Free text, left as it was written."""
    return Words(Shown(text, "fresh", lang))


@dataclass(frozen=True)
class Voice:
    """Says the texts of a form in `lang` and, when given, in `other` beside it."""

    form: Form
    lang: str = "sv"
    other: str = ""

    @cached_property
    def own(self) -> Mapping[str, Shown]:
        return texts_of(self.form, self.lang)

    @cached_property
    def beside(self) -> Mapping[str, Shown]:
        """The texts of the other language; none where it has not a single one, instead of Swedish everywhere."""
        texts = texts_of(self.form, self.other) if self.other and self.other != self.lang else {}
        return {} if all(text.state == "missing" for text in texts.values()) else texts

    def say(self, key: str) -> Words | None:
        """Return a text, or None where the form has none with that key."""
        return Words(self.own[key], self.beside.get(key)) if key in self.own else None

    def must_say(self, key: str) -> Words:
        """Return a text that every form has. Raises KeyError."""
        return Words(self.own[key], self.beside.get(key))

    def answer(self, item: Item, value: Any) -> tuple[Words, ...]:
        """Return an answer in words, one for each option chosen; empty when there is none."""
        if value is None or value == "" or value == []:
            return ()
        if isinstance(value, list):
            return tuple(words for each in value for words in self.answer(item, each))
        option = item.option(str(value))
        if option is not None:
            return (self.must_say(option.key),)
        if item.type == "date":
            beside = Shown(day_in(self.other, value), "fresh", self.other) if self.beside else None
            return (Words(Shown(day_in(self.lang, value), "fresh", self.lang), beside),)
        if item.type in ("number", "scale"):
            return (self._amount(item, value),)
        return (written(str(value)),)

    def _amount(self, item: Item, value: Any) -> Words:
        unit = self.say(item.key("unit"))
        number = number_in_words(value)
        if unit is None:
            return written(number, self.lang)
        sides = [Shown(f"{number}\u00a0{side.text}", side.state, side.lang) for side in (unit.own, unit.beside) if side]
        return Words(sides[0], sides[1] if len(sides) > 1 else None)


def day_in(lang: str, value: Any) -> str:
    """A day in words of a language, with western digits; what is no day is left as it was written."""
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    tag = lang.split("-")[0]
    return format_date(day, "d MMMM y", locale=_LOCALES.get(tag, tag))


def number_in_words(value: Any) -> str:
    """A number as it is written in Swedish, with a decimal comma; what is no number is left as it was written."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    return str(value).replace(".", ",") if isinstance(value, int | float) else str(value)
