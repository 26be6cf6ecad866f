"""`matrikel import` in the shell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matrikel.base.scope import acting_as
from matrikel.cli import imports as noun
from matrikel.cli import installation
from matrikel.cli.faults import Fault
from matrikel.cli.main import Parser
from matrikel.domain.access import door as access
from matrikel.domain.people import door as people
from tests.cast import Cast
from tests.domain.imports.conftest import AMINA, BOOK
from tests.imports.reading.registers import xlsx

Run = Callable[..., int]


@pytest.fixture
def command(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(installation, "start_installed", lambda: None)
    parser = Parser(prog="matrikel")
    noun.add_to(parser.add_subparsers(required=True))

    def run(*words: str) -> int:
        arguments = parser.parse_args(["import", *words])
        return int(arguments.run(arguments))

    return run


def test_the_answer_as_json(command: Run, cast: Cast, capsys: Any) -> None:
    assert command("register", str(BOOK), "--json", "--protected", "no") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["read"], answer["good"], answer["refused"], answer["flagged"], answer["skipped"]) == (
        251,
        226,
        17,
        4,
        4,
    )
    first = answer["problems"][0]
    assert (first["sheet"], first["row"], first["column"], first["kind"]) == (
        "Inskrivna",
        23,
        "D",
        "person_number_checksum",
    )
    assert first["heading"] == "Personnr"
    assert first["value"].endswith("••••")
    assert {notice["kind"] for notice in answer["notices"]} == {"sheet_without_header", "later_than_claimed"}
    assert command("undo", answer["batch"], "--json") == 0
    assert json.loads(capsys.readouterr().out)["left"] == 0
    with acting_as(cast.cecilia):
        assert people.Person.objects.count() == 0
    assert command("list") == 0
    assert "undone" in capsys.readouterr().out


def test_a_preview_writes_nothing_and_has_no_batch(command: Run, cast: Cast, capsys: Any) -> None:
    assert command("register", str(BOOK), "--preview", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["read"], answer["new"], answer["batch"]) == (251, 226, None)
    with acting_as(cast.cecilia) as by:
        from matrikel.domain.imports import door as imports

        assert list(imports.batches(by)) == []


def test_a_preview_needs_no_installation(command: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def none() -> None:
        raise Fault("nothing here")

    monkeypatch.setattr(installation, "start_installed", none)
    assert command("register", str(BOOK), "--preview", "--json") == 0
    assert json.loads(capsys.readouterr().out)["good"] == 226
    with pytest.raises(Fault):
        command("register", str(BOOK))


def test_file_faults_name_place_and_remedy(command: Run, tmp_path: Path) -> None:
    broken = tmp_path / "trasig.xlsx"
    broken.write_bytes(BOOK.read_bytes()[:3000])
    with pytest.raises(Fault, match=r"trasig.xlsx: Filen är avhuggen.* Kopiera"):
        command("register", str(broken))
    with pytest.raises(Fault, match="går inte att öppna"):
        command("register", str(tmp_path / "finns inte.xlsx"))


def test_outside_a_demo_the_post_is_named(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "is_demo", lambda: False)
    with pytest.raises(Fault, match="--as"):
        command("register", str(BOOK), "--preview")
    assert command("register", str(BOOK), "--preview", "--as", "cecilia@example.test") == 0


def test_answers_in_a_file(command: Run, tmp_path: Path, cast: Cast, capsys: Any) -> None:
    file, said = tmp_path / "register.xlsx", tmp_path / "svar.json"
    file.write_bytes(
        xlsx(
            [
                ["Efternamn", "Förnamn", "Personnr", "Kat", "X", "Vem"],
                ["Ali", "Amina", AMINA, "ABC", "2007-03-01", "BB"],
            ]
        )
    )
    said.write_text(
        json.dumps(
            {
                "columns": {"Kat": "category", "E": "enrolled_on", "Vem": "caseworker"},
                "codes": {"category": {"abc": "quota_refugee"}}, "caseworkers": {"BB": "bertil@example.test"},
            }
        )
    )  # fmt: skip
    assert command("register", str(file), "--mapping", str(said), "--json") == 0
    assert json.loads(capsys.readouterr().out)["good"] == 1
    said.write_text('{"columns": {"Kat": "kategori"}}')
    with pytest.raises(Fault, match="kategori finns inte"):
        command("register", str(file), "--mapping", str(said))
