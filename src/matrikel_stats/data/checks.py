"""The constraints of the dataset contract: one counting pass a table, details only where something is wrong."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matrikel_declared import hint
from matrikel_stats.declared.codes import CodeLists
from matrikel_stats.problems import Problem, problem

from .columns import as_date, as_decimal, as_month, as_text, may_lie_tidy, tidy
from .files import RawTable, name, quoted
from .schema import SEX_WORDS, Column

if TYPE_CHECKING:
    import duckdb

_SHOWN = 3


@dataclass(frozen=True)
class _Test:
    """SQL that is true for a broken row, and the values its message shows, in order of the placeholders."""

    code: str
    broken: str
    column: str
    shown: tuple[tuple[str, str], ...] = ()


def check(con: "duckdb.DuckDBPyConnection", raw: RawTable, codes: CodeLists) -> list[Problem]:
    """Return every broken constraint of a table; of each sort the first rows with their place, the rest counted."""
    problems: list[Problem] = []
    tests = _tests(raw)
    counted = ", ".join(f"count(*) FILTER (WHERE {test.broken})" for test in tests)
    counts = con.execute(f"SELECT {counted} FROM {raw.relation}").fetchone() or ()
    for test, count in zip(tests, counts, strict=True):
        if count:
            problems += _details(con, raw, test, int(count))
    for column in raw.table.columns:
        if column.codes:
            problems += _kinds(con, raw, column, codes)
    for unique in raw.table.unique:
        problems += _twice(con, raw, unique)
    return problems


def tidy_already(con: "duckdb.DuckDBPyConnection", raw: RawTable) -> list[str]:
    """Return the columns, as `table.column`, whose every value is tidy as it lies: they need not be made so."""
    tests = {}
    for column in raw.table.columns:
        source, kind = raw.columns.get(column.name, ("", ""))
        if not raw.is_text and may_lie_tidy(kind, column):
            sql = tidy(name(source), kind, column, keep_whole=True, trim=False)
            tests[f"{raw.table.name}.{column.name}"] = (
                f"coalesce(bool_and({name(source)} IS NOT DISTINCT FROM {sql}), true)"
            )
    found = con.execute(f"SELECT {', '.join(tests.values())} FROM {raw.relation}").fetchone() if tests else ()
    return [column for column, good in zip(tests, found or (), strict=True) if good]


def _tests(raw: RawTable) -> list[_Test]:
    tests: list[_Test] = []
    for column in raw.table.columns:
        if column.name not in raw.columns:
            continue
        source, kind = name(raw.columns[column.name][0]), raw.columns[column.name][1]
        text = as_text(source, kind)
        if column.type == "id":
            tests.append(_Test("id_missing", f"{text} IS NULL", column.name))
        elif column.type == "number":
            shown = (("value", f"CAST({source} AS VARCHAR)"),)
            tests.append(_Test("number_unreadable", f"TRY_CAST({source} AS DOUBLE) IS NULL", column.name, shown))
        elif column.type in ("money", "whole"):
            tests += _exact_tests(column, source, kind)
        elif column.type in ("date", "month"):
            tests += _date_tests(column, source, kind)
        elif column.name == "sex":
            words = ", ".join(f"'{word}'" for word in SEX_WORDS if word)
            broken = f"{text} IS NOT NULL AND lower({text}) NOT IN ({words})"
            tests.append(_Test("sex_unknown", broken, "sex", (("value", text),)))
    if raw.table.name == "attendance":
        planned, attended = (as_decimal(name(raw.columns[c][0]), raw.columns[c][1]) for c in ("planned", "attended"))
        both = (("planned", f"CAST({planned} AS BIGINT)"), ("attended", f"CAST({attended} AS BIGINT)"))
        tests.append(_Test("attended_more", f"{attended} > {planned}", "", both))
    if raw.table.name == "spells":
        start, end = (as_date(name(raw.columns[c][0]), raw.columns[c][1]) for c in ("start_date", "end_date"))
        tests.append(_Test("end_before_start", f"{end} < {start}", "", (("start", start), ("end", end))))
    return tests


def _exact_tests(column: Column, source: str, kind: str) -> list[_Test]:
    value = as_decimal(source, kind)
    blank = f"{as_text(source, kind)} IS NULL"
    unread = f"{value} IS NULL" + ("" if column.filled else f" AND NOT ({blank})")
    shown = (("value", f"CAST({source} AS VARCHAR)"),)
    tests = [_Test("number_unreadable", unread, column.name, shown)]
    tests.append(_Test("number_negative", f"{value} < 0", column.name, shown))
    if column.type == "whole":
        tests.append(_Test("number_not_whole", f"{value} <> round({value}, 0)", column.name, shown))
    return tests


def _date_tests(column: Column, source: str, kind: str) -> list[_Test]:
    day = as_month(source, kind) if column.type == "month" else as_date(source, kind)
    blank = f"{source} IS NULL" if kind != "VARCHAR" else f"nullif(trim({source}), '') IS NULL"
    outside = f"({day} < DATE '1900-01-01' OR {day} > DATE '2100-12-31')"
    tests = [_Test("date_out_of_range", outside, column.name, (("value", f"CAST({day} AS VARCHAR)"),))]
    if kind != "DATE":
        unread = f"{day} IS NULL AND NOT ({blank})"
        tests.append(_Test("date_unreadable", unread, column.name, (("value", f"CAST({source} AS VARCHAR)"),)))
    if column.filled:
        tests.append(_Test("date_missing", blank, column.name))
    return tests


def _details(con: "duckdb.DuckDBPyConnection", raw: RawTable, test: _Test, count: int) -> list[Problem]:
    fields = ", ".join([raw.row_number, *(sql for _, sql in test.shown)])
    rows = con.execute(f"SELECT {fields} FROM {raw.relation} WHERE {test.broken} ORDER BY 1 LIMIT {_SHOWN}").fetchall()
    found = []
    for row in rows:
        values: dict[str, Any] = dict(zip((key for key, _ in test.shown), row[1:], strict=True))
        if test.column:
            values["column"] = test.column
        found.append(problem(test.code, str(raw.path), **values).in_row(row[0]))
    if count > len(rows):
        found.append(problem("more", str(raw.path), count=count - len(rows)))
    return found


def _kinds(con: "duckdb.DuckDBPyConnection", raw: RawTable, column: Column, codes: CodeLists) -> list[Problem]:
    known = codes.codes(column.codes)
    text = name(raw.columns[column.name][0])
    text = as_text(text, raw.columns[column.name][1]) if raw.is_text else f"CAST({text} AS VARCHAR)"
    found = con.execute(f"SELECT DISTINCT {text} AS v FROM {raw.relation}").fetchall()
    problems = []
    for value in sorted(str(row[0] or "") for row in found):
        if value not in known:
            which = f"coalesce({text}, '') = {quoted(value)}"
            first = con.execute(f"SELECT min({raw.row_number}) FROM {raw.relation} WHERE {which}").fetchone()
            row, where, near = first[0] if first else None, f"{column.codes}.csv", hint(value, known)
            problems.append(problem("kind_unknown", str(raw.path), value=value, codes=where, hint=near).in_row(row))
    return problems


def _twice(con: "duckdb.DuckDBPyConnection", raw: RawTable, unique: str) -> list[Problem]:
    text = as_text(name(raw.columns[unique][0]), raw.columns[unique][1])
    rows = con.execute(
        f"SELECT {text} AS v, count(*), min({raw.row_number}) FROM {raw.relation} WHERE {text} IS NOT NULL "
        f"GROUP BY 1 HAVING count(*) > 1 ORDER BY 3 LIMIT {_SHOWN}"
    ).fetchall()
    return [problem("id_twice", str(raw.path), value=value, count=count).in_row(row) for value, count, row in rows]
