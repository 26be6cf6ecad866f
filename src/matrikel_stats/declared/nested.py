"""Which outcome is contained in which: whoever met the one has met the other as well, no later."""

from .definition import Branch, Condition, Definition, Outcome, Rows


def is_part_of(part: Definition, whole: Definition) -> bool:
    """Return whether two shares are of the same persons, and all who reached the one have reached the other.

    True only where the declarations show it; other pairs may be nested as well.
    """
    same = (part.kind, part.cohort, part.window, part.leaving) == (
        whole.kind,
        whole.cohort,
        whole.window,
        whole.leaving,
    )
    if part.kind != "reached" or not same or part.outcome is None or whole.outcome is None:
        return False
    return part.logic_hash != whole.logic_hash and _implies(part.outcome, whole.outcome)


def _implies(one: Outcome, other: Outcome) -> bool:
    if isinstance(one, Condition) and isinstance(other, Condition):
        ways = [(each.running, each.completed, each.total_days, each.at_end) for each in (one, other)]
        return ways[0] == ways[1] and _within(one.rows, other.rows)
    if isinstance(one, Branch) and one.op == "any":
        return all(_implies(each, other) for each in one.parts)
    if isinstance(other, Branch) and other.op == "all":
        return all(_implies(one, each) for each in other.parts)
    if isinstance(other, Branch) and any(_implies(one, each) for each in other.parts):
        return True
    return isinstance(one, Branch) and any(_implies(each, other) for each in one.parts)


def _within(rows: Rows, others: Rows) -> bool:
    """Return whether every row of the first is one of the second: fewer kinds, or more asked of them."""
    asked = {(match.attribute, match.values) for match in rows.where}
    return (
        rows.table == others.table
        and set(rows.kinds) <= set(others.kinds)
        and {(match.attribute, match.values) for match in others.where} <= asked
    )
