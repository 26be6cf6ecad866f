"""Whether a condition holds, given the answers."""

from collections.abc import Callable
from typing import Any

from .form import Condition

Value = Any
"""An answer as it is kept: text, number, list of option ids, or None when there is none."""


def is_answered(value: Value) -> bool:
    """Return whether there is an answer: not None, no empty list, and more than blanks."""
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != []


def holds(condition: Condition | None, answer: Callable[[str], Value]) -> bool:
    """Return whether a condition holds; none always does. `answer` gives the value of an item, None when hidden."""
    if condition is None:
        return True
    if condition.op == "all":
        return all(holds(part, answer) for part in condition.parts)
    if condition.op == "any":
        return any(holds(part, answer) for part in condition.parts)
    if condition.op == "not":
        return not holds(condition.parts[0], answer)
    value = answer(condition.item)
    if not is_answered(value):
        return False
    if condition.op == "is":
        return any(each in condition.values for each in (value if isinstance(value, list) else [value]))
    if condition.op == "answered":
        return True
    if isinstance(value, bool) or not isinstance(value, (int, float)) or condition.limit is None:
        return False
    return value >= condition.limit if condition.op == "at_least" else value <= condition.limit
