"""The command line's words. Read without Django, so that they also stand where no installation exists yet."""

import gettext
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[1] / "web" / "locale"
LANGUAGES = ("sv", "en")

_spoken: dict[str, gettext.NullTranslations] = {"sv": gettext.NullTranslations()}
_now = ["sv"]


def speak(language: str) -> None:
    """Choose the language of everything printed after this; Swedish is what the texts are written in."""
    if language not in _spoken:
        _spoken[language] = gettext.translation("django", localedir=CATALOGUE, languages=[language], fallback=True)
    _now[0] = language


def language() -> str:
    return _now[0]


def _(text: str) -> str:
    return _spoken[_now[0]].gettext(text)
