"""Duration, flow and stock."""

from pathlib import Path

import pytest

from tests.stats.worlds import both, indicator, offsets, world

WAIT = """
kind = "duration"
[cohort.anchor]
event = ["sfi_application"]
[duration]
to = { spell = ["sfi"] }
unit = "weeks"
limits = [{ months = 3 }, { days = 14 }]
[leaving]
events = ["left"]
"""
WAITING = """
persons
person_id | birth_date | sex
same_day  | 1980-01-01 | f
ten       | 1980-01-01 | f
hundred   | 1980-01-01 | m
waits     | 1980-01-01 | m
moved     | 1980-01-01 | m
before    | 1980-01-01 | m
spells
person_id | kind | start_date | end_date
same_day  | sfi  | 2024-01-01 | -
ten       | sfi  | 2024-01-11 | -
ten       | sfi  | 2024-03-11 | -
hundred   | sfi  | 2024-04-10 | -
before    | sfi  | 2023-01-10 | -
events
person_id | kind            | date       | to_county
same_day  | sfi_application | 2024-01-01 | -
ten       | sfi_application | 2024-01-01 | -
hundred   | sfi_application | 2024-01-01 | -
waits     | sfi_application | 2024-01-01 | -
moved     | sfi_application | 2024-01-01 | -
moved     | left            | 2024-01-06 | outside
before    | sfi_application | 2024-05-31 | -
"""


def test_duration_with_open_waits(tmp_path: Path) -> None:
    dataset = world(tmp_path / "data", WAITING, "2024-06-01")
    result = both(indicator(tmp_path / "definitions", WAIT), dataset)
    assert offsets(result.count_tables[0]) == [
        (0, "outcome", 1),
        (1, "frozen", 1),  # began before the application: still waits for a start after it
        (5, "left_outside", 1),
        (10, "outcome", 1),
        (100, "outcome", 1),
        (152, "frozen", 1),
    ]
    total = result.total
    assert total is not None
    assert (total.n, total.open, total.value, total.median) == (3, 2, pytest.approx(110 / 3), 10)
    assert total.median_with_open == 100
    three_months, two_weeks = total.limits
    # 1 January to 31 March for three months; who applied on 31 May is mature for neither limit.
    assert (three_months.n, three_months.k, three_months.not_mature) == (5, 2, 1)
    assert (two_weeks.n, two_weeks.k, two_weeks.not_mature) == (5, 2, 1)


PEOPLE = """
persons
person_id | birth_date | sex
a         | 1980-01-01 | f
b         | 1980-01-01 | m
c         | 1980-01-01 | m
"""


def test_flow_of_persons_and_occurrences(tmp_path: Path) -> None:
    drawing = (
        PEOPLE
        + """
    spells
    person_id | kind       | start_date | end_date   | unit
    a         | internship | 2020-03-01 | 2020-04-01 | north
    a         | internship | 2020-09-01 | -          | south
    a         | internship | 2021-01-01 | -          | south
    b         | internship | 2020-12-31 | -          | south
    c         | internship | 2019-06-01 | 2022-01-01 | south
    c         | internship | 2022-05-02 | -          | south
    """
    )
    dataset = world(tmp_path / "data", drawing, "2022-05-01")

    def counted(count: str, every: str) -> dict[str, int | None]:
        body = f"""
        kind = "flow"
        [cohort.anchor]
        spell = ["internship"]
        [flow]
        every = "{every}"
        count = "{count}"
        """
        result = both(indicator(tmp_path / "definitions", body), dataset, by=["unit"])
        assert result.excluded == {"after_freeze": 1}
        return {cell.values["period"]: cell.n for cell in result.breakdowns[0].cells}

    assert counted("persons", "year") == {"2019": 1, "2020": 2, "2021": 1}
    assert counted("occurrences", "year") == {"2019": 1, "2020": 3, "2021": 1}
    assert counted("persons", "month") == {"2019-06": 1, "2020-03": 1, "2020-09": 1, "2020-12": 1, "2021-01": 1}


def test_a_person_is_one_in_a_year_and_stands_where_the_first_was(tmp_path: Path) -> None:
    drawing = (
        PEOPLE
        + """
    spells
    person_id | kind       | start_date | end_date | unit  | category
    a         | internship | 2020-09-01 | -        | south | quota_refugee
    a         | internship | 2020-03-01 | -        | north | quota_refugee
    b         | internship | 2020-03-01 | -        | north | other_immigrant
    b         | internship | 2020-04-01 | -        | south | quota_refugee
    """
    )
    body = """
    kind = "flow"
    [cohort]
    where = [{ attribute = "category", counts_as = ["refugee"] }]
    [cohort.anchor]
    spell = ["internship"]
    [flow]
    count = "persons"
    """
    result = both(indicator(tmp_path / "definitions", body), world(tmp_path / "data", drawing), by=["unit"])
    cells = {cell.values["unit"]: cell.n for cell in result.breakdowns[1].cells}
    # b's first internship is outside the cohort, the second is not: b is counted, once, where the second was.
    assert cells == {"north": 1, "south": 1}
    assert result.excluded == {}


STATES = (
    PEOPLE
    + """
spells
person_id | kind | start_date | end_date
a         | sfi  | 2020-02-01 | 2020-12-30
a         | sfi  | 2021-12-31 | 2021-12-31
b         | sfi  | 2020-05-05 | -
c         | sfi  | 2020-12-31 | 2021-01-01
c         | sfi  | 2020-12-31 | 2021-06-30
"""
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("31 december", {"2020": 2, "2021": 2}),
        ("any_time_in_year", {"2020": 3, "2021": 3, "2022": 1}),
    ],
)
def test_stock_at_a_day_and_at_any_time_are_different_things(
    tmp_path: Path, moment: str, expected: dict[str, int]
) -> None:
    dataset = world(tmp_path / "data", STATES, "2022-12-30")
    result = both(_stock(tmp_path, moment), dataset)
    assert {cell.values["period"]: cell.n for cell in result.breakdowns[0].cells} == expected
    assert result.incomplete_periods == (("2022",) if moment == "any_time_in_year" else ())


def test_stock_at_month_ends(tmp_path: Path) -> None:
    dataset = world(tmp_path / "data", STATES, "2021-02-28")
    result = both(_stock(tmp_path, "month_end"), dataset, period="2020-2021")
    found = {cell.values["period"]: cell.n for cell in result.breakdowns[0].cells}
    assert found["2020-02"] == 1
    assert found["2020-05"] == 2
    assert found["2020-12"] == 2
    assert found["2021-02"] == 2
    assert list(found)[-1] == "2021-02"


def _stock(tmp_path: Path, moment: str):  # type: ignore[no-untyped-def]
    body = f"""
    kind = "stock"
    [cohort.anchor]
    spell = ["sfi"]
    [stock]
    moment = "{moment}"
    """
    return indicator(tmp_path / "definitions", body)


def test_stock_of_a_state_between_two_events(tmp_path: Path) -> None:
    drawing = (
        PEOPLE
        + """
    events
    person_id | kind      | date
    a         | reception | 2020-02-01
    a         | discharge | 2021-12-31
    b         | discharge | 2019-01-01
    b         | reception | 2020-02-01
    b         | discharge | 2021-12-30
    c         | reception | 2021-05-01
    c         | death     | 2021-05-01
    """
    )
    body = """
    kind = "stock"
    [cohort.anchor]
    event = ["reception"]
    until = { event = ["discharge", "death"] }
    [stock]
    moment = "{moment}"
    """
    dataset = world(tmp_path / "data", drawing)
    found = {}
    for moment in ("31 december", "any_time_in_year"):
        result = both(indicator(tmp_path / moment[:2], body.replace("{moment}", moment)), dataset)
        found[moment] = {cell.values["period"]: cell.n for cell in result.breakdowns[0].cells}
    # The day of discharge is the last enrolled day; a discharge before the reception ends nothing.
    assert found == {"31 december": {"2020": 2, "2021": 1}, "any_time_in_year": {"2020": 2, "2021": 3}}


def test_period_chooses_anchors(tmp_path: Path) -> None:
    dataset = world(tmp_path / "data", STATES, "2022-12-30")
    result = both(_stock(tmp_path, "any_time_in_year"), dataset, period="2021")
    assert result.total is not None
    assert (result.total.n, result.period) == (3, "2021")
