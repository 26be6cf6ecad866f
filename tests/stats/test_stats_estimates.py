"""The arithmetic from counts to figures, held against brute force and a second library."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrikel_stats.counts import LEFT, CountRow, Status
from matrikel_stats.estimates.estimate import (
    aalen_johansen,
    exact_median,
    kaplan_meier,
    mean_by,
    mean_with_limits,
    median_with_open,
    poisson,
    quotient,
    wilson,
)
from matrikel_stats.estimates.incidence import incidences
from tests.stats import plain_curves

rows = st.lists(
    st.builds(
        lambda offset, status, n: CountRow((), True, offset, status, n),
        st.integers(0, 12),
        st.sampled_from(["outcome", "died", "left_inside", "left_outside", "frozen", "window_passed"]),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=25,
)


def _persons(table: list[CountRow]) -> list[tuple[int, Status]]:
    return [(row.offset, row.status) for row in table for _ in range(row.n)]


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(rows)
def test_aalen_johansen_is_the_product_limit_done_person_by_person(table: list[CountRow]) -> None:
    persons = _persons(table)
    free, share = 1.0, 0.0
    for day in range(14):
        at_risk = [each for each in persons if each[0] >= day]
        if at_risk:
            outcomes = sum(each == (day, "outcome") for each in persons)
            left = sum(offset == day and status in LEFT for offset, status in persons)
            share += free * outcomes / len(at_risk)
            free *= 1 - (outcomes + left) / len(at_risk)
    steps, end = aalen_johansen(table)
    assert end is not None
    assert end.value == pytest.approx(share, abs=1e-12)
    assert sum(step.outcomes for step in steps) == sum(status == "outcome" for _, status in persons)
    if end.low is not None and end.high is not None:
        assert 0 <= end.low <= end.value <= end.high <= 1


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.lists(st.one_of(rows, st.just([])), max_size=9))
def test_curves_of_many_cells_are_those_of_each_alone_to_the_last_bit(cells: list[list[CountRow]]) -> None:
    for lost, plain in ((False, plain_curves.aalen_johansen), (True, plain_curves.kaplan_meier)):
        curves = incidences(cells, lost=lost)
        expected = [plain(cell) for cell in cells]
        assert [curves.steps(place) for place in range(len(cells))] == [steps for steps, _ in expected]
        assert curves.ends() == [end for _, end in expected]
        halves = [next((step.offset for step in steps if step.share >= 0.5 - 1e-12), None) for steps, _ in expected]
        assert curves.halves() == halves


def test_curves_of_large_cells_are_those_of_each_alone() -> None:
    """Above 208 000 at risk the limits may part in their last digits, never the curve."""
    chance = random.Random(5)
    sorts: list[Status] = ["outcome", "left_outside", "died", "frozen"]
    cells = [
        [CountRow((), False, day, chance.choice(sorts), chance.randrange(1, most)) for day in range(days)]
        for most, days in ((3, 730), (100, 365), (5_000_000, 365), (10**9 // 365, 365))
    ]
    curves = incidences(cells)
    for place, (cell, end) in enumerate(zip(cells, curves.ends(), strict=True)):
        steps, plain = plain_curves.aalen_johansen(cell)
        assert curves.steps(place) == steps
        assert end is not None
        assert plain is not None
        assert end.value == plain.value
        if sum(row.n for row in cell) < 208_000:
            assert end == plain
        assert (end.low, end.high) == pytest.approx((plain.low, plain.high), rel=1e-12)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from([365, 366]), st.integers(0, 364), st.booleans()), min_size=1, max_size=60))
def test_the_estimate_is_the_closed_share_when_all_are_mature_and_nobody_left(
    drawn: list[tuple[int, int, bool]],
) -> None:
    table = [
        CountRow((), True, offset if reached else window, "outcome" if reached else "window_passed", 1)
        for window, offset, reached in drawn
    ]
    k, n = sum(reached for _, _, reached in drawn), len(drawn)
    _, end = aalen_johansen(table)
    share = wilson(k, n)
    assert end is not None
    assert share is not None
    assert end.value == pytest.approx(share.value, abs=1e-12)


def test_without_leaving_the_estimate_is_kaplan_meier() -> None:
    from lifelines import KaplanMeierFitter

    chance = random.Random(5)
    table = [
        CountRow((), True, chance.randrange(200), chance.choice(["outcome", "frozen"]), chance.randrange(1, 4))  # type: ignore[arg-type]
        for _ in range(400)
    ]
    persons = _persons(table)
    fitter = KaplanMeierFitter().fit([offset for offset, _ in persons], [status == "outcome" for _, status in persons])
    steps, end = aalen_johansen(table)
    for step in steps:
        assert step.share == pytest.approx(1 - fitter.predict(step.offset), abs=1e-9)
    limits = fitter.confidence_interval_.iloc[-1]
    assert end is not None
    assert end.value == pytest.approx(1 - fitter.survival_function_.iloc[-1, 0], abs=1e-9)
    assert (end.low is None) == (math.isnan(limits.iloc[0]) or end.value >= 1)


def test_greenwood_limits_are_those_of_lifelines() -> None:
    """Kaplan-Meier where leaving is loss to follow-up: shares and log-log limits to 1e-9 on every day."""
    from lifelines import KaplanMeierFitter

    chance = random.Random(8)
    sorts: list[Status] = ["outcome", "outcome", "left_outside", "died", "frozen"]
    table = [
        CountRow((), True, chance.randrange(300), chance.choice(sorts), chance.randrange(1, 4)) for _ in range(300)
    ]
    table.append(CountRow((), True, 300, "window_passed", 40))
    persons = _persons(table)
    fitter = KaplanMeierFitter().fit([offset for offset, _ in persons], [status == "outcome" for _, status in persons])
    for step in kaplan_meier(table)[0]:
        upto = [row for row in table if row.offset <= step.offset]
        later = sum(row.n for row in table if row.offset > step.offset)
        upto.append(CountRow((), True, step.offset + 1, "window_passed", later))
        _, end = kaplan_meier(upto)
        low, high = fitter.confidence_interval_.loc[step.offset]
        assert end is not None
        assert end.value == pytest.approx(1 - fitter.survival_function_.loc[step.offset].iloc[0], abs=1e-9)
        assert (end.low, end.high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(rows)
def test_the_incidences_of_all_causes_and_survival_are_one(table: list[CountRow]) -> None:
    """Outcome, death and both ways of leaving as the one of interest in turn; what is left is the survival of all."""
    causes: list[Status] = ["outcome", *LEFT]
    total = 0.0
    for cause in causes:
        others = {each: "died" for each in causes if each != cause}
        turned = [row._replace(status="outcome" if row.status == cause else others.get(row.status, row.status))  # type: ignore[arg-type]
                  for row in table]  # fmt: skip
        _, end = aalen_johansen(turned)
        total += end.value if end else 0.0
    anything = [row._replace(status="outcome") if row.status in causes else row for row in table]
    _, any_end = kaplan_meier(anything)
    assert any_end is not None
    assert total + (1 - any_end.value) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize(
    ("k", "low", "high"),
    # Garwood's limits as printed by Ulm (1990), American Journal of Epidemiology 131:373, and older tables.
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888), (100, 81.364, 121.627)],
)
def test_poisson_limits_are_those_in_print(k: int, low: float, high: float) -> None:
    found = poisson(k, 100_000, 1000)
    assert found is not None
    assert found.value == pytest.approx(k / 100)
    assert found.low is not None
    assert found.high is not None
    assert (found.low * 100, found.high * 100) == pytest.approx((low, high), abs=6e-4)
    assert poisson(k, 0, 100) is None


def _sums(units: list[tuple[int, int]]) -> list[CountRow]:
    table = []
    for weight, got in units:
        table.append(CountRow((), True, weight, "counted", 1))
        table.append(CountRow((), True, weight, "sum", got))
        table.append(CountRow((), True, weight, "squares", got * got))
    return table


def test_a_quotient_and_its_linearised_limits() -> None:
    """The ratio estimator worked on the units themselves: residuals got - r · weight."""
    chance = random.Random(2)
    units = [(months := chance.randint(1, 12), months * chance.randint(300_000, 1_500_000)) for _ in range(60)]
    found = quotient(_sums(units), 100)
    weights, total = sum(weight for weight, _ in units), sum(got for _, got in units)
    ratio = total / weights
    spread = sum((got - ratio * weight) ** 2 for weight, got in units) * 60 / 59 / weights**2
    assert found is not None
    assert found.value == pytest.approx(ratio / 100, rel=1e-12)
    half = 1.959963984540054 * math.sqrt(spread) / 100
    assert (found.low, found.high) == pytest.approx((found.value - half, found.value + half), rel=1e-9)
    alone = quotient(_sums([(2, 700_000)]), 100)
    assert alone is not None
    assert (alone.value, alone.low) == (3500.0, None)
    assert quotient([], 1) is None


def test_bootstrap_limits_of_a_mean_come_near_the_normal_ones_and_never_change() -> None:
    chance = random.Random(3)
    table = [CountRow((), True, chance.randrange(100), "outcome", chance.randrange(1, 9)) for _ in range(80)]
    normal, drawn = mean_with_limits(table), mean_by("bootstrap", table, "seed")
    assert normal is not None
    assert drawn is not None
    assert drawn.value == normal.value
    assert (drawn.low, drawn.high) == pytest.approx((normal.low, normal.high), rel=0.02)
    assert drawn == mean_by("bootstrap", table, "seed")
    assert drawn != mean_by("bootstrap", table, "another seed")
    assert mean_by("normal", table, "seed") == normal


def test_the_variance_without_censoring_is_the_binomial_one() -> None:
    table = [
        CountRow((), True, 3, "outcome", 30),
        CountRow((), True, 9, "died", 20),
        CountRow((), True, 365, "window_passed", 50),
    ]
    _, end = aalen_johansen(table)
    assert end is not None
    assert end.low is not None
    assert end.high is not None
    error = math.sqrt(0.3 * 0.7 / 100)
    spread = 1.959963984540054 * error / abs(0.3 * math.log(0.3))
    assert (end.low, end.high) == pytest.approx((0.3 ** math.exp(spread), 0.3 ** math.exp(-spread)))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_limits_are_those_in_print(k: int, n: int, low: float, high: float) -> None:
    found = wilson(k, n)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_nothing_of_nobody() -> None:
    assert wilson(0, 0) is None
    assert aalen_johansen([]) == ([], None)
    assert mean_with_limits([]) is None
    assert exact_median([]) is None
    assert median_with_open([]) is None


def test_medians_and_means() -> None:
    table = [CountRow((), False, day, "outcome", n) for day, n in ((1, 2), (4, 1), (10, 1))]
    assert exact_median(table) == 2.5
    mean = mean_with_limits(table)
    assert mean is not None
    assert mean.value == 4.0
    assert median_with_open(table) == 1  # half have reached it on day 1
    waiting = [*table, CountRow((), False, 11, "frozen", 5)]
    assert median_with_open(waiting) is None  # four of nine: half are not there yet
    assert median_with_open([*table, CountRow((), False, 11, "frozen", 4)]) == 10
