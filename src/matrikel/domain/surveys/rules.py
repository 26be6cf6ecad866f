"""What a survey may do to those who answer it: codes that are used once, groups too large to point anybody out."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from matrikel.kernel.acting import Acting
from matrikel_forms import Form

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are written with: nothing that looks like something else on paper."""
SLUG, SECRET = 4, 8
"""Characters that lead to the campaign, and characters (about 40 bits) that only the invited have."""
CODE = re.compile(rf"[{LETTERS}]{{{SLUG + SECRET}}}")
GROUPS = ("unit", "sex", "age_band")
"""What answers can be compared by, in the order it is given up when a group would be too small (last first)."""
AGE_BANDS = ((0, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 120))
MOST_CODES = 20_000
ANSWERED = "answered"
"""The item statistics get of everybody invited: 1 who answered, 0 who did not. Its mean is the response rate."""
_NOBODY = UUID(int=0)


class Kind(StrEnum):
    """What can be known of who answered."""

    ANONYMOUS = "anonymous"  # nobody can tell; who has answered is known until closing, for reminders
    CONFIDENTIAL = "confidential"  # those who run the survey can tell, and may lead an answer back


class Channel(StrEnum):
    """How somebody is invited."""

    LETTER = "letter"
    DESK = "desk"
    HANDED = "handed"  # a code without a person: handed out in a room, a workplace


def code_from(slug: str, number: int) -> str:
    """Return a code from the campaign's slug and a large secret number, which is folded into `SECRET` letters."""
    letters = ""
    for _place in range(SECRET):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return slug + letters


def read_code(text: str) -> str:
    """Return a code as it is kept, from what somebody typed or scanned; empty when it cannot be one."""
    typed = re.sub(r"[\s–-]", "", text).upper()
    return typed if CODE.fullmatch(typed) else ""


def in_fours(code: str) -> str:
    """Return a code as it is printed: `K7QF-M3XN-P2RT`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def digest(code: str) -> str:
    """Return 64 hex digits by which a code is found without being kept."""
    return hashlib.sha256(code.encode()).hexdigest()


def age_band(age: int) -> str:
    """Return the band of an age in completed years, `25-34`."""
    return next(f"{low}-{high}" for low, high in AGE_BANDS if low <= age <= high)


def coarsened(invited: Sequence[dict[str, str]], least: int) -> list[dict[str, str]]:
    """Return the groups of each who is invited, given up one after another until each combination holds `least`.

    An answer carries its groups; a combination that few share would point somebody out.
    """
    found = [dict(each) for each in invited]
    for given_up in (None, *reversed(GROUPS)):
        together = Counter(_key(each) for each in found)
        for each in found:
            if given_up and together[_key(each)] < least:
                each.pop(given_up, None)
    return found


def _key(groups: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(groups.items()))


def numbers(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each question of a form that gives numbers, with the number answered.

    An answer beside the scale, such as do not know, is told by its id: it was answered, and is no number. Questions in
    rows and those that are sensitive are left out.
    """
    for path, value in answers.items():
        item = form.items.get(path)
        if item is None or item.sensitive or item.type not in ("choice", "scale"):
            continue
        if item.type == "scale" or any(option.value is not None for option in item.options):
            option = item.option(str(value))
            yield item.id, str(value) if option is None or option.value is None else f"{option.value:g}"


def respondent(board_id: UUID, unit_id: UUID, municipality: str) -> Acting:
    """Return on whose behalf an answer is written: nobody's, inside the board's wall and without any right."""
    return Acting(
        user_id=_NOBODY, post_id=_NOBODY, unit_id=unit_id, board_id=board_id, municipality=municipality,
        role="respondent", name="", rights=frozenset(), channel="survey",
    )  # fmt: skip
