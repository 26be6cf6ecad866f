"""What holds for forms that are filled in: who may use and read them, what is taken in, what signing asks.

Law: SoL (2025:400) 14:3 and 14:6 (documentation, with respect for the person), lag (2001:454) 10 § (access by need),
OSL 26:1; HSLF-FS 2022:39 (questions about violence are asked so that nobody else learns the answers).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from matrikel_forms import Form, Item, Problem, forbidden, validate
from matrikel_forms.problems import Lang, problem

DOCUMENTATION = "socialtjänstlag (2025:400) 14 kap. 3 §"
BESIDE = "@"
"""Parts the path of an answer from the language it is also written in."""
PLACES = 5_000
"""Most answers of one section."""
SHORT = 200
"""Longest answer, in characters, where the form sets no limit: days, numbers, options."""
REASON_LENGTH = 5
DUE_SOON_DAYS = 30
"""How long before a form is due again a case worker wants to see it."""
LOG_FILE_READ, LOG_FILE_WRITTEN = "instruments.file.read", "instruments.file.written"

Answers = Mapping[str, Any]


class Unfinished(RuleBroken):
    """The response cannot be signed as it is. `faults`: what is missing or wrong, each at the path of its answer."""

    def __init__(self, faults: Iterable[Problem]) -> None:
        self.faults = tuple(faults)
        super().__init__("unfinished", _("Formuläret är inte klart. Det som fattas är markerat."))


def log_as(action: str, *, sensitive: bool) -> str:
    """The name an act has in the log. Of a sensitive form the log says only that the file was read or written in."""
    if not sensitive:
        return action
    return LOG_FILE_READ if action.endswith((".read", ".fetched")) else LOG_FILE_WRITTEN


def may_use(form: Form, by: Acting) -> bool:
    """Whether the post may begin a form: the rights and roles it names, and the right to sensitive forms for those.

    A form that nobody answers for, such as an anonymous survey, is not filled in about a person.
    """
    if form.filled_in_by == "anonymous" or not by.may(Right.FORM_WRITE):
        return False
    if form.sensitive and not by.may(Right.FORM_SENSITIVE):
        return False
    return all(by.may(right) for right in form.use.rights) and (not form.use.roles or by.role in form.use.roles)


def require(by: Acting, right: Right, unit_id: UUID | None = None) -> None:
    """The acting post's role holds the right, and the row is its own unit's: NotAllowed, and Missing."""
    if not by.may(right):
        raise NotAllowed
    if unit_id is not None and unit_id != by.unit_id:
        raise Missing


def require_draft(signed_at: datetime | None) -> None:
    """A signed response is locked: RuleBroken("signed")."""
    if signed_at is not None:
        raise RuleBroken(
            "signed", _("Formuläret är signerat och låst. Gör en ny version som rättar det."), paragraph=DOCUMENTATION
        )


def own(answers: Answers) -> dict[str, Any]:
    """The answers alone, without what is written of them in another language."""
    return {path: value for path, value in answers.items() if BESIDE not in path}


def taken_in(form: Form, section: str, held: Answers, written: Answers) -> tuple[dict[str, Any], list[Problem]]:
    """What is kept of a section as it was written, and every fault of it.

    What is half finished or out of range is kept, with its fault. What is too large, holds hidden characters or has no
    place in the section is not: there the answer that was held stands.
    """
    if len(written) > PLACES:
        raise RuleBroken("too_many_answers", _("Avsnittet har fler svar än som kan sparas. Dela upp det."))
    kept: dict[str, Any] = {}
    refused: dict[str, Problem] = {}
    for path, value in written.items():
        if fault := _refused(form, section, path, value):
            refused[path] = fault
            if path in held:
                kept[path] = held[path]
        else:
            kept[path] = value
    found = [fault for fault in validate(form, own(kept), complete=False) if fault.place not in refused]
    for fault in found:
        if fault.code == "answer_unknown":
            kept.pop(fault.place, None)
    return kept, [*refused.values(), *found]


def _refused(form: Form, section: str, path: str, value: Any) -> Problem | None:
    place, __, language = path.partition(BESIDE)
    parts = place.split("/")
    item = form.items.get(parts[-1])
    if section_of(form, parts[0]) != section or len(path) > SHORT:
        return problem("answer_unknown", path)
    if isinstance(value, str):
        longest = SHORT if item is None else item.longest or SHORT
        if len(value) > longest:
            return problem("answer_long", path, length=len(value), longest=longest)
        if found := forbidden(value):
            return problem("answer_characters", path, found=", ".join(found))
        return None
    if isinstance(value, list) and not language:
        whole = len(value) <= PLACES and all(isinstance(each, str) and len(each) <= SHORT for each in value)
        return None if whole else problem("answer_form", path)
    whole = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    return None if whole and not language else problem("answer_form", path)


def section_of(form: Form, name: str) -> str:
    """The top-level group an item or group stands in; empty for what the form does not have."""
    try:
        above = form.above(name)
    except KeyError:
        return ""
    return above[0].id if above else name


def by_place(faults: Iterable[Problem]) -> dict[str, list[str]]:
    """What to say in the reader's language, by the path of the answer it is about."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.place, []).append(fault.message(language()))
    return found


def language() -> Lang:
    """The reader's language, as the engine names it."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def chooses_limits(form: Form) -> bool:
    """Whether the assessor says for whom the limits are read: some hold for one sex or some ages only."""
    limits = [each for score in form.scores for each in score.limits]
    return any(each.sex or each.first_age is not None or each.last_age is not None for each in limits)


def is_countable(item: Item) -> bool:
    """Whether answers to a question may be counted: chosen from a list or a scale, and not sensitive."""
    return item.type in ("choice", "multi_choice", "scale") and not item.sensitive


def differences(before: Answers, now: Answers) -> dict[str, tuple[Any, Any]]:
    """What differs between two versions, by path: what stood and what stands, None where there is nothing."""
    places = dict.fromkeys((*before, *now))
    return {path: (before.get(path), now.get(path)) for path in places if before.get(path) != now.get(path)}
