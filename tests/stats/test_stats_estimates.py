"""The arithmetic from counts to figures, held against brute force and a second library."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrikel_stats.counts import LEFT, CountRow, Status
from matrikel_stats.estimate import aalen_johansen, exact_median, mean_with_limits, median_with_open, wilson

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
