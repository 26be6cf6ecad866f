"""Kinds counted by unit and period as Ibis expressions: a person's months, a household's money, a score."""

import datetime as dt

import ibis  # type: ignore[import-untyped]

from matrikel_stats.declared.definition import Definition, Score
from matrikel_stats.question import Question, by_month

from .cohort import INSIDE, with_reason, within
from .labels import reasons
from .tables import Expr, Tables, code, day, dimension, join_on


def grouped(definition: Definition, tables: Tables, question: Question) -> Expr:
    """Return the rows of the count table: reason, mature, offset, status, n and the places of the cell."""
    if definition.kind == "long_term":
        rows = _long_term(definition, tables, question)
    elif definition.kind == "score":
        rows = _scored(definition, tables, question)
    else:
        rows = _summed(definition, tables, question)
    good = rows.reason == INSIDE
    cell = {
        f"d{place}": ibis.ifelse(good, dimension(definition, rows, rows["at"], dim), "")
        for place, dim in enumerate(question.dims[1:], start=1)
    }
    weight = {"offset": ibis.ifelse(good, rows.offset, 0)} if "offset" in rows.columns else {}
    rows = rows.mutate(d0=rows["index"], status=ibis.ifelse(good, rows.status, code("counted")), **weight, **cell)
    by = ["reason", "mature", *weight, "status", *(f"d{place}" for place in range(len(question.dims)))]
    if definition.kind not in ("amount", "attendance"):
        return rows.group_by(by).aggregate(n=rows.count())
    square = tables.words.exact(rows.total) * rows.total
    sums = rows.group_by(by).aggregate(n=rows.count(), total=rows.total.sum(), squares=square.sum())
    sums = sums.mutate(part=ibis.array([0, 1, 2]).unnest())
    sums = sums.filter((sums.part == 0) | (sums.reason == INSIDE))
    sums = sums.mutate(
        n=ibis.cases((sums.part == 0, sums.n), (sums.part == 1, sums.total), else_=sums.squares),
        status=ibis.cases((sums.part == 0, sums.status), (sums.part == 1, code("sum")), else_=code("squares")),
    )
    return sums.filter(sums.n != 0)


def _month(date: Expr) -> Expr:
    return (date.year() * 12 + date.month() - 1).cast("int64")


def _last_of(definition: Definition, index: Expr) -> Expr:
    """Return the last day of a period."""
    if not by_month(definition):
        return ibis.date(index, 12, 31)
    begins = ibis.date(index // 12, index % 12 + 1, 1)
    return (begins + ibis.interval(months=1) - ibis.interval(days=1)).cast("timestamp").cast("date")


def _known(definition: Definition, tables: Tables, question: Question) -> Expr:
    """Return the rows up to the freeze date, with the `index` of their period."""
    rows = tables.rows(definition.cohort.anchor.rows)
    index = _month(rows.start) if by_month(definition) else rows.start.year().cast("int64")
    return rows.filter(rows.start <= day(question.freeze)).mutate(index=index)


def _latest(rows: Expr, question: Question, unit: str, **sums: Expr) -> Expr:
    """Keep what the latest row of each unit and period says; of several the first person's, then the first attributes.

    A smallest key instead of a rank: a fifth of the cost of sorting the rows. `sums` are added up in the same pass.
    """
    own = [f"a_{name}" for name in question.ties if f"a_{name}" in rows.columns]
    who = [rows.person_id.cast("string")] if unit != "person_id" else []
    key = (_FAR_NUMBER - rows.start.year() * 10000 - rows.start.month() * 100 - rows.start.day()).cast("string")
    for part in [*who, *(ibis.coalesce(rows[name], "") for name in own)]:
        key = key + ibis.literal(_BELOW_ALL) + part
    told = {name: ibis.coalesce(rows[name], "").argmin(key) for name in own}
    told |= {"person_id": rows.person_id.argmin(key)} if who else {}
    return rows.group_by([unit, "index"]).aggregate(start=rows.start.max(), **told, **sums)


# The number of the last date there is, so that the latest day is the smallest text, always of eight digits.
_FAR_NUMBER = 99991231
_BELOW_ALL = "\x01"
"""Sorts before every sign in an attribute, so that texts set after one another sort as their parts do."""


def _judged(definition: Definition, tables: Tables, question: Question, rows: Expr) -> Expr:
    rows = tables.with_person(rows)
    rows = rows.mutate(at=ibis.least(rows["last"], day(question.freeze)))
    return with_reason(definition, tables, question, rows, "at")


def _asked(definition: Definition, question: Question, rows: Expr) -> Expr:
    """Add the last day of each period and keep the asked ones."""
    rows = rows.mutate(last=_last_of(definition, rows["index"]))
    return rows.filter(within(question, rows["last"]))


def _long_term(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row a person and year with assistance. Months are bits of a number, the year's last month the lowest."""
    rule = definition.long_term
    assert rule is not None
    known = _known(definition, tables, question)
    known = known.mutate(months=ibis.literal(1, "int8").cast("int64") << (12 - known.start.month()).cast("int32"))
    months = tables.words.any_bit
    if own := [f"a_{name}" for name in question.ties if f"a_{name}" in known.columns]:
        # One row a year and what is told of it, most often one a year: making keys of them all takes twice the time.
        alike = known.group_by(["person_id", "index", *own])
        known = alike.aggregate(start=known.start.max(), months=months(known.months))
    years = _latest(known, question, "person_id", months=months(known.months))
    rows = _asked(definition, question, years)
    inside = rows.months
    for ago in range(1, rule.of // 12):
        past = years.view().select("person_id", "index", before="months")
        past = past.mutate(index=past["index"] + ago, before=past.before << 12 * ago)
        rows = join_on(rows, past.rename({f"months_{ago}": "before"}), ["person_id", "index"], "past")
        inside = ibis.coalesce(rows[f"months_{ago}"], 0) | inside
    rows = rows.mutate(inside=inside)
    long = tables.words.ones(rows.inside, rule.of) >= rule.at_least
    if rule.longest_break is not None:
        long &= _unbroken(rows.inside, rule.longest_break)
    rows = _judged(definition, tables, question, rows.mutate(long=long))
    mature = rows["last"] <= day(question.freeze)
    begins = rows["index"] * 12 + 12 - rule.of
    early = begins < _number(question.since)
    return rows.mutate(
        reason=_otherwise(definition, rows, early, "before_data"),
        mature=mature,
        status=ibis.cases((rows.long, code("outcome")), (mature, code("window_passed")), else_=code("frozen")),
    )


def _unbroken(months: Expr, longest: int) -> Expr:
    """Return whether no break is longer: months spread over the breaks allowed after them leave no hole."""
    spread = months
    for later in range(1, longest + 1):
        spread |= months >> later
    return spread & (spread + (spread & -spread)) == 0


def _otherwise(definition: Definition, rows: Expr, test: Expr, reason: str) -> Expr:
    """Return the reason of the cohort, else the one named where the test holds."""
    own = ibis.literal(reasons(definition).index(reason), "int16")
    return ibis.ifelse((rows.reason == INSIDE) & test, own, rows.reason)


def _number(since: dt.date | None) -> int:
    return since.year * 12 + since.month - 1 if since else 0


def _summed(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row a household or person and period: the weight in `offset`, what is summed in `total`."""
    rows = _known(definition, tables, question)
    if definition.kind == "amount":
        rows = rows.filter(rows.v_amount.notnull())
        alone = ibis.literal("p ") + rows.person_id.cast("string")
        rows = rows.mutate(who=ibis.coalesce(ibis.literal("h ") + rows.v_household_id, alone))
        weight, total = rows.start.nunique(), rows.v_amount.sum()
    else:
        rows = rows.mutate(who=rows.person_id)
        weight, total = rows.v_planned.sum(), rows.v_attended.sum()
    rows = _latest(rows, question, "who", offset=weight, total=total.cast("int64"))
    rows = _asked(definition, question, rows)
    return _judged(definition, tables, question, rows).mutate(mature=True, status=code("counted"))


def _scored(definition: Definition, tables: Tables, question: Question) -> Expr:
    """One row a person and year: the first or last occasion on which enough items were answered within bounds."""
    score = definition.score
    assert score is not None
    rows = tables.rows(definition.cohort.anchor.rows)
    rows = rows.filter((rows.v_instrument == score.instrument) & rows.v_item.isin(score.items))
    rows = rows.filter((rows.start <= day(question.freeze)) & within(question, rows.start))
    rows = rows.mutate(value=_answer(rows, score))
    own = {name: rows[name].min() for name in rows.columns if name.startswith("a_")}
    rows = rows.group_by(["person_id", "start"]).aggregate(
        end=rows.start.min(), answers=rows.count(), items=rows.v_item.nunique(),
        good=rows["value"].count(), total=rows["value"].sum(), **own,
    )  # fmt: skip
    rows = rows.mutate(
        whole=(rows.answers == rows["items"]) & (rows.good >= score.needed),
        index=rows.start.year().cast("int64"),
        last=rows.start,
    )
    order = [~rows.whole, rows.start if score.take == "first" else rows.start.desc()]
    rank = ibis.row_number().over(group_by=[rows.person_id, rows["index"]], order_by=order)
    rows = rows.mutate(rank=rank).filter(lambda t: t["rank"] == 0).drop("rank")
    rows = _judged(definition, tables, question, rows)
    return rows.mutate(
        reason=_otherwise(definition, rows, ~rows.whole, "incomplete"),
        mature=True,
        offset=ibis.ifelse(rows.whole, _mean_of(rows, score), 0),
        status=code("counted"),
    )


def _mean_of(rows: Expr, score: Score) -> Expr:
    """Return `score.offset` in whole numbers: one multiplication for each number of answers that is enough."""
    counts = range(score.needed, len(score.items) + 1)
    steps = [(rows.good == n, score.offset(1, n) * (rows.total - n * score.least)) for n in counts]
    return ibis.cases(*steps, else_=ibis.literal(0, "int64"))


def _answer(rows: Expr, score: Score) -> Expr:
    """Return the answer as a number, null when it is not a whole one within bounds."""
    text = ibis.coalesce(rows.v_value, "").strip()
    allowed = {str(value): value for value in range(score.least, score.most + 1)}
    return ibis.cases(*((text == word, value) for word, value in allowed.items()), else_=ibis.null("int64"))
