"""Tables that Spark reads: opened, checked, refused, and the command. The integers: test_stats_gates.py."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import StatsError, count, open_dataset, open_spark, run
from matrikel_stats.cli import main
from matrikel_stats.question import question_for
from tests.stats import test_stats_kinds_properties as kinds
from tests.stats import test_stats_properties as worlds
from tests.stats.roads import MASTER, to_parquet
from tests.stats.worlds import CODES, INDICATORS, ROOT, indicator, write_world

pytestmark = pytest.mark.skipif(MASTER is None, reason="no Spark asked for: run `make test-spark`")


def alter(folder: Path, table: str, fields: str) -> None:
    """Write a table of the folder anew with other columns or values."""
    import duckdb

    path = folder / f"{table}.parquet" / "part.parquet"
    changed = path.with_name("changed.parquet")
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT {fields} FROM read_parquet('{path}')) TO '{changed}'")
    changed.replace(path)


def test_the_executors_are_processes_of_their_own(spark: Any) -> None:
    """What works only because everything lies in one memory fails in them."""
    assert MASTER is not None
    if MASTER.startswith("local-cluster"):
        driver_and_executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()
        assert driver_and_executors == 1 + int(MASTER.partition("[")[2].split(",")[0])


def test_squares_of_money_need_more_than_64_bits(spark: Any, tmp_path: Path) -> None:
    """Three sums of twenty million kronor: 4 · 10¹⁸ öre² each, and a whole number of Spark ends at 9.2 · 10¹⁸."""
    persons = "\n".join(f"p{n} | 1980-01-01 | f" for n in range(3))
    months = "\n".join(f"p{n} | 2023-01 | h{n} | 20000000.00 | 2380" for n in range(3))
    write_world(
        tmp_path,
        f"persons\nperson_id | birth_date | sex\n{persons}\nassistance_months\n"
        f"person_id | month | household_id | amount | municipality\n{months}",
    )
    definition = indicator(tmp_path / "definitions", kinds.BODIES["amount_year"])
    with open_spark(to_parquet(tmp_path, worlds.FREEZE), spark, codes=CODES) as data:
        found = count(definition, data, question_for(definition, kinds.FREEZE, None, ()))
        assert {row.status: row.n for row in found.rows} == {"counted": 3, "sum": 6 * 10**9, "squares": 12 * 10**18}


def test_a_schema_of_the_catalogue_and_a_run_that_differs_only_in_the_engine(spark: Any, tmp_path: Path) -> None:
    worlds._write(tmp_path, worlds.crowd(3))
    folder = to_parquet(tmp_path, worlds.FREEZE)
    spark.sql("CREATE DATABASE facts")
    for table in ("persons", "spells", "events"):
        spark.sql(f"CREATE TABLE facts.{table} USING parquet LOCATION '{folder}/{table}.parquet'")
    definitions = [each for each in worlds.DEFINITIONS if each.id in ("effect_goal", "sfi_wait", "stock_by_month")]
    with (
        open_dataset(tmp_path, codes=CODES, freeze=worlds.FREEZE) as files,
        open_spark("facts", spark, codes=CODES) as data,
        open_spark(folder, spark, codes=CODES) as same,
    ):
        assert (data.id, data.freeze_source) == ("facts", "latest_date")
        assert data.digest == same.digest
        for definition in definitions:
            here, there = run(definition, files), run(definition, data, freeze=worlds.FREEZE)
            assert there.engine == "pyspark"
            assert (there.total, there.breakdowns, there.excluded) == (here.total, here.breakdowns, here.excluded)
        assert [each.person_id for each in data.persons(["p1", "it's \\ no one"])] == ["p1"]
    alter(folder, "persons", "* REPLACE (CASE person_id WHEN 'p0' THEN '' ELSE sex END AS sex)")
    with open_spark(folder, spark, codes=CODES) as changed:
        assert changed.digest != data.digest
    assert spark.sql("SELECT 1").collect()[0][0] == 1, "a session of one's own is left running"
    assert not [view for view in spark.catalog.listTables() if view.isTemporary]


def test_faults_of_rows_are_named_with_their_number_and_an_example(spark: Any, tmp_path: Path) -> None:
    kinds._crowd(tmp_path, random.Random(0), 20)
    folder = to_parquet(tmp_path, worlds.FREEZE)
    alter(folder, "persons", "* REPLACE ('x' AS sex, CASE WHEN person_id < 'p3' THEN 'p1' ELSE person_id END "
          "AS person_id, CASE person_id WHEN 'p5' THEN DATE '1850-01-01' END AS birth_date)")  # fmt: skip
    alter(folder, "spells", "* REPLACE ('sfii' AS kind, start_date - 1 AS end_date)")
    alter(folder, "assistance_months", "* REPLACE (-1.5 AS amount, NULL AS person_id)")
    alter(folder, "attendance", "* REPLACE (3 AS planned, 4 AS attended, NULL::DATE AS date)")
    alter(folder, "populations", "* REPLACE (NULL::BIGINT AS population)")
    with pytest.raises(StatsError) as caught:
        open_spark(folder, spark, codes=CODES)
    text = caught.value.text("en")
    for part in (
        "persons (20): column sex: 'x' is not known",
        "persons: column person_id: 'p1' occurs 13 times",
        "persons (1): column birth_date: 1850-01-01 lies outside 1900-2100",
        "is before start_date",
        "'sfii' is not in activities.csv (did you mean 'sfi'?)",
        "column amount: -1.5",
        "column person_id is empty",
        "attended 4 is more than planned 3",
        "attendance (80): column date: the date is missing",
        "populations (50): column population: '' is not a number",
    ):
        assert part in text, f"{part}\n{text}"


def test_faults_of_tables_are_named_with_the_remedy(spark: Any, tmp_path: Path) -> None:
    worlds._write(tmp_path, worlds.crowd(3))
    folder = to_parquet(tmp_path, worlds.FREEZE)
    alter(folder, "spells", "* EXCLUDE kind REPLACE (CAST(start_date AS VARCHAR) AS start_date)")
    (folder / "persons.parquet" / "part.parquet").unlink()
    (folder / "persons.parquet").rmdir()
    with pytest.raises(StatsError) as caught:
        open_spark(folder, spark, codes=CODES)
    text = caught.value.text("en")
    assert "the table persons is missing; add persons.parquet to the folder" in text
    assert "spells: the column kind is missing" in text
    assert "the column start_date is string; make it one of date" in text
    (folder / "events.parquet" / "part.parquet").write_bytes(b"no Parquet")
    with pytest.raises(StatsError, match="Spark could not read the tables"):
        open_spark(folder, spark, codes=CODES)
    with pytest.raises(StatsError, match="create the table in the schema"):
        open_spark("nowhere", spark, codes=CODES)
    with pytest.raises(StatsError, match="no such folder"):
        open_spark(tmp_path / "none", spark, codes=CODES)


# What a program of its own does: start Spark, count from kept SQL, say whether Ibis was loaded, and stop Spark.
PROGRAM = """
import sys
from matrikel_stats.cli import main
code = main(sys.argv[1:])
print("ibis" in sys.modules, file=sys.stderr)
sys.exit(code)
"""


def test_the_command_counts_with_spark_and_a_warm_run_loads_no_ibis(
    spark: Any, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    worlds._write(tmp_path, worlds.crowd(3))
    folder = to_parquet(tmp_path, worlds.FREEZE)
    path = next(INDICATORS.rglob("enrolled.toml"))
    asked = ["run", "--indicators", str(path), "--freeze", "2021-03-01", "--format", "json", "--dataset"]
    assert main([*asked, str(tmp_path)]) == 0
    expected = json.loads(capsysbinary.readouterr().out)
    assert main([*asked, str(folder), "--spark", "local[1]"]) == 0, "beside the session that is running"
    found = json.loads(capsysbinary.readouterr().out)
    assert spark.sql("SELECT 1").collect()[0][0] == 1

    started = subprocess.run(
        [sys.executable, "-c", PROGRAM, *asked, str(folder), "--spark", "local[1]"], cwd=ROOT, capture_output=True
    )
    assert started.returncode == 0, started.stderr.decode()
    assert started.stderr.decode().splitlines()[-1] == "False"
    assert json.loads(started.stdout) == found

    same = ("total", "breakdowns", "excluded", "count_tables")
    ours, theirs = found["results"][0], expected["results"][0]
    assert (ours["engine"], theirs["engine"]) == ("pyspark", "duckdb")
    assert [ours[key] for key in same] == [theirs[key] for key in same]


@pytest.mark.parametrize(
    ("home", "master", "part"),
    [("/nowhere", "local[1]", "Spark needs Java 17"), ("", "nowhere", "check the master, and that Java is version 17")],
)
def test_a_machine_without_java_and_a_master_that_is_none(tmp_path: Path, home: str, master: str, part: str) -> None:
    worlds._write(tmp_path, worlds.crowd(3))
    asked = ["run", "--indicators", str(INDICATORS), "--dataset", str(tmp_path), "--spark", master]
    environment = os.environ | ({"JAVA_HOME": home} if home else {})
    found = subprocess.run(
        [sys.executable, "-m", "matrikel_stats.cli", *asked], cwd=ROOT, capture_output=True, env=environment
    )
    assert found.returncode == 2
    assert part in found.stderr.decode().splitlines()[-1]
