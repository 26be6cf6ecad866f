"""Results in a notebook: the page of the how-to runs as it stands, and nothing hidden shows in any form."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import Result, load, open_dataset, protect, run
from matrikel_stats.telling.chart import charts_of
from matrikel_stats.telling.rows import COLUMNS, arrow_of, columns_of, rows_of
from tests.stats.worlds import CODES, INDICATORS, ROOT, write_world

PAGE = ROOT / "docs" / "how-to" / "use-in-a-notebook.md"
BY_ID = {each.id: each for each in load(INDICATORS, CODES)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    persons = ["persons", "person_id | birth_date | sex"]
    spells = ["spells", "person_id | kind | start_date | end_date | municipality"]
    events = ["events", "person_id | kind | date"]
    for at in range(60):
        persons.append(f"{at} | 1980-01-01 | {'f' if at % 2 else 'm'}")
        place = "2380" if at < 38 else "2309" if at < 57 else "<b>&"
        spells.append(f"{at} | registration | 2019-03-01 | - | {place}")
        spells += [f"{at} | employment | 2019-06-01 | - | -"] if at % 3 else []
        events.append(f"{at} | sfi_application | 2019-03-05")
        spells += [f"{at} | sfi | 2019-0{4 + at % 4}-01 | - | -"] if at % 4 else []
    data = write_world(tmp_path_factory.mktemp("notebook") / "data", "\n".join([*persons, *spells, *events]))
    (data / "dataset.toml").write_text("freeze = 2023-12-31\n", encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def results(folder: Path) -> list[Result]:
    with open_dataset(folder, codes=CODES, freeze=dt.date(2023, 12, 31)) as data:
        goal = run(BY_ID["establishment_12_months"], data, by=["municipality"], lang="en")
        wait = run(BY_ID["sfi_wait"], data, by=["sex"])
        return [goal, wait, run(BY_ID["in_sfi_31_december"], data, by=[])]


def test_the_cells_of_the_page_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cells = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(cells) >= 6
    names: dict[str, Any] = {"data": str(folder)}
    for cell in cells:
        exec(compile(cell, str(PAGE), "exec"), names)
    assert (
        names["shares"]["2380"]
        == names["rows"][names["table"].column("municipality").to_pylist().index("2380")]["value"]
    )
    assert names["picture"]["data"]["values"]
    assert "against 66.7 % for all 2 together: does not differ" in names["sentences"][0]
    assert names["funnel"]["description"] == names["sentences"][-1]
    assert len(names["both"]) == 2
    assert names["shown"].protected


def test_rows_are_alike_for_every_kind(results: list[Result]) -> None:
    rows = rows_of(results)
    assert all(list(row) == columns_of(results) for row in rows)
    for result in results:
        own = [row for row in rows if row["indicator"] == result.indicator]
        assert [row["n"] for row in own if not row["breakdown"] and row["limit"] is None] == (
            [result.total.n] if result.total else []
        )
    limits = [row for row in rows if row["limit"]]
    assert results[1].total is not None
    assert [(row["limit"], row["n"], row["k"]) for row in limits if not row["breakdown"]] == [
        (f"{limit.months} months", limit.n, limit.k) for limit in results[1].total.limits
    ]
    assert limits
    table = arrow_of(results)
    assert table.to_pylist() == rows
    assert table.column_names[-len(COLUMNS) :] == list(COLUMNS)
    assert arrow_of([]).num_rows == 0
    assert results[0].to_rows() == rows_of(results[:1])
    assert results[0].to_arrow().equals(arrow_of(results[:1]))


def test_a_result_shows_itself_and_escapes_what_others_wrote(results: list[Result]) -> None:
    page = results[0]._repr_html_()
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&" not in page
    assert f"<h4>{results[0].name}</h4>" in page
    assert "<td>66.7 %</td>" in page


def test_hidden_numbers_show_nowhere(results: list[Result]) -> None:
    shown = protect(results[0])
    assert "<td>2380</td>" not in shown._repr_html_()  # three persons in one place: the whole breakdown is withheld
    assert [row["breakdown"] for row in shown.to_rows()] == [""]
    assert [point["n"] for point in shown.chart()["data"]["values"]] == [60]


def test_pictures_hold_values_with_limits_and_words(results: list[Result]) -> None:
    goal, wait, stock = results
    spec = goal.chart(BY_ID[goal.indicator], "sv")
    assert [each["n"] for each in spec["data"]["values"]] == [19, 38, 3]
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule", "point", "rule"]
    assert spec["layer"][2]["encoding"]["x"]["datum"] == 70.0
    assert goal.name in spec["description"]
    waits = wait.chart(BY_ID[wait.indicator], "sv")
    assert [each["group"] for each in waits["data"]["values"]] == ["Kvinnor", "Män"]
    assert re.search(r"veckor: Kvinnor \d+,\d; Män \d+,\d$", waits["description"])
    bars = stock.chart()
    assert bars["layer"][0]["mark"] == "bar"
    several = charts_of(results, [BY_ID[each.indicator] for each in results], "en")
    assert len(several["vconcat"]) == 3
    assert all("$schema" not in each for each in several["vconcat"])


def test_two_dimensions_become_rows_of_pictures(folder: Path) -> None:
    with open_dataset(folder, codes=CODES, freeze=dt.date(2023, 12, 31)) as data:
        result = run(BY_ID["establishment_12_months"], data, by=["sex", "municipality"])
    spec = result.chart()
    assert spec["facet"]["row"]["field"] == "rest"
    assert len(spec["data"]["values"]) == len(result.breakdowns[0].cells)
    assert "layer" in spec["spec"]
