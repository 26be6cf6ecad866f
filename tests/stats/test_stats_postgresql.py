"""The same declarations on PostgreSQL: the same integers. Runs beside a server: `tools/with_postgres.py pytest …`."""

import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import StatsError, count, open_dataset, run
from matrikel_stats.data.database import open_database
from matrikel_stats.question import question_for
from tests.stats import test_stats_kinds_properties as imported
from tests.stats import test_stats_properties as worlds
from tests.stats import test_stats_stocks as stocks
from tests.stats.worlds import CODES, INDICATORS

OWNER = os.environ.get("MATRIKEL_OWNER_DATABASE")
pytestmark = pytest.mark.skipif(OWNER is None, reason="no PostgreSQL beside: run under tools/with_postgres.py")


ROW = "'p1' AS person_id, '2020-01-01'::date"
MONTH_ALONE = re.compile(r"(?<=,)(\d{4}-\d{2})(?=,)")


@pytest.fixture
def con() -> Iterator[Any]:
    import psycopg

    assert OWNER is not None
    with psycopg.connect(OWNER, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS facts CASCADE")
        connection.execute("CREATE SCHEMA facts")
        yield connection
        _drop(connection)


def _drop(connection: Any) -> None:
    """A session on its way out drops its own views at the same time; the server then lets one of the two go first."""
    import psycopg

    for _ in range(20):
        try:
            connection.execute("DROP SCHEMA IF EXISTS facts CASCADE")
            return
        except psycopg.errors.DeadlockDetected:
            time.sleep(0.1)
    raise AssertionError("the schema could not be dropped")


def copy_to(con: Any, folder: Path, id_type: str = "text") -> None:
    """Write every table of a folder of CSV files to the schema `facts`, with real dates."""
    for path in sorted(folder.glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        kinds = {"person_id": id_type} | dict.fromkeys(
            ("birth_date", "start_date", "end_date", "date", "month"), "date"
        )
        kinds |= {"amount": "numeric(12, 2)"} | dict.fromkeys(("planned", "attended", "population", "age"), "integer")
        if path.stem == "assistance_months":
            text = MONTH_ALONE.sub(r"\1-01", text)
        heading = text.splitlines()[0].split(",")
        columns = ", ".join(f'"{column}" {kinds.get(column, "text")}' for column in heading)
        con.execute(f"CREATE TABLE facts.{path.stem} ({columns})")
        with con.cursor().copy(f"COPY facts.{path.stem} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(text)


def _same(con: Any, drawn: worlds.World, rename: str = "p", id_type: str = "text") -> None:
    with tempfile.TemporaryDirectory() as name:
        worlds._write(Path(name), drawn, rename)
        copy_to(con, Path(name), id_type)
        assert OWNER is not None
        with (
            open_dataset(Path(name), codes=CODES, freeze=worlds.FREEZE) as files,
            open_database(OWNER, schema="facts", codes=CODES, freeze=worlds.FREEZE) as database,
        ):
            assert database.unknown_persons == files.unknown_persons
            for definition in worlds.DEFINITIONS:
                for offsets in (True, False):
                    asked = question_for(definition, worlds.FREEZE, None, worlds.DIMS, offsets)
                    expected = count(definition, files, asked, "reference")
                    found = count(definition, database, asked)
                    assert found == expected, definition.id
                    assert {type(row.n) for row in found.rows} <= {int}
                    assert count(definition, database, asked, "reference") == expected, definition.id


def test_every_definition_gives_the_same_integers(con: Any) -> None:
    _same(con, worlds.crowd(0))


def test_and_with_ids_as_numbers_and_no_strangers(con: Any) -> None:
    _same(con, worlds.crowd(7, 0), "", "integer")


@pytest.mark.parametrize("name", stocks.BODIES)
def test_every_breakdown_of_a_stock_is_the_same(con: Any, name: str, tmp_path: Path) -> None:
    worlds._write(tmp_path, worlds.crowd(5))
    copy_to(con, tmp_path)
    assert OWNER is not None
    with (
        open_dataset(tmp_path, codes=CODES, freeze=worlds.FREEZE) as files,
        open_database(OWNER, schema="facts", codes=CODES, freeze=worlds.FREEZE) as database,
    ):
        stocks.same_by_every_breakdown(stocks.drawn(name, tmp_path), files, database)


@pytest.mark.parametrize("embedded", [False, True])
def test_what_rests_on_imported_tables_gives_the_same_integers(con: Any, tmp_path: Path, embedded: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    imported._crowd(folder, random.Random(2), 80)
    copy_to(con, folder)
    assert OWNER is not None
    with (
        open_dataset(folder, codes=CODES, freeze=imported.FREEZE) as files,
        open_database(OWNER, schema="facts", codes=CODES, freeze=imported.FREEZE, embedded=embedded) as database,
    ):
        for definition in imported._definitions(tmp_path / "definitions"):
            expected = imported._tables(definition, files, "reference")
            found = imported._tables(definition, database, "duckdb")
            assert found == expected, definition.id
            assert {type(value) for table in found for row in table.rows for value in (row.offset, row.n)} <= {int}
            assert imported._tables(definition, database, "reference") == expected, definition.id


def test_a_database_can_be_pulled_over_and_counted_here(con: Any, tmp_path: Path) -> None:
    worlds._write(tmp_path, worlds.crowd(5))
    copy_to(con, tmp_path)
    assert OWNER is not None
    with open_database(OWNER, schema="facts", codes=CODES, embedded=True, memory="300MB") as pulled:
        before = pulled.digest
        con.execute("DELETE FROM facts.spells WHERE person_id < 'p2'")  # it holds what was there
        with open_dataset(tmp_path, codes=CODES, freeze=pulled.freeze) as files:
            assert (pulled.dialect, pulled.unknown_persons) == ("duckdb", files.unknown_persons)
            for definition in worlds.DEFINITIONS[:4]:
                assert run(definition, pulled).total == run(definition, files).total
    with open_database(OWNER, schema="facts", codes=CODES, embedded=True) as again:
        assert again.digest != before
    con.execute("UPDATE facts.spells SET kind = 'sfii'")
    with pytest.raises(StatsError, match=r"'sfii' is not in activities.csv"):
        open_database(OWNER, schema="facts", codes=CODES, embedded=True)


def test_the_command_counts_a_database_there_and_here_alike(
    con: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from matrikel_stats.cli import main

    worlds._write(tmp_path, worlds.crowd(5))
    copy_to(con, tmp_path)
    goal = INDICATORS / "county_goals" / "establishment_12_months.toml"
    assert OWNER is not None
    command = ["run", "--dataset", OWNER, "--schema", "facts", "--indicators", str(goal), "--format", "csv"]
    printed = []
    for more in ([], ["--embedded", "--memory", "300MB"]):
        assert main([*command, *more]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != ""
    assert "matrikel_owner" not in printed[0]


def test_without_the_scanner_it_says_how_to_get_it(con: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from matrikel_stats.data import pulled

    worlds._write(tmp_path, worlds.crowd(5))
    copy_to(con, tmp_path)
    monkeypatch.setattr(pulled, "_WHEEL", "no_such_wheel")
    assert OWNER is not None
    with pytest.raises(StatsError, match=r"pip install 'matrikel\[embedded\]'"):
        open_database(OWNER, schema="facts", codes=CODES, embedded=True)


def test_a_run_is_the_same_but_for_the_engine(con: Any, tmp_path: Path) -> None:
    worlds._write(tmp_path, worlds.crowd(3))
    copy_to(con, tmp_path)
    assert OWNER is not None
    with (
        open_dataset(tmp_path, codes=CODES, freeze=worlds.FREEZE) as files,
        open_database(OWNER, schema="facts", codes=CODES) as database,
    ):
        assert database.freeze_source == "latest_date"
        for definition in worlds.DEFINITIONS:
            here, there = run(definition, files), run(definition, database, freeze=worlds.FREEZE)
            assert there.engine == "postgres"
            assert (there.total, there.breakdowns, there.excluded) == (here.total, here.breakdowns, here.excluded)
        before = database.digest
    con.execute("UPDATE facts.persons SET sex = CASE sex WHEN 'f' THEN 'm' ELSE 'f' END WHERE person_id = 'p0'")
    with open_database(OWNER, schema="facts", codes=CODES) as changed:
        assert changed.digest != before


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("DROP TABLE facts.spells", "table spells is missing"),
        ("ALTER TABLE facts.spells DROP COLUMN kind", "column kind is missing"),
        ("ALTER TABLE facts.spells ALTER start_date TYPE text", "column start_date is text; make it one of date"),
        ("UPDATE facts.spells SET start_date = '1850-01-01'", "1850-01-01 lies outside 1900-2100"),
        ("UPDATE facts.spells SET end_date = start_date - 1", "is before start_date"),
        ("UPDATE facts.spells SET kind = 'sfii'", "'sfii' is not in activities.csv (did you mean 'sfi'?)"),
        (
            f"CREATE TABLE facts.attendance AS SELECT {ROW} AS date, 1.5 AS planned, 1 AS attended",
            "column planned is numeric; make it one of smallint, integer, bigint",
        ),
        (
            f"CREATE TABLE facts.attendance AS SELECT {ROW} AS date, 1 AS planned, 2 AS attended",
            "attended 2 is more than planned 1",
        ),
        (
            f"CREATE TABLE facts.assistance_months AS SELECT {ROW} AS month, -7.5 AS amount",
            "column amount: -7.50 is below zero",
        ),
        ("UPDATE facts.persons SET sex = 'x'", "'x' is not known"),
        ("UPDATE facts.persons SET person_id = 'p1'", "'p1' occurs 300 times"),
        ("UPDATE facts.persons SET person_id = NULL", "person_id is empty"),
    ],
)
def test_faults_name_table_and_remedy(con: Any, tmp_path: Path, change: str, part: str) -> None:
    worlds._write(tmp_path, worlds.crowd(0))
    copy_to(con, tmp_path)
    con.execute(change)
    assert OWNER is not None
    with pytest.raises(StatsError) as caught:
        open_database(OWNER, schema="facts", codes=CODES)
    assert part in caught.value.text("en")
    assert f"{con.info.dbname}.facts" in caught.value.text("sv")


def test_a_database_that_does_not_answer() -> None:
    with pytest.raises(StatsError, match="does not answer"):
        open_database("postgresql://nobody@127.0.0.1:1/none", codes=CODES)
