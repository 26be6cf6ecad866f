"""The follow-up workbook: every figure of its truth file, by the shipped definitions."""

import json
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import Dataset, Result, load, open_dataset
from tests.stats.oracles.workbook import read_sheet, write_dataset
from tests.stats.worlds import CODES, INDICATORS, ROOT, both

WORKBOOK = ROOT / "tests" / "data" / "uppfoljningsmatrikel-2007.xlsx"
TRUTH: dict[str, Any] = json.loads(WORKBOOK.with_suffix(".truth.json").read_text(encoding="utf-8"))
DEFINITIONS = {definition.id: definition for definition in load(INDICATORS, CODES)}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder: Path = write_dataset(WORKBOOK, tmp_path_factory.mktemp("workbook"))
    return open_dataset(folder, codes=CODES)


def _run(dataset: Dataset, name: str, period: str | None = None) -> Result:
    return both(DEFINITIONS[name], dataset, period=period, by=[])


def _share(dataset: Dataset, name: str) -> tuple[int | None, int | None]:
    total = _run(dataset, name, "2006").total
    assert total is not None
    return total.k, total.n


def test_the_reader_keeps_the_good_rows() -> None:
    assert len(read_sheet(WORKBOOK)) == TRUTH["people_ok"]


def test_the_freeze_date_comes_with_the_dataset(dataset: Dataset) -> None:
    assert (str(dataset.freeze), dataset.freeze_source, dataset.unknown_persons) == ("2009-12-31", "dataset", ())


def test_internships_started(dataset: Dataset) -> None:
    every, refugees = (
        _run(dataset, name, "2007").total for name in ("internships_started", "internships_started_refugees")
    )
    assert every is not None
    assert refugees is not None
    assert (every.n, refugees.n) == (TRUTH["internships_started_2007"], TRUTH["of_them_refugees"]) == (102, 62)


def test_effect_goal_and_its_variants(dataset: Dataset) -> None:
    everyone = TRUTH["enrolled_2006_aged_20_64"]
    assert _share(dataset, "effect_goal") == (TRUTH["effect_goal_reached"], everyone) == (20, 77)
    assert _share(dataset, "effect_goal_refugees") == tuple(TRUTH["effect_goal_refugees_only"]) == (13, 54)
    assert (
        _share(dataset, "effect_goal_other_bracketing") == (TRUTH["effect_goal_other_bracketing"], everyone) == (3, 77)
    )


def test_county_goal_with_and_without_internship(dataset: Dataset) -> None:
    truth = TRUTH["county_goal_12_months_registered_2006"]
    assert _share(dataset, "establishment_12_months") == (truth["internship_counts"], truth["of"]) == (52, 76)
    assert _share(dataset, "establishment_12_months_without_internship") == (truth["internship_not"], truth["of"])


def test_waiting_for_sfi(dataset: Dataset) -> None:
    total = _run(dataset, "sfi_wait").total
    assert total is not None
    assert total.value is not None
    assert (round(total.value, 2), total.n) == (TRUTH["sfi_wait_days_mean"], TRUTH["sfi_waits"]) == (49.53, 124)
    assert total.open == 0


def test_discharged_and_referred(dataset: Dataset) -> None:
    discharged, referred = (_run(dataset, name).total for name in ("discharged", "referred_to_social_services"))
    assert discharged is not None
    assert referred is not None
    assert (discharged.n, referred.n) == (TRUTH["discharged"], TRUTH["referred_to_social_services"]) == (20, 7)


def test_everyone_has_a_standing_that_adds_up_to_the_figure(dataset: Dataset) -> None:
    from matrikel_stats import members

    definition = DEFINITIONS["effect_goal"]
    found = members(definition, dataset, period="2006")
    words = {word: sum(each.standing == word for each in found) for word in ("reached", "not_reached", "excluded")}
    assert words == {"reached": 20, "not_reached": 57, "excluded": 40}
