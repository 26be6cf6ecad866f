"""Faults in the tables of months, attendance and inhabitants, each with place and remedy."""

from pathlib import Path

import pytest

from matrikel_stats import StatsError, open_dataset
from tests.stats.worlds import CODES, write_world

PERSONS = "persons\nperson_id | birth_date | sex\n1 | 1980-01-01 | f\n"


ATTENDED = "attendance\nperson_id | date | planned | attended\n"


@pytest.mark.parametrize(
    ("table", "parts"),
    [
        ("assistance_months\nperson_id | month\n1 | 2024-13", ["row 2", "month", "'2024-13' is not a date"]),
        ("assistance_months\nperson_id | month\n1 | 1824-01", ["row 2", "1900-2100", "correct the date"]),
        ("assistance_months\nperson_id | month\n1 | -", ["row 2", "the date is missing"]),
        ("assistance_months\nperson_id | month\n- | 2024-01", ["row 2", "person_id is empty"]),
        ("assistance_months\nperson_id | date\n1 | 2024-01", ["the column month is missing", "rename"]),
        ("assistance_months\nperson_id | month | amount\n1 | 2024-01 | tolv", ["row 2", "amount", "is not a number"]),
        ("assistance_months\nperson_id | month | amount\n1 | 2024-01 | -5", ["row 2", "below zero"]),
        (ATTENDED + "1 | 2024-01-01 | 1.5 | 1", ["planned", "not a whole number"]),
        (ATTENDED + "1 | 2024-01-01 | 1 | 2", ["attended 2 is more than planned 1"]),
        ("populations\ndate | population | age\n2024-12-31 | 10 | -", ["row 2", "age", "is not a number"]),
        ("populations\ndate | population | sex\n2024-12-31 | 10 | T", ["row 2", "'T' is not known"]),
    ],
)  # fmt: skip
def test_faults_name_file_row_column_and_remedy(tmp_path: Path, table: str, parts: list[str]) -> None:
    with pytest.raises(StatsError) as caught:
        open_dataset(write_world(tmp_path, PERSONS + table), codes=CODES)
    assert table.split("\n")[0] + ".csv" in str(caught.value)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(("month", "kept"), [("2024-03", "2024-03-01"), ("20240317", "2024-03-01"),
                                             ("2024-03-31", "2024-03-01"), (" 2024-12 ", "2024-12-01")])  # fmt: skip
def test_many_ways_of_writing_a_month(tmp_path: Path, month: str, kept: str) -> None:
    drawing = PERSONS + f"assistance_months\nperson_id | month | amount\n1 | {month} | 12,345"
    with open_dataset(write_world(tmp_path, drawing), codes=CODES) as dataset:
        (row,) = dataset.rows("assistance_months")
        assert (str(row.start), row.attributes["amount"]) == (kept, "1235")
        assert str(dataset.first_month) == kept


def test_real_types_in_parquet(tmp_path: Path) -> None:
    import duckdb

    write_world(tmp_path, PERSONS)
    duckdb.sql(
        "COPY (SELECT 1 AS person_id, DATE '2024-03-15' AS month, 7::INTEGER AS household_id, 12.5::DOUBLE AS amount) "
        f"TO '{tmp_path}/assistance_months.parquet' (FORMAT parquet)"
    )
    with open_dataset(tmp_path, codes=CODES) as dataset:
        (row,) = dataset.rows("assistance_months")
    assert (str(row.start), str(row.end)) == ("2024-03-01", "2024-03-31")
    assert row.attributes == {"household_id": "7", "amount": "1250"}


@pytest.mark.parametrize(("sex", "month", "as_it_lies"), [("female", "2024-03-01", True), ("K", "2024-03-15", False)])
def test_a_file_that_is_tidy_is_read_as_it_lies_and_any_other_made_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sex: str, month: str, as_it_lies: bool
) -> None:
    import duckdb

    from matrikel_stats.data import noted

    monkeypatch.setenv("MATRIKEL_STATS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(noted, "_STEP_NS", 0)
    folder = write_world(
        tmp_path / "data", "spells\nperson_id | kind | start_date | end_date\n1 | sfi | 2024-01-01 | -\n"
    )
    (folder / "persons.csv").unlink(missing_ok=True)
    tables = {
        "persons": f"(1, DATE '1980-01-01', 'male'), (2, DATE '1980-01-01', '{sex}')) AS t(person_id, birth_date, sex)",
        "assistance_months": f"(1, DATE '2024-02-01'), (2, DATE '{month}')) AS t(person_id, month)",
    }
    for table, rows in tables.items():
        duckdb.sql(f"COPY (SELECT * FROM (VALUES {rows}) TO '{folder}/{table}.parquet'")
    for _ in range(2):  # looked at, then known
        with open_dataset(folder, codes=CODES) as dataset:
            assert [person.sex for person in dataset.persons()] == ["male", "female"]
            assert [str(row.start) for row in dataset.rows("assistance_months")] == ["2024-02-01", "2024-03-01"]
            views = dict(dataset.ask("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal"))
            assert ("list_contains" not in views["persons"]) is as_it_lies
            assert ("day" not in views["assistance_months"]) is as_it_lies
