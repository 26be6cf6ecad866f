"""Scores in exact numbers, the limits that hold for somebody, and the band a score lies in."""

import datetime as dt
import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction

from matrikel_forms.declared.conditions import is_answered
from matrikel_forms.declared.form import Limits, Scoring
from matrikel_forms.declared.score_checks import score_range, value_range

from .sheet import Sheet


@dataclass(frozen=True)
class Who:
    """For whom limits are chosen: sex `female`, `male` or unknown, and age in completed years."""

    sex: str = ""
    age: int | None = None


@dataclass(frozen=True)
class Score:
    """A score that has been worked out; `value` is None when fewer than needed are answered.

    `answered` of `of` parts took part. `band` and `limits` are the ids of the band and of the limits it was read by,
    empty without a value or when none of the limits holds; `choices` are the limits that hold on the day, to choose
    among by hand.
    """

    id: str
    value: float | None
    answered: int
    of: int
    band: str = ""
    limits: str = ""
    choices: tuple[str, ...] = ()


def scores_of(
    sheet: Sheet, faulty: Set[str], who: Who, at: dt.date | None, chosen: Mapping[str, str]
) -> tuple[Score, ...]:
    """Work out every score; an answer whose path is `faulty` is none. `chosen` names limits by score."""
    return tuple(_score(sheet, score, faulty, who, at, chosen.get(score.id, "")) for score in sheet.form.scores)


def _score(sheet: Sheet, score: Scoring, faulty: Set[str], who: Who, at: dt.date | None, chosen: str) -> Score:
    exact, answered = _exact(sheet, score, faulty)
    of = len(score.items or score.scores)
    dated = [each for each in score.limits if _dated(each, at)]
    choices = tuple(each.id for each in dated)
    if exact is None:
        return Score(score.id, None, answered, of, choices=choices)
    value = rounded(exact, score.decimals)
    limits = next((each for each in dated if (each.id == chosen if chosen else _concerns(each, who))), None)
    if limits is None:
        return Score(score.id, value, answered, of, choices=choices)
    reached = [(start, name) for name, start in limits.starts.items() if start <= value]
    band = max(reached)[1] if reached else ""
    return Score(score.id, value, answered, of, band, limits.id, choices)


def _exact(sheet: Sheet, score: Scoring, faulty: Set[str]) -> tuple[Fraction | None, int]:
    """The score before rounding, and how many parts took part."""
    form = sheet.form
    parts = [(_item_value(sheet, name, score, faulty), value_range(form.items[name], score.excluded))
             for name in score.items]  # fmt: skip
    parts += [(_exact(sheet, form.score(name), faulty)[0], score_range(form, form.score(name)))
              for name in score.scores]  # fmt: skip
    there = [(value, bounds) for value, bounds in parts if value is not None]
    if len(there) < score.at_least or not there:
        return None, len(there)
    if score.method == "index":
        shares = [_place(value, bounds) for value, bounds in there if bounds is not None]
        return 100 * sum(shares, Fraction()) / len(shares), len(there)
    total = sum((value for value, _ in there), Fraction())
    return (total if score.method == "sum" else total / len(there)), len(there)


def _place(value: Fraction, bounds: tuple[float, float]) -> Fraction:
    low, high = _fraction(bounds[0]), _fraction(bounds[1])
    return (value - low) / (high - low)


def _item_value(sheet: Sheet, name: str, score: Scoring, faulty: Set[str]) -> Fraction | None:
    if not sheet.items[name].shown:
        return None if score.not_shown is None else _fraction(score.not_shown)
    value = sheet.answers.get(name)
    if value is None or not is_answered(value) or name in faulty:
        return None
    if isinstance(value, str):
        option = sheet.form.items[name].option(value)
        if option is None or option.value is None or option.id in score.excluded:
            return None
        return _fraction(option.value)
    return _fraction(value)


def _fraction(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth."""
    return Fraction(str(value))


def rounded(value: Fraction, decimals: int) -> float:
    """Return the number rounded half up."""
    scale: int = 10**decimals
    return math.floor(value * scale + Fraction(1, 2)) / scale


def _dated(limits: Limits, at: dt.date | None) -> bool:
    return at is None or (limits.valid_from or dt.date.min) <= at <= (limits.valid_to or dt.date.max)


def _concerns(limits: Limits, who: Who) -> bool:
    if limits.sex and limits.sex != who.sex:
        return False
    if limits.first_age is None and limits.last_age is None:
        return True
    least, most = limits.first_age or 0, 999 if limits.last_age is None else limits.last_age
    return who.age is not None and least <= who.age <= most
