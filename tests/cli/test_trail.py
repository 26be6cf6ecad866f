"""The log from the shell: whole or broken, by the program and by an auditor without it; and taking an act back."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from matrikel.base.scope import acting_as
from matrikel.cli.main import main
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Head
from matrikel.kernel import clock
from tests.cast import Cast
from tests.cli.conftest import run

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_trail.py"


def receipt_of(cast: Cast) -> UUID:
    with acting_as(cast.bertil) as by:
        people.register(given_name="Amina", by=by)
        return trail.undoable(by=by, since=clock.now() - timedelta(minutes=1)).get().pk


def persons(cast: Cast) -> int:
    with acting_as(cast.bertil):
        return int(people.Person.objects.count())


def test_an_act_is_taken_back_by_its_receipt(cast: Cast) -> None:
    receipt = receipt_of(cast)
    assert main(["trail", "undo", str(receipt), "--as", "bertil@example.test"]) == 0
    assert persons(cast) == 0


def test_another_s_receipt_does_not_exist(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = receipt_of(cast)
    assert main(["trail", "undo", str(receipt), "--as", "david@example.test"]) == 2
    other = capsys.readouterr().err
    assert main(["trail", "undo", str(uuid4()), "--as", "david@example.test"]) == 2
    assert capsys.readouterr().err == other
    assert persons(cast) == 1


def test_a_number_that_is_no_receipt_is_named(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", "undo", "4711", "--as", "bertil@example.test"]) == 2
    assert "4711" in capsys.readouterr().err


def test_verify_tells_where_a_chain_is_broken(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    receipt_of(cast)
    assert main(["trail", "verify"]) == 0
    Head.objects.filter(chain=cast.bertil.board_id).update(seq=1)
    assert main(["trail", "verify"]) == 1
    assert str(cast.bertil.board_id) in capsys.readouterr().out


def audited(home: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", VERIFIER, home / "matrikel.sqlite3"], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode, done.stdout


def test_the_program_and_the_auditor_agree_that_it_is_whole(made: tuple[Path, str]) -> None:
    assert run(made[0], "trail", "verify").returncode == 0
    assert audited(made[0])[0] == 0


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE trail_entry SET canon = replace(canon, 'administrator', 'reader') WHERE seq = 3",
        "UPDATE trail_entry SET seq = 9 WHERE seq = 3",
        "DELETE FROM trail_entry WHERE seq = 3",
        "DELETE FROM trail_entry WHERE seq = 1",
        "UPDATE trail_head SET hash = replace(hash, 'a', 'b')",
    ],
)
def test_both_find_tampering(home: Path, tampering: str) -> None:
    tamper(home, tampering)
    assert run(home, "trail", "verify").returncode == 1
    code, said = audited(home)
    assert code == 1
    assert "BROKEN at entry" in said


def test_the_auditor_also_finds_a_column_that_no_longer_says_what_was_hashed(home: Path) -> None:
    tamper(home, "UPDATE trail_entry SET action = 'people.person.opened' WHERE seq = 2")
    assert "BROKEN at entry 2" in audited(home)[1]


def test_the_auditor_needs_neither_django_nor_matrikel() -> None:
    text = VERIFIER.read_text()
    assert len(text.splitlines()) <= 60
    assert "import django" not in text
    assert "matrikel" not in "".join(line for line in text.splitlines() if "import" in line)


def tamper(home: Path, statement: str) -> None:
    """As somebody would who owns the file: the triggers go first."""
    with sqlite3.connect(home / "matrikel.sqlite3") as database:
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER trail_entry_no_{verb}")
        assert database.execute(statement).rowcount == 1
    database.close()
