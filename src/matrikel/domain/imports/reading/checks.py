"""What a row must fulfil as a whole."""

from datetime import date

from .cells import is_blank
from .dates import Unreadable
from .draft import Draft

OLDEST = 99  # years; from there on a century read from two digits is doubted
_EVENTS = ("registered_on", "enrolled_on", "sfi_applied_on", "permit_date", "discharged_on")
_LONE = 3  # columns a sheet must have before a row with one filled cell is doubted


def report_date(draft: Draft, index: int, day: Unreadable) -> None:
    """Report a cell that is no day: refused always, since a missing day would be counted as one that never
    came.
    """
    if day.reason == "cell_error":
        draft.report("cell_error", index)
    elif day.reason == "range":
        draft.report("wrong_century", index)
    else:
        draft.report("unreadable_date", index, reason=day.reason)


def check(draft: Draft, register_date: date | None) -> None:
    """Report missing identity, ends before starts, events before birth, ages that cannot be."""
    values = draft.values
    has_name = bool(values.get("family_name") or values.get("given_name"))
    if not has_name and "identity" not in values:
        # Something in the column of numbers that is no number at all says the same as a blank cell.
        draft.problems = [problem for problem in draft.problems if problem.kind != "person_number_shape"]
        if not any(problem.kind.startswith(("person_number_", "century_")) for problem in draft.problems):
            draft.report("no_identity", draft.columns.get("identity", draft.columns.get("family_name")))
    _spells(draft)
    enrolled, discharged = values.get("enrolled_on"), values.get("discharged_on")
    if enrolled and discharged and discharged < enrolled:
        column = draft.columns.get("discharged_on")
        draft.report("end_before_start", column, start=enrolled.isoformat(), end=discharged.isoformat())
    if not discharged and values.get("discharge_reason") and not _faulty(draft, "discharged_on"):
        draft.report("reason_without_discharge", draft.columns.get("discharge_reason"), "flagged")
    if born := values.get("birth_date"):
        _ages(draft, born, register_date)
    few = len(values) <= _LONE and not draft.spells
    if (
        few
        and not draft.problems
        and len(draft.source.headings) >= _LONE
        and sum(not is_blank(cell) for cell in draft.source.cells) == 1
    ):
        draft.report("lone_cell", None, "flagged")


def _spells(draft: Draft) -> None:
    for (kind, group), spell in draft.spells.items():
        start, end = spell.get("start_on"), spell.get("end_on")
        suffix = "" if group == 1 else f":{group}"
        column = draft.columns.get(f"{kind}_end_on{suffix}")
        if start and end and end < start:
            draft.report("end_before_start", column, start=start.isoformat(), end=end.isoformat())
        elif end and not start and not _faulty(draft, f"{kind}_start_on{suffix}"):
            draft.report("end_without_start", column, "flagged", end=end.isoformat())


def _faulty(draft: Draft, name: str) -> bool:
    column = draft.columns.get(name)
    return column is not None and any(problem.column == column for problem in draft.problems)


def _ages(draft: Draft, born: date, register_date: date | None) -> None:
    dated = [(values, name) for name in _EVENTS if (values := draft.values.get(name))]
    dated += [
        (day, f"{kind}_{end}") for (kind, _), spell in draft.spells.items() for end in ("start_on", "end_on")
        if (day := spell.get(end))
    ]  # fmt: skip
    column = draft.columns.get("identity", draft.columns.get("birth_date"))
    if not dated:
        if register_date and draft.short_birth and register_date.year - born.year >= OLDEST:
            draft.report("century_doubtful", column, "flagged", age=str(register_date.year - born.year))
        return
    first, name = min(dated)
    if first < born:
        index = draft.columns.get(name, column)
        draft.report("born_after_registration", index, born=born.isoformat(), event=first.isoformat())
    elif first.year - born.year >= OLDEST:
        draft.report("century_doubtful", column, "flagged", age=str(first.year - born.year))
