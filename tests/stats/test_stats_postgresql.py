"""Tables in PostgreSQL, counted there or pulled over: opened, checked, refused. The integers: test_stats_gates.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import StatsError, open_dataset, run
from matrikel_stats.data.database import open_database
from tests.stats import test_stats_properties as worlds
from tests.stats.roads import OWNER, copy_to, schema
from tests.stats.worlds import CODES, INDICATORS

pytestmark = pytest.mark.skipif(OWNER is None, reason="no PostgreSQL beside: run under tools/with_postgres.py")


ROW = "'p1' AS person_id, '2020-01-01'::date"


@pytest.fixture
def con() -> Iterator[Any]:
    with schema("facts") as connection:
        yield connection


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
