"""The forms that can be filled in: `definitions/instruments`, read once a process, and in whose words they speak."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from matrikel.domain.instruments.rules import language
from matrikel_forms import Form, Wording, examine, is_notice, text_of

log = logging.getLogger(__name__)


def forms() -> Mapping[str, Form]:
    """Every good form by id. One at fault is left out, and the log of the installation says why."""
    return _read(Path(settings.DEFINITIONS) / "instruments")


def name_of(form: str, otherwise: str = "") -> str:
    """What a form is called in the reader's language now; the name it was answered under when its file is gone."""
    found = forms().get(form)
    return name_in_words(found) if found else otherwise or form


def name_in_words(form: Form) -> str:
    return str(text_of(form, "name", language()))


def purpose_in_words(form: Form) -> str:
    return str(text_of(form, "purpose", language()))


class Loaded(Protocol):
    """An official wording as a unit keeps it."""

    language: str
    licence: str
    texts: Mapping[str, str]
    made_from: Mapping[str, str]


def worded(form: Form, official: Iterable[Loaded], approvals: Mapping[str, tuple[str, str]]) -> Form:
    """The form with official texts in place of its own, and with who approved each translation.

    `approvals` holds, by language, the hash of the approved texts and a name; texts changed since are a draft again.
    """
    wordings = dict(form.wordings)
    for row in official:
        old = wordings.get(row.language) or Wording(row.language, {})
        by = old.approved_by or row.licence
        texts, made_from = {**old.texts, **row.texts}, {**old.made_from, **row.made_from}
        wordings[row.language] = Wording(row.language, texts, made_from, by, row.licence)
    for tongue, (text_hash, name) in approvals.items():
        if tongue in wordings and wordings[tongue].text_hash == text_hash:
            wordings[tongue] = replace(wordings[tongue], approved_by=name)
    return replace(form, wordings=wordings)


@cache
def _read(folder: Path) -> Mapping[str, Form]:
    found, problems = examine(folder)
    for each in problems:
        if not is_notice(each):
            log.error("%s", each.text())
    return {form.id: form for form in found}
