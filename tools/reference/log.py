"""The page of the actions in the log."""

import ast
import re

from tools.reference.markdown import SOURCE, code, english, in_english, page, prose, swedish, table

ROOMS = sorted({"base", "demo", "web", *(path.parent.name for path in SOURCE.glob("domain/*/apps.py"))})
ACTION = re.compile(rf"^({'|'.join(ROOMS)})\.[a-z_]+\.[a-z_]+$")


def actions_in_source() -> set[str]:
    """Every text in the source that has the shape of an action, except in the table of sentences itself."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name != "sentences.py" and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.match(node.value):
                    found.add(node.value)
    return found


def log() -> str:
    from matrikel.web.sentences import SENTENCES

    names = sorted(set(SENTENCES) | actions_in_source())
    told = [[code(name), swedish(SENTENCES.get(name, "")), in_english(SENTENCES.get(name, ""))] for name in names]
    width = 3 if english() else 2
    return page(
        "The log's actions", "`src/matrikel/web/sentences.py`",
        prose(
            "An action is named `room.noun.verb`. The sentence follows a name: *Maria Lindqvist signerade en "
            "anteckning*. An entry holds action, outcome (`read`, `created`, `changed`, `done`, `denied`), person, "
            "post and time, and no names, texts or search terms."
        ),
        table(["action", "Swedish", "English"][:width], [row[:width] for row in told]),
    )  # fmt: skip
