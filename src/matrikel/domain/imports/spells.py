"""SFI, internships, jobs and studies of a row against those that stand."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from matrikel.domain.imports.reading import Record, SpellRecord
from matrikel.domain.imports.rules import STUDIES, UNNAMED_PLACE
from matrikel.domain.imports.standing import Standing
from matrikel.domain.imports.steps import Plan, Terms
from matrikel.kernel.period import Period

WORK = ("employment", "subsidised_employment", "own_business")
ALIKE = {"job": WORK, "studies": STUDIES}
"""Kinds of activities.csv that a column of jobs or studies may already stand under."""


def plan_spells(record: Record, standing: Standing | None, made: Plan, terms: Terms) -> None:
    """Add the steps for every dated period of a row, and refuse one whose periods go into each other."""
    by_kind: dict[str, list[SpellRecord]] = {"sfi": [], "internship": [], "job": [], "studies": []}
    for spell in record.spells:
        by_kind[spell.kind].append(spell)
    for kind in ("sfi", "internship"):
        _apart(kind, by_kind[kind], made)
    taken = standing.participations if standing else []
    _sfi(record, by_kind["sfi"], [row for row in taken if row.kind == "sfi"], made, terms)
    internships = [row for row in taken if row.kind == "internship"]
    _dated(
        "internship", by_kind["internship"], internships, made,
        begin=lambda spell: made.step(
            "begin", kind="internship", start_date=spell.start_on, end_date=spell.end_on, provider=UNNAMED_PLACE
        ),
        end=lambda row, last: made.step("end", participation=row, on=last),
    )  # fmt: skip
    own = standing.activities if standing else []
    for name, kind in (("job", WORK[0]), ("studies", terms.studies)):
        rows = [row for row in own if row.kind in (*ALIKE[name], kind)]
        _dated(
            name, by_kind[name], rows, made,
            begin=_begins(made, kind),
            end=lambda row, last: made.step("end_activity", activity=row, on=last),
            side_by_side=True,
        )  # fmt: skip


def _begins(made: Plan, kind: str) -> Callable[[SpellRecord], None]:
    def begin(spell: SpellRecord) -> None:
        made.step("begin_activity", kind=kind, start_date=spell.start_on, end_date=spell.end_on)

    return begin


def column_of(name: str, place: int) -> str:
    """The name of a repeated column: job_start_on, job_start_on:2 …"""
    return name if place == 0 else f"{name}:{place + 1}"


def _apart(kind: str, spells: Sequence[SpellRecord], made: Plan) -> None:
    periods = [(place, _period(spell)) for place, spell in enumerate(spells) if spell.start_on]
    for after, (place, period) in enumerate(periods):
        if any(period.overlaps(earlier) for _place, earlier in periods[:after]):
            made.refuse("overlaps", column_of(f"{kind}_start_on", place))


def _dated(
    name: str, spells: Sequence[SpellRecord], rows: Sequence[Any], made: Plan, *, begin: Callable[[SpellRecord], None],
    end: Callable[[Any, date], None], side_by_side: bool = False,
) -> None:  # fmt: skip
    """A period that begins on a day that stands is the same one; one that goes into another differs."""
    for place, spell in enumerate(spells):
        if spell.start_on is None:
            continue
        same = next((row for row in rows if row.start_date == spell.start_on), None)
        if same is None:
            clashing = not side_by_side and any(_period(spell).overlaps(p) for row in rows if (p := _of_row(row)))
            if clashing:
                made.flag("differs", column_of(f"{name}_start_on", place))
            else:
                begin(spell)
        elif spell.end_on and same.end_date is None:
            end(same, spell.end_on)
        elif spell.end_on and same.end_date != spell.end_on:
            made.flag("differs", column_of(f"{name}_end_on", place))


def _sfi(record: Record, spells: Sequence[SpellRecord], rows: Sequence[Any], made: Plan, terms: Terms) -> None:
    applied = record.sfi_applied_on
    begun = [spell for spell in spells if spell.start_on]
    first = min((spell.start_on for spell in begun if spell.start_on), default=None)
    if applied and first and first < applied:
        made.flag("start_before_application", "sfi_applied_on")
        applied = None
    if not begun:
        if applied and not any(row.applied_on == applied for row in rows):
            if any(row.start_date is None or row.applied_on is None for row in rows):
                made.flag("differs", "sfi_applied_on")
            else:
                made.step("apply", kind="sfi", on=applied, title=record.sfi_course)
        return
    for place, spell in enumerate(spells):
        if spell.start_on is None:
            continue
        result = spell.result
        if result and spell.end_on is None:
            made.flag("result_without_end", column_of("sfi_result", place))
            result = ""
        said = {"applied_on": applied if spell.start_on == first else None, "end_date": spell.end_on, "result": result}
        _one_sfi(record, spell, said, place, rows, made)


def _one_sfi(
    record: Record, spell: SpellRecord, said: dict[str, Any], place: int, rows: Sequence[Any], made: Plan
) -> None:
    same = next((row for row in rows if row.start_date == spell.start_on), None)
    waiting = next((row for row in rows if row.start_date is None), None)
    if same is None and waiting is not None and said["applied_on"] in (None, waiting.applied_on):
        made.step("start_applied", participation=waiting, on=spell.start_on)
        if spell.end_on:
            made.step("end", participation=waiting, on=spell.end_on, result=said["result"])
        return
    if same is None:
        if any(_period(spell).overlaps(period) for row in rows if (period := _of_row(row))):
            made.flag("differs", column_of("sfi_start_on", place))
        else:
            made.step("begin", kind="sfi", start_date=spell.start_on, title=record.sfi_course, **said)
        return
    missing = {name: value for name, value in said.items() if value and not getattr(same, name)}
    columns = {"applied_on": "sfi_applied_on", "end_date": "sfi_end_on", "result": "sfi_result"}
    for name, value in said.items():
        if value and name not in missing and getattr(same, name) != value:
            made.flag("differs", column_of(columns[name], 0 if name == "applied_on" else place))
            missing.pop("result", None) if name == "end_date" else None
    if missing:
        made.step("correct_participation", participation=same, **missing)


def _period(spell: SpellRecord) -> Period:
    assert spell.start_on is not None
    return Period(spell.start_on, spell.end_on)


def _of_row(row: Any) -> Period | None:
    return Period(row.start_date, row.end_date) if row.start_date else None
