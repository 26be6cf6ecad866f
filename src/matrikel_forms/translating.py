"""How far each language has come, and the file a translator works in."""

import json
from collections import Counter
from collections.abc import Mapping

from .declared.form import Form
from .declared.texts import SOURCE, State, Wording, hash_of, texts_of


def coverage(form: Form) -> Mapping[str, Mapping[State, int]]:
    """Return how many texts are fresh, draft, stale and missing, by language; Swedish, the source, is left out."""
    langs = sorted({*form.languages, *form.wordings} - {SOURCE})
    states: tuple[State, ...] = ("fresh", "draft", "stale", "missing")
    found = {}
    for lang in langs:
        counted = Counter(shown.state for shown in texts_of(form, lang).values())
        found[lang] = {state: counted[state] for state in states}
    return found


def translation_file(form: Form, lang: str) -> str:
    """Return the side file `NAME.<lang>.toml` with every text: those there are, and "" for those to be written.

    Labels of code lists are left out of English, which the lists bring themselves.
    The Swedish stands as a comment above each. A text without a line under `made_from` is taken as made from the
    Swedish of today: remove the line of a stale text when it has been translated again, and write the file anew.
    """
    old = form.wordings.get(lang, Wording(lang, {}))
    lines = [f"approved_by = {_quoted(old.approved_by)}", "", "[texts]"]
    stamps = ["", "[made_from]"]
    for key, swedish in form.wordings[SOURCE].texts.items():
        if lang == "en" and key.startswith("codes."):
            continue
        text, stamp = old.texts.get(key, ""), hash_of(swedish)
        made_from = old.made_from.get(key, stamp) if text else stamp
        lines.append(f"# {swedish}" if made_from == stamp else f"# CHANGED: {swedish}")
        lines.append(f"{key} = {_quoted(text)}")
        stamps.append(f"{key} = {_quoted(made_from)}")
    return "\n".join([*lines, *stamps]) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, and nothing else needs one."""
    return json.dumps(text, ensure_ascii=False)
