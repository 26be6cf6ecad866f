"""Kolada-shaped files: out and in again, and every bad shape told."""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import Cell, Result, StatsError, load, protect, run
from matrikel_stats.exchange.kolada import (
    Group,
    Kpi,
    Value,
    data_file,
    group,
    group_median,
    kpi_file,
    read_data,
    read_groups,
    read_kpis,
    value_at,
    values_of,
)
from matrikel_stats.result import Breakdown
from tests.stats.worlds import CODES, INDICATORS, world

GOAL = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]


def cell(n: int, k: int, **values: str) -> Cell:
    return Cell(values, n, k, k / n, 0.1, 0.9, None, 0, None, None, None, None, (), n < 5 or k < 5)


@pytest.fixture
def result(tmp_path: Path) -> Result:
    drawing = (
        "persons\nperson_id | birth_date | sex\na | 1980-01-01 | f\nspells\nperson_id | kind | start_date | end_date\n"
    )
    with world(tmp_path / "data", drawing + "a | registration | 2020-01-01 | -\n", "2024-12-31") as data:
        empty = run(GOAL, data, by=[])
    years = Breakdown(("year",), (cell(60, 30, year="2022"), cell(40, 10, year="2023")), False)
    sexes = Breakdown(
        ("sex", "year"),
        (
            cell(40, 20, sex="female", year="2022"),
            cell(20, 10, sex="male", year="2022"),
            cell(36, 8, sex="female", year="2023"),
            cell(4, 2, sex="male", year="2023"),
        ),
        False,
    )
    return dataclasses.replace(empty, total=cell(100, 40), breakdowns=(years, sexes))


def test_values_by_year_and_gender_with_the_hidden_as_null(result: Result) -> None:
    shown = dataclasses.replace(
        protect(dataclasses.replace(result, breakdowns=result.breakdowns[:1])),
        breakdowns=(
            result.breakdowns[0],
            dataclasses.replace(
                result.breakdowns[1],
                cells=(
                    *result.breakdowns[1].cells[:3],
                    dataclasses.replace(result.breakdowns[1].cells[3], n=None, k=None),
                ),
            ),
        ),
    )
    found = values_of(shown, "U12345", "2380")
    assert [(each.period, each.gender, each.value, each.count, each.status) for each in found] == [
        (2022, "T", 50.0, 1, ""), (2022, "K", 50.0, 1, ""), (2022, "M", 50.0, 1, ""),
        (2023, "T", 25.0, 1, ""), (2023, "K", pytest.approx(200 / 9), 1, ""), (2023, "M", None, 0, "Suppressed"),
    ]  # fmt: skip


def test_a_withheld_breakdown_is_not_there(result: Result) -> None:
    found = values_of(protect(result), "U12345", "2380")
    assert {each.gender for each in found} == {"T"}
    with pytest.raises(StatsError, match="only a protected result"):
        values_of(result, "U12345", "2380")


def test_out_and_in_again(tmp_path: Path, result: Result) -> None:
    values = values_of(protect(result), "U12345", "2380")
    written = data_file(values)
    assert written["values"][0] == {
        "kpi": "U12345", "municipality": "2380", "period": 2022,
        "values": [{"gender": "T", "count": 1, "status": "", "value": 50.0}],
    }  # fmt: skip
    path = tmp_path / "data.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    assert read_data(path) == values
    path.write_text(json.dumps(kpi_file([("U12345", GOAL)])), encoding="utf-8")
    (kpi,) = read_kpis(path)
    texts = GOAL.text("sv")
    assert kpi == Kpi("U12345", texts.name, f"{texts.numerator} {texts.denominator}")


DATA: dict[str, Any] = {
    "count": 2,
    "next_page": None,
    "values": [
        {"kpi": "N31807", "municipality": "0000", "period": 2024,
         "values": [{"gender": "T", "count": 1, "status": "", "value": 61.5}, {"gender": "K", "value": None}]},
        {"kpi": "N31807", "municipality": "2309", "period": 2024,
         "values": [{"gender": "T", "count": 1, "status": "", "value": 70}]},
    ],
}  # fmt: skip
GROUPS = {
    "values": [
        {"id": "G1", "title": "Liknande kommuner, Östersund",
         "members": [{"member_id": "2309", "member_title": "Krokom"},
                     {"member_id": "2380", "member_title": "Östersund"}]},
    ]
}  # fmt: skip


def write(tmp_path: Path, data: object) -> Path:
    path = tmp_path / "kolada.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_values_to_compare_with(tmp_path: Path) -> None:
    values = read_data(write(tmp_path, DATA))
    assert value_at(values, "N31807", "0000", 2024) == 61.5
    assert value_at(values, "N31807", "0000", 2024, "K") is None
    assert value_at(values, "N31807", "0000", 2020) is None
    alike = group(read_groups(write(tmp_path, GROUPS)), "G1")
    assert alike == Group("G1", "Liknande kommuner, Östersund", (("2309", "Krokom"), ("2380", "Östersund")))
    assert group_median(values, "N31807", alike, 2024) == 70.0
    assert group_median(values, "N31807", alike, 2023) is None
    both = [*values, Value("N31807", "2380", 2024, "T", 50.0)]
    assert group_median(both, "N31807", alike, 2024) == 60.0
    with pytest.raises(StatsError, match="no such group; there is G1"):
        group([alike], "G2")


def spoilt(**fields: object) -> dict[str, Any]:
    data = json.loads(json.dumps(DATA))
    for key, value in fields.items():
        if key in ("gender", "value", "count_"):
            data["values"][1]["values"][0][key.rstrip("_")] = value
        elif key in ("count", "next_page", "values"):
            data[key] = value
        else:
            data["values"][1][key] = value
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "not valid JSON"),
        ('{"values": [', "not valid JSON"),
        ([], "not in the shape of Kolada"),
        ({"values": {}}, "not in the shape of Kolada"),
        ({"values": [1]}, "not in the shape of Kolada"),
        (spoilt(next_page="https://example.org/2"), "only the first page"),
        (spoilt(count=7), "says 7 values and holds 2"),
        (spoilt(period="2024"), r"values\[1\]: period is missing or has the wrong form"),
        (spoilt(period=1492), r"values\[1\]: period"),
        (spoilt(municipality=2309), r"values\[1\]: kpi, municipality"),
        (spoilt(gender="W"), r"values\[1\]: gender"),
        (spoilt(value="61,5"), r"values\[1\]: value"),
        (spoilt(value=True), r"values\[1\]: value"),
        (spoilt(count_=-1), r"values\[1\]: count"),
        (json.dumps(DATA).replace("61.5", "NaN"), r"values\[0\]: value"),
    ],
)
def test_bad_shapes_are_told(tmp_path: Path, data: object, words: str) -> None:
    with pytest.raises(StatsError, match=words):
        read_data(write(tmp_path, data))


@pytest.mark.parametrize(
    "members", [None, [1], [{"member_title": "Krokom"}]], ids=["none", "numbers", "without a code"]
)
def test_bad_groups_are_told(tmp_path: Path, members: object) -> None:
    with pytest.raises(StatsError, match=r"values\[0\]: member"):
        read_groups(write(tmp_path, {"values": [{"id": "G1", "title": "x", "members": members}]}))


def test_bad_names_are_told(tmp_path: Path, result: Result) -> None:
    with pytest.raises(StatsError, match="N or U and five digits"):
        values_of(protect(result), "X1", "2380")
    with pytest.raises(StatsError, match="four digits"):
        values_of(protect(result), "U12345", "Östersund")
    with pytest.raises(StatsError, match="no such file"):
        read_data(tmp_path / "nowhere.json")
    with pytest.raises(StatsError, match=r"values\[0\]: title"):
        read_kpis(write(tmp_path, {"values": [{"id": "N1"}]}))


def test_a_period_of_one_year_gives_its_year(result: Result) -> None:
    bare = dataclasses.replace(protect(result), breakdowns=(), period="2021", freeze=dt.date(2023, 1, 1))
    assert [(each.period, each.value) for each in values_of(bare, "U12345", "2380")] == [(2021, 40.0)]
    assert values_of(dataclasses.replace(bare, period=None), "U12345", "2380") == []
    assert values_of(dataclasses.replace(bare, period="2021-2022"), "U12345", "2380") == []
