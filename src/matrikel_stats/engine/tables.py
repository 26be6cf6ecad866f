"""The dataset as Ibis tables, and the rows, attributes and ages the DuckDB engine builds on."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ibis  # type: ignore[import-untyped]
from ibis.expr.datatypes import Int32, Int64  # type: ignore[import-untyped]

from matrikel_stats.counts import Status
from matrikel_stats.data.dataset import Dataset
from matrikel_stats.data.schema import TIMED
from matrikel_stats.dates import EARLIEST, FAR, LATEST
from matrikel_stats.declared.codes import DatedValue
from matrikel_stats.declared.definition import Definition, Match, Rows

from .labels import STATUSES

_TYPES = {"date": "date", "month": "date", "money": "int64", "whole": "int64"}
# Ibis builds its expression classes at run time, so there is little for a type checker to hold on to.
Expr = Any


class Tables:
    """The three tables as unbound expressions, open ends already replaced.

    An open end inside a join condition (`end IS NULL OR end >= day`) makes DuckDB compare every pair of rows;
    a far date does not.
    """

    def __init__(self, dataset: Dataset) -> None:
        names = ("persons", "spells", "events", *TIMED)
        self.attributes = {name: dataset.attributes(name) for name in names}
        self.timed = {name: dataset.tables[name] for name in TIMED if dataset.has(name)}
        self.key = "int64" if dataset.key_is_whole else "string"
        self.words = Words(dataset.dialect)
        self.all_known = not dataset.unknown_persons
        self.persons = self._table("persons", {"birth_date": "date", "sex": "string"})
        spells = self._table("spells", {"kind": "string", "start_date": "date", "end_date": "date"})
        self.spells = spells.rename(start="start_date").mutate(end=ibis.coalesce(spells.end_date, day(FAR)))
        self.events = None
        if dataset.has("events"):
            events = self._table("events", {"kind": "string", "date": "date"})
            self.events = events.rename(start="date").mutate(end=events.date)

    def _table(self, name: str, columns: dict[str, str]) -> Expr:
        extras = dict.fromkeys(self.attributes[name], "string")
        return ibis.table({"person_id": self.key, **columns, **extras}, name=name)

    def rows(self, wanted: Rows) -> Expr:
        """Return person_id, start, end and the own attributes (as `a_…`) of the rows that fit."""
        if wanted.table in TIMED:
            table, test = self._timed(wanted.table), ibis.literal(True)
        else:
            table = self.spells if wanted.table == "spells" else self.events
            assert table is not None
            test = _dated(table.kind, table.start, wanted.kinds, self.words.one_of)
        for match in wanted.where:
            test &= _dated(ibis.coalesce(table[match.attribute], ""), table.start, match.values)
        names = {f"a_{name}": table[name] for name in self.attributes[wanted.table]}
        values = {name: table[name] for name in table.columns if name.startswith("v_")}
        return table.filter(test).select("person_id", "start", "end", **names, **values)

    def begun(self, wanted: Rows, freeze: dt.date) -> Expr:
        """Return r_id, r_start and r_end of the rows that fit and begin on or before a day: no later one can count.

        Said here, the reader of the file skips the others; in the condition of a join they are met one by one.
        """
        rows = self.rows(wanted).select(r_id="person_id", r_start="start", r_end="end")
        return rows.filter(rows.r_start <= day(freeze))

    def _timed(self, name: str) -> Expr:
        """Return a table without kinds, its days as start and end and its values as `v_…`."""
        raw, timed = self.timed[name], TIMED[name]
        types = {column.name: _TYPES.get(column.type, "string") for column in raw.table.columns}
        there = {column: types[column] for column in (timed.start, *timed.values) if column in raw.columns}
        table = self._table(name, there)
        start = table[timed.start]
        end = start
        if timed.end != timed.start:
            end = (start + ibis.interval(months=1) - ibis.interval(days=1)).cast("timestamp").cast("date")
        own = {f"v_{value}": table[value] if value in there else ibis.null("string") for value in timed.values}
        return table.mutate(start=start, end=end, **own)

    def with_person(self, rows: Expr) -> Expr:
        """Join the person, whose attributes become `p_…`; `known` is null for an id that persons does not hold."""
        names = {f"p_{name}": self.persons[name] for name in self.attributes["persons"]}
        persons = self.persons.select(
            "birth_date", p_id="person_id", p_sex=ibis.coalesce(self.persons.sex, ""), known=True, **names
        )
        # Where nobody is unknown an inner join finds the same rows, and DuckDB has a quicker one.
        how = "inner" if self.all_known else "left"
        return rows.join(persons, rows.person_id == persons.p_id, how=how).drop("p_id")


def join_on(left: Expr, right: Expr, on: list[str], prefix: str) -> Expr:
    """Left join on the anchor's keys, keeping only the new columns of the right side."""
    renamed = right.rename({f"{prefix}_{key}": key for key in on})
    joined = left.left_join(renamed, [left[key] == renamed[f"{prefix}_{key}"] for key in on])
    return joined.drop(*(f"{prefix}_{key}" for key in on))


def code(status: Status) -> Expr:
    """Return the number that stands for a status: half the cost of its text where millions are grouped."""
    return ibis.literal(STATUSES.index(status), "int8")


def day(value: dt.date) -> Expr:
    """Return a date literal."""
    return ibis.date(value.isoformat())


def days_between(first: Expr, last: Expr) -> Expr:
    """Return how many days one date lies after another."""
    return (last - first).cast("int32")


_PLUS = {"duckdb": "add", "postgres": "date_pli", "pyspark": "date_add"}


class Words:
    """What Ibis has no words for, or not the quickest, in those of a database."""

    def __init__(self, dialect: str) -> None:
        self._plus = ibis.udf.scalar.builtin(_plus, name=_PLUS[dialect])
        self._lists = dialect == "duckdb"
        self._narrow = dialect == "pyspark"
        # Ibis has its own word for this, but none for Spark.
        self.any_bit = ibis.udf.agg.builtin(_number, name="bit_or")
        self._ones = None if dialect == "postgres" else ibis.udf.scalar.builtin(_number, name="bit_count")

    def after(self, date: Expr, number: Expr | int) -> Expr:
        """Return the day so many days later: Ibis has only intervals."""
        return self._plus(date, number)

    def exact(self, number: Expr) -> Expr:
        """Return a number whose sums have room: Spark adds whole numbers in 64 bits, the other databases in more."""
        return number.cast("decimal(38, 0)") if self._narrow else number

    def ones(self, number: Expr, bits: int) -> Expr:
        """Return how many of the lowest bits of a number are set, none being set above them."""
        # PostgreSQL counts those of its own bit strings alone.
        return self._ones(number) if self._ones else sum((number >> bit) & 1 for bit in range(bits))

    def one_of(self, value: Expr, wanted: Sequence[str]) -> Expr:
        """Return whether a text is one of several.

        DuckDB joins the rows to an IN list and reads every column of them all; a function it asks once a word of the
        column's dictionary, before it reads the others.
        """
        return ibis.array(wanted).contains(value) if self._lists and len(wanted) > 1 else value.isin(wanted)


def _plus(date: dt.date, number: Int32) -> dt.date: ...  # type: ignore[empty-body]


def _number(number: Int64) -> Int64: ...  # type: ignore[empty-body]


def _is_in(value: Expr, wanted: Sequence[str]) -> Expr:
    return value.isin(wanted)


def _dated(
    value: Expr, on: Expr, wanted: Sequence[DatedValue], one_of: Callable[[Expr, Sequence[str]], Expr] = _is_in
) -> Expr:
    """Return whether a value is wanted on a day; bounds no date of a dataset can reach are left out of the SQL."""
    always = [dated.value for dated in wanted if dated.first <= EARLIEST and dated.last >= LATEST]
    test = one_of(value, always) if always else ibis.literal(False)
    for dated in wanted:
        if dated.value not in always:
            test |= (value == dated.value) & on.between(day(max(dated.first, EARLIEST)), day(min(dated.last, FAR)))
    return test


def attribute(table: Expr, name: str) -> Expr:
    """Return an attribute of the anchor row, else of the person, else the empty text."""
    found = [table[column] for column in (f"a_{name}", f"p_{name}") if column in table.columns]
    return ibis.coalesce(*found, "") if found else ibis.literal("")


def matches(table: Expr, match: Match, on: Expr) -> Expr:
    """Return whether the anchor row carries one of the wanted values."""
    return _dated(attribute(table, match.attribute), on, match.values)


def age_between(birth: Expr, on: Expr, first: int, last: int) -> Expr:
    """Return whether the completed years lie in a span, both ends included.

    The number of days settles it for all but those within days of the birthday, and costs a fifth of taking two dates
    apart. For them whole numbers (yyyymmdd) do: one born on 29 February completes a year on 28 February in a common
    year, so that day is taken as the 29th.
    """
    days = days_between(birth, on)
    surely = days.between(_most_days(first), _fewest_days(last + 1) - 1)
    perhaps = days.between(_fewest_days(first), _most_days(last + 1) - 1)
    day_of_year = on.month() * 100 + on.day()
    leap = (on.year() % 4 == 0) & ((on.year() % 100 != 0) | (on.year() % 400 == 0))
    number = on.year() * 10000 + ibis.ifelse(day_of_year == 228, ibis.ifelse(leap, 228, 229), day_of_year)
    years = number - (birth.year() * 10000 + birth.month() * 100 + birth.day())
    # Not with "or", both sides of which DuckDB works out for every row.
    return ibis.cases((surely, True), (perhaps, years.between(first * 10000, last * 10000 + 9999)), else_=False)


def _fewest_days(years: int) -> int:
    """Return a number of days within which nobody has completed so many years: leap days fall out by two turns."""
    return years * 365 + years // 4 - 2


def _most_days(years: int) -> int:
    """Return a number of days within which everybody has."""
    return years * 365 + years // 4 + 1


def dimension(definition: Definition, table: Expr, on: Expr, name: str) -> Expr:
    """Return a dimension of the cell as text."""
    if name == "sex":
        return ibis.coalesce(table.p_sex, "")
    if name == "year":
        return on.year().cast("string")
    if name != "age_band":
        return attribute(table, name)
    birth = table.birth_date
    bands = [(age_between(birth, on, first, last), f"{first}-{last}") for first, last in definition.age_bands]
    return ibis.cases((birth.isnull(), ""), *bands, else_="other")


def smallest(values: Iterable[Expr]) -> Expr:
    """Return the earliest of several days."""
    every = list(values)
    return every[0] if len(every) == 1 else ibis.least(*every)


def largest(values: Iterable[Expr]) -> Expr:
    """Return the latest of several days."""
    every = list(values)
    return every[0] if len(every) == 1 else ibis.greatest(*every)
