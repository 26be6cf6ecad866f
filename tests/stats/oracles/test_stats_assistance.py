"""The shipped figures about assistance and about work after two years, worked out by hand for a small municipality.

Twelve adults with assistance and a child. By the calendar: A-F all of 2022-2024; G and H January-October 2024 after
nothing; I 2022-2024 but for March-May 2023; J April 2022 onwards; K June 2024 alone; L 2024 but for three months.
"""

from pathlib import Path

import pytest

from matrikel_stats import Dataset, Definition, load
from tests.stats.worlds import CODES, INDICATORS, both, world

WHOLE = "ABCDEF"
SPANS = {
    **{who: [(2022, 1, 36)] for who in WHOLE},
    "G": [(2024, 1, 10)],
    "H": [(2024, 1, 10)],
    "I": [(2022, 1, 14), (2023, 6, 19)],
    "J": [(2022, 4, 33)],
    "K": [(2024, 6, 1)],
    "L": [(2024, 1, 3), (2024, 7, 6)],
    "child": [(2024, 1, 12)],
}


@pytest.fixture
def municipality(tmp_path: Path) -> Dataset:
    """Six women A-F and six men G-L; A and B are one household of 9 000 kronor, everyone else gets 5 000 alone."""
    persons = [f"{who} | {'2015' if who == 'child' else '1980'}-05-05 | {'f' if who < 'G' else 'm'}" for who in SPANS]
    months = []
    for who, spans in SPANS.items():
        for year, month, length in spans:
            for at in range(year * 12 + month - 1, year * 12 + month - 1 + length):
                home, kronor = ("AB", 4500) if who in "AB" else ("-", 5000)
                months.append(f"{who} | {at // 12}-{at % 12 + 1:02d} | {home} | {kronor} | 2380")
    drawing = "\n".join(
        [
            "persons", "person_id | birth_date | sex", *persons,
            "assistance_months", "person_id | month | household_id | amount | municipality", *months,
            "populations", "date | population | sex | age | municipality",
            "2024-12-31 | 60 | f | 40 | 2380", "2024-12-31 | 30 | m | 40 | 2380", "2024-12-31 | 10 | m | 9 | 2380",
        ]
    )  # fmt: skip
    return world(tmp_path, drawing, "2024-12-31")


def _shipped(name: str) -> Definition:
    (found,) = (each for each in load(INDICATORS, CODES) if each.id == name)
    return found


def _of_2024(name: str, dataset: Dataset) -> list[tuple[int | None, ...]]:
    result = both(_shipped(name), dataset)
    (whole,) = (cell for cell in result.breakdowns[0].cells if cell.values["period"] in ("2024", "2024-12"))
    sexes = [cell for cell in result.breakdowns[1].cells if cell.values["period"] == "2024" and "sex" in cell.values]
    return [(cell.n, cell.k) for cell in (whole, *sexes)]


def test_long_term(municipality: Dataset) -> None:
    """Twelve adults in 2024; K has one month and L nine. The child is left out."""
    assert _of_2024("assistance_long_term", municipality) == [(12, 10), (6, 6), (6, 4)]


def test_very_long_term(municipality: Dataset) -> None:
    """A-F; I has 33 months but a break of three; J has 33 without one."""
    assert _of_2024("assistance_very_long_term", municipality) == [(12, 7), (6, 6), (6, 1)]


def test_of_the_population(municipality: Dataset) -> None:
    """Thirteen, the child too, of a hundred inhabitants; one child of ten."""
    everybody = both(_shipped("assistance_of_population"), municipality, period="2024").total
    assert everybody is not None
    assert (everybody.n, everybody.inhabitants, everybody.value) == (13, 100, 13.0)
    assert (everybody.low, everybody.high) == pytest.approx((6.922, 22.230), abs=6e-4)  # Garwood's table
    children = both(_shipped("assistance_children_of_population"), municipality, period="2024").total
    assert children is not None
    assert (children.n, children.inhabitants, children.value) == (1, 10, 10.0)


def test_amount_per_household_and_month(municipality: Dataset) -> None:
    """2024: A and B 9 000 in 12 months; C-F, I, J and the child 12 each, G and H 10, K 1, L 9: 84 + 30 at 5 000."""
    result = both(_shipped("assistance_amount"), municipality, period="2024")
    assert result.total is not None
    assert result.total.n == 12
    assert result.total.value == pytest.approx((12 * 9000 + 114 * 5000) / 126)


def test_rolling_mean(municipality: Dataset) -> None:
    """Person-months of 2024: 6 · 12 + 2 · 10 + I 12 + J 12 + K 1 + L 9 + child 12 = 138, 11.5 a month."""
    assert _of_2024("assistance_recipients_rolling", municipality) == [(138, None)]
    result = both(_shipped("assistance_recipients_rolling"), municipality)
    assert result.breakdowns[0].cells[-1].value == 11.5


def test_in_work_after_24_months(tmp_path: Path) -> None:
    """On 1 March 2022: `worked` has stopped, `works` and `begins` work, `moved` left, `late` is not yet mature."""
    drawing = """
    persons
    person_id | birth_date | sex
    works     | 1980-01-01 | f
    begins    | 1980-01-01 | f
    worked    | 1980-01-01 | m
    moved     | 1980-01-01 | m
    late      | 1980-01-01 | m
    spells
    person_id | kind                  | start_date | end_date   | municipality
    works     | registration          | 2020-03-01 | -          | 2380
    works     | employment            | 2021-01-01 | -          | -
    begins    | registration          | 2020-03-01 | -          | 2380
    begins    | subsidised_employment | 2022-03-01 | 2022-03-01 | -
    worked    | registration          | 2020-03-01 | -          | 2380
    worked    | employment            | 2020-04-01 | 2022-02-28 | -
    worked    | internship            | 2022-03-01 | -          | -
    moved     | registration          | 2020-03-01 | 2021-06-30 | 2380
    moved     | employment            | 2020-04-01 | -          | -
    late      | registration          | 2023-03-01 | -          | 2380
    late      | employment            | 2023-04-01 | -          | -
    """
    total = both(_shipped("in_work_after_24_months"), world(tmp_path, drawing, "2024-12-31")).total
    assert total is not None
    assert (total.n, total.k, total.not_mature) == (4, 2, 1)
    goal = both(_shipped("establishment_24_months"), world(tmp_path, drawing, "2024-12-31")).total
    assert goal is not None
    assert goal.k == 3  # `moved` and `worked` worked within the time; `begins` began the day after it
