"""The way round: workbook → real actions → facts → extract → figures, against the workbook's truth."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from matrikel.domain.imports.door import Batch
from matrikel.extract import dataset
from matrikel.kernel.acting import Acting
from matrikel_stats import load, open_dataset, read_codes, run
from tests.domain.imports.conftest import BOOK

FREEZE = date(2009, 12, 31)
TRUTH = json.loads(BOOK.with_suffix(".truth.json").read_text(encoding="utf-8"))


def test_the_imported_register_gives_the_figures_of_the_truth(
    take_in: Callable[..., Batch], cecilia: Acting, tmp_path: Path
) -> None:
    take_in(BOOK.read_bytes(), register_date=None)
    folder = tmp_path / "extract"
    assert dataset.write(folder, by=cecilia, freeze=FREEZE) == TRUTH["people_ok"]
    codes = read_codes(settings.DEFINITIONS / "codes")
    definitions = {each.id: each for each in load(settings.DEFINITIONS / "indicators", codes)}

    def total(name: str, year: str | None = None) -> Any:
        with open_dataset(folder, codes=codes, freeze=FREEZE) as data:
            return run(definitions[name], data, period=year, by=[]).total

    assert (total("internships_started", "2007").n, total("internships_started_refugees", "2007").n) == (102, 62)
    effect = total("effect_goal", "2006")
    assert (effect.n, effect.k) == (77, 20)
    refugees = total("effect_goal_refugees", "2006")
    assert (refugees.k, refugees.n) == (13, 54)
    assert total("effect_goal_other_bracketing", "2006").k == 3
    county, narrow = (
        total(name, "2006") for name in ("establishment_12_months", "establishment_12_months_without_internship")
    )
    assert (county.k, narrow.k, county.n) == (52, 23, 76)
    wait = total("sfi_wait")
    assert (round(wait.value, 2), wait.n) == (49.53, 124)
    assert (total("discharged").n, total("referred_to_social_services").n) == (20, 7)
