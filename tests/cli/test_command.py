"""What every command promises: help in two languages, one line for a fault, exit code 2."""

from pathlib import Path

import pytest

from matrikel.cli.main import NOUNS, main
from tests.cli.conftest import run

COMMANDS = {"imports": "import"}
"""`import` is a word of Python, so the module that holds the command has another name."""


@pytest.mark.parametrize("noun", [COMMANDS.get(noun, noun) for noun in NOUNS])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_noun_has_help(noun: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--lang", language, noun, "--help"])
    assert done.value.code == 0
    assert noun in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["nonsense"], ["staff"], ["trail", "undo"], ["--lang", "de", "init"]])
def test_a_command_that_does_not_exist_is_one_line_and_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        main(words)
    assert done.value.code == 2


def test_without_an_installation_the_remedy_is_named(tmp_path: Path) -> None:
    for words in (["staff", "list"], ["trail", "verify"], ["serve"], ["upgrade"]):
        refused = run(tmp_path, *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
        assert "matrikel init" in refused.stderr


def test_an_unreachable_database_is_named(home: Path) -> None:
    refused = run(home, "staff", "list", MATRIKEL_DATABASE="postgresql://nobody:secret@127.0.0.1:9/none")
    assert refused.returncode == 2
    assert "secret" not in refused.stderr
    assert "Traceback" not in refused.stderr
