"""Whatever is wrong with what is given: place and remedy in both languages, exit code 2, and nothing written."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from matrikel_stats import StatsError, open_dataset, run
from matrikel_stats.cli import main
from tests.stats.worlds import CODES, TEXTS, indicator

PERSONS = "person_id,birth_date,sex,land\n" + "".join(f"{n},1980-01-01,f,x\n" for n in range(1, 13))
SPELLS = "person_id,kind,start_date,end_date\n" + "".join(f"{n},registration,2020-01-15,\n" for n in range(1, 13))
BODY = """kind = "reached"
[cohort.anchor]
spell = ["registration"]
[window]
months = 12
[outcome]
spell = ["employment"]
"""
Change = Callable[[Path], object]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to work in, with a dataset and a definition that are right."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "persons.csv").write_text(PERSONS, encoding="utf-8")
    (tmp_path / "data" / "spells.csv").write_text(SPELLS, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(f'id = "mine"\n{TEXTS}{BODY}', encoding="utf-8")
    return tmp_path


def edited(name: str, old: str, new: str) -> Change:
    def act(there: Path) -> None:
        text = (there / name).read_text(encoding="utf-8")
        assert old in text
        (there / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return act


def _to_parquet(there: Path) -> Path:
    import duckdb

    path = there / "data" / "spells.parquet"
    rows = "SELECT i % 12 + 1 AS person_id, 'registration' AS kind, DATE '2020-01-01' AS start_date, "
    rows += "NULL::DATE AS end_date, md5(i::VARCHAR) AS note FROM range(20000) AS t(i)"
    duckdb.sql(f"COPY ({rows}) TO '{path}' (ROW_GROUP_SIZE 4000, COMPRESSION uncompressed)")
    (there / "data" / "spells.csv").unlink()
    return path


def cut_short(there: Path) -> None:
    path = _to_parquet(there)
    path.write_bytes(path.read_bytes()[:300])


def damaged_within(there: Path) -> None:
    path = _to_parquet(there)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(400) + whole[440:])


HATS = '[cohort]\nwhere = [{attribute = "hat", values = ["x"]}]\n'
LINE = "mine.toml:{}: "
FAULTS = {
    "kind": (
        edited("data/spells.csv", "registration", "registraton"),
        ("data/spells.csv, row 2: ", "did you mean 'registration'", "correct it or add the code to the list"),
        ("data/spells.csv, rad 2: ", "menade du 'registration'", "rätta värdet eller lägg till koden i listan"),
    ),
    "kind_of_definition": (
        edited("mine.toml", '"employment"', '"emploiment"'),
        (LINE.format(16), "did you mean 'employment'", "correct it or add the code to the list"),
        (LINE.format(16), "menade du 'employment'", "rätta värdet eller lägg till koden i listan"),
    ),
    "kind_of_indicator": (
        edited("mine.toml", '"reached"', '"reachd"'),
        (LINE.format(10), "unknown kind 'reachd' (did you mean 'reached'?)", "one of reached, state"),
        (LINE.format(10), "okänt slag 'reachd' (menade du 'reached'?)", "något av reached, state"),
    ),
    "column": (
        edited("data/spells.csv", "start_date", "begins"),
        ("data/spells.csv: ", "start_date is missing; found person_id, kind, begins", "Add it or rename"),
        ("data/spells.csv: ", "start_date saknas; filen har person_id, kind, begins", "Lägg till den eller byt"),
    ),
    "column_of_definition": (
        edited("mine.toml", "[cohort.anchor]", f"{HATS}[cohort.anchor]"),
        ("mine.toml: ", "needs the column 'hat'", "add it"),
        ("mine.toml: ", "behöver kolumnen 'hat'", "lägg till den"),
    ),
    "window": (
        edited("mine.toml", "months = 12", "months = 0"),
        (LINE.format(14), "'months' is 0", "write at least 1"),
        (LINE.format(14), "'months' är 0", "skriv minst 1"),
    ),
    "section": (
        edited("mine.toml", "[window]\nmonths = 12\n", ""),
        (LINE.format(1), "'window' is missing", "say within how many months or days"),
        (LINE.format(1), "'window' saknas", "säg inom hur många månader eller dagar"),
    ),
    "type": (
        edited("mine.toml", "months = 12", 'months = "tolv"'),
        (LINE.format(14), "'months' must be a whole number, not a text"),
        (LINE.format(14), "'months' ska vara ett heltal, inte en text"),
    ),
    "cohort": (
        edited("mine.toml", '[cohort.anchor]\nspell = ["registration"]', '[cohort]\nsame_as = "mine"'),
        (LINE.format(12), "the cohort refers to itself", "write it out here or name another"),
        (LINE.format(12), "kohorten hänvisar till sig själv", "skriv ut den här eller ange en annan"),
    ),
    "date": (
        edited("data/spells.csv", "2020-01-15", "1820-01-15"),
        ("data/spells.csv, row 2: ", "1820-01-15 lies outside 1900-2100", "correct the date"),
        ("data/spells.csv, rad 2: ", "1820-01-15 ligger utanför 1900–2100", "rätta datumet"),
    ),
    "freeze": (
        lambda there: (there / "data" / "dataset.toml").write_text("freeze = 2300-01-01", encoding="utf-8"),
        ("data/dataset.toml: ", "2300-01-01 lies outside 1900-2100", "correct it"),
        ("data/dataset.toml: ", "2300-01-01 ligger utanför 1900–2100", "rätta det"),
    ),
    "ids": (
        edited("data/persons.csv", "2,1980-01-01", "1,1980-01-01"),
        ("data/persons.csv, row 2: ", "'1' occurs 2 times", "every person is one row"),
        ("data/persons.csv, rad 2: ", "'1' finns 2 gånger", "varje person ska vara en rad"),
    ),
    "truncated": (
        cut_short,
        ("data/spells.parquet: ", "the file cannot be read (", "write it again as UTF-8 CSV or as Parquet"),
        ("data/spells.parquet: ", "filen går inte att läsa (", "skriv den på nytt som CSV i UTF-8 eller som Parquet"),
    ),
    "damaged": (
        damaged_within,
        ("data/spells.parquet: ", "the file cannot be read (", "write it again as UTF-8 CSV or as Parquet"),
        ("data/spells.parquet: ", "filen går inte att läsa (", "skriv den på nytt som CSV i UTF-8 eller som Parquet"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_place_and_remedy_in_both_languages_and_nothing_written(
    there: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    change, *texts = FAULTS[fault]
    change(there)
    for lang, parts in zip(("en", "sv"), texts, strict=True):
        command = ["run", "--dataset", "data", "--indicators", "mine.toml", "--format", "csv", "--out", "out.csv"]
        assert main([*command, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert all(part in err for part in parts), err
        assert len(err.strip().splitlines()) == 1
        assert not (there / "out.csv").exists()


def test_the_same_without_the_fault_is_counted(there: Path) -> None:
    assert main(["run", "--dataset", "data", "--indicators", "mine.toml", "--format", "csv", "--out", "out.csv"]) == 0
    assert (there / "out.csv").exists()


def test_damage_that_shows_only_when_counting_stops_the_counting(there: Path) -> None:
    """An attribute is read first when somebody breaks down by it."""
    path = _to_parquet(there)
    whole = path.read_bytes()
    at = whole.index(b"c4ca4238a0b923820dcc509a6f75849b")  # md5 of 1, in the column of notes
    path.write_bytes(whole[: at - 60] + bytes(b"\xff" * 56) + whole[at - 4 :])  # the head of its first page
    with open_dataset(there / "data", codes=CODES) as data:
        run(indicator(there / "other", BODY), data, by=["sex"])
        with pytest.raises(StatsError) as caught:
            run(indicator(there / "other", BODY), data, by=["note"])
    assert "counting was broken off (" in caught.value.text("en")
    assert "skriv en skadad fil på nytt" in caught.value.text("sv")


def test_spells_of_persons_unknown_are_counted_and_named(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited("data/spells.csv", "\n3,", "\nP-99,")(there)
    for lang, words in (
        ("en", "left out, not among the persons: 1 · unknown persons in the data 1 (p-99)"),
        ("sv", "inte med, finns inte bland personerna: 1 · okända personer i datamängden 1 (p-99)"),
    ):
        assert main(["run", "--dataset", "data", "--indicators", "mine.toml", "--lang", lang]) == 0
        assert words in " ".join(capsys.readouterr().out.split()).lower()
    assert main(["run", "--dataset", "data", "--indicators", "mine.toml", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["results"]
    assert (found["unknown_persons"], found["unknown_person_ids"]) == (1, ["P-99"])
    assert found["excluded"] == {"unknown_person": 1}


@pytest.fixture
def package(there: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a signed package, with its signer in `trust.toml`."""
    assert main(["key", "own.key", "--name", "Östersund"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    (there / "trust.toml").write_text(f"[signers]\n{line}\n", encoding="utf-8")
    command = ["publish", "--dataset", "data", "--indicators", "mine.toml", "--freeze", "2022-01-01", "--area", "2380"]
    assert main([*command, "--area-name", "Östersund", "--key", "own.key", "--out", "made.zip"]) == 0
    capsys.readouterr()
    return there / "made.zip"


def _nobody(there: Path) -> None:
    (there / "trust.toml").write_text("[signers]\n", encoding="utf-8")


def _another_count(there: Path) -> None:
    with zipfile.ZipFile(there / "made.zip") as found:
        parts = {name: found.read(name) for name in found.namelist()}
    table = next(name for name in parts if name.startswith("tables/") and name.endswith(".json"))
    assert b"12" in parts[table]
    parts[table] = parts[table].replace(b"12", b"13", 1)
    with zipfile.ZipFile(there / "made.zip", "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content)


@pytest.mark.parametrize(
    ("change", "en", "sv"),
    [
        (_nobody, ("by 'Östersund', who is not in the trust list",), ("av 'Östersund' som inte står i listan",)),
        (_another_count, ("tables/mine.json: changed since it was signed",), ("ändrad sedan den signerades",)),
    ],
)  # fmt: skip
def test_a_package_of_nobody_known_or_with_another_count_is_not_taken_in(
    there: Path, package: Path, capsys: pytest.CaptureFixture[str], change: Change, en: tuple[str], sv: tuple[str]
) -> None:
    (there / "kept").mkdir()
    change(there)
    command = ["receive", "made.zip", "--trust", "trust.toml", "--indicators", "mine.toml", "--into", "kept"]
    for lang, parts in (("en", en), ("sv", sv)):
        assert main([*command, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "made.zip" in err
        assert all(part in err for part in parts), err
    assert list((there / "kept").iterdir()) == []
