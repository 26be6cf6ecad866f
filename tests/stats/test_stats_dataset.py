"""Reading other people's tables: tolerant of form, strict about what would make a figure wrong."""

import datetime as dt
import re
from pathlib import Path

import pytest

from matrikel_stats import StatsError, load, open_dataset, run
from tests.stats.worlds import CODES, INDICATORS

PERSONS = "person_id,birth_date,sex\n007,1980-01-01,f\n7,1990-05-05,man\n"
SPELLS = "person_id,kind,start_date,end_date\n007,registration,2020-01-01,\n7,registration,2020-02-01,2020-03-01\n"


def _folder(tmp_path: Path, **tables: str | bytes) -> Path:
    contents: dict[str, str | bytes] = {"persons": PERSONS, "spells": SPELLS, **tables}
    for name, content in contents.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (tmp_path / f"{name}.csv").write_bytes(data)
    return tmp_path


def _fault(folder: Path, lang: str = "en") -> str:
    with pytest.raises(StatsError) as caught:
        open_dataset(folder, codes=CODES)
    return caught.value.text(lang)  # type: ignore[arg-type]


def test_leading_zeros_are_kept_and_ids_compared_as_text(tmp_path: Path) -> None:
    with open_dataset(_folder(tmp_path), codes=CODES) as dataset:
        found = {person.person_id: person.sex for person in dataset.persons()}
    assert found == {"007": "female", "7": "male"}


@pytest.mark.parametrize(
    "persons",
    [
        "\ufeffSex;Hat;Person_ID;birth_date\nKvinna;x;1;19800101\nM;y;2;1980-01-01\n",
        "birth_date\tsex\tperson_id\n1980-01-01\tfemale\t1\n1980-01-01\t1\t2\n",
        '"person_id","sex","birth_date","note"\r\n1,K,1980-01-01,"a, ""b"""\r\n 2 ,man, 1980-01-01 ,\r\n',
        "person_id,birth_date,sex\n1,1980-01-01 00:00:00,2\n2,1980-01-01,male\n",
    ],
    ids=["bom-semicolon", "tabs", "quotes", "times"],
)
def test_many_ways_of_writing_the_same(tmp_path: Path, persons: str) -> None:
    with open_dataset(_folder(tmp_path, persons=persons, spells=SPELLS.replace("007", "2")), codes=CODES) as dataset:
        found = sorted((person.person_id, str(person.birth_date), person.sex) for person in dataset.persons())
    assert found == [("1", "1980-01-01", "female"), ("2", "1980-01-01", "male")]


def test_numbers_in_parquet_and_text_in_csv_are_the_same_person(tmp_path: Path) -> None:
    import duckdb

    folder = _folder(tmp_path, spells="person_id,kind,start_date,end_date\n1,registration,2020-01-01,\n")
    (folder / "persons.csv").unlink()
    for kind in ("BIGINT", "DOUBLE", "VARCHAR"):
        duckdb.sql(
            f"COPY (SELECT CAST(1 AS {kind}) AS person_id, '1980-01-01' AS birth_date, 'f' AS sex) "
            f"TO '{folder}/persons.parquet' (FORMAT parquet)"
        )
        with open_dataset(folder, codes=CODES) as dataset:
            assert dataset.unknown_persons == (), kind


def test_whole_number_ids_in_parquet_give_the_same_figures(tmp_path: Path) -> None:
    import duckdb

    for kind in ("BIGINT", "VARCHAR"):
        folder = tmp_path / kind
        folder.mkdir()
        rows = f"SELECT CAST(i AS {kind}) AS person_id, DATE '1980-01-01' AS birth_date, 'f' AS sex FROM range(50) t(i)"
        duckdb.sql(f"COPY ({rows}) TO '{folder}/persons.parquet'")
        spells = (
            f"SELECT CAST(i % 50 AS {kind}) AS person_id, "
            "CASE WHEN i < 50 THEN 'registration' ELSE 'employment' END AS kind, "
            "DATE '2020-01-01' + CAST(i * 7 AS INT) AS start_date, CAST(NULL AS DATE) AS end_date FROM range(90) t(i)"
        )
        duckdb.sql(f"COPY ({spells}) TO '{folder}/spells.parquet'")
    definition = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]
    results = []
    for kind in ("BIGINT", "VARCHAR"):
        with open_dataset(tmp_path / kind, codes=CODES, freeze=dt.date(2022, 1, 1)) as dataset:
            for engine in ("duckdb", "reference"):
                results.append(run(definition, dataset, engine=engine).count_tables)  # type: ignore[arg-type]
    assert results[0] == results[1] == results[2] == results[3]


def test_without_a_freeze_date_the_latest_known_day_is_used_and_said(tmp_path: Path) -> None:
    with open_dataset(_folder(tmp_path), codes=CODES) as dataset:
        assert (str(dataset.freeze), dataset.freeze_source) == ("2020-03-01", "latest_date")
    (tmp_path / "dataset.toml").write_text('id = "x"\nfreeze = 2021-01-01\n', encoding="utf-8")
    with open_dataset(tmp_path, codes=CODES) as dataset:
        assert (str(dataset.freeze), dataset.freeze_source) == ("2021-01-01", "dataset")
    with open_dataset(tmp_path, codes=CODES, freeze=dt.date(2020, 6, 1)) as dataset:
        assert (str(dataset.freeze), dataset.freeze_source) == ("2020-06-01", "given")


def test_spells_of_unknown_persons_are_named_not_dropped(tmp_path: Path) -> None:
    folder = _folder(tmp_path, spells=SPELLS + "9,registration,2020-01-01,\n9,sfi,2020-01-01,\n")
    with open_dataset(folder, codes=CODES) as dataset:
        assert dataset.unknown_persons == ("9",)


def _add(row: str, to: str = SPELLS) -> str:
    return to + row + "\n"


@pytest.mark.parametrize(
    ("tables", "parts"),
    [
        ({"persons": b""}, ["persons.csv", "empty", "person_id, birth_date, sex"]),
        ({"persons": "id,birth_date,sex\n1,1980-01-01,f\n"}, ["persons.csv", "person_id is missing", "found id"]),
        ({"persons": "person_id,sex,sex,birth_date\n1,f,f,1980-01-01\n"}, ["persons.csv", "sex occurs twice"]),
        ({"persons": _add("7,1991-01-01,m", PERSONS)}, ["persons.csv, row 3", "'7' occurs 2 times"]),
        ({"persons": _add(",1991-01-01,m", PERSONS)}, ["persons.csv, row 4", "person_id is empty"]),
        ({"persons": _add("8,1991-01-01,x", PERSONS)}, ["persons.csv, row 4", "'x' is not known"]),
        ({"persons": _add("8,1891-01-01,m", PERSONS)}, ["persons.csv, row 4", "1891-01-01 lies outside 1900-2100"]),
        ({"persons": _add("8,31/12 1990,m", PERSONS)}, ["persons.csv, row 4", "'31/12 1990' is not a date"]),
        ({"persons": _add("8,2021-02-29,m", PERSONS)}, ["persons.csv, row 4", "'2021-02-29' is not a date"]),
        ({"spells": _add("7,sfi,2020-05-02,2020-05-01")}, ["spells.csv, row 4", "end_date: 2020-05-01 is before"]),
        ({"spells": _add("7,sfi,,2020-05-01")}, ["spells.csv, row 4", "start_date: the date is missing"]),
        ({"spells": _add("7,sfii,2020-05-02,")}, ["spells.csv, row 4", "'sfii' is not in activities.csv", "'sfi'"]),
        ({"spells": _add("7,sfi,2020-05-02,2101-01-01")}, ["spells.csv, row 4", "2101-01-01 lies outside"]),
        ({"spells": _add("7,sfi")}, ["spells.csv", "cannot be read"]),
        ({"events": "person_id,kind,date\n7,reception,\n"}, ["events.csv, row 2", "date: the date is missing"]),
        ({"events": "person_id,kind,date\n7,recepton,2020-01-01\n"}, ["events.csv, row 2", "events.csv"]),
        ({"persons": PERSONS.replace("man", "m\xe5n").encode("latin-1")}, ["persons.csv"]),
        ({"dataset": ""}, []),
    ],
)  # fmt: skip
def test_faults_name_file_row_column_and_remedy(tmp_path: Path, tables: dict[str, str], parts: list[str]) -> None:
    if "dataset" in tables:
        (tmp_path / "dataset.toml").write_text("freese = 2020-01-01\n", encoding="utf-8")
        tables, parts = {}, ["dataset.toml", "unknown key 'freese'"]
    text = _fault(_folder(tmp_path, **tables))
    for part in parts:
        assert part in text


def test_many_faults_of_a_sort_are_shown_by_example_and_counted(tmp_path: Path) -> None:
    rows = "".join(f"7,sfi,2020-05-02,2020-05-0{n % 2}\n" for n in range(1, 9))
    text = _fault(_folder(tmp_path, spells=SPELLS + rows.replace("05-00", "05-01")), "sv")
    assert text.count("ligger före start_date") == 3
    assert "och 5 till av samma slag" in text


def test_missing_truncated_and_doubled_files(tmp_path: Path) -> None:
    assert "no such folder" in _fault(tmp_path / "nowhere")
    (tmp_path / "a").mkdir()
    assert "the table persons is missing" in _fault(tmp_path / "a")
    folder = _folder(tmp_path)
    (folder / "events.parquet").write_bytes(b"PAR1 and then nothing")
    assert "events.parquet: the file cannot be read" in _fault(folder)
    (folder / "events.csv").write_text("person_id,kind,date\n", encoding="utf-8")
    assert "both CSV and Parquet" in _fault(folder)


def test_a_file_name_with_a_quote_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "it's; here"
    folder.mkdir()
    with open_dataset(_folder(folder), codes=CODES) as dataset:
        assert len(list(dataset.persons())) == 2


def test_odd_extra_columns_can_be_broken_down_by(tmp_path: Path) -> None:
    heading = 'person_id,birth_date,sex,"Place; of ""origin"""\n007,1980-01-01,f,å\n7,1990-05-05,m,ö\n'
    definition = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]
    with open_dataset(_folder(tmp_path, persons=heading), codes=CODES, freeze=dt.date(2023, 1, 1)) as dataset:
        for engine in ("duckdb", "reference"):
            result = run(definition, dataset, by=['place; of "origin"'], engine=engine)  # type: ignore[arg-type]
            assert [(list(cell.values.values()), cell.n) for cell in result.breakdowns[0].cells] == [
                (["å"], 1),
                (["ö"], 1),
            ]


@pytest.mark.parametrize("ids", [{"a": "1", "b": "2"}, {"a": "x-1", "b": "00002"}], ids=["numbers", "texts"])
def test_an_outsiders_two_files_give_the_figures_of_ours(
    tmp_path: Path, ids: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    from matrikel_stats.cli import main

    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, persons, spells in (
        (
            ours,
            "person_id,birth_date,sex\na,1980-01-01,female\nb,1990-05-05,male\n",
            "person_id,kind,start_date,end_date,municipality\na,registration,2020-01-01,,2380\n"
            "b,registration,2020-02-01,2020-03-01,2380\na,employment,2020-05-01,2020-06-30,\n",
        ),
        (
            theirs,
            "Sex;Shoe size;BIRTH_DATE;Person_ID;note\nK;38;19800101;a;\nman;;1990-05-05;b;moved\n",
            "municipality;end_date;Person_ID;office;start_date;kind\n2380;;a;x;20200101;registration\n"
            "2380;2020-03-01;b;y;2020-02-01;registration\n;20200630;a;;2020-05-01 00:00:00;employment\n",
        ),
    ):
        folder.mkdir()
        for name, text in (("persons", persons), ("spells", spells)):
            rows = [re.sub(r"\b[ab]\b", lambda found: ids[found[0]], row) for row in text.splitlines()]
            (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    goal = str(INDICATORS / "county_goals" / "establishment_12_months.toml")
    printed = []
    for folder in (ours, theirs):
        assert main(["run", "--dataset", str(folder), "--indicators", goal, "--freeze", "2022-01-01"]) == 0
        printed.append(capsys.readouterr().out.replace(str(folder), "").replace(folder.name, ""))
    figures = [[line for line in text.splitlines() if re.search(r"\d", line)] for text in printed]
    assert len(figures[0]) > 5
    assert figures[0][:-1] == figures[1][:-1]  # the last line tells the digest of the files


def test_what_goes_beyond_the_memory_is_spilled_where_only_the_user_may_look(tmp_path: Path) -> None:
    import duckdb

    spells = "SELECT i AS person_id, 'registration' AS kind, DATE '2020-01-01' AS start_date, NULL::DATE AS end_date"
    persons = "SELECT i AS person_id, DATE '1980-01-01' AS birth_date, 'female' AS sex"
    for table, rows in (("persons", persons), ("spells", spells)):
        duckdb.sql(f"COPY ({rows} FROM range(1000) AS t(i)) TO '{tmp_path}/{table}.parquet'")
    with open_dataset(tmp_path, codes=CODES, memory="64MB") as dataset:
        assert dataset.spill is not None
        place = Path(dataset.spill.name)
        assert place.stat().st_mode & 0o777 == 0o700
        # Sorting four times as much as there is memory for.
        big = "SELECT count(*) FROM (SELECT hash(i) AS h, repeat('x', 200) AS t FROM range(1200000) t(i) ORDER BY h, t)"
        dataset.con.execute("SET threads = 1")
        dataset.con.execute("PRAGMA disable_optimizer")  # which would see that a count needs no order
        assert dataset.con.execute(big).fetchone() == (1200000,)
        assert Path.cwd().joinpath(".tmp").exists() is False
    assert not place.exists()
    with pytest.raises(StatsError, match="'plenty' is no amount of memory; write 400MB or 2GB"):
        open_dataset(tmp_path, codes=CODES, memory="plenty")
