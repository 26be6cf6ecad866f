"""What is kept on disk: a warm run loads no Ibis, and nothing kept can be wrong, half written or another's."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import CodeLists, Problem, StatsError, cache, count, load, open_dataset
from matrikel_stats.data.files import RawTable
from matrikel_stats.engine import statement as statements
from matrikel_stats.question import question_for
from tests.stats.worlds import CODES, INDICATORS, world, write_world

DRAWING = """
persons
person_id | birth_date | sex
a         | 1980-01-01 | f
b         | 1990-01-01 | m
spells
person_id | kind         | start_date | end_date | municipality
a         | registration | 2023-01-01 | -        | 2380
b         | registration | 2023-01-01 | -        | 2380
a         | employment   | 2023-05-01 | -        | -
events
person_id | kind      | date
a         | reception | 2023-01-01
"""
RUN = """
import sys
from pathlib import Path
from matrikel_stats.cli import main
code = main(["run", "--dataset", sys.argv[1], "--indicators", sys.argv[2], "--freeze", "2025-01-01"])
print("LOADED", *sorted({"ibis", "sqlglot", "pandas", "pyarrow"} & set(sys.modules)))
sys.exit(code)
"""
GOAL = INDICATORS / "county_goals" / "establishment_12_months.toml"


def _run(dataset: Path, indicators: Path, **environment: str) -> tuple[str, list[str]]:
    command = [sys.executable, "-c", RUN, str(dataset), str(indicators)]
    ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment)
    assert ran.returncode == 0, ran.stderr
    printed, _, loaded = ran.stdout.rpartition("LOADED")
    return printed, loaded.split()


def test_a_warm_run_of_every_indicator_loads_no_ibis_and_prints_the_same(tmp_path: Path) -> None:
    """Of many a layer is made, which is read with pyarrow; one alone is counted without."""
    dataset = write_world(tmp_path / "data", DRAWING)
    kept = str(tmp_path / "kept")
    for indicators, heavy in ((INDICATORS, {"ibis", "sqlglot"}), (GOAL, {"ibis", "sqlglot", "pandas", "pyarrow"})):
        cold, at_first = _run(dataset, indicators, MATRIKEL_STATS_CACHE=kept)
        warm, later = _run(dataset, indicators, MATRIKEL_STATS_CACHE=kept)
        assert "ibis" in at_first
        assert not heavy & set(later)
        assert warm == cold


def test_without_a_folder_that_can_be_written_it_runs_all_the_same(tmp_path: Path) -> None:
    dataset = write_world(tmp_path / "data", DRAWING)
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    for place in (str(blocked / "kept"), "off"):
        _, loaded = _run(dataset, GOAL, MATRIKEL_STATS_CACHE=place)
        assert "ibis" in loaded
    assert blocked.read_text() == "a file where the folder should be"
    home = tmp_path / "home"
    _run(dataset, GOAL, MATRIKEL_STATS_CACHE="", XDG_CACHE_HOME=str(home))
    assert list((home / "matrikel-stats" / "sql").iterdir())


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_damaged_moved_or_foreign_entry_is_no_entry(kept: Path) -> None:
    cache.write("sql/a", "SELECT 1\nFROM å")
    assert cache.read("sql/a") == "SELECT 1\nFROM å"
    path = kept / "sql" / "a"
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole + b"x", whole.replace(b"1", b"2", 1), b"\xff\xfe" + whole):
        path.write_bytes(damaged)
        assert cache.read("sql/a") is None
    (kept / "sql" / "b").write_bytes(whole)
    assert cache.read("sql/b") is None  # right content, another's name
    path.write_bytes(whole)
    assert cache.read("sql/a") is not None
    path.chmod(0o666)
    assert cache.read("sql/a") is None  # anyone could have written it
    assert cache.read("sql/none") is None


def test_two_who_write_at_once_leave_one_whole_entry(kept: Path) -> None:
    texts = [str(number) * 100_000 for number in range(8)]

    def write_and_read(text: str) -> str | None:
        cache.write("sql/a", text)
        return cache.read("sql/a")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(write_and_read, texts * 5))
    assert set(found) <= set(texts)
    assert [path.name for path in (kept / "sql").iterdir()] == ["a"]


def test_another_question_shape_or_compiler_is_another_statement(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    definition = load(GOAL, CODES)[0]
    monkeypatch.setattr(statements, "_compiled", {})
    narrow = world(tmp_path / "narrow", DRAWING)
    wider = DRAWING.replace("birth_date | sex", "birth_date | sex | unit").replace("-01 | f", "-01 | f | north")
    wide = world(tmp_path / "wide", wider.replace("-01 | m", "-01 | m | south"))
    asked = question_for(definition, narrow.freeze, None, ("sex",))
    made = {
        statements._key(definition, narrow, asked),
        statements._key(definition, wide, asked),
        statements._key(definition, replace(narrow, dialect="postgres"), asked),
        statements._key(definition, narrow, replace(asked, dims=())),
        statements._key(definition, narrow, replace(asked, offsets=False)),
        statements._key(replace(definition, window=replace(definition.window, months=11)), narrow, asked),
    }
    monkeypatch.setattr(statements, "maker", lambda: "another release")
    made.add(statements._key(definition, narrow, asked))
    assert len(made) == 7
    worded = replace(definition, decimals=2, path="elsewhere", owner="B")
    assert statements._key(worded, narrow, asked) in made


def test_a_damaged_statement_is_compiled_anew(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    definition = load(GOAL, CODES)[0]
    dataset = world(tmp_path / "data", DRAWING)
    asked = question_for(definition, dataset.freeze, None, ("sex",))
    monkeypatch.setattr(statements, "_compiled", {})
    first = count(definition, dataset, asked)
    (entry,) = (kept / "sql").iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"SELECT", b"DELETE"))
    monkeypatch.setattr(statements, "_compiled", {})
    assert count(definition, dataset, asked) == first


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the tables whose rows are looked at; the clock of files is taken to move without steps."""
    from matrikel_stats.data import checks, noted

    seen: list[str] = []
    whole = checks.check

    def counted(con: Any, raw: RawTable, codes: CodeLists) -> list[Problem]:
        seen.append(raw.table.name)
        return whole(con, raw, codes)

    monkeypatch.setattr(checks, "check", counted)
    monkeypatch.setattr(noted, "_STEP_NS", 0)
    return seen


def test_rows_are_looked_at_once_and_again_when_a_file_has_changed(
    kept: Path, tmp_path: Path, checks: list[str]
) -> None:
    folder = write_world(tmp_path / "data", DRAWING)
    first = open_dataset(folder, codes=CODES).digest
    assert checks == ["persons", "spells", "events"]
    assert open_dataset(folder, codes=CODES).digest == first
    assert len(checks) == 3
    spells = folder / "spells.csv"
    before, rows = spells.stat(), spells.read_bytes()
    spells.write_bytes(rows.replace(b"employment", b"employmint"))
    os.utime(spells, ns=(before.st_atime_ns, before.st_mtime_ns))  # as long and as old as before
    assert (spells.stat().st_size, spells.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    with pytest.raises(StatsError, match="employmint"):
        open_dataset(folder, codes=CODES)
    spells.write_bytes(rows)
    open_dataset(folder, codes=replace(CODES, digest="others"))
    assert len(checks) == 9  # other code lists, other faults


def test_a_file_that_changed_a_moment_ago_is_not_remembered(
    kept: Path, tmp_path: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from matrikel_stats.data import noted

    folder = write_world(tmp_path / "data", DRAWING)
    files = noted.files_of(folder, "")
    files.keep("checked", "True")
    assert files.known("checked") == "True"
    (folder / "spells.csv").write_text("another")
    files.keep("digest", "of what was there")  # changed between the look and the note
    assert files.known("digest") is None
    monkeypatch.setattr(noted, "_STEP_NS", 10**18)
    for _ in range(2):
        assert noted.files_of(folder, "").name == ""
    noted.files_of(folder, "").keep("checked", "True")
    assert noted.files_of(folder, "").known("checked") is None


def test_no_id_is_written_outside_the_dataset(kept: Path, tmp_path: Path, checks: list[str]) -> None:
    folder = write_world(tmp_path / "data", DRAWING + "stranger_77 | reception | 2023-01-01\n")
    for _ in range(2):
        with open_dataset(folder, codes=CODES) as dataset:
            assert dataset.unknown_persons == ("stranger_77",)
            count(load(GOAL, CODES)[0], dataset, question_for(load(GOAL, CODES)[0], dataset.freeze, None, ()))
    texts = [path.read_text() for path in kept.rglob("*") if path.is_file()]
    assert texts
    assert not any("stranger_77" in text for text in texts)
