"""Adding tables, the people behind a figure, small numbers, the command line."""

import csv
import dataclasses
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from matrikel_stats import (
    CountTable,
    Dataset,
    Definition,
    Result,
    StatsError,
    add,
    explain,
    figures_of,
    load,
    members,
    missing,
    open_dataset,
    protect,
    run,
    standing,
)
from matrikel_stats.cli import main
from matrikel_stats.disclosure.hiding import judge
from matrikel_stats.result import Breakdown, Cell
from tests.stats.worlds import CODES, INDICATORS, ROOT, both, indicator, world, write_world

GOAL = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]
DRAWING = """
persons
person_id | birth_date | sex
a         | 1980-01-01 | f
b         | 1980-01-01 | m
c         | 1980-01-01 | f
d         | 1980-01-01 | m
young     | 2015-01-01 | f
none      | 1980-01-01 | f
spells
person_id | kind         | start_date | end_date   | municipality
a         | registration | 2020-01-01 | -          | 2380
a         | employment   | 2020-02-01 | -          | -
b         | registration | 2020-01-01 | -          | 2380
c         | registration | 2020-06-01 | -          | 2313
d         | registration | 2020-01-01 | 2020-03-01 | 2313
young     | registration | 2020-01-01 | -          | 2313
ghost     | registration | 2020-01-01 | -          | 2313
"""


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return world(tmp_path / "data", DRAWING, "2021-02-01")


def test_the_county_is_the_sum_of_its_municipalities(tmp_path: Path, dataset: Dataset) -> None:
    whole = run(GOAL, dataset, by=["sex"]).count_tables[0]
    parts: list[CountTable] = []
    for code in ("2380", "2313"):
        lines = DRAWING.strip().splitlines()
        drawing = "\n".join(line for line in lines if "registration" not in line or line.strip().endswith(code))
        parts.append(run(GOAL, world(tmp_path / code, drawing, "2021-02-01"), by=["sex"]).count_tables[0])
    assert add(parts) == whole
    county = figures_of(GOAL, [add(parts)])
    assert county == figures_of(GOAL, [whole])
    result = run(GOAL, dataset, by=["sex"])
    assert (county.total, county.breakdowns, county.target) == (result.total, result.breakdowns, result.target)


def test_only_tables_of_the_same_logic_freeze_and_shape_are_added(dataset: Dataset) -> None:
    table = run(GOAL, dataset, by=["sex"]).count_tables[0]
    for other in (
        dataclasses.replace(table, logic_hash="0" * 16),
        dataclasses.replace(table, freeze=dt.date(2022, 1, 1)),
        dataclasses.replace(table, dims=("unit",)),
    ):
        with pytest.raises(StatsError):
            add([table, other])
    with pytest.raises(StatsError):
        add([])


def test_a_table_survives_json(dataset: Dataset) -> None:
    table = run(GOAL, dataset).count_tables[0]
    assert CountTable.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_everyone_behind_a_figure_and_why_not(dataset: Dataset) -> None:
    found = {each.person_id: each for each in members(GOAL, dataset)}
    assert {key: each.standing for key, each in found.items()} == {
        "a": "reached", "b": "not_reached", "c": "waiting", "d": "left", "young": "excluded", "ghost": "excluded",
    }  # fmt: skip
    assert (str(found["a"].date), found["a"].by, str(found["a"].last_day)) == ("2020-02-01", "employment", "2020-12-31")
    assert (found["c"].days_left, str(found["c"].last_day), found["c"].mature) == (119, "2021-05-31", False)
    assert (found["d"].status, str(found["d"].date)) == ("left_outside", "2020-03-01")
    assert (found["young"].reason, found["ghost"].reason) == ("age", "unknown_person")


def test_lists_by_cell_and_sort(dataset: Dataset) -> None:
    women = members(GOAL, dataset, cell={"sex": "female", "municipality": "2313"})
    assert [each.person_id for each in women] == ["young", "c"]
    assert [each.person_id for each in members(GOAL, dataset, standing="waiting")] == ["c"]
    assert [each.person_id for each in members(GOAL, dataset, persons=["b", "c"])] == ["b", "c"]


def test_one_person(dataset: Dataset) -> None:
    (none,) = standing(GOAL, dataset, "none")
    assert (none.standing, none.reason) == ("no_anchor", "no_anchor")
    (outside,) = standing(GOAL, dataset, "a", period="2019")
    assert outside.reason == "outside_period"
    (stranger,) = standing(GOAL, dataset, "nobody")
    assert (stranger.standing, stranger.reason) == ("excluded", "unknown_person")
    (reached,) = standing(GOAL, dataset, "a", dims=("sex",))
    assert reached.cell == {"sex": "female"}


def test_lists_and_figures_agree(dataset: Dataset) -> None:
    result = both(GOAL, dataset)
    found = members(GOAL, dataset)
    assert result.total is not None
    assert result.total.k == sum(each.standing == "reached" and each.mature for each in found)
    assert result.total.n == sum(each.mature for each in found)
    assert result.excluded == {"age": 1, "unknown_person": 1}


def _cell(n: int, k: int | None = None, **values: str) -> Cell:
    return Cell(values, n, k, None, None, None, None, None, None, None, None, None, (), False)


@pytest.mark.parametrize(
    ("n", "k", "hidden"),
    [
        (100, 50, False),
        (0, None, False),
        (4, None, True),
        (5, 0, False),
        (5, 5, False),
        (100, 4, True),
        (100, 97, True),
        (9, 5, True),
    ],
)
def test_small_numbers_are_hidden(n: int, k: int | None, hidden: bool) -> None:
    total, _ = judge(_cell(n, k), (), 5)
    assert total is not None
    assert total.suppressed is hidden


def test_a_breakdown_is_withheld_when_a_hidden_cell_could_be_worked_out() -> None:
    def withheld(*numbers: int) -> bool:
        cells = tuple(_cell(n, unit=str(at)) for at, n in enumerate(numbers))
        return judge(_cell(sum(numbers)), [Breakdown(("unit",), cells, False)], 5)[1][0].withheld

    assert not withheld(10, 20, 30)
    assert withheld(10, 20, 3)  # the total minus the others
    assert withheld(10, 1, 2)  # two hidden that hold three together
    assert not withheld(10, 4, 3)
    assert withheld(3)  # the total itself is small


def test_a_finer_breakdown_is_held_against_the_coarser_ones() -> None:
    numbers = {("f", "n"): 3, ("f", "s"): 20, ("m", "n"): 20, ("m", "s"): 3}
    coarse = Breakdown(("sex",), (_cell(23, sex="f"), _cell(23, sex="m")), False)
    fine = Breakdown(("sex", "unit"), tuple(_cell(n, sex=s, unit=u) for (s, u), n in numbers.items()), False)
    _, (first, second) = judge(_cell(46), [coarse, fine], 5)
    assert (first.withheld, second.withheld) == (False, True)


def test_protection_leaves_nothing_small_behind(dataset: Dataset) -> None:
    result = protect(run(GOAL, dataset))
    assert result.total is not None
    assert (result.total.n, result.total.value, result.total.suppressed) == (None, None, True)
    assert result.count_tables == ()
    assert all(not breakdown.cells for breakdown in result.breakdowns)
    text = json.dumps(result.to_json())
    assert "ghost" not in text
    assert result.excluded == {"age": None, "unknown_person": None}
    assert result.target is not None
    assert result.target.met is None


def test_what_the_dataset_lacks_is_told(tmp_path: Path, dataset: Dataset) -> None:
    own = load(INDICATORS / "county_goals" / "establishment_12_months_own_occupation.toml", CODES)[0]
    with pytest.raises(StatsError, match="needs the column 'basis'"):
        run(own, dataset)
    enrolled = load(INDICATORS / "yearly" / "enrolled.toml", CODES)[0]
    with pytest.raises(StatsError, match="table events is missing"):
        run(enrolled, dataset)
    with pytest.raises(StatsError, match="no 'hat' to break down by"):
        run(GOAL, dataset, by=["hat"])
    result = run(GOAL, dataset)
    assert result.skipped_dimensions == ("unit",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_world(tmp_path / "data", DRAWING)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_run_as_json(capsys: pytest.CaptureFixture[str], folder: Path, engine: str) -> None:
    code, out, _ = _run(
        capsys, "run", "--dataset", str(folder), "--indicators", str(INDICATORS / "county_goals"), "--format", "json",
        "--engine", engine, "--freeze", "2021-02-01", "--by", "sex", "--period", "2020",
    )  # fmt: skip
    assert code == 0
    data = json.loads(out)
    found = {each["indicator"]: each for each in data["results"]}
    goal = found["establishment_12_months"]
    assert (goal["total"]["n"], goal["total"]["k"], goal["not_mature"], goal["freeze"]) == (3, 1, 1, "2021-02-01")
    assert goal["left_before"] == {"inside": 0, "outside": 1, "died": 0}
    assert goal["target"] == {"value": 0.7, "at_least": True, "met": False}
    assert (goal["unknown_persons"], goal["excluded"]) == (1, {"age": 1, "unknown_person": 1})
    assert [each["indicator"] for each in data["not_run"]] == [
        "establishment_12_months_own_occupation",
        "establishment_24_months_own_occupation",
    ]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sv", ["1 av 3: 33,3 %", "Målet är inte nått", "mål minst 70 %"]),
        ("en", ["1 of 3: 33.3 %", "Target not met", "target at least 70 %"]),
    ],
)
def test_run_as_a_table(capsys: pytest.CaptureFixture[str], folder: Path, lang: str, words: list[str]) -> None:
    path = INDICATORS / "county_goals" / "establishment_12_months.toml"
    code, out, _ = _run(
        capsys, "run", "--dataset", str(folder), "--indicators", str(path), "--lang", lang, "--freeze", "2021-02-01"
    )
    assert code == 0
    for word in words:
        assert word in out
    assert max(len(line) for line in out.splitlines()) <= 120


def test_protected_output(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    path = INDICATORS / "county_goals" / "establishment_12_months.toml"
    _, out, _ = _run(
        capsys, "run", "--dataset", str(folder), "--indicators", str(path), "--protect", "--freeze", "2021-02-01"
    )
    assert "too small to be shown" in out
    assert "not shown, small numbers" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--dataset", "DIR", "--indicators", "nowhere.toml"), "nowhere.toml: no such file"),
        (("run", "--dataset", "nowhere", "--indicators", "GOAL"), "nowhere: no such folder"),
        (("run", "--dataset", "DIR", "--indicators", "GOAL", "--period", "later"), "'later' is not a period"),
        (("run", "--dataset", "DIR", "--indicators", "GOAL", "--freeze", "2020-13-01"), "is not a date"),
        (("run", "--dataset", "DIR", "--indicators", "GOAL", "--by", "hat"), "to break down by"),
        (("check", "nowhere"), "no such file or folder"),
        (("explain",), "required"),
        (("dance",), "invalid choice"),
    ],
)
def test_faults_end_with_two(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    replaced = {"DIR": str(folder), "GOAL": str(INDICATORS / "county_goals" / "establishment_12_months.toml")}
    code, out, err = _run(capsys, *(replaced.get(each, each) for each in arguments))
    assert code == 2
    assert words in err
    assert "Traceback" not in err + out


def test_check_and_explain(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = _run(capsys, "check", str(INDICATORS), "--lang", "sv")
    assert (code, out, err) == (0, "54 definitioner i ordning\n", "")
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "bad"\nkind = "reached"\n', encoding="utf-8")
    code, _, err = _run(capsys, "check", str(bad))
    assert code == 2
    assert f"{bad}:1: the key 'cohort' is missing" in err
    code, out, _ = _run(capsys, "explain", str(INDICATORS / "effect_goal" / "effect_goal.toml"), "--lang", "en")
    assert code == 0
    assert "at least 150 days of internship at a workplace" in out
    assert "at least 50 %" in out


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("definition", load(INDICATORS, CODES), ids=lambda each: each.id)
def test_every_definition_can_be_said_in_words(definition: Definition, lang: str) -> None:
    text = explain(definition, lang)  # type: ignore[arg-type]
    assert definition.text(lang).name in text  # type: ignore[arg-type]
    assert definition.logic_hash in text
    assert "_" not in text.replace(definition.id, "")  # no code shows through


def test_words_come_without_the_engine() -> None:
    """Checking and explaining must be quick: neither DuckDB nor Ibis is loaded for them."""
    program = (
        "import sys; from matrikel_stats.cli import main; "
        f"main(['explain', {str(INDICATORS)!r}]); main(['check', {str(INDICATORS)!r}]); "
        "bad = {'ibis', 'duckdb', 'django', 'matrikel', 'pandas', 'pyarrow'} & set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT)


def test_dated_codes_count_only_within_their_days(tmp_path: Path) -> None:
    codes = tmp_path / "codes"
    codes.mkdir()
    for path in (ROOT / "definitions" / "codes").glob("*.csv"):
        (codes / path.name).write_bytes(path.read_bytes())
    rows = list(csv.reader((codes / "activities.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row[0] == "employment":
            row[5] = "2020-06-30"
    with (codes / "activities.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    from matrikel_stats import read_codes

    changed = load(INDICATORS / "county_goals" / "establishment_12_months.toml", read_codes(codes))[0]
    assert changed.logic_hash != GOAL.logic_hash
    drawing = DRAWING + "b | employment | 2020-07-01 | - | -\n"
    with open_dataset(write_world(tmp_path / "data", drawing), codes=CODES, freeze=dt.date(2021, 2, 1)) as data:
        before, after = both(GOAL, data).total, both(changed, data).total
    assert before is not None
    assert after is not None
    assert (before.k, after.k) == (2, 1)


def test_json_holds_everything_a_reader_needs(dataset: Dataset, tmp_path: Path) -> None:
    body = """
    kind = "flow"
    [cohort.anchor]
    spell = ["registration"]
    [flow]
    """
    result = run(indicator(tmp_path, body), dataset).to_json()
    assert result["total"]["n"] == 5
    assert result["anchor"] == "Folkbokföring i kommunen."
    assert {"logic_hash", "text_hash", "codes_digest", "dataset", "counts", "excluded", "count_tables"} <= result.keys()
    json.dumps(result)


def test_the_reference_page_is_current() -> None:
    from matrikel_stats.telling.reference_page import updated

    page = (ROOT / "docs" / "reference" / "statistics.md").read_text(encoding="utf-8")
    assert updated(page, CODES) == page, (
        "run python -m matrikel_stats.telling.reference_page docs/reference/statistics.md"
    )
    assert "| `end_date` |" in page


def test_the_example_of_the_how_to_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "write-an-indicator.md").read_text(encoding="utf-8")
    block = page.split("```toml\n")[1].split("```")[0]
    path = tmp_path / "quota_work_18_months.toml"
    path.write_text("\n".join(line.removeprefix("   ") for line in block.splitlines()), encoding="utf-8")
    (definition,) = load(path, CODES)
    assert definition.window is not None
    assert definition.window.months == 18


def test_a_result_can_be_read_back(dataset: Dataset) -> None:
    results = [run(each, dataset) for each in load(INDICATORS, CODES) if not missing(each, dataset)]
    assert results
    for result in results:
        assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result
        assert Result.from_json(json.loads(json.dumps(protect(result).to_json()))) == protect(result)
