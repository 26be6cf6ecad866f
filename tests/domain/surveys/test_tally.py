"""What a survey says beside its indices, worked out by hand, and by a plain reference."""

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrikel.domain.surveys.indices import Index, Measured
from matrikel.domain.surveys.rules import coarsened, numbers
from matrikel.domain.surveys.tally import Given, from_plain, tally
from matrikel_forms import load

from .conftest import ITEMS

FORMS = {form.id: form for form in load(Path("definitions/instruments"))}
HME = FORMS["hme"]
TOTAL = Index("hme_total", {"sv": "HME"}, "0" * 16, True, 10, 50.0, 40.0, 60.0)


def counted(rows: list[Given], *, invited: dict[str, int] | None = None, threshold: int = 5):
    groups = Counter({(("unit", name),): count for name, count in (invited or {"A": len(rows)}).items()})
    found = Measured((TOTAL,), {("unit", name): {"hme_total": 50.0} for name in "ABC"})
    return tally(HME, rows, invited=groups, dims=["unit"], threshold=threshold, languages={}, measured=found)


def row(step: int, unit: str = "A") -> Given:
    return {"unit": unit}, dict.fromkeys(ITEMS, step)


def index(n: int, value: float, half: float | None) -> Index:
    ends = (None, None) if half is None else (value - half, value + half)
    return Index("user_survey_mark", {"sv": "Betyg"}, "0" * 16, False, n, value, *ends)


def test_one_point_is_told_apart_from_the_city_only_beyond_chance() -> None:
    """6.1 against 6.0: 100 answers with a deviation of 2 have 1.96 · 2 / √100 = 0.392 on each side."""
    own = index(100, 6.1, 0.392)
    assert not own.differs(6.0)
    assert index(10_000, 6.1, 0.0392).differs(6.0)
    # √(0.392² + 0.196²) = 0.438
    assert own.differs(index(400, 5.6, 0.196))
    assert not own.differs(index(400, 5.7, 0.196))
    assert not index(1, 6.1, None).differs(1.0), "a single answer has no limits"


def test_few_answers_tell_nothing_but_the_rate() -> None:
    found = counted([row(3)] * 4, invited={"A": 20})
    assert found.hidden
    assert (found.invited, found.answered, found.questions, found.indices, found.groups) == (20, 4, (), (), ())


def test_a_small_group_takes_another_with_it() -> None:
    """Of three units one is small: shown alone beside the total it could be worked out, so another goes too."""
    rows = [row(3, "A")] * 9 + [row(4, "B")] * 7 + [row(5, "C")] * 2
    found = counted(rows, invited={"A": 10, "B": 10, "C": 10})
    assert {group.value: group.answered for group in found.groups} == {"A": 9, "B": None, "C": None}
    assert {group.value: dict(group.values) for group in found.groups} == {"A": {"hme_total": 50.0}, "B": {}, "C": {}}


def test_results_are_the_same_when_they_have_been_kept() -> None:
    found = counted([row(1)] * 5 + [row(5)] * 5)
    assert from_plain(found.plain()) == found


def test_what_gives_no_number_is_not_told_as_one() -> None:
    form = FORMS["user_survey"]
    answers = {"respect": "yes", "reach": "dont_know", "mark": 7, "changed": "better", "sex": "woman", "comment": "Ja"}
    assert dict(numbers(form, answers)) == {"respect": "4", "reach": "dont_know", "mark": "7"}


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("AB")), min_size=5, max_size=30))
def test_counts_and_means_are_those_of_a_plain_reference(answers: list[tuple[int, str]]) -> None:
    found = counted([row(step, unit) for step, unit in answers])
    steps = [step for step, _ in answers]
    assert found.questions[0].counts == {str(step): steps.count(step) for step in range(1, 6)}
    assert found.questions[0].mean == pytest.approx(mean(steps))
    for group in found.groups:
        if group.answered is not None:
            assert group.answered == sum(unit == group.value for _step, unit in answers)
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
