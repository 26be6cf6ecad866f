"""The shipped figures from surveys and instruments, worked out by hand from answers written down one by one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from matrikel_stats import Result, load, protect
from tests.stats.worlds import CODES, INDICATORS, both, world

SHIPPED = {each.id: each for each in load(INDICATORS, CODES)}
Answers = Sequence[Mapping[str, int | str]]


def _counted(folder: Path, indicator: str, instrument: str, answers: Answers) -> Result:
    """One person each, women first, all in the same year."""
    people = range(len(answers))
    persons = [f"p{n} | 1980-01-01 | {'f' if n < len(answers) / 2 else 'm'}" for n in people]
    rows = [
        f"p{n} | {instrument} | {item} | 2025-06-04 | {value}" for n in people for item, value in answers[n].items()
    ]
    drawing = ["persons", "person_id | birth_date | sex", *persons, "responses"]
    drawing += ["person_id | instrument | item | date | value", *rows]
    return both(SHIPPED[indicator], world(folder, "\n".join(drawing)))


def _value(result: Result) -> float:
    assert result.total is not None
    assert result.total.value is not None
    return result.total.value


STAFF = {
    "motivation": ("useful", "energy", "grow"),
    "leadership": ("trust", "feedback", "there"),
    "steering": ("goals", "task", "used"),
}


def _staff() -> list[dict[str, int | str]]:
    """25 persons; 5 5 3 is 10 of 12 steps, 5 5 4 is 11.

    Motivation: 2 have 11 steps and 23 have 10, 252 of 300: 84. Leadership and steering: 14 have 11, 264 of 300: 88.
    """
    many = {"motivation": 2, "leadership": 14, "steering": 14}
    return [
        {
            item: value
            for part, items in STAFF.items()
            for item, value in zip(items, (5, 5, 4 if n < many[part] else 3), strict=True)
        }
        for n in range(25)
    ]


@pytest.mark.parametrize(("indicator", "value"), [("motivation", 84), ("leadership", 88), ("steering", 88)])
def test_the_parts_of_the_staff_index(tmp_path: Path, indicator: str, value: int) -> None:
    assert _value(_counted(tmp_path, f"staff_{indicator}", "staff_index", _staff())) == pytest.approx(value)


def test_the_staff_index_is_87(tmp_path: Path) -> None:
    """(84 + 88 + 88) / 3 = 86.67, told as 87; hidden with nine answers."""
    result = _counted(tmp_path / "all", "staff_index", "staff_index", _staff())
    assert _value(result) == pytest.approx(260 / 3)
    assert round(_value(result)) == 87
    nine = protect(_counted(tmp_path / "nine", "staff_index", "staff_index", _staff()[:9]))
    assert nine.total is not None
    assert nine.total.value is None


HME = (
    "meaningful", "learning", "looking_forward", "appreciation", "trust", "responsibility", "knows_goals",
    "goals_followed", "expectations",
)  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "value"), [("motivation", 75), ("leadership", 100), ("steering", 25), ("total", 200 / 3)]
)
def test_hme_of_ten_with_the_same_answers(tmp_path: Path, indicator: str, value: float) -> None:
    """(mean - 1) / 4 x 100: 5 4 3 is 75, 5 5 5 is 100, 1 2 3 is 25."""
    answers = [dict(zip(HME, (5, 4, 3, 5, 5, 5, 1, 2, 3), strict=True))] * 10
    assert _value(_counted(tmp_path, f"hme_{indicator}", "hme", answers)) == pytest.approx(value)


def test_a_mark_of_6_1_does_not_differ_from_6_0(tmp_path: Path) -> None:
    """Nine 4, nine 8 and two 7 are 122 of 20 persons: 6.1. One does not know.

    Squares around 6.1: 9 x 4.41 + 9 x 3.61 + 2 x 0.81 = 73.8; / 19 = 3.884; / 20 = 0.1942, whose root is 0.4407;
    1.96 of them is 0.86: 5.24 to 6.96. The 6.0 of the city lies within.
    """
    marks = [4] * 9 + [8] * 9 + [7] * 2
    answers: list[dict[str, int | str]] = [{"mark": mark} for mark in marks]
    result = _counted(tmp_path, "user_survey_mark", "user_survey", [*answers, {"mark": "-"}])
    assert result.total is not None
    assert (result.total.n, result.excluded) == (20, {"incomplete": 1})
    assert _value(result) == pytest.approx(6.1)
    assert result.total.low == pytest.approx(5.24, abs=0.01)
    assert result.total.high == pytest.approx(6.96, abs=0.01)


THEMES = {
    "treatment": ("respect", "listens", "reach"),
    "clarity": ("understand", "expected", "knowledge"),
    "participation": ("views", "influence", "together"),
    "legal": ("reasons", "appeal", "equal"),
}


def test_the_user_survey_is_the_mean_of_its_four_themes(tmp_path: Path) -> None:
    """Ten answer 4 4 4 (100), 3 3 3 (67), 1 4 1 (33) and 1 1 1 (0): the mean is 50.

    Two more do not know one thing about treatment: they are left out of that theme alone.
    """
    items = [item for theme in THEMES.values() for item in theme]
    each = dict(zip(items, (4, 4, 4, 3, 3, 3, 1, 4, 1, 1, 1, 1), strict=True))
    answers: list[dict[str, int | str]] = [*([each] * 10), *([{**each, "reach": "-"}] * 2)]
    for theme, value, persons in [("treatment", 100, 10), ("clarity", 200 / 3, 12), ("participation", 100 / 3, 12)]:
        result = _counted(tmp_path / theme, f"user_survey_{theme}", "user_survey", answers)
        assert result.total is not None
        assert (result.total.n, _value(result)) == (persons, pytest.approx(value))
    assert _value(_counted(tmp_path / "index", "user_survey_index", "user_survey", answers)) == pytest.approx(50)


def test_the_exit_survey_as_a_whole(tmp_path: Path) -> None:
    """Six say good (75), four very good (100) and two bad (25): (450 + 400 + 50) / 12 = 75."""
    marks: list[dict[str, int | str]] = [{"overall": mark} for mark in [4] * 6 + [5] * 4 + [2] * 2]
    assert _value(_counted(tmp_path, "exit_survey_index", "exit_survey", marks)) == pytest.approx(75)


LIFE = ("health", "children_school", "leisure", "contacts")


def test_a_theme_of_the_exit_survey_rests_on_what_applies(tmp_path: Path) -> None:
    """Six say good (75) to all four. Three have no children: 5 5 1 is (100 + 100 + 0) / 3. One says 5 to one alone.

    (6 x 75 + 3 x 200 / 3 + 100) / 10 = 75; whoever says nothing that applies is left out.
    """
    answers: list[dict[str, int | str]] = [dict.fromkeys(LIFE, 4)] * 6
    answers += [{"health": 5, "children_school": "not_mine", "leisure": 5, "contacts": 1}] * 3
    answers += [{"health": 5, "children_school": "not_mine"}, dict.fromkeys(LIFE, "dont_know")]
    result = _counted(tmp_path, "exit_survey_life", "exit_survey", answers)
    assert result.total is not None
    assert (result.total.n, result.excluded) == (10, {"incomplete": 1})
    assert _value(result) == pytest.approx(75)


@pytest.mark.parametrize(
    ("indicator", "instrument"),
    [("user_survey_response_rate", "user_survey"), ("exit_survey_response_rate", "exit_survey"),
     ("hme_response_rate", "hme"), ("staff_response_rate", "staff_index")],
)  # fmt: skip
def test_37_of_a_hundred_answered(tmp_path: Path, indicator: str, instrument: str) -> None:
    """37 of 100 who were asked. 1.96 x √(0.37 x 0.63 / 99) is 9.5 on each side."""
    asked: list[dict[str, int | str]] = [{"answered": int(n % 100 < 37)} for n in range(100)]
    result = _counted(tmp_path, indicator, instrument, asked)
    assert result.total is not None
    assert (result.total.n, _value(result)) == (100, pytest.approx(37))
    assert result.total.low == pytest.approx(27.5, abs=0.05)
    assert result.total.high == pytest.approx(46.5, abs=0.05)


@pytest.mark.parametrize("instrument", ["audit", "dudit"])
def test_the_share_above_the_limit(tmp_path: Path, instrument: str) -> None:
    """5 of 20 are above: 25 per cent; the first ten are women, and all five are among them: 50 and 0."""
    answers: list[dict[str, int | str]] = [{"above_limit": int(n < 5)} for n in range(20)]
    result = _counted(tmp_path, f"{instrument}_above_limit", instrument, answers)
    assert _value(result) == pytest.approx(25)
    hidden = protect(result)  # of fewer than thirty nothing is told
    assert hidden.total is not None
    assert hidden.total.value is None
    sexes = next(each for each in result.breakdowns if "sex" in each.cells[0].values)
    assert {str(cell.values["sex"]): cell.value for cell in sexes.cells} == {"female": 50, "male": 0}
