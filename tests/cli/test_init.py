"""A real installation: made once, whole, readable by its owner alone."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import asked, run


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_the_secret_and_the_database_are_the_owners_alone(made: tuple[Path, str]) -> None:
    home, said = made
    assert (mode(home), mode(home / "secret"), mode(home / "matrikel.sqlite3")) == (0o700, 0o400, 0o600)
    assert "adam@ostersund.example" in said


def test_the_installation_is_no_demo_and_has_one_administrator(made: tuple[Path, str]) -> None:
    with sqlite3.connect(f"file:{made[0] / 'matrikel.sqlite3'}?mode=ro", uri=True) as database:
        assert database.execute("SELECT is_demo FROM access_installation").fetchall() == [(0,)]
        assert database.execute("SELECT role FROM access_post").fetchall() == [("administrator",)]
        assert database.execute("SELECT code, county_code FROM access_municipality").fetchall() == [("2380", "23")]


def test_the_start_password_is_not_kept_in_clear(made: tuple[Path, str]) -> None:
    password = made[1].split("Startlösenord: ")[1].split()[0]
    assert len(password) == 19
    for path in made[0].rglob("*"):
        assert path.is_dir() or password.encode() not in path.read_bytes()


def test_a_second_time_is_refused_and_nothing_changes(home: Path) -> None:
    before = (home / "secret").read_text()
    again = run(home, "init", *asked())
    assert again.returncode == 2
    assert str(home) in again.stderr
    assert (home / "secret").read_text() == before


def test_what_is_missing_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    refused = run(tmp_path / "new", "init", "--municipality", "2380")
    assert refused.returncode == 2
    assert "--board, --unit, --admin-email, --admin-name" in refused.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("option", "value"), [("municipality", "9999"), ("municipality", "Atlantis"), ("admin-email", "adam")]
)
def test_an_answer_that_cannot_be_is_named(tmp_path: Path, option: str, value: str) -> None:
    refused = run(tmp_path, "init", *asked(**{option: value}))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert f"--{option}: {value}" in refused.stderr
    assert not (tmp_path / "matrikel.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = run(tmp_path / "file" / "home", "init", *asked())
    assert refused.returncode == 2
    assert "MATRIKEL_HOME" in refused.stderr


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [("open", "chmod 0400"), ("short", "too short"), ("gone", "matrikel init")],
)
def test_no_command_runs_on_a_broken_secret(home: Path, fault: str, remedy: str) -> None:
    secret = home / "secret"
    secret.chmod(0o600)
    if fault == "open":
        secret.chmod(0o444)
    elif fault == "short":
        secret.write_text("abc")
    else:
        secret.unlink()
    refused = run(home, "serve")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert remedy in refused.stderr
