"""A village of eight, worked out by hand, counted by the shipped definitions."""

from pathlib import Path

import pytest

from matrikel_stats import Dataset, Result, load
from tests.stats.worlds import CODES, INDICATORS, both, world

DEFINITIONS = {definition.id: definition for definition in load(INDICATORS, CODES)}

# Freeze date 2025-06-30. Everyone is received and registered on the same day unless said otherwise.
#   amina   f 30  2023-01-10  SFI 2023-02-01 (applied 2023-01-15: 17 days), passed 2023-11-30; internship 2023-06-01 to
#                             2023-11-30 = 183 days; no work the first year; job 2024-03-01 with basis yes
#   berhe   m 40  2023-01-10  job 2023-05-01 the first year; dead 2024-02-01
#   carim   m 25  2023-03-01  internship 2023-04-01 to 2023-06-30 = 91 days; SFI passed 2023-12-01 (applied 2023-03-05,
#                             start 2023-07-05: 122 days); moves inside the county 2024-06-01, registered there that day
#   dalia   f 50  2023-03-01  a relative; nothing at all
#   elias   m 64  2024-08-01  other immigrant; applied 2024-08-10 and waits
#   farah   f 65  2023-01-10  too old
#   goran   m 10  2023-01-10  too young
#   hodan   f 35  2024-07-15  upper-secondary studies from 2024-09-01
VILLAGE = """
persons
person_id | birth_date | sex
amina     | 1993-01-10 | f
berhe     | 1983-01-01 | m
carim     | 1998-02-01 | m
dalia     | 1973-01-01 | f
elias     | 1959-08-02 | m
farah     | 1958-01-10 | f
goran     | 2013-01-01 | m
hodan     | 1989-01-01 | f
spells
person_id | kind                    | start_date | end_date   | result | municipality | basis
amina     | registration            | 2023-01-10 | -          | -      | 2380         | -
berhe     | registration            | 2023-01-10 | 2024-02-01 | -      | 2380         | -
carim     | registration            | 2023-03-01 | 2024-05-31 | -      | 2380         | -
carim     | registration            | 2024-06-01 | -          | -      | 2313         | -
dalia     | registration            | 2023-03-01 | -          | -      | 2313         | -
elias     | registration            | 2024-08-01 | -          | -      | 2380         | -
farah     | registration            | 2023-01-10 | -          | -      | 2380         | -
goran     | registration            | 2023-01-10 | -          | -      | 2380         | -
hodan     | registration            | 2024-07-15 | -          | -      | 2380         | -
amina     | sfi                     | 2023-02-01 | 2023-11-30 | passed | -            | -
amina     | internship              | 2023-06-01 | 2023-11-30 | -      | -            | no
amina     | employment              | 2024-03-01 | -          | -      | -            | yes
berhe     | employment              | 2023-05-01 | -          | -      | -            | -
carim     | internship              | 2023-04-01 | 2023-06-30 | -      | -            | -
carim     | sfi                     | 2023-07-05 | 2023-12-01 | passed | -            | -
hodan     | studies_upper_secondary | 2024-09-01 | -          | -      | -            | -
events
person_id | kind            | date       | unit  | category                  | to_county | receiver
amina     | reception       | 2023-01-10 | north | quota_refugee             | -         | -
berhe     | reception       | 2023-01-10 | north | refugee_via_accommodation | -         | -
carim     | reception       | 2023-03-01 | north | refugee_via_accommodation | -         | -
dalia     | reception       | 2023-03-01 | south | relative                  | -         | -
elias     | reception       | 2024-08-01 | south | other_immigrant           | -         | -
farah     | reception       | 2023-01-10 | north | quota_refugee             | -         | -
goran     | reception       | 2023-01-10 | north | quota_refugee             | -         | -
hodan     | reception       | 2024-07-15 | south | other_immigrant           | -         | -
amina     | sfi_application | 2023-01-15 | north | -                         | -         | -
carim     | sfi_application | 2023-03-05 | north | -                         | -         | -
elias     | sfi_application | 2024-08-10 | south | -                         | -         | -
berhe     | death           | 2024-02-01 | north | -                         | -         | -
carim     | left            | 2024-06-01 | north | -                         | inside    | -
dalia     | discharge       | 2024-12-31 | south | -                         | -         | -
dalia     | referral        | 2024-12-31 | south | -                         | -         | social_services
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder: Path = tmp_path_factory.mktemp("village")
    return world(folder, VILLAGE, "2025-06-30")


def _run(village: Dataset, name: str, **options: object) -> Result:
    return both(DEFINITIONS[name], village, **options)


def test_county_goal_of_twelve_months(village: Dataset) -> None:
    result = _run(village, "establishment_12_months")
    # Mature: amina (internship), berhe (job), carim in 2380 (internship), carim in 2313 (to 2025-05-31, nothing) and
    # dalia (nothing). Not yet: elias, hodan (already in studies). Left out for age: farah, goran.
    assert result.total is not None
    assert (result.total.n, result.total.k, result.not_mature, result.population) == (5, 3, 2, 7)
    assert result.excluded == {"age": 2}
    sexes = next(each for each in result.breakdowns if each.dimensions == ("sex",))
    assert [(cell.n, cell.k) for cell in sexes.cells] == [(2, 1), (3, 2)]
    places = next(each for each in result.breakdowns if each.dimensions == ("municipality",))
    assert [(cell.values["municipality"], cell.n, cell.k) for cell in places.cells] == [("2313", 2, 0), ("2380", 3, 3)]


def test_county_goal_variants(village: Dataset) -> None:
    def share(name: str) -> tuple[int | None, int | None]:
        total = _run(village, name, by=[]).total
        assert total is not None
        return total.k, total.n

    assert share("establishment_12_months_without_internship") == (1, 5)  # berhe alone
    assert share("establishment_12_months_own_occupation") == (0, 5)  # amina's job comes in the second year
    # Two years: amina, berhe, carim in 2380, dalia are mature; carim in 2313 is not.
    assert share("establishment_24_months") == (3, 4)
    assert share("establishment_24_months_without_internship") == (2, 4)
    assert share("establishment_24_months_own_occupation") == (1, 4)


def test_effect_goal(village: Dataset) -> None:
    def share(name: str) -> tuple[int | None, int | None]:
        total = _run(village, name, by=[]).total
        assert total is not None
        return total.k, total.n

    # amina by language and 183 days, berhe by work; carim passed but has 91 days; dalia nothing.
    assert share("effect_goal") == (2, 4)
    assert share("effect_goal_refugees") == (2, 4)
    assert share("effect_goal_other_bracketing") == (1, 4)  # berhe has no internship
    assert _run(village, "effect_goal_refugees", by=[]).excluded == {"age": 2, "category": 2}


def test_sfi_wait(village: Dataset) -> None:
    total = _run(village, "sfi_wait", by=[]).total
    assert total is not None
    assert (total.n, total.value, total.median, total.open) == (2, (17 + 122) / 2, 69.5, 1)
    three_months, one_month = total.limits
    assert (three_months.k, three_months.n, one_month.k, one_month.n) == (1, 3, 1, 3)
    # Of three, one has started by day 17 and two by day 122.
    assert total.median_with_open == 122


def test_yearly_counts(village: Dataset) -> None:
    def years(name: str) -> dict[str, int | None]:
        result = _run(village, name, by=[])
        return {cell.values["period"]: cell.n for cell in result.breakdowns[0].cells}

    assert years("enrolled") == {"2023": 6, "2024": 2}
    assert years("internships_started") == {"2023": 2}
    assert years("discharged") == years("referred_to_social_services") == {"2024": 1}
    # berhe dies in February and carim moves in June 2024; dalia is discharged on 31 December and still counts that day.
    assert years("enrolled_31_december") == {"2023": 6, "2024": 6}
    assert years("handled_any_time_in_year") == {"2023": 6, "2024": 8, "2025": 5}
    assert years("in_sfi_31_december") == {}
    assert years("in_sfi_any_time_in_year") == {"2023": 2}
