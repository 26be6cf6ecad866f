"""Whatever a room can log is told in plain words, and nothing else is kept in the list."""

import re
from pathlib import Path

from matrikel.web.sentences import SENTENCES
from tests.architecture.test_house import ROOMS

SOURCE = Path(__file__).parents[2] / "src" / "matrikel"
ACTING = "|".join([*ROOMS, "demo", "web"])
ACTION = re.compile(rf'"((?:{ACTING})\.[a-z]+\.[a-z_]+)"')


def named_actions() -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        if path.name not in {"settings.py", "apps.py", "sentences.py"} and "migrations" not in path.parts:
            found |= set(ACTION.findall(path.read_text()))
    return found


def test_every_action_has_its_sentence() -> None:
    assert named_actions() - set(SENTENCES) == set()


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) - named_actions() == set()
