"""The shipped figures about plans, worked out by hand for five persons.

Freeze date 2025-06-30; a plan two months after enrolment means at the latest the day before the second month's day.
"""

from pathlib import Path

import pytest

from matrikel_stats import Dataset, Definition, load
from tests.stats.worlds import CODES, INDICATORS, both, world

#   amina   enrolled 2025-01-10, plan 2025-03-09, the last day      in time; follow-ups: one in time, one late
#   berhe   enrolled 2025-01-10, plan 2025-03-10, a day too late    follow-up missed
#   carim   enrolled 2025-02-01, only a change plan in the window   no introduction plan
#   dalia   enrolled 2025-02-01, a child's plan 2025-02-20          in time; follow-up due after the freeze
#   elias   enrolled 2025-05-15, nothing yet                        not mature until 2025-07-14
WORLD = """
persons
person_id | birth_date | sex
amina     | 1993-01-10 | f
berhe     | 1983-01-01 | m
carim     | 1998-02-01 | m
dalia     | 2016-01-01 | f
elias     | 1989-08-02 | m
events
person_id | kind          | date       | unit  | plan                    | outcome
amina     | enrolment     | 2025-01-10 | north | -                       | -
berhe     | enrolment     | 2025-01-10 | north | -                       | -
carim     | enrolment     | 2025-02-01 | north | -                       | -
dalia     | enrolment     | 2025-02-01 | south | -                       | -
elias     | enrolment     | 2025-05-15 | south | -                       | -
amina     | plan_agreed   | 2025-03-09 | north | introduction_plan_adult | -
berhe     | plan_agreed   | 2025-03-10 | north | introduction_plan_adult | -
carim     | plan_agreed   | 2025-02-10 | north | change_plan             | -
dalia     | plan_agreed   | 2025-02-20 | south | introduction_plan_child | -
amina     | follow_up_due | 2025-04-09 | north | introduction_plan_adult | in_time
amina     | follow_up_due | 2025-05-09 | north | introduction_plan_adult | late
berhe     | follow_up_due | 2025-05-10 | north | introduction_plan_adult | missed
dalia     | follow_up_due | 2025-07-20 | south | introduction_plan_child | missed
"""


@pytest.fixture
def municipality(tmp_path: Path) -> Dataset:
    return world(tmp_path, WORLD, "2025-06-30")


def _shipped(name: str) -> Definition:
    (found,) = (each for each in load(INDICATORS, CODES) if each.id == name)
    return found


def test_plan_within_two_months(municipality: Dataset) -> None:
    result = both(_shipped("plan_within_2_months"), municipality)
    assert (result.total.n, result.total.k, result.not_mature) == (4, 2, 1)
    units = next(each for each in result.breakdowns if each.dimensions == ("unit",))
    assert [(cell.values["unit"], cell.n, cell.k) for cell in units.cells] == [("north", 3, 1), ("south", 1, 1)]


def test_follow_ups_in_time(municipality: Dataset) -> None:
    result = both(_shipped("follow_ups_in_time"), municipality)
    assert (result.total.n, result.total.k) == (3, 1)
