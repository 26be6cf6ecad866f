"""The files beside a form that hold its texts: translations `NAME.<lang>.toml`, and an official wording."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from matrikel_declared import Words, hint, read_toml
from matrikel_forms.characters import forbidden
from matrikel_forms.messages import MESSAGES, NOTICES
from matrikel_forms.problems import FormError, Problem, problem

from .codes import CodeFolder
from .form import Form
from .node import Node, Source
from .texts import SOURCE, Wording, hash_of

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag as BCP 47 writes it; `sv-x-lattlast` is easy Swedish."""


def translations(file: Path, form_texts: Mapping[str, str], problems: list[Problem]) -> Iterator[Wording]:
    """Yield every translation that lies beside a form's file, noting what is wrong with it."""
    for beside in sorted(file.parent.glob(f"{file.stem}.*.toml")):
        lang = beside.name.removeprefix(f"{file.stem}.").removesuffix(".toml")
        if not LANGUAGE.fullmatch(lang) or lang == SOURCE:
            problems.append(problem("language_form", str(beside), value=lang))
            continue
        node = _open(beside, problems)
        if node is not None:
            node.only("approved_by", "texts", "made_from")
            texts, made_from = _flat(node, "texts"), _flat(node, "made_from")
            _check_keys(node, texts, form_texts)
            problems += node.source.problems
            yield Wording(lang, texts, made_from, node.text("approved_by"))


def with_wording(form: Form, file: Path) -> Form:
    """Return the form with the texts of a file in place of its own: an official wording a unit has leave to use.

    The file holds `language`, `licence` and `[texts]` by the same keys. Only texts change, so the logic hash stays;
    translations of a replaced Swedish text become stale. Raises FormError with file and line, unknown keys included.
    """
    problems: list[Problem] = []
    node = _open(file, problems)
    if node is None:
        raise FormError(problems)
    node.only("language", "licence", "texts")
    lang, licence = node.text("language", required=True), node.text("licence", required=True)
    if lang and not LANGUAGE.fullmatch(lang):
        node.fault("language_form", "language", value=lang)
    texts = _flat(node, "texts")
    swedish = form.wordings[SOURCE].texts
    _check_keys(node, texts, swedish)
    if node.source.problems:
        raise FormError(node.source.problems)
    old = form.wordings.get(lang) or Wording(lang, {})
    made_from = {**old.made_from, **{key: hash_of(swedish[key]) for key in texts}} if lang != SOURCE else {}
    new = Wording(lang, {**old.texts, **texts}, made_from, old.approved_by or licence, licence)
    return replace(form, wordings={**form.wordings, lang: new})


def notices(form: Form, node: Node) -> Iterator[Problem]:
    """Yield what is missing in the languages the form promises, and what is stale in any."""
    swedish = form.wordings[SOURCE].texts
    for lang in form.languages:
        there = form.wordings[lang].texts if lang in form.wordings else {}
        if missing := [key for key in swedish if not there.get(key)]:
            yield problem(
                "language_incomplete", node.place("languages"),
                lang=lang, count=len(missing), of=len(swedish), keys=_some(missing),
            )  # fmt: skip
    for lang, wording in form.wordings.items():
        stale = [
            key for key, text in swedish.items()
            if lang != SOURCE and wording.texts.get(key) and wording.made_from.get(key) != hash_of(text)
        ]  # fmt: skip
        if stale:
            place = str(Path(form.path).with_suffix(f".{lang}.toml"))
            yield problem("translation_stale", place, lang=lang, count=len(stale), keys=_some(stale))


def is_notice(found: Problem) -> bool:
    """Return whether a problem leaves the form usable."""
    return found.code in NOTICES


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:3]) + (" …" if len(keys) > 3 else "")


def _open(file: Path, problems: list[Problem]) -> Node | None:
    if not file.is_file():
        problems.append(problem("file_missing", str(file)))
        return None
    read = read_toml(file, MESSAGES, problems)
    return None if read is None else Node(read[0], (), Source(str(file), read[1], CodeFolder(None)))


def _flat(node: Node, name: str) -> dict[str, str]:
    """Return `item.a.text = "…"` and its like as keys with dots."""
    found: dict[str, str] = {}

    def walk(table: Mapping[str, Any], path: tuple[str, ...]) -> None:
        for key, value in table.items():
            here = (*path, key)
            if isinstance(value, dict):
                walk(value, here)
            elif not isinstance(value, str):
                node.fault(
                    "wrong_type", *here, key=".".join(here[1:]), expected=Words("a text", "en text"), found=repr(value)
                )
            elif bad := forbidden(value):
                node.fault("text_characters", *here, found=", ".join(bad))
            else:
                found[".".join(here[1:])] = " ".join(value.split())

    table = node.table(name)
    walk(table.data if table else {}, (name,))
    return {key: text for key, text in found.items() if text}


def _check_keys(node: Node, texts: Mapping[str, str], known: Mapping[str, str]) -> None:
    for key in texts:
        if key not in known:
            node.fault("text_unknown", "texts", *key.split("."), value=key, hint=hint(key, known))
