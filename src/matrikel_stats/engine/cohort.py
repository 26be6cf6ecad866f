"""The cohort as an Ibis expression: which anchor rows are chosen and why the others are left out."""

import ibis  # type: ignore[import-untyped]

from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question

from .labels import reasons
from .tables import Expr, Tables, Words, age_between, attribute, day, days_between, matches

# The number of the empty reason.
INSIDE = 0


def keys(definition: Definition) -> list[str]:
    """Return the columns that tell one anchor from another in joins."""
    anchor = definition.cohort.anchor
    return ["person_id"] if anchor.take != "every" and not anchor.per else ["person_id", "start"]


def anchor_rows(definition: Definition, tables: Tables, question: Question) -> Expr:
    """Return the chosen anchor rows with their persons. A row after the freeze is chosen only for want of others."""
    anchor = definition.cohort.anchor
    rows = tables.rows(anchor.rows)
    if anchor.take == "first" and _alike(definition, tables, rows, question):
        return tables.with_person(_earliest(rows, anchor.per, tables.words))
    rows = tables.with_person(rows)
    if anchor.take == "every":
        return rows
    group = [rows.person_id, *([attribute(rows, anchor.per)] if anchor.per else [])]
    order = [rows.start > day(question.freeze), rows.start.desc() if anchor.take == "last" else rows.start]
    rank = ibis.row_number().over(group_by=group, order_by=[*order, *ties(rows, question)])
    return rows.mutate(rank=rank).filter(lambda t: t["rank"] == 0).drop("rank")


def _alike(definition: Definition, tables: Tables, rows: Expr, question: Question) -> bool:
    """Return whether the rows of one group differ in nothing but their days: a smallest day is all there is to find."""
    per = definition.cohort.anchor.per
    own = {name for name in question.ties if f"a_{name}" in rows.columns}
    return own <= {per} and per not in tables.attributes["persons"]


def _earliest(rows: Expr, per: str, words: Words) -> Expr:
    """Return the row beginning first in each group, of several the one ending first.

    Both days in one number make it a plain minimum: half the cost of ranking the rows.
    """
    names = [f"a_{per}"] if per and f"a_{per}" in rows.columns else []
    own = {name: ibis.coalesce(rows[name], "") for name in names}
    zero = ibis.date("1600-01-01")
    both = (days_between(zero, rows.start).cast("int64") << _BITS) + days_between(zero, rows.end)
    first = (
        rows.select("person_id", both=both, **own)
        .group_by(["person_id", *names])
        .aggregate(both=lambda t: t.both.min())
    )
    return first.select(
        "person_id",
        start=words.after(zero, (first.both >> _BITS).cast("int32")),
        end=words.after(zero, (first.both & ((1 << _BITS) - 1)).cast("int32")),
        **{n: first[n] for n in names},
    )


# Enough for the days to the far date, counted from one before all others so that none is negative.
_BITS = 24


def ties(rows: Expr, question: Question) -> list[Expr]:
    """Return what decides between rows beginning the same day."""
    own = [ibis.coalesce(rows[f"a_{name}"], "") for name in question.ties if f"a_{name}" in rows.columns]
    return [rows.end, *own]


def within(question: Question, on: Expr) -> Expr:
    """Return whether a day lies in the asked period."""
    period = question.period
    return ibis.literal(True) if period is None else on.between(day(period.first), day(period.last))


def with_reason(definition: Definition, tables: Tables, question: Question, rows: Expr, on: str) -> Expr:
    """Add `reason`: why the row is left out on its day in column `on`, the first reason that applies, else empty."""
    cohort = definition.cohort
    for number, exclusion in enumerate(cohort.exclusions):
        if exclusion.before is not None:
            rows = _first_before(tables.rows(exclusion.before), rows, f"before_{number}")
    at = rows[on]
    cases = [(rows.known.isnull(), "unknown_person"), (at > day(question.freeze), "after_freeze")]
    cases += [(~matches(rows, match, at), match.attribute) for match in cohort.where]
    if cohort.sex:
        cases += [(rows.p_sex == "", "sex_unknown"), (rows.p_sex != cohort.sex, "sex")]
    if cohort.first_age is not None or cohort.last_age is not None:
        cases.append((rows.birth_date.isnull(), "age_unknown"))
        last = 1000 if cohort.last_age is None else cohort.last_age
        cases.append((~age_between(rows.birth_date, at, cohort.first_age or 0, last), "age"))
    for number, exclusion in enumerate(cohort.exclusions):
        if exclusion.where is not None:
            cases.append((matches(rows, exclusion.where, at), exclusion.id))
        else:
            cases.append((ibis.coalesce(rows[f"before_{number}"] < at, False), exclusion.id))
    numbers = {reason: number for number, reason in enumerate(reasons(definition))}
    coded = [(test, ibis.literal(numbers[reason], "int16")) for test, reason in cases]
    return rows.mutate(reason=ibis.cases(*coded, else_=ibis.literal(INSIDE, "int16")))


def _first_before(earlier: Expr, rows: Expr, name: str) -> Expr:
    first = earlier.group_by(b_id="person_id").aggregate(**{name: earlier.start.min()})
    return rows.left_join(first, rows.person_id == first.b_id).drop("b_id")
