"""Everything that follows from answers, in one value: what a page shows and what a signing keeps."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from matrikel_forms.declared.conditions import is_answered
from matrikel_forms.declared.form import Form
from matrikel_forms.problems import Problem

from .scores import Score, Who, scores_of
from .sheet import Answers, Sheet
from .validate import MISSING, validate

Stage = Literal["empty", "begun", "done", "faults"]


@dataclass(frozen=True)
class Progress:
    """How far a shown group has come, everything below it included: `answered` of `asked` places.

    `done`: nothing that has to be answered is missing. `faults`: something answered is wrong.
    """

    path: str
    stage: Stage
    answered: int
    asked: int


@dataclass(frozen=True)
class Opened:
    """Something an answer or a band sets in motion elsewhere: `what`, by the path of the answer or the score's id."""

    what: str
    by: str


@dataclass(frozen=True)
class Evaluation:
    """What follows from answers.

    `shown` are the paths of the items to answer, in order; `groups` of the groups, row groups once; `required` those
    that have to be answered. `faults` are all, with what is missing among them; `progress` is by group path.
    """

    shown: tuple[str, ...]
    groups: tuple[str, ...]
    required: frozenset[str]
    faults: tuple[Problem, ...]
    progress: Mapping[str, Progress]
    scores: tuple[Score, ...]
    opened: tuple[Opened, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether it can be signed."""
        return not self.faults

    def score(self, name: str) -> Score:
        """Return a score by id. Raises KeyError for an unknown one."""
        return {each.id: each for each in self.scores}[name]


def evaluate(
    form: Form,
    answers: Answers,
    who: Who | None = None,
    at: dt.date | None = None,
    limits: Mapping[str, str] | None = None,
) -> Evaluation:
    """Work out everything that follows from the answers on a day.

    `who` chooses the limits of each score; `limits`, from score id to limits id, chooses them by hand instead.
    """
    sheet = Sheet(form, answers)
    faults = validate(form, answers, at)
    wrong = {found.place for found in faults if found.code not in MISSING}
    scores = scores_of(sheet, wrong, who or Who(), at, limits or {})
    return Evaluation(
        tuple(place.path for place in sheet.shown_items()),
        tuple(place.path for place in sheet.groups.values() if place.shown),
        frozenset(place.path for place in sheet.items.values() if sheet.is_required(place)),
        tuple(faults),
        {each.path: each for each in _progress(sheet, faults)},
        scores,
        (*_opened_by_answers(sheet, wrong), *_opened_by_bands(form, scores)),
    )


def _progress(sheet: Sheet, faults: list[Problem]) -> Iterator[Progress]:
    wrong = {found.place for found in faults if found.code not in MISSING}
    missing = {found.place for found in faults if found.code in MISSING}
    for path, group in sheet.groups.items():
        if not group.shown:
            continue
        within = {path}
        for other in sheet.groups.values():
            if other.parent in within:
                within.add(other.path)
        places = [place.path for place in sheet.shown_items() if place.group in within]
        answered = sum(is_answered(sheet.answers.get(place)) for place in places)
        here = {*places, *within}
        stage: Stage = "done"
        if here & wrong:
            stage = "faults"
        elif not answered:
            stage = "empty"
        elif here & missing:
            stage = "begun"
        yield Progress(path, stage, answered, len(places))


def _opened_by_answers(sheet: Sheet, wrong: set[str]) -> Iterator[Opened]:
    for place in sheet.shown_items():
        value = sheet.answers.get(place.path)
        if place.item.options and place.path not in wrong and isinstance(value, (str, list)):
            chosen = [value] if isinstance(value, str) else value
            for option in place.item.options:
                if option.opens and option.id in chosen:
                    yield Opened(option.opens, place.path)


def _opened_by_bands(form: Form, scores: tuple[Score, ...]) -> Iterator[Opened]:
    for score in scores:
        for band in form.score(score.id).bands:
            if band.opens and band.id == score.band:
                yield Opened(band.opens, score.id)


def due(form: Form, answers: Answers, signed_on: dt.date) -> dt.date | None:
    """Return the day the form should be filled in anew; None when it need not, or when its date item is empty."""
    again = form.due_again
    if again is None:
        return None
    start = signed_on
    if again.after != "signed":
        value = _date(form, answers, again.after)
        if value is None:
            return None
        start = value
    year, month = divmod(start.year * 12 + start.month - 1 + again.months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(start.day, last))


def _date(form: Form, answers: Answers, item: str) -> dt.date | None:
    value = Sheet(form, answers).value(item, "")
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
