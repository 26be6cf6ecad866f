"""The analyst's command, as a shell meets it: every form, both languages, and exit code 2 with nothing written."""

import contextlib
import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from matrikel_stats import explain, load
from matrikel_stats.cli import COMMANDS, main
from matrikel_stats.commands.starting import KINDS, template
from matrikel_stats.commands.swedish import HELP
from matrikel_stats.commands.templates import SECTIONS
from matrikel_stats.declared.kinds import counted_as
from matrikel_stats.problems import Lang
from tests.stats.worlds import CODES, INDICATORS, ROOT, write_world

GOAL = INDICATORS / "county_goals" / "establishment_12_months.toml"
FLOW = INDICATORS / "yearly" / "enrolled.toml"
CODES_DIR = str(ROOT / "definitions" / "codes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three municipalities: 30 of 40, 20 of 50 and 3 of 20 reach the goal; women are every second."""
    persons = ["persons", "person_id | birth_date | sex"]
    spells = ["spells", "person_id | kind | start_date | end_date | municipality"]
    for code, reached, everyone in (("2380", 30, 40), ("2309", 20, 50), ("2313", 3, 20)):
        for at in range(everyone):
            name = f"{code}-{at}"
            persons.append(f"{name} | 1980-01-01 | {'f' if at % 2 else 'm'}")
            year = 2020 + at % 2
            spells.append(f"{name} | registration | {year}-03-01 | - | {code}")
            if at < reached:
                spells.append(f"{name} | employment | {year}-06-01 | - | {code}")
    persons.append("child | 2015-01-01 | f")
    spells.append("child | registration | 2020-03-01 | - | 2380")
    return write_world(tmp_path_factory.mktemp("world") / "data", "\n".join([*persons, *spells]))


def say(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(each) for each in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def counting(folder: Path, *, by: str = "municipality") -> list[object]:
    return ["--dataset", folder, "--indicators", GOAL, "--freeze", "2023-12-31", "--by", by]


def test_every_command_tells_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        code, out, _ = say(capsys, name, "--help")
        assert code == 0
        assert COMMANDS[name][1] in out.replace("\n", " ")


def test_help_and_faults_are_said_in_swedish_too(capsys: pytest.CaptureFixture[str]) -> None:
    said = ""
    for name in COMMANDS:
        code, out, _ = say(capsys, name, "--help", "--lang", "sv")
        assert code == 0
        said += " ".join(out.split())
    said += " ".join(say(capsys, "--help", "--lang=sv")[1].split())
    assert [words for words in HELP.values() if words not in said] == []
    assert [words for words in HELP if words in said] == []
    for command, words in (
        (("run",), "det här behövs: --dataset, --indicators. Se: matrikel-stats run --help"),
        (("new", "x", "--kind", "flaw"), "--kind: 'flaw' finns inte; välj bland 'reached'"),
        (("bench", "--times", "two"), "--times: 'two' är inget heltal"),
        (("run", "--freeze", "today"), "--freeze: 'today' är inget datum; skriv ÅÅÅÅ-MM-DD"),
        (("check", GOAL, "--colour"), "okända argument: --colour"),
        (("check", "--codes"), "--codes: ett värde behövs"),
    ):
        code, out, err = say(capsys, *command, "--lang", "sv")
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert words in err


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_new_writes_passes_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, lang: Lang
) -> None:
    assert kind in SECTIONS
    code, out, err = say(
        capsys, "new", f"my_{kind}", "--kind", kind, "--out", tmp_path, "--lang", lang, "--codes", CODES_DIR
    )
    path = tmp_path / f"my_{kind}.toml"
    assert (code, err) == (0, "")
    assert str(path) in out
    assert say(capsys, "check", path, "--codes", CODES_DIR)[::2] == (0, "")
    (definition,) = load(path, CODES)
    assert definition.kind == counted_as(kind)
    text = path.read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert len(comments) >= 5
    assert not any(" | " in line for line in comments)
    other = template(f"my_{kind}", kind, "en" if lang == "sv" else "sv")
    assert comments[1] not in other
    path.write_text(other, encoding="utf-8")
    assert load(path, CODES)[0].logic_hash == definition.logic_hash
    assert explain(definition, lang)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "flow"), "id: is needed here"),
        (("mine",), "--kind: is needed here"),
        (("Mine", "--kind", "flow"), "must be lower-case letters"),
        (("mine", "--kind", "flow", "--out", "nowhere"), "cannot be written"),
    ],
)
def test_new_asks_for_what_it_needs(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    code, _, err = say(capsys, "new", *arguments, "--codes", CODES_DIR)
    assert code == 2
    assert words in err
    assert list(tmp_path.iterdir()) == []


def test_new_asks_at_a_terminal_and_never_writes_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("mine\nstock\n"))
    assert say(capsys, "new", "--out", tmp_path, "--codes", CODES_DIR)[0] == 0
    before = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    code, _, err = say(capsys, "new", "mine", "--kind", "flow", "--out", tmp_path, "--codes", CODES_DIR)
    assert (code, "choose another id" in err) == (2, True)
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8") == before


def test_one_result_in_every_form(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    _, out, _ = say(capsys, "run", *counting(folder), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["municipality"], row["n"], row["k"]) for row in rows] == [
        ("", "110", "53"), ("2309", "50", "20"), ("2313", "20", "3"), ("2380", "40", "30"),
    ]  # fmt: skip
    for form in ("csv", "parquet", "xlsx", "json", "vega", "table"):
        code, screen, _ = say(capsys, "run", *counting(folder), "--format", form, "--out", tmp_path / f"result.{form}")
        assert (code, screen) == (0, "")
    assert (tmp_path / "result.csv").read_text(encoding="utf-8") == out
    table = pq.read_table(tmp_path / "result.parquet")
    assert table.column("n").to_pylist() == [110, 50, 20, 40]
    assert str(table.schema.field("value").type) == "double"
    book = CalamineWorkbook.from_path(tmp_path / "result.xlsx")
    assert book.sheet_names == ["figures", "about"]
    sheet = book.get_sheet_by_name("figures").to_python()
    assert [row[sheet[0].index("k")] for row in sheet[1:]] == [53, 20, 3, 30]
    spec = json.loads((tmp_path / "result.vega").read_text(encoding="utf-8"))
    assert spec["$schema"].endswith("vega-lite/v5.json")
    assert [round(each["value"], 1) for each in spec["data"]["values"]] == [40.0, 15.0, 75.0]
    assert all(each["low"] < each["value"] < each["high"] for each in spec["data"]["values"])
    assert not list(tmp_path.glob(".*"))


def test_hidden_numbers_are_in_no_form(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    options = [*counting(folder), "--protect"]
    _, out, _ = say(capsys, "run", *options, "--format", "csv")
    assert [row["n"] for row in csv.DictReader(io.StringIO(out))] == ["110"]
    _, out, _ = say(capsys, "run", *options, "--format", "vega")
    assert [each["n"] for each in json.loads(out)["data"]["values"]] == [110]


def test_a_form_that_needs_a_file_says_so_before_counting(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    code, out, err = say(capsys, "run", *counting(folder), "--format", "xlsx")
    assert (code, out) == (2, "")
    assert "give a file with --out result.xlsx" in err
    code, _, err = say(capsys, "run", *counting(folder), "--out", tmp_path / "no" / "where.txt")
    assert (code, "cannot be written" in err) == (2, True)


def test_a_fault_leaves_the_file_as_it_was(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.csv"
    out.write_text("before", encoding="utf-8")
    code, _, _ = say(capsys, "run", *counting(folder, by="hat"), "--format", "csv", "--out", out)
    assert (code, out.read_text(encoding="utf-8"), list(tmp_path.iterdir())) == (2, "before", [out])


def test_explain_tells_who_is_in_it_and_the_sql(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = say(capsys, "explain", GOAL, "--dataset", folder, "--sql", "--lang", "sv")
    assert code == 0
    assert "Med: 110" in out
    assert "Inte med, " in out
    assert "Ännu inte mogna: " in out
    assert "SELECT" in out
    code, out, _ = say(capsys, "explain", GOAL, "--dataset", folder)
    assert "In it: 110" in out
    assert "SELECT" not in out
    assert "Not yet mature: 55\nFreeze date: 2021-06-01\n" in out
    code, out, _ = say(capsys, "explain", GOAL, "--dataset", folder, "--freeze", "2020-12-31", "--lang", "sv")
    assert "Ännu inte mogna: 55\nFrysdatum: 2020-12-31\n" in out
    code, _, err = say(capsys, "explain", GOAL, "--sql")
    assert (code, "give --dataset" in err) == (2, True)


def test_compare_within_a_dataset(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    options = ["compare", *counting(folder), "--lang", "sv"]
    code, _, err = say(capsys, *options)
    assert code == 2  # one municipality is hidden, so the whole breakdown is withheld and nothing is left
    assert "inget att jämföra" in err
    code, out, _ = say(capsys, "compare", *counting(folder, by="year"))
    assert code == 0
    assert "2021 against 2020:" in out
    assert "Of 2 compared, chance alone would put" in out


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three municipalities' packages and a trust list beside them, made by the command itself."""

    def said(*arguments: object) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert main([str(each) for each in arguments]) == 0
        return out.getvalue()

    folder = tmp_path_factory.mktemp("packages")
    line = said("key", folder / "own.key", "--name", "Länets kommuner").splitlines()[-1]
    (folder / "trust.toml").write_text(f"[signers]\n{line}\n", encoding="utf-8")
    made = []
    for name, area, reached, everyone in (
        ("Östersund", "2380", 30, 60),
        ("Krokom", "2309", 20, 50),
        ("Åre", "2321", 35, 50),
    ):
        drawing = ["persons", "person_id | birth_date | sex"]
        spells = ["spells", "person_id | kind | start_date | end_date"]
        for at in range(everyone):
            drawing.append(f"{at} | 1980-01-01 | {'f' if at % 2 else 'm'}")
            spells.append(f"{at} | registration | 2020-03-01 | -")
            spells += [f"{at} | employment | 2020-06-01 | -"] if at < reached else []
        data = write_world(folder / area, "\n".join([*drawing, *spells]))
        made.append(folder / f"{area}.zip")
        out = said(
            "publish", "--dataset", data, "--indicators", GOAL, "--freeze", "2023-12-31", "--area", area,
            "--area-name", name, "--key", folder / "own.key", "--out", made[-1], "--lang", "sv",
        )  # fmt: skip
        assert out.startswith("1 mått skrivna till")
    return made


def test_publish_receive_and_compare(capsys: pytest.CaptureFixture[str], tmp_path: Path, packages: list[Path]) -> None:
    trust = packages[0].with_name("trust.toml")
    kept = tmp_path / "kept"
    kept.mkdir()
    code, out, _ = say(capsys, "receive", packages[0], "--trust", trust, "--indicators", INDICATORS, "--into", kept)
    assert code == 0
    assert out.startswith("Östersund (2380), signed by Länets kommuner, 2023-12-31")
    (copy,) = kept.iterdir()
    assert copy.read_bytes() == packages[0].read_bytes()
    assert say(capsys, "receive", packages[0], "--trust", trust, "--indicators", INDICATORS, "--into", kept)[0] == 0
    assert len(list(kept.iterdir())) == 1

    options = ["compare", *packages, "--trust", trust, "--indicators", GOAL]
    code, out, _ = say(capsys, *options, "--own", "Åre", "--lang", "sv")
    assert code == 0
    assert "Åre: 35 av 50, 70,0 % (95 % säkerhet 56,2–80,9) mot 53,1 % för alla 3 tillsammans: skiljer sig mer" in out
    assert "Åre mot de andra tillsammans: +24,5 (95 % +7,9 till +38,7) procentenheter." in out
    assert "Av 3 jämförda skulle slumpen ensam lägga 0,1 utanför 95 %" in out
    page = (ROOT / "docs" / "how-to" / "compare-municipalities.md").read_text(encoding="utf-8").splitlines()
    shown = [line.rstrip() for line in out.splitlines() if line.startswith(("  Östersund", "  Krokom", "  Åre"))]
    assert len(shown) == 3
    assert set(shown) <= set(page)
    _, out, _ = say(capsys, *options, "--format", "json")
    data = json.loads(out)
    assert [(row["name"], row["k"], row["n"]) for row in data["rows"]] == [
        ("Östersund", 30, 60), ("Krokom", 20, 50), ("Åre", 35, 50),
    ]  # fmt: skip
    _, out, _ = say(capsys, *options, "--format", "vega")
    spec = json.loads(out)
    assert "chance alone would put" in spec["description"]
    assert [each["name"] for each in spec["layer"][-1]["data"]["values"]] == ["Östersund", "Krokom", "Åre"]


def test_compare_with_kolada_files(capsys: pytest.CaptureFixture[str], tmp_path: Path, packages: list[Path]) -> None:
    data = {
        "kpi": "N31807",
        "municipality": "0000",
        "period": 2023,
        "values": [{"gender": "T", "count": 1, "value": 55}],
    }
    (tmp_path / "data.json").write_text(json.dumps({"count": 1, "values": [data]}), encoding="utf-8")
    members = [{"member_id": code, "member_title": code} for code in ("2380", "2309")]
    groups = {"values": [{"id": "G1", "title": "Liknande", "members": members}]}
    (tmp_path / "groups.json").write_text(json.dumps(groups), encoding="utf-8")
    options = ["compare", *packages, "--trust", packages[0].with_name("trust.toml"), "--indicators", GOAL]
    kolada = ["--kolada", tmp_path / "data.json", "--kpi", "N31807"]
    code, out, _ = say(capsys, *options, *kolada, "--year", "2023", "--own", "Krokom")
    assert code == 0
    assert "against 55.0 %: differs more than chance would (lower)." in out
    code, _, err = say(capsys, *options, *kolada, "--year", "2019")
    assert (code, "has no value for N31807, 0000, 2019" in err) == (2, True)
    code, out, _ = say(capsys, *options, "--group", tmp_path / "groups.json", "--group-id", "G1", "--format", "json")
    assert [row["name"] for row in json.loads(out)["rows"]] == ["Östersund", "Krokom"]
    code, _, err = say(capsys, *options, "--group", tmp_path / "groups.json", "--group-id", "G9")
    assert (code, "no such group" in err) == (2, True)


def test_publish_in_the_shape_of_kolada(capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "data.json"
    options = ["publish", *counting(folder, by="year"), "--area", "2380", "--format", "kolada", "--kpi", "U12345"]
    assert say(capsys, *options, "--out", out)[0] == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [(each["period"], each["values"][0]["gender"]) for each in found["values"]] == [(2020, "T"), (2021, "T")]
    bare = ["publish", *counting(folder, by=""), "--area", "2380", "--format", "kolada", "--kpi", "U12345"]
    code, _, err = say(capsys, *bare, "--out", tmp_path / "none.json")
    assert (code, "no value of a single year" in err) == (2, True)
    assert not (tmp_path / "none.json").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda args: [*args, "--own", "Berg"], "'Berg' is not among those compared"),
        (lambda args: [each for each in args if each != "--trust" and "trust" not in str(each)], "--trust: is needed"),
        (lambda args: [*args, "--group", "x.json"], "--group-id: is needed"),
        (lambda args: [*args, "--kolada", "x.json"], "--kpi, --year: is needed"),
        (lambda args: [*args, "--dataset", "x"], "either packages or --dataset"),
        (lambda args: [INDICATORS if each == GOAL else each for each in args], "give the file of a single one"),
        (lambda args: [FLOW if each == GOAL else each for each in args], "no share to compare"),
        (lambda args: args[:-2], "--indicators: is needed"),
    ],
)  # fmt: skip
def test_what_compare_needs_is_told(
    capsys: pytest.CaptureFixture[str], packages: list[Path], change: object, words: str
) -> None:
    arguments = ["compare", *packages, "--trust", packages[0].with_name("trust.toml"), "--indicators", GOAL]
    code, out, err = say(capsys, *change(arguments))  # type: ignore[operator]
    assert (code, out) == (2, "")
    assert words in err


def test_a_bad_package_ends_with_two_and_is_not_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, packages: list[Path]
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / "nobody.toml").write_text("[signers]\n", encoding="utf-8")
    code, out, err = say(
        capsys, "receive", packages[0], "--trust", tmp_path / "nobody.toml", "--indicators", INDICATORS,
        "--into", kept, "--lang", "sv",
    )  # fmt: skip
    assert (code, out, list(kept.iterdir())) == (2, "", [])
    assert "signerat av 'Länets kommuner' som inte står i listan" in err


def test_publish_is_whole_or_not_at_all(capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path) -> None:
    options = ["publish", "--dataset", folder, "--indicators", INDICATORS, "--freeze", "2023-12-31", "--area", "2380"]
    say(capsys, "key", tmp_path / "own.key", "--name", "x")
    code, _, err = say(
        capsys, *options, "--area-name", "Östersund", "--key", tmp_path / "own.key", "--out", tmp_path / "out.zip"
    )
    assert code == 2
    assert "table events is missing" in err
    code, _, err = say(capsys, *options, "--out", tmp_path / "out.zip")
    assert (code, "--key: is needed" in err, "--area-name: is needed" in err) == (2, True, True)
    assert [path.name for path in tmp_path.iterdir()] == ["own.key"]


def test_publish_can_leave_out_what_cannot_be_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> None:
    say(capsys, "key", tmp_path / "own.key", "--name", "x")
    code, out, err = say(
        capsys, "publish", "--dataset", folder, "--indicators", INDICATORS / "county_goals", "--freeze", "2023-12-31",
        "--area", "2380", "--area-name", "Östersund", "--key", tmp_path / "own.key", "--out", tmp_path / "out",
        "--leave-out",
    )  # fmt: skip
    assert code == 0
    assert "Could not be counted: establishment_12_months_own_occupation" in err
    ids = {path.stem for path in (tmp_path / "out" / "tables").iterdir()}
    assert "establishment_12_months" in ids
    assert "establishment_12_months_own_occupation" not in ids
    assert out.startswith(f"{len(ids)} indicators written")


def test_bench_tells_times(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = say(capsys, "bench", *counting(folder), "--times", "2", "--format", "json")
    (found,) = json.loads(out)["timings"]
    assert (code, found["indicator"], found["runs"]) == (0, "establishment_12_months", 2)
    assert 0 < found["least_ms"] <= found["median_ms"] <= found["greatest_ms"]
    options = ["--dataset", folder, "--indicators", INDICATORS / "county_goals", "--freeze", "2023-12-31", "--by", ""]
    code, out, err = say(capsys, "bench", *options, "--times", "1", "--lang", "sv")
    assert code == 0
    assert out.split()[:4] == ["första", "kortast", "median", "längst"]
    assert "\nestablishment_12_months " in out
    assert "Kunde inte räknas: establishment_12_months_own_occupation" in err
    assert say(capsys, "bench", *options, "--indicators", FLOW)[0] == 2


def test_what_could_not_be_counted_is_told_in_every_form(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    options = ["--dataset", folder, "--indicators", INDICATORS / "yearly", "--freeze", "2023-12-31", "--by", ""]
    code, out, err = say(capsys, "run", *options, "--format", "csv")
    assert (code, "enrolled" in out) == (0, False)
    assert " ".join(err.split()).count("the table events is missing") == 1  # told once for all that need it
    assert "enrolled, enrolled_31_december" in " ".join(err.split())
    assert "Could not be counted: " in say(capsys, "run", *options)[1]


def test_a_bar_is_drawn_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from matrikel_stats.commands.counting import bar

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown, silent = Terminal(), io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    assert list(bar([1, 2], 2, ["first", "second"])) == [1, 2]
    assert "2/2 second" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K")
    monkeypatch.setattr("sys.stderr", silent)
    assert list(bar([1, 2], 2, ["first", "second"])) == [1, 2]
    assert silent.getvalue() == ""


def test_the_command_is_there_for_a_shell(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "matrikel_stats.cli", "run", *map(str, counting(folder)), "--format", "json"],
        check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    assert json.loads(done.stdout)["results"][0]["total"]["n"] == 110


def test_a_command_loads_no_other() -> None:
    program = (
        "import sys; from matrikel_stats.cli import main; "
        f"main(['check', {str(GOAL)!r}, '--codes', {CODES_DIR!r}]); "
        "names = {'comparing', 'publishing', 'running', 'starting'}; "
        "loaded = {name for name in names if f'matrikel_stats.commands.{name}' in sys.modules}; "
        "sys.exit(str(loaded) if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT)


@pytest.mark.parametrize(("lang", "remedy"), [("en", "install it with: pip"), ("sv", "installera det med: pip")])
def test_spark_that_is_not_installed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, remedy: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    code, out, err = say(capsys, "run", *counting(folder), "--spark", "local[1]", "--lang", lang)
    assert (code, out) == (2, "")
    assert f"{remedy} install 'matrikel[spark]'" in err


def test_an_address_is_for_spark(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = say(capsys, "run", *counting(folder), "--dataset", "s3a://lake/county")
    assert code == 2
    assert "no such folder" in err


def test_memory_is_bounded_and_only_a_database_can_be_pulled(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    command = ["run", "--dataset", folder, "--indicators", GOAL, "--format", "csv"]
    free, bounded = say(capsys, *command), say(capsys, *command, "--memory", "200MB")
    assert free == bounded
    assert free[0] == 0
    code, out, err = say(capsys, *command, "--embedded", "--lang", "sv")
    assert (code, out) == (2, "")
    assert "bara en databas kan hämtas" in err
