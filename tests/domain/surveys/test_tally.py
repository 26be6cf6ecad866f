"""What a survey says, worked out by hand, and by a plain reference."""

from collections import Counter
from pathlib import Path
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrikel.domain.surveys.rules import coarsened
from matrikel.domain.surveys.tally import Given, Mean, from_plain, tally
from matrikel_forms import load

from .conftest import ITEMS

FORMS = {form.id: form for form in load(Path("definitions/instruments"))}
HME = FORMS["hme"]


def counted(rows: list[Given], *, invited: dict[str, int] | None = None, threshold: int = 5):
    groups = Counter({(("unit", name),): count for name, count in (invited or {"A": len(rows)}).items()})
    return tally(HME, rows, invited=groups, dims=["unit"], threshold=threshold, languages={})


def row(step: int, score: float, unit: str = "A") -> Given:
    return Given({"unit": unit}, dict.fromkeys(ITEMS, step), {"total": score})


def test_a_mean_has_its_doubt() -> None:
    found = counted([row(1, 0.0)] * 5 + [row(5, 100.0)] * 5)
    assert found.scores["total"].mean == 50
    # sample deviation of five 0 and five 100 is 52.70; 1.96 · 52.70 / √10 = 32.67
    assert found.scores["total"].margin == pytest.approx(32.67, abs=0.01)


def test_one_point_is_told_apart_from_the_city_only_beyond_chance() -> None:
    """6.1 against 6.0: with 100 answers and a deviation of 2 the margin is 0.39, so it does not differ."""
    own = Mean(100, 6.1, 2.0)
    assert own.margin == pytest.approx(0.392, abs=0.001)
    assert not own.differs(6.0)
    assert Mean(10_000, 6.1, 2.0).differs(6.0)
    assert own.differs(Mean(400, 5.0, 2.0))


def test_few_answers_tell_nothing_but_the_rate() -> None:
    found = counted([row(3, 50.0)] * 4, invited={"A": 20})
    assert found.hidden
    assert (found.invited, found.answered, found.questions, found.scores, found.groups) == (20, 4, (), {}, ())


def test_a_small_group_takes_another_with_it() -> None:
    """Of three units one is small: shown alone beside the total it could be worked out, so another goes too."""
    rows = [row(3, 50.0, "A")] * 9 + [row(4, 75.0, "B")] * 7 + [row(5, 100.0, "C")] * 2
    found = counted(rows, invited={"A": 10, "B": 10, "C": 10})
    assert {group.value: group.answered for group in found.groups} == {"A": 9, "B": None, "C": None}


def test_results_are_the_same_when_they_have_been_kept() -> None:
    found = counted([row(1, 0.0)] * 5 + [row(5, 100.0)] * 5)
    assert from_plain(found.plain()) == found


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("AB")), min_size=5, max_size=60))
def test_counts_and_means_are_those_of_a_plain_reference(answers: list[tuple[int, str]]) -> None:
    found = counted([row(step, 25.0 * (step - 1), unit) for step, unit in answers])
    steps = [step for step, _ in answers]
    assert found.questions[0].counts == {str(step): steps.count(step) for step in range(1, 6)}
    assert found.questions[0].mean is not None
    assert found.questions[0].mean.mean == pytest.approx(mean(steps))
    assert found.questions[0].mean.deviation == pytest.approx(stdev(steps))
    for group in found.groups:
        own = [25.0 * (step - 1) for step, unit in answers if unit == group.value]
        if group.answered is not None:
            assert group.answered == len(own)
            assert group.scores["total"].mean == pytest.approx(mean(own))
    shown = [group.answered for group in found.groups]
    assert shown.count(None) != 1, "one hidden alone follows from the total"


@given(
    st.lists(
        st.fixed_dictionaries(
            {"unit": st.sampled_from("AB"), "sex": st.sampled_from("fm"), "age_band": st.sampled_from("xyz")}
        ),
        max_size=80,
    )
)
def test_no_combination_of_groups_is_smaller_than_the_threshold(invited: list[dict[str, str]]) -> None:
    found = coarsened(invited, 5)
    assert len(found) == len(invited)
    together = Counter(tuple(sorted(groups.items())) for groups in found)
    assert all(count >= 5 for key, count in together.items() if key)
