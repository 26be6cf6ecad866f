"""What is wrong with answers, each fault at the path of its answer and in words for the one who fills in."""

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from matrikel_forms.characters import forbidden
from matrikel_forms.declared.conditions import is_answered
from matrikel_forms.declared.form import Form, Item
from matrikel_forms.problems import Problem, problem

from .sheet import MOST_ROWS, Answers, GroupPlace, Sheet

MISSING = frozenset(("answer_missing", "rows_few"))
"""The faults that an unfinished form may have."""
_FAR = 1e12


def validate(form: Form, answers: Answers, at: dt.date | None = None, *, complete: bool = True) -> list[Problem]:
    """Return every fault of the answers on a day; `Problem.place` is the path, `Problem.message(lang)` the words.

    A draft is looked at with `complete=False`: what is missing is then no fault. Answers to what is not shown are
    looked at too, but never missing.
    """
    sheet = Sheet(form, answers)
    found = [problem("answer_unknown", path) for path in answers if path not in sheet.items | sheet.groups]
    for group in sheet.groups.values():
        found += _rows_faults(group, answers, complete)
    for path, place in sheet.items.items():
        value = answers.get(path)
        if is_answered(value):
            found += (problem(code, path, **values) for code, values in _faults(place.item, value, at))
        elif complete and sheet.is_required(place):
            found.append(problem("answer_missing", path))
        elif value is not None and not isinstance(value, (str, list)):
            found.append(problem("answer_form", path))
    return found


def _rows_faults(place: GroupPlace, answers: Answers, complete: bool) -> Iterator[Problem]:
    rows, value = place.group.rows, answers.get(place.path)
    if rows is None:
        if place.path in answers:
            yield problem("answer_unknown", place.path)
        return
    most = MOST_ROWS if rows.most is None else rows.most
    if isinstance(value, (list, tuple)) and len(value) > most:
        yield problem("rows_many", place.path, most=most, count=len(value))
        return
    if value is not None and (not isinstance(value, (list, tuple)) or list(place.rows) != list(value)):
        yield problem("answer_form", place.path)
        return
    count = len(place.rows)
    if complete and place.shown and count < rows.least:
        yield problem("rows_few", place.path, least=rows.least, count=count)


def _faults(item: Item, value: Any, at: dt.date | None) -> Iterator[tuple[str, dict[str, object]]]:
    if item.type == "multi_choice":
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            yield "answer_form", {}
            return
        if len(set(value)) < len(value):
            yield "answer_form", {}
        for each in value:
            yield from _option_faults(item, each, at)
        alone = [each for each in value if (option := item.option(each)) and option.exclusive]
        if alone and len(value) > 1:
            yield "answer_exclusive", {"value": alone[0]}
    elif item.type == "choice" or (item.type == "scale" and isinstance(value, str)):
        if isinstance(value, str):
            yield from _option_faults(item, value, at)
        else:
            yield "answer_form", {}
    elif item.type in ("scale", "number"):
        yield from _number_faults(item, value)
    elif not isinstance(value, str):
        yield "answer_form", {}
    elif item.type == "date":
        if not _is_day(value):
            yield "answer_date", {"value": value[:40]}
    else:
        if len(value) > item.longest:
            yield "answer_long", {"length": len(value), "longest": item.longest}
        if found := forbidden(value):
            yield "answer_characters", {"found": ", ".join(found)}


def _option_faults(item: Item, value: str, at: dt.date | None) -> Iterator[tuple[str, dict[str, object]]]:
    option = item.option(value)
    if option is None:
        yield "answer_option", {"value": value[:40]}
    elif not option.holds(at):
        yield "answer_option_ended", {"value": value}


def _number_faults(item: Item, value: Any) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        yield "answer_form", {}
        return
    least, most = -_FAR if item.least is None else item.least, _FAR if item.most is None else item.most
    if value < least:
        yield "answer_low", {"least": f"{least:.15g}", "value": f"{value:.15g}"}
    elif value > most:
        yield "answer_high", {"most": f"{most:.15g}", "value": f"{value:.15g}"}
    elif Decimal(str(value)) % Decimal(1).scaleb(-item.decimals):
        yield "answer_decimals", {"decimals": item.decimals, "value": value}


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and 1900 <= dt.date.fromisoformat(value).year <= 2100
    except ValueError:
        return False
