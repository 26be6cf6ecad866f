"""Staff from a file: every fault named, all or nothing, leavers end their posts."""

import csv
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from matrikel.cli.main import main
from matrikel.domain.access import door as access
from matrikel.kernel import clock
from tests.cast import Cast

HEADING = "email,name,unit,role,title,start_date,end_date"
ADMINISTRATOR = "adam@example.test"
GOOD = (
    "britta@example.test,Britta Ek,Integrationsenheten,caseworker,Handläggare,2026-01-01,",
    "nils@example.test,Nils Ås,Nya enheten,Enhetschef,,2026-02-01,2199-12-31",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "staff.csv"


def load(file: Path, *rows: str, heading: str = HEADING, options: tuple[str, ...] = ()) -> int:
    file.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8-sig")
    return main(["staff", "import", str(file), "--as", ADMINISTRATOR, *options])


def posts(**wanted: object) -> int:
    return access.Post.objects.filter(**wanted).count()


def test_a_file_makes_units_accounts_and_posts(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(file, *GOOD) == 0
    nils = access.Post.objects.select_related("unit").get(user__email="nils@example.test")
    assert (nils.role, nils.unit.name, nils.unit.board_id) == ("unit_manager", "Nya enheten", cast.unit.board_id)
    assert nils.end_date == date(2199, 12, 31)
    path = Path(capsys.readouterr().out.split("Startlösenord: ")[1].split(". ")[0])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8", newline="") as lines:
        given = {row["email"]: row["password"] for row in csv.DictReader(lines)}
    assert access.User.objects.get(email="britta@example.test").check_password(given["britta@example.test"])


def test_the_same_file_again_changes_nothing(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, *GOOD)
    before = posts()
    assert load(file, *GOOD) == 0
    assert posts() == before
    assert "0 nya tjänster, 0 avslutas, 2 oförändrade" in capsys.readouterr().out


def test_preview_writes_nothing(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = posts()
    assert load(file, *GOOD, options=("--preview",)) == 0
    assert posts() == before
    assert "2 nya tjänster" in capsys.readouterr().out


def test_semicolons_and_swedish_role_names_are_understood(cast: Cast, file: Path) -> None:
    row = "b@example.test;B;Integrationsenheten;handläggare"
    assert load(file, row, heading="email;name;unit;role") == 0
    assert posts(user__email="b@example.test", role="caseworker") == 1


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("britta,Britta,Integrationsenheten,caseworker,,,", "rad 3, email"),
        ("b@example.test,,Integrationsenheten,caseworker,,,", "rad 3, name"),
        ("b@example.test,B,,caseworker,,,", "rad 3, unit"),
        ("b@example.test,B,Integrationsenheten,boss,,,", "rad 3, role"),
        ("b@example.test,B,Integrationsenheten,caseworker,,1 mars,", "rad 3, start_date"),
        ("b@example.test,B,Integrationsenheten,caseworker,,2026-03-01,2026-02-01", "rad 3, end_date"),
        ("adam@example.test,Adam,Integrationsenheten,unit_manager,,,", "rad 3, email"),
        ("britta@example.test,Britta Ek,Integrationsenheten,caseworker,,,", "rad 3: samma tjänst som rad 2"),
        ("britta@example.test,Någon Annan,Nya enheten,reader,,,", "rad 3, name"),
        (f"b@example.test,{'B' * 101},Integrationsenheten,caseworker,,,", "rad 3, name"),
    ],
)
def test_a_fault_names_row_and_column_and_nothing_is_written(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str], row: str, place: str
) -> None:
    before = posts()
    assert load(file, GOOD[0], row) == 2
    assert place in capsys.readouterr().err
    assert posts() == before
    assert not access.User.objects.filter(email="britta@example.test").exists()


def test_every_fault_is_told_at_once(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(file, "a,,,x,,,", ",,,,,,", "b@example.test,B,Enhet,caseworker,,igår,") == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "inga rader"),
        (b"email,name,unit,role\n", "inga rader"),
        (b"email;name;roll\n", "rad 1, unit"),
        ("email,name,unit,role\nå,å,å,å".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_that_is_no_staff_file_is_named(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    file.write_bytes(content)
    assert main(["staff", "import", str(file), "--as", ADMINISTRATOR]) == 2
    assert said in capsys.readouterr().err


def test_a_row_with_a_last_day_ends_the_post(cast: Cast, file: Path) -> None:
    last = clock.today() - timedelta(days=1)
    assert load(file, f"bertil@example.test,Bertil,Integrationsenheten,caseworker,,,{last}") == 0
    bertil = access.Post.objects.get(pk=cast.bertil.post_id)
    assert (bertil.end_date, bertil.is_current) == (last, False)


def test_leavers_are_those_of_the_board_who_are_not_in_the_file(cast: Cast, file: Path) -> None:
    assert load(file, "cecilia@example.test,Cecilia,Integrationsenheten,unit_manager,,,", options=("--leavers",)) == 0
    ended = set(access.Post.objects.filter(end_date=clock.today()).values_list("user__name", flat=True))
    assert ended == {"Bertil", "David", "Elsa", "Rakel"}  # not the administrator who acts, nor Erik of another board


def test_only_an_administrator_may(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("\n".join([HEADING, *GOOD]))
    assert main(["staff", "import", str(file), "--as", "cecilia@example.test"]) == 2
    assert main(["staff", "import", str(file), "--as", "nobody@example.test"]) == 2
    assert "nobody@example.test" in capsys.readouterr().err
    assert not access.User.objects.filter(email="britta@example.test").exists()


def test_the_list_shows_who_holds_what(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "list"]) == 0
    assert "bertil@example.test" in capsys.readouterr().out
