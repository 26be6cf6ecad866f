"""Reached within a window from an anchor."""

from pathlib import Path

import pytest

from tests.stats.worlds import both, indicator, offsets, statuses, world

WITHIN_A_YEAR = """
kind = "reached"
breakdowns = []
[cohort.anchor]
spell = ["registration"]
[window]
months = 12
[outcome]
spell = ["employment"]
[leaving]
events = ["left"]
deaths = ["death"]
anchor_ends = true
"""


def _one(tmp_path: Path, start: str, end: str, freeze: str = "2025-12-31", body: str = WITHIN_A_YEAR) -> list[object]:
    """One person registered 2020-03-01 with one employment."""
    dataset = world(
        tmp_path / "data",
        f"""
        persons
        person_id | birth_date | sex
        a         | 1980-01-01 | f
        spells
        person_id | kind         | start_date | end_date
        a         | registration | 2020-03-01 | -
        a         | employment   | {start}    | {end}
        """,
        freeze,
    )
    result = both(indicator(tmp_path / "definitions", body), dataset)
    return list(offsets(result.count_tables[0]))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-03-01", "-", (0, "outcome", 1)),  # begins on the anchor day
        ("2019-01-01", "-", (0, "outcome", 1)),  # already running: counts from the anchor day
        ("2019-01-01", "2020-03-01", (0, "outcome", 1)),  # ends on the anchor day, that day included
        ("2019-01-01", "2020-02-29", (365, "window_passed", 1)),  # over the day before
        ("2020-03-02", "2020-03-02", (1, "outcome", 1)),  # a spell of one day
        ("2021-02-28", "-", (364, "outcome", 1)),  # the last day of the window
        ("2021-03-01", "-", (365, "window_passed", 1)),  # the anniversary is outside
    ],
)
def test_edges_of_the_window(tmp_path: Path, start: str, end: str, expected: tuple[int, str, int]) -> None:
    assert _one(tmp_path, start, end) == [expected]


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2019-01-01", (365, "window_passed", 1)), ("2020-03-01", (0, "outcome", 1)), ("2020-04-01", (31, "outcome", 1))],
)
def test_only_new_starts_where_the_definition_says_so(
    tmp_path: Path, start: str, expected: tuple[int, str, int]
) -> None:
    body = WITHIN_A_YEAR.replace('spell = ["employment"]', 'spell = ["employment"]\nstarts = "new"')
    assert _one(tmp_path, start, "-", body=body) == [expected]


@pytest.mark.parametrize(
    ("freeze", "start", "expected"),
    [
        ("2020-06-01", "2020-06-01", (92, "outcome", 1)),  # the day of the freeze is known
        ("2020-06-01", "2020-06-02", (92, "frozen", 1)),  # the day after is planned, not known
        ("2021-02-27", "2022-01-01", (363, "frozen", 1)),  # one day short of mature
        ("2021-02-28", "2022-01-01", (365, "window_passed", 1)),  # mature on the last day of the window
    ],
)
def test_the_freeze_day(tmp_path: Path, freeze: str, start: str, expected: tuple[int, str, int]) -> None:
    assert _one(tmp_path, start, "-", freeze) == [expected]


def test_a_window_not_run_out_is_not_yet_mature_never_a_failure(tmp_path: Path) -> None:
    dataset = world(
        tmp_path / "data",
        """
        persons
        person_id | birth_date | sex
        old       | 1980-01-01 | f
        new       | 1980-01-01 | f
        quick     | 1980-01-01 | f
        spells
        person_id | kind         | start_date | end_date
        old       | registration | 2023-01-01 | -
        new       | registration | 2024-06-01 | -
        quick     | registration | 2024-06-01 | -
        quick     | employment   | 2024-07-01 | -
        """,
        "2024-12-31",
    )
    result = both(indicator(tmp_path / "definitions", WITHIN_A_YEAR), dataset)
    assert result.total is not None
    assert (result.total.n, result.total.k, result.total.value, result.not_mature) == (1, 0, 0.0, 2)
    assert result.population == 3
    assert result.total.aj is not None
    assert result.total.aj.value == pytest.approx(1 / 3)


LEAVERS = """
persons
person_id | birth_date | sex
stays     | 1980-01-01 | f
sameday   | 1980-01-01 | f
inside    | 1980-01-01 | f
outside   | 1980-01-01 | m
dead      | 1980-01-01 | m
ends      | 1980-01-01 | m
ends_in   | 1980-01-01 | m
spells
person_id | kind         | start_date | end_date
stays     | registration | 2020-01-01 | -
sameday   | registration | 2020-01-01 | -
sameday   | employment   | 2020-02-01 | -
inside    | registration | 2020-01-01 | -
inside    | employment   | 2020-02-02 | -
outside   | registration | 2020-01-01 | -
dead      | registration | 2020-01-01 | 2020-02-01
ends      | registration | 2020-01-01 | 2020-05-01
ends_in   | registration | 2020-01-01 | 2020-05-01
events
person_id | kind  | date       | to_county
sameday   | left  | 2020-02-01 | outside
inside    | left  | 2020-02-01 | inside
outside   | left  | 2020-02-01 | outside
dead      | death | 2020-02-01 | -
ends_in   | left  | 2020-05-02 | inside
"""


def test_outcome_before_leaving_and_the_sorts_of_leaving(tmp_path: Path) -> None:
    dataset = world(tmp_path / "data", LEAVERS)
    result = both(indicator(tmp_path / "definitions", WITHIN_A_YEAR), dataset)
    assert statuses(result.count_tables[0]) == {
        "window_passed": 1,
        "outcome": 1,  # job and move on the same day: the job counts
        "left_inside": 2,  # one move recorded, one registration ending with a move inside recorded after it
        "left_outside": 2,  # one move recorded, one registration that just ends
        "died": 1,  # death on the day the registration ends is a death
    }
    assert result.total is not None
    assert (result.total.n, result.total.k) == (7, 1)  # leavers stay in the denominator
    assert result.left_before is not None
    assert (result.left_before.inside, result.left_before.outside, result.left_before.died) == (2, 2, 1)


def test_days_are_merged_and_only_those_inside_the_window_count(tmp_path: Path) -> None:
    body = WITHIN_A_YEAR.replace('spell = ["employment"]', 'spell = ["internship"]\ntotal_days = 10')
    dataset = world(
        tmp_path / "data",
        """
        persons
        person_id | birth_date | sex
        overlap   | 1980-01-01 | f
        touch     | 1980-01-01 | f
        outside   | 1980-01-01 | f
        gap       | 1980-01-01 | f
        spells
        person_id | kind         | start_date | end_date
        overlap   | registration | 2020-01-01 | -
        overlap   | internship   | 2020-01-10 | 2020-01-15
        overlap   | internship   | 2020-01-12 | 2020-01-18
        touch     | registration | 2020-01-01 | -
        touch     | internship   | 2020-01-10 | 2020-01-14
        touch     | internship   | 2020-01-15 | 2020-01-19
        outside   | registration | 2020-01-01 | -
        outside   | internship   | 2019-12-20 | 2020-01-09
        gap       | registration | 2020-01-01 | -
        gap       | internship   | 2020-01-01 | 2020-01-05
        gap       | internship   | 2020-02-01 | -
        """,
    )
    result = both(indicator(tmp_path / "definitions", body), dataset)
    assert offsets(result.count_tables[0]) == [
        (18, "outcome", 1),  # touch: the tenth day is 19 January
        (35, "outcome", 1),  # gap: five days in January, the fifth in February is 5 February
        (366, "window_passed", 2),  # overlap covers nine days, outside nine days inside the window
    ]


def test_any_is_the_first_day_and_all_the_last(tmp_path: Path) -> None:
    body = """
    kind = "reached"
    [cohort.anchor]
    event = ["reception"]
    [window]
    months = 12
    [outcome]
    any = [
      { spell = ["employment"] },
      { all = [{ spell = ["sfi"], completed = true }, { event = ["sfi_start"] }] },
    ]
    """
    dataset = world(
        tmp_path / "data",
        """
        persons
        person_id | birth_date | sex
        works     | 1980-01-01 | f
        both      | 1980-01-01 | f
        half      | 1980-01-01 | f
        spells
        person_id | kind       | start_date | end_date
        works     | employment | 2020-02-01 | -
        both      | sfi        | 2020-01-05 | 2020-03-01
        half      | sfi        | 2020-01-05 | 2020-03-01
        events
        person_id | kind      | date
        works     | reception | 2020-01-01
        both      | reception | 2020-01-01
        both      | sfi_start | 2020-01-05
        half      | reception | 2020-01-01
        """,
    )
    result = both(indicator(tmp_path / "definitions", body), dataset)
    assert offsets(result.count_tables[0]) == [(31, "outcome", 1), (60, "outcome", 1), (366, "window_passed", 1)]


def test_why_people_are_left_out_is_counted(tmp_path: Path) -> None:
    body = """
    kind = "reached"
    [cohort]
    age = { from = 20, to = 64 }
    sex = "female"
    where = [{ attribute = "category", counts_as = ["refugee"] }]
    [[cohort.exclude]]
    id = "worked_before"
    reason = "Hade arbete före"
    before = { spell = ["employment"] }
    [cohort.anchor]
    spell = ["registration"]
    [window]
    days = 30
    [outcome]
    spell = ["employment"]
    """
    dataset = world(
        tmp_path / "data",
        """
        persons
        person_id | birth_date | sex
        in        | 2000-01-01 | f
        young     | 2000-01-02 | f
        oldest    | 1955-01-02 | f
        old       | 1955-01-01 | f
        man       | 1980-01-01 | m
        nosex     | 1980-01-01 | -
        noage     | -          | f
        other     | 1980-01-01 | f
        worked    | 1980-01-01 | f
        spells
        person_id | kind         | start_date | end_date   | category
        in        | registration | 2020-01-01 | -          | quota_refugee
        young     | registration | 2020-01-01 | -          | quota_refugee
        oldest    | registration | 2020-01-01 | -          | relative
        old       | registration | 2020-01-01 | -          | relative
        man       | registration | 2020-01-01 | -          | relative
        nosex     | registration | 2020-01-01 | -          | relative
        noage     | registration | 2020-01-01 | -          | relative
        other     | registration | 2020-01-01 | -          | other_immigrant
        worked    | registration | 2020-01-01 | -          | quota_refugee
        worked    | employment   | 2019-01-01 | 2019-02-01 | -
        stranger  | registration | 2020-01-01 | -          | quota_refugee
        """,
    )
    result = both(indicator(tmp_path / "definitions", body), dataset)
    assert result.excluded == {
        "age": 2,
        "age_unknown": 1,
        "category": 1,
        "sex": 1,
        "sex_unknown": 1,
        "unknown_person": 1,
        "worked_before": 1,
    }
    assert result.population == 2
    assert (result.unknown_persons, result.unknown_person_ids) == (1, ("stranger",))
    assert result.reasons["worked_before"] == "Hade arbete före"


def test_first_last_and_every_anchor(tmp_path: Path) -> None:
    drawing = """
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    spells
    person_id | kind         | start_date | end_date   | municipality
    a         | registration | 2020-01-01 | 2020-12-31 | 2380
    a         | registration | 2021-01-01 | 2021-12-31 | 2313
    a         | registration | 2022-01-01 | -          | 2380
    """
    years = {"first": ["2020"], "last": ["2022"], "every": ["2020", "2021", "2022"], "per": ["2020", "2021"]}
    for take, expected in years.items():
        line = f'take = "{take}"' if take != "per" else 'per = "municipality"'
        body = WITHIN_A_YEAR.replace('spell = ["registration"]', f'spell = ["registration"]\n{line}')
        dataset = world(tmp_path / take, drawing)
        result = both(indicator(tmp_path / f"d{take}", body), dataset, by=["year"])
        assert [cell.values["year"] for cell in result.breakdowns[0].cells] == expected, take


def test_breakdowns_are_sums_of_one_table(tmp_path: Path) -> None:
    dataset = world(tmp_path / "data", LEAVERS)
    result = both(indicator(tmp_path / "definitions", WITHIN_A_YEAR), dataset, by=["sex", "age_band"])
    assert [(dict(cell.values), cell.n) for cell in result.breakdowns[0].cells] == [
        ({"sex": "female", "age_band": "40-49"}, 3),
        ({"sex": "male", "age_band": "40-49"}, 4),
    ]


@pytest.mark.parametrize(
    ("anchor", "last", "offset"),
    [
        ("2020-02-29", "2021-02-27", 365),  # the anniversary of 29 February in a common year is 28 February
        ("2019-02-28", "2020-02-27", 365),
        ("2019-03-01", "2020-02-29", 366),
        ("2023-05-17", "2024-05-16", 366),
        ("1964-02-29", "1965-02-27", 365),  # before the year computers count from
    ],
)
def test_29_february_in_windows(tmp_path: Path, anchor: str, last: str, offset: int) -> None:
    dataset = world(
        tmp_path / "data",
        f"""
        persons
        person_id | birth_date | sex
        a         | 1980-01-01 | f
        b         | 1980-01-01 | f
        spells
        person_id | kind         | start_date | end_date
        a         | registration | {anchor}   | -
        b         | registration | {anchor}   | -
        b         | employment   | {last}     | -
        """,
    )
    result = both(indicator(tmp_path / "definitions", WITHIN_A_YEAR), dataset)
    assert offsets(result.count_tables[0]) == [(offset - 1, "outcome", 1), (offset, "window_passed", 1)]


@pytest.mark.parametrize(
    ("birth", "day", "counted"),
    [
        ("2000-02-29", "2020-02-28", 0),  # a leap year has the day itself
        ("2000-02-29", "2020-02-29", 1),
        ("2001-03-01", "2021-02-28", 0),
        ("2004-02-29", "2024-02-28", 0),
        ("1956-02-29", "2021-02-27", 1),  # still 64
        ("1956-02-29", "2021-02-28", 0),  # completes 65 on 28 February in a common year
    ],
)
def test_29_february_in_ages(tmp_path: Path, birth: str, day: str, counted: int) -> None:
    body = WITHIN_A_YEAR.replace("[cohort.anchor]", "[cohort]\nage = { from = 20, to = 64 }\n[cohort.anchor]")
    dataset = world(
        tmp_path / "data",
        f"""
        persons
        person_id | birth_date | sex
        a         | {birth}    | f
        spells
        person_id | kind         | start_date | end_date
        a         | registration | {day}      | -
        """,
    )
    assert both(indicator(tmp_path / "definitions", body), dataset).population == counted
