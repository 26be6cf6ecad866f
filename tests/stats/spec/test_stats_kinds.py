"""The kinds counted by period beside flow and stock, each worked by hand."""

from pathlib import Path

import pytest

from matrikel_stats import Result, StatsError, explain, protect
from matrikel_stats.telling.table import render
from tests.stats.worlds import both, indicator, world

LONG = """
kind = "long_term"
[long_term]
at_least = 10
of = 12
"""
VERY_LONG = """
kind = "long_term"
[long_term]
at_least = 27
of = 36
longest_break = 2
"""


def _months(tmp_path: Path, months: dict[str, list[str]], body: str, freeze: str = "2024-12-31") -> Result:
    """Everybody's months as `2024-01..2024-10`; a person `first` has January 2020 so that the data begin there."""
    lines = []
    for who, spans in {"first": ["2020-01"], **months}.items():
        for span in spans:
            first, last = (*span.split(".."), span)[:2]
            at = int(first[:4]) * 12 + int(first[5:]) - 1
            while at <= int(last[:4]) * 12 + int(last[5:]) - 1:
                lines.append(f"{who} | {at // 12}-{at % 12 + 1:02d} | 2380")
                at += 1
    persons = "".join(f"{who} | 1980-01-01 | f\n" for who in ["first", *months])
    drawing = f"persons\nperson_id | birth_date | sex\n{persons}assistance_months\nperson_id | month | municipality\n"
    return both(indicator(tmp_path / "definitions", body), world(tmp_path / "data", drawing + "\n".join(lines), freeze))


def _year(result: Result, year: str) -> tuple[int | None, int | None]:
    cells = {cell.values["period"]: cell for cell in result.breakdowns[0].cells}
    return (cells[year].n, cells[year].k) if year in cells else (0, 0)


@pytest.mark.parametrize(
    ("spans", "long"),
    [
        (["2024-01..2024-10"], True),
        (["2024-03..2024-12"], True),
        (["2024-01..2024-09"], False),
        (["2024-01..2024-04", "2024-07..2024-12"], True),  # ten with a break of two: no rule about breaks
        (["2024-01..2024-05", "2024-08..2024-11"], False),  # nine
        (["2023-01..2024-09"], False),  # long, but not within this year
        (["2024-01..2024-10", "2024-01..2024-10"], True),  # the same month twice is one
    ],
)
def test_ten_of_twelve_months(tmp_path: Path, spans: list[str], long: bool) -> None:
    result = _months(tmp_path, {"a": spans}, LONG)
    assert _year(result, "2024") == (1, int(long))


@pytest.mark.parametrize(
    ("spans", "long"),
    [
        (["2022-01..2024-03"], True),  # 27 in a row
        (["2022-01..2024-02"], False),  # 26 in a row
        (["2022-01..2022-12", "2023-03..2024-12"], True),  # 34 with a break of two
        (["2022-01..2022-12", "2023-04..2024-12"], False),  # 33 with a break of three
        (["2021-01..2021-06", "2022-03..2024-12"], True),  # the long break lies before the 36 months
        (["2022-01..2022-06", "2022-09..2023-02", "2023-05..2024-12"], True),  # two breaks of two
        (["2022-04..2024-12"], True),  # what is missing at the ends is no break
    ],
)
def test_27_of_36_months_with_short_breaks(tmp_path: Path, spans: list[str], long: bool) -> None:
    result = _months(tmp_path, {"a": spans}, VERY_LONG)
    assert _year(result, "2024") == (1, int(long))


def test_recipients_of_the_year_are_the_denominator(tmp_path: Path) -> None:
    months = {"long": ["2023-01..2024-12"], "short": ["2024-06"], "before": ["2023-01..2023-12"]}
    result = _months(tmp_path, months, LONG)
    assert _year(result, "2023") == (2, 2)
    assert _year(result, "2024") == (2, 1)
    assert result.unit == "share"
    assert result.total is None  # the same persons come again the next year


def test_a_year_that_has_not_ended_is_not_mature(tmp_path: Path) -> None:
    result = _months(tmp_path, {"a": ["2024-01..2024-11"]}, LONG, "2024-11-30")
    (_, cell) = result.breakdowns[0].cells
    assert (cell.n, cell.k, cell.not_mature) == (0, 0, 1)
    assert result.incomplete_periods == ("2024",)


def test_months_before_the_data_are_not_taken_for_months_without(tmp_path: Path) -> None:
    result = _months(tmp_path, {"a": ["2020-01..2021-12"]}, VERY_LONG)
    assert result.excluded == {"before_data": 3}  # `first` and `a` in 2020, `a` in 2021
    assert "månaderna börjar före uppgifterna" in result.reasons.values()


def test_counted_where_the_last_month_of_the_year_stands(tmp_path: Path) -> None:
    drawing = """
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    assistance_months
    person_id | month   | municipality
    a         | 2024-01 | 2313
    a         | 2024-02 | 2380
    ghost     | 2024-02 | 2380
    """
    body = 'breakdowns = [["municipality"]]\n' + LONG.replace("at_least = 10", "at_least = 2")
    result = both(indicator(tmp_path / "d", body), world(tmp_path / "data", drawing))
    assert [(cell.values, cell.n, cell.k) for cell in result.breakdowns[1].cells] == [
        ({"period": "2024", "municipality": "2380"}, 1, 1)
    ]
    assert result.excluded == {"unknown_person": 1}
    assert result.unknown_person_ids == ("ghost",)


RATIO = """
kind = "ratio"
breakdowns = [["sex"], ["age_band"], ["category"]]
age_bands = [[18, 64], [65, 130]]
[cohort]
age = { from = 18 }
[cohort.anchor]
table = "assistance_months"
[ratio]
per = 1000
[flow]
"""
INHABITANTS = """
persons
person_id | birth_date | sex
a         | 1980-01-01 | f
b         | 1950-01-01 | m
c         | 1951-01-01 | m
child     | 2015-01-01 | m
assistance_months
person_id | month
a         | 2023-05
a         | 2024-01
a         | 2024-02
b         | 2024-06
c         | 2024-06
child     | 2024-06
populations
date       | population | sex | age
2023-12-31 | 400        | f   | 30
2024-06-30 | 999        | f   | 30
2024-12-31 | 100        | f   | 17
2024-12-31 | 500        | f   | 30
2024-12-31 | 250        | m   | 70
2025-12-31 | 500        | f   | 30
"""


def test_recipients_of_the_population(tmp_path: Path) -> None:
    result = both(indicator(tmp_path / "d", RATIO), world(tmp_path / "data", INHABITANTS, "2025-12-31"))
    years, sexes, bands = result.breakdowns
    told = [(cell.values["period"], cell.n, cell.inhabitants, cell.value) for cell in years.cells]
    assert told == [("2023", 1, 400, 2.5), ("2024", 3, 750, 4.0)]
    assert [(cell.values["sex"], cell.n, cell.inhabitants) for cell in sexes.cells[1:]] == [
        ("female", 1, 500),
        ("male", 2, 250),
    ]
    assert [(cell.values["age_band"], cell.n, cell.inhabitants) for cell in bands.cells[1:]] == [
        ("18-64", 1, 500),
        ("65-130", 2, 250),
    ]
    assert result.skipped_dimensions == ("category",)
    assert result.total is None
    assert result.unit == "per 1000"
    assert "Per 1\u00a0000 invånare" in result.counts
    one = both(indicator(tmp_path / "d", RATIO), world(tmp_path / "data", INHABITANTS), period="2024")
    assert one.total is not None
    assert (one.total.n, one.total.inhabitants) == (3, 750)
    assert "3 persons of 750 inhabitants: 4.0" in render(one, indicator(tmp_path / "d", RATIO), "en")


def test_a_population_that_does_not_know_ages(tmp_path: Path) -> None:
    drawing = INHABITANTS[: INHABITANTS.index("populations")] + "populations\ndate | population\n2024-12-31 | 1000\n"
    dataset = world(tmp_path / "data", drawing)
    with pytest.raises(StatsError) as caught:
        both(indicator(tmp_path / "d", RATIO), dataset)
    assert [found.code for found in caught.value.problems] == ["population_missing"]
    assert "populations.csv" in str(caught.value)
    without = world(tmp_path / "none", drawing[: drawing.index("populations")])
    with pytest.raises(StatsError, match="the table populations is missing"):
        both(indicator(tmp_path / "d", RATIO), without)


AMOUNT = """
kind = "amount"
breakdowns = [["municipality"]]
[amount]
every = "year"
"""
PAID = """
persons
person_id | birth_date | sex
a         | 1980-01-01 | f
b         | 1982-01-01 | m
alone     | 1990-01-01 | m
unpaid    | 1990-01-01 | m
assistance_months
person_id | month      | household_id | amount  | municipality
a         | 2024-01    | h1           | 6000.50 | 2380
b         | 2024-01    | h1           | 1999,50 | 2380
a         | 2024-02-15 | h1           | 4000    | 2380
alone     | 2024-02    | -            | 5000    | 2313
unpaid    | 2024-02    | -            | -       | 2313
alone     | 2025-01    | -            | 1       | 2313
"""


def test_amount_per_household_and_month(tmp_path: Path) -> None:
    """12 000 kronor in two months and 5 000 in one: 17 000 over three household months."""
    definition = indicator(tmp_path / "d", AMOUNT)
    result = both(definition, world(tmp_path / "data", PAID, "2024-12-31"))
    (year,) = result.breakdowns[0].cells
    assert (year.n, year.value) == (2, pytest.approx(17000 / 3))
    rows = [(row.offset, row.status, row.n) for row in result.count_tables[0].rows]
    assert rows == [
        (1, "counted", 1), (1, "squares", 500_000**2), (1, "sum", 500_000),
        (2, "counted", 1), (2, "squares", 1_200_000**2), (2, "sum", 1_200_000),
    ]  # fmt: skip
    assert "5\u00a0666.7 kr" in render(result, definition, "en")
    assert "Kronor per hushåll och månad" in explain(definition, "sv")
    places = {cell.values["municipality"]: cell.value for cell in result.breakdowns[1].cells}
    assert places == {"2380": 6000.0, "2313": 5000.0}
    assert result.limits_by == "linearised"


def test_amounts_by_month_and_without_the_column(tmp_path: Path) -> None:
    monthly = AMOUNT.replace('every = "year"', 'every = "month"')
    result = both(indicator(tmp_path / "d", monthly), world(tmp_path / "data", PAID, "2024-12-31"))
    assert [(cell.values["period"], cell.n, cell.value) for cell in result.breakdowns[0].cells] == [
        ("2024-01", 1, 8000.0),
        ("2024-02", 2, 4500.0),
    ]
    poor = "persons\nperson_id | birth_date | sex\na | - | f\nassistance_months\nperson_id | month\na | 2024-01\n"
    with pytest.raises(StatsError, match="the column amount is missing"):
        both(indicator(tmp_path / "d", AMOUNT), world(tmp_path / "poor", poor))


def test_attendance_share(tmp_path: Path) -> None:
    drawing = """
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    b         | 1982-01-01 | m
    attendance
    person_id | date       | planned | attended
    a         | 2024-02-01 | 15      | 15
    a         | 2024-02-08 | 15      | 5
    b         | 2024-02-01 | 10      | 0
    b         | 2025-02-01 | 10      | 10
    """
    body = 'kind = "attendance"\ntarget = { at_least = 0.4 }\nbreakdowns = [["sex"]]\n[attendance]\n'
    definition = indicator(tmp_path / "d", body)
    result = both(definition, world(tmp_path / "data", drawing, "2024-12-31"))
    assert result.total is not None
    assert (result.total.n, result.total.value) == (2, 0.5)
    assert result.target is not None
    assert result.target.met
    shares = [(cell.values["sex"], cell.value) for cell in result.breakdowns[1].cells]
    assert shares == [("female", 20 / 30), ("male", 0.0)]
    assert "50.0 %" in render(result, definition, "en")


def test_rolling_twelve_month_mean(tmp_path: Path) -> None:
    """One in SFI all of 2023, three more from July: 6 months of one and 6 of four are 2.5 in the mean."""
    spells = "".join(f"p{n} | sfi | 2023-07-01 | 2024-01-31\n" for n in range(3))
    persons = "".join(f"p{n} | 1980-01-01 | f\n" for n in range(4))
    drawing = (
        f"persons\nperson_id | birth_date | sex\n{persons}"
        f"spells\nperson_id | kind | start_date | end_date\np3 | sfi | 2023-01-01 | -\n{spells}"
    )
    body = 'kind = "stock"\n[cohort.anchor]\nspell = ["sfi"]\n[stock]\nmoment = "month_end"\nmean_of = 12\n'
    definition = indicator(tmp_path / "d", body)
    result = both(definition, world(tmp_path / "data", drawing, "2024-02-29"))
    told = [(cell.values["period"], cell.n, cell.value) for cell in result.breakdowns[0].cells]
    assert told == [("2023-12", 30, 2.5), ("2024-01", 33, 33 / 12), ("2024-02", 33, 33 / 12)]
    assert result.total is None
    # A month of one person lies behind the first mean, and single persons behind them all.
    assert all(cell.suppressed for cell in result.breakdowns[0].cells)
    assert "2.5" in render(result, definition, "en")
    assert "2.5" not in render(protect(result), definition, "en")


SCORE = """
kind = "score"
[score]
instrument = "WHO-5"
items = ["q1", "q2"]
least = 0
most = 5
"""


def _responses(tmp_path: Path, body: str) -> Result:
    drawing = """
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    b         | 1982-01-01 | m
    c         | 1982-01-01 | m
    d         | 1982-01-01 | m
    responses
    person_id | instrument | item | date       | value
    a         | WHO-5      | q1   | 2024-01-10 | 1
    a         | WHO-5      | q2   | 2024-01-10 | 2
    a         | WHO-5      | q1   | 2024-06-10 | 5
    a         | WHO-5      | q2   | 2024-06-10 | 5
    a         | WHO-5      | q1   | 2024-09-10 | 4
    b         | WHO-5      | q1   | 2024-01-10 | 0
    b         | WHO-5      | q2   | 2024-01-10 | 1
    b         | AUDIT      | q1   | 2024-01-10 | 4
    c         | WHO-5      | q1   | 2024-01-10 | 6
    c         | WHO-5      | q2   | 2024-01-10 | 1
    d         | WHO-5      | q1   | 2024-01-10 | 2
    d         | WHO-5      | q1   | 2024-01-10 | 2
    """
    return both(indicator(tmp_path / "d", body), world(tmp_path / "data", drawing, "2024-12-31"))


def test_score_of_an_instrument(tmp_path: Path) -> None:
    """The last whole occasion: 10 and 1. Unanswered, doubled or impossible answers make an occasion incomplete."""
    result = _responses(tmp_path, SCORE)
    assert result.total is not None
    assert (result.total.n, result.total.value, result.total.median) == (2, 5.5, 5.5)
    assert result.excluded == {"incomplete": 2}
    assert result.threshold == 10
    first = _responses(tmp_path / "first", SCORE + 'take = "first"\n')
    assert [(row.offset, row.n) for row in first.count_tables[0].rows] == [(1, 1), (3, 1)]


def test_index_of_an_instrument(tmp_path: Path) -> None:
    result = _responses(tmp_path, SCORE + "index = true\n")
    assert result.total is not None
    assert (result.total.value, result.unit) == (55.0, "index")
    shifted = _responses(tmp_path / "shifted", SCORE.replace("least = 0", "least = 1") + "index = true\n")
    assert shifted.total is not None
    assert (shifted.total.n, shifted.total.value) == (1, 100.0)  # b answered below the lowest


def test_an_index_of_those_that_were_answered(tmp_path: Path) -> None:
    """One of two is enough. The last occasions: a 4 (80), b 0 and 1 (10), c 1 beside an impossible one (20).

    Parts of lcm(1, 2) · 5: a 2 · 4 = 8, b 1, c 2 · 1 = 2; 11 of 30 is 36.67. Twice the same question is nothing.
    """
    result = _responses(tmp_path, SCORE + "index = true\nat_least = 1\n")
    assert result.total is not None
    assert [(row.offset, row.n) for row in result.count_tables[0].rows] == [(1, 1), (2, 1), (8, 1)]
    assert (result.total.n, result.total.value) == (3, pytest.approx(110 / 3))
    assert result.excluded == {"incomplete": 1}
    assert "at least 1 of 2 answers" in explain(indicator(tmp_path / "d", SCORE + "index = true\nat_least = 1\n"), "en")
    every = indicator(tmp_path / "every", SCORE + "index = true\nat_least = 2\n")
    assert every.logic_hash == indicator(tmp_path / "all", SCORE + "index = true\n").logic_hash


def test_a_flow_of_months_with_assistance(tmp_path: Path) -> None:
    """The table of months serves flow and stock too."""
    body = 'kind = "stock"\n[cohort.anchor]\ntable = "assistance_months"\n[stock]\nmoment = "month_end"\n'
    result = both(indicator(tmp_path / "d", body), world(tmp_path / "data", PAID, "2024-12-31"))
    assert [(cell.values["period"], cell.n) for cell in result.breakdowns[0].cells] == [("2024-01", 2), ("2024-02", 3)]


def test_few_recipients_are_hidden_however_many_the_inhabitants(tmp_path: Path) -> None:
    """One woman and two men of hundreds: neither is told, nor the total that both would have to make up."""
    definition = indicator(tmp_path / "d", RATIO)
    result = protect(both(definition, world(tmp_path / "data", INHABITANTS), period="2024"))
    assert result.total is not None
    assert (result.total.suppressed, result.total.n, result.total.inhabitants) == (True, None, None)
    assert all(cell.n is None and cell.value is None for each in result.breakdowns for cell in each.cells)
    assert all(breakdown.withheld for breakdown in result.breakdowns)
    assert result.count_tables == ()
