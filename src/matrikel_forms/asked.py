"""What a response keeps: the form as it was asked and the words as they were shown, readable without its file."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from matrikel_declared import read_plain, to_plain

from .declared.form import SEMANTICS, Form
from .declared.texts import SOURCE
from .problems import FormError, problem


def asked(form: Form, lang: str) -> dict[str, Any]:
    """Return the form for `json.dumps`, with the Swedish texts and those of the language it was shown in.

    `language`, `logic_hash` and `text_hash` stand outside, to be read without more.
    """
    kept = {name: wording for name, wording in form.wordings.items() if name in (SOURCE, lang)}
    return {
        "semantics": SEMANTICS,
        "language": lang,
        "logic_hash": form.logic_hash,
        "text_hash": form.text_hash,
        "form": to_plain(dataclasses.replace(form, wordings=kept, path="")),
    }


def form_asked(kept: Mapping[str, Any]) -> Form:
    """Return the form that `asked` kept. Raises FormError when it is something else or has been changed since."""
    try:
        form: Form = read_plain(Form, kept["form"])
        whole = (form.logic_hash, form.text_hash) == (kept["logic_hash"], kept["text_hash"])
    except (KeyError, TypeError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise FormError([problem("asked_changed", str(kept.get("logic_hash", "")))])
    return form
