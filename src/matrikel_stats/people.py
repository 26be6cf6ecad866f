"""The people behind a figure: who was counted, who not yet, and why someone is not counted."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .counting import missing
from .counts import LEFT, Status
from .data.dataset import Dataset
from .declared.definition import Definition
from .engine import reference
from .problems import StatsError, problem
from .question import Question, parse_period, question_for

Word = Literal["reached", "not_reached", "waiting", "left", "counted", "excluded", "no_anchor"]


@dataclass(frozen=True)
class Standing:
    """Where one person stands in one cohort.

    `reached` with `date` and the kind of row `by`; `not_reached`: the window has passed; `waiting`: it is still open,
    `days_left` counts the freeze date's tomorrow as one; `left` with `date` and `status`; `counted` in a flow or stock;
    `excluded` with `reason`; `no_anchor`: the person has nothing the measure starts from. `mature` tells whether the
    person stands in the denominator of the closed share.
    """

    person_id: str
    standing: Word
    cell: Mapping[str, str]
    anchor: dt.date | None = None
    last_day: dt.date | None = None
    mature: bool = False
    status: Status | None = None
    date: dt.date | None = None
    by: str = ""
    days_left: int | None = None
    reason: str = ""


def members(
    definition: Definition,
    dataset: Dataset,
    *,
    cell: Mapping[str, str] | None = None,
    standing: Word | None = None,
    freeze: dt.date | None = None,
    period: str | None = None,
    persons: Iterable[str] | None = None,
) -> tuple[Standing, ...]:
    """Return everyone behind a figure, in order of anchor day and id.

    `cell` names values of dimensions (`{"sex": "female", "period": "2006"}`); without it all are given. `standing`
    keeps one sort. `persons` limits the look-up to some ids. Raises StatsError as `run` does.
    """
    wanted = dict(cell or {})
    dims = tuple(sorted(name for name in wanted if name != "period"))
    question = _question(definition, dataset, dims, freeze, period)
    found = [
        each
        for life in reference.lives(dataset, persons)
        for each in _standings(definition, life, question)
        if each.standing != "no_anchor"
        and all(each.cell.get(name) == value for name, value in wanted.items())
        and (standing is None or each.standing == standing)
    ]
    return tuple(sorted(found, key=lambda each: (each.anchor or dt.date.min, each.person_id)))


def standing(
    definition: Definition,
    dataset: Dataset,
    person_id: str,
    *,
    freeze: dt.date | None = None,
    period: str | None = None,
    dims: Sequence[str] = (),
) -> tuple[Standing, ...]:
    """Return where one person stands, one entry an anchor (or period); `no_anchor` when there is none.

    Answers "why is this person not counted?": every entry says reached, waiting, left, or excluded with the reason.
    """
    question = _question(definition, dataset, tuple(dims), freeze, period)
    lives = list(reference.lives(dataset, [person_id]))
    if not lives:
        return (Standing(person_id, "excluded", {}, reason="unknown_person"),)
    return tuple(_standings(definition, lives[0], question))


def _question(
    definition: Definition, dataset: Dataset, dims: tuple[str, ...], freeze: dt.date | None, period: str | None
) -> Question:
    if definition.parts or definition.kind == "amount":
        raise StatsError([problem("no_persons_behind", definition.path, value=definition.id)])
    if found := missing(definition, dataset):
        raise StatsError(found)
    asked = question_for(definition, freeze or dataset.freeze, parse_period(period) if period else None, dims)
    return replace(asked, since=dataset.first_month) if definition.long_term else asked


def _standings(definition: Definition, life: reference.Life, question: Question) -> Iterator[Standing]:
    any_member = False
    for member in reference.members(definition, life, question):
        any_member = True
        yield _word(definition, member, question)
    if not any_member:
        outside = question.period is not None and any(life.rows(definition.cohort.anchor.rows))
        reason = "outside_period" if outside else "no_anchor"
        yield Standing(life.person_id, "no_anchor", {}, reason=reason)


def _word(definition: Definition, member: reference.Member, question: Question) -> Standing:
    cell = dict(zip(question.dims, member.cell, strict=True))
    if member.reason:
        return Standing(member.person_id, "excluded", cell, member.anchor, reason=member.reason)
    end = member.ending
    if end is None:
        return Standing(member.person_id, "counted", cell, member.anchor, mature=True, status="counted")
    word: Word = "reached" if end.status == "outcome" else "left" if end.status in LEFT else "waiting"
    if end.status == "window_passed":
        word = "not_reached"
    left = (end.last_day - question.freeze).days if word == "waiting" and end.last_day else None
    mature = end.mature and not (word == "left" and definition.leaving.dropped)
    date = end.day if word in ("reached", "left") else None
    return Standing(member.person_id, word, cell, member.anchor, end.last_day, mature, end.status, date, end.by, left)
