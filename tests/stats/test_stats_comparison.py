"""Comparison: funnel limits against scipy and by hand, Newcombe's published example, and what the sentences say."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from matrikel_stats import StatsError
from matrikel_stats.comparison.compare import Part, against_rest, changes, compare, difference, part, poisson
from matrikel_stats.comparison.funnel import ALARM, WARNING, chance_outside, curve, limits, outside
from matrikel_stats.problems import Lang
from matrikel_stats.result import Cell
from matrikel_stats.telling.comparison_prose import by_chance, change, table, verdict

COUNTY = [Part("Östersund", 61, 104), Part("Krokom", 40, 52), Part("Åre", 12, 40), Part("Berg", None, None)]


def test_the_limits_worked_out_by_hand() -> None:
    """Ten persons, true share a half: P(0) = 1/1024, P(at most 1) = 11/1024, P(at most 2) = 56/1024."""
    below = (56 / 1024 - 0.025) / (56 / 1024 - 11 / 1024)
    found = limits(10, 0.5, WARNING)
    assert found.low == pytest.approx((2 - below) / 10, abs=1e-12)
    assert found.high == pytest.approx(1 - (2 - below) / 10, abs=1e-12)
    assert [outside(k, 10, 0.5) for k in range(11)] == [99.8, 95.0, 0, 0, 0, 0, 0, 0, 0, 95.0, 99.8]
    assert chance_outside(10, 0.5, WARNING) == pytest.approx(22 / 1024)
    assert chance_outside(10, 0.5, ALARM) == pytest.approx(2 / 1024)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 3000), share=st.floats(0.001, 0.999), level=st.sampled_from([WARNING, ALARM]), data=st.data())
def test_share_limits_are_those_of_the_exact_distribution(
    n: int, share: float, level: float, data: st.DataObject
) -> None:
    p = (1 - level / 100) / 2
    found, chance = limits(n, share, level), stats.binom(n, share)
    k = data.draw(st.integers(0, n))
    assert (outside(k, n, share) >= level) == (min(chance.cdf(k), chance.sf(k - 1)) < p)
    if outside(k, n, share) >= level:
        assert k / n <= found.low or k / n >= found.high
    else:
        assert found.low - 1e-9 <= k / n <= found.high + 1e-9
    assert chance_outside(n, share, level) <= 2 * p + 1e-12
    mirrored = limits(n, 1 - share, level)
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(exposure=st.floats(1, 50_000), rate=st.floats(0.0001, 0.05), level=st.sampled_from([WARNING, ALARM]))
def test_rate_limits_are_those_of_the_exact_distribution(exposure: float, rate: float, level: float) -> None:
    p, chance = (1 - level / 100) / 2, stats.poisson(exposure * rate)
    for k in range(int(exposure * rate * 2) + 12):
        assert (outside(k, exposure, rate, "rate") >= level) == (min(chance.cdf(k), chance.sf(k - 1)) < p), k
    found = limits(exposure, rate, level, "rate")
    assert 0 <= found.low <= rate + 1 / exposure
    assert chance.sf(math.ceil(found.high * exposure)) < p


def test_limits_close_round_the_centre_as_numbers_grow() -> None:
    points = curve(0.6, [10, 40, 160, 640, 2560])
    widths = [point.warning.high - point.warning.low for point in points]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(2 * 1.96 * math.sqrt(0.24 / 2560), rel=0.05)
    assert all(
        point.alarm.low <= point.warning.low <= 0.6 <= point.warning.high <= point.alarm.high for point in points
    )


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_a_difference_has_the_limits_newcombe_printed(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998, table II, method 10, contrasts (a), (b), (g) and (h)."""
    found = difference(*first, *second)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@given(k1=st.integers(0, 50), n1=st.integers(50, 90), k2=st.integers(0, 50), n2=st.integers(50, 90))
def test_a_difference_turned_round_changes_sign(k1: int, n1: int, k2: int, n2: int) -> None:
    one, other = difference(k1, n1, k2, n2), difference(k2, n2, k1, n1)
    assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))


def test_a_rate_has_the_limits_of_garwood() -> None:
    assert poisson(10, 1000) == pytest.approx((4.7954e-3, 18.3904e-3), abs=1e-7)
    assert poisson(0, 1) == pytest.approx((0.0, -math.log(0.025)))


def test_hidden_numbers_take_no_part() -> None:
    """The common value is that of the shown ones: else whoever subtracts would know Berg."""
    found = compare(COUNTY)
    assert found.centre == (61 + 40 + 12) / (104 + 52 + 40)
    assert (found.hidden, [row.name for row in found.rows]) == (("Berg",), ["Östersund", "Krokom", "Åre"])
    assert found.row("Berg") is None
    own = found.row("Åre")
    assert own is not None
    assert (own.outside, own.direction) == (99.8, -1)
    assert found.found == sum(1 for row in found.rows if row.outside)
    assert found.expected == sum(chance_outside(row.n, found.centre, WARNING) for row in found.rows)


def test_a_value_can_be_held_against_a_given_one() -> None:
    found = compare(COUNTY, centre=0.7)
    assert (found.centre, found.given) == (0.7, True)
    assert "mot 70,0 %:" in verdict(found, "Östersund", "sv")


def test_a_suppressed_cell_is_a_hidden_part() -> None:
    cell = Cell({}, 30, 3, None, None, None, None, None, None, None, None, None, (), True)
    assert part("Berg", cell) == Part("Berg", None, None)
    assert part("Berg", cell, hide=False) == Part("Berg", 3, 30)
    assert part("Berg", None) == Part("Berg", None, None)


NOT_MORE = "61 av 104, 58,7 % (95 % säkerhet 49,0–67,6) mot 57,7 % för alla 3 tillsammans: skiljer sig inte mer än"
NOT_MORE_EN = "61 of 104, 58.7 % (95 % limits 49.0–67.6) against 57.7 % for all 3 together: does not differ more than"


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("Östersund", "sv", NOT_MORE),
        ("Östersund", "en", NOT_MORE_EN),
        ("Krokom", "sv", "skiljer sig mer än slumpen skulle göra (högre)."),
        ("Åre", "sv", "skiljer sig mer än slumpen skulle göra (lägre, även med den strängare gränsen 99,8 %)."),
        ("Åre", "en", "differs more than chance would (lower, even by the stricter limit of 99.8 %)."),
        ("Berg", "sv", "Berg: talet är för litet för att visas och jämförs inte."),
    ],
)
def test_the_plain_sentence(name: str, lang: Lang, words: str) -> None:
    assert words in verdict(compare(COUNTY), name, lang)


def test_chance_is_told_beside_what_was_found() -> None:
    assert by_chance(compare(COUNTY), "sv") == "Av 3 jämförda skulle slumpen ensam lägga 0,1 utanför 95 %; 2 är det."
    assert by_chance(compare([Part("A", 35, 50), Part("B", 20, 50), Part("C", 30, 60)]), "en").endswith("; 1 is.")
    assert by_chance(compare(COUNTY), "en") == "Of 3 compared, chance alone would put 0.1 outside 95 %; 2 are."


def test_a_table_never_shows_a_value_without_limits() -> None:
    lines = table(compare(COUNTY), "sv").splitlines()
    assert all(line.count("–") >= 3 for line in lines[2:5])
    assert "··" in lines[5]
    assert "▼▼" in lines[4]


def test_years_side_by_side() -> None:
    years = [Part("2022", 40, 100), Part("2023", 44, 100), Part("2024", None, None), Part("2025", 70, 100)]
    first, second = changes(years)
    assert (first.name, first.before, first.difference.beyond_chance) == ("2023", "2022", False)
    assert (second.name, second.before, second.difference.beyond_chance) == ("2025", "2023", True)
    assert change(second, "sv").startswith(
        "2025 mot 2023: +26,0 (95 % +12,3 till +38,4) procentenheter: skiljer sig mer"
    )
    assert "does not differ" in change(first, "en")


def test_the_own_against_the_rest() -> None:
    found = against_rest(COUNTY, "Åre")
    assert found == difference(12, 40, 101, 156)
    assert against_rest(COUNTY, "Berg") is None
    assert against_rest(COUNTY[:1], "Östersund") is None


@pytest.mark.parametrize(
    ("parts", "options", "words"),
    [
        ([Part("a", 1, 10), Part("a", 2, 10)], {}, "twice"),
        ([Part("a", 11, 10)], {}, "not possible"),
        ([Part("a", -1, 10)], {}, "not possible"),
        ([Part("a", None, None), Part("b", 0, 0)], {}, "nothing to compare"),
        ([Part("a", 1, 10)], {"centre": 1.2}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_compared_is_told(parts: list[Part], options: dict[str, float], words: str) -> None:
    with pytest.raises(StatsError, match=words):
        compare(parts, **options)


def test_one_outside_in_twenty_is_what_chance_gives() -> None:
    """Drawn from one true share, the mean number outside is the expected one (seeded)."""
    import random

    dice = random.Random(5)
    found = expected = 0.0
    for _ in range(60):
        parts = [Part(str(at), sum(dice.random() < 0.6 for _ in range(60)), 60) for at in range(8)]
        seen = compare(parts, centre=0.6)
        found, expected = found + seen.found, expected + seen.expected
    assert found == pytest.approx(expected, abs=4 * math.sqrt(expected))
    assert expected < 60 * 8 * 0.05
