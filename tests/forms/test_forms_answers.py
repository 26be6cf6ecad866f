"""What answers amount to, worked out by hand: shown, required, faults, scores, progress, and when to ask again."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from matrikel_forms import FormError, Who, asked, cleaned, counted, due, evaluate, form_asked, load, texts_of, validate
from tests.forms.strategies import HEAD, read_form

FORMS = {form.id: form for form in load(Path(__file__).parents[2] / "definitions" / "instruments")}
AUDIT, PLAN = FORMS["audit"], FORMS["introduction_plan_adult"]
ALL_TOP = {
    "frequency": "four_a_week", "glasses": "ten", "six_glasses": "daily", "not_stop": "daily",
    "failed_duties": "daily", "morning": "daily", "guilt": "daily", "memory": "daily", "injury": "last_year",
    "concern": "last_year",
}  # fmt: skip
SIX: dict[str, Any] = {
    **dict.fromkeys(ALL_TOP, "never"), "frequency": "two_to_three_a_week", "glasses": "seven_nine",
    "injury": "no", "concern": "no",
}  # fmt: skip
PLAN_ANSWERS: dict[str, Any] = {
    "wishes": "Arbeta som kock", "housing": "none", "school_years": 9.5, "strengths": ["experience"],
    "jobs": ["j1"], "jobs/j1/occupation": "Kock",
    "goals": ["r7"], "goals/r7/goal": "Eget kök", "goals/r7/goal_area": "work", "goals/r7/goal_state": "under_way",
    "goals/r7/steps": ["s2", "s1"],
    "goals/r7/steps/s1/step": "Praktik", "goals/r7/steps/s1/step_who": "worker",
    "goals/r7/steps/s1/step_by": "2026-12-31", "goals/r7/steps/s1/step_state": "planned",
    "goals/r7/steps/s2/step": "Ring", "goals/r7/steps/s2/step_who": "other", "goals/r7/steps/s2/step_other": "Grannen",
    "goals/r7/steps/s2/step_by": "2026-11-30", "goals/r7/steps/s2/step_state": "done",
    "next_follow_up": "2027-01-31", "plan_given": "yes",
}  # fmt: skip


def test_audit_runs_from_nothing_to_forty() -> None:
    assert evaluate(AUDIT, ALL_TOP, Who("male", 40)).score("total").value == 40
    never = evaluate(AUDIT, {"frequency": "never", "injury": "no", "concern": "no"}, Who("male", 40))
    assert never.is_complete
    assert [each.value for each in never.scores] == [0, 0, 0, 0]
    assert "glasses" not in never.shown


@pytest.mark.parametrize(
    ("who", "band", "limits"),
    [
        (Who("female", 40), "risk", "women"),
        (Who("male", 40), "low", "men"),
        (Who("female", 65), "low", "older"),
        (Who("male", 64), "low", "men"),
        (Who("", 70), "low", "older"),
        (Who("", 40), "", ""),
        (Who("female", None), "", ""),
    ],
)
def test_six_points_are_a_risk_for_a_woman_alone(who: Who, band: str, limits: str) -> None:
    """Swedish limits: women from 6, men from 8, from 65 years 7."""
    score = evaluate(AUDIT, SIX, who).score("total")
    assert (score.value, score.band, score.limits) == (6, band, limits)
    assert score.choices == ("older", "women", "men")


@pytest.mark.parametrize(("more", "band"), [(0, "low"), (1, "risk"), (9, "harmful"), (13, "dependent")])
def test_the_limits_of_the_zones(more: int, band: str) -> None:
    steps = ["never", "rarely", "monthly", "weekly", "daily"]
    answers = dict(SIX)
    left = more
    for item in ("six_glasses", "not_stop", "failed_duties", "morning"):
        answers[item] = steps[min(left, 4)]
        left -= min(left, 4)
    found = evaluate(AUDIT, {**answers, "frequency": "four_a_week"}, Who("", 70))
    assert found.score("total").value == 7 + more
    assert found.score("total").band == {"low": "risk"}.get(band, band)
    assert ("addiction_care" in {each.what for each in found.opened}) == (band == "dependent")


def test_the_assessor_may_choose_the_limits_by_hand() -> None:
    score = evaluate(AUDIT, SIX, Who("male", 40), limits={"total": "women"}).score("total")
    assert (score.band, score.limits) == ("risk", "women")


def test_an_index_of_indices_and_a_survey_without_those_who_do_not_know() -> None:
    """AMI: (84 + 88 + 88) / 3 is 87. Two of three easy and one who does not know: 100, not 67."""
    told: dict[str, Any] = {**HEAD, "kind": "survey"}
    bounds = {"type": "number", "text": "?", "least": 0, "most": 100}
    known = [{"id": "easy", "text": "Lätt", "value": 1}, {"id": "hard", "text": "Svårt", "value": 0}]
    options = [*known, {"id": "dont_know", "text": "Vet inte"}]
    questions = [{"id": f"q{n}", "type": "choice", "text": "?", "options": options} for n in range(3)]
    told["groups"] = [
        {"id": "g", "heading": "G", "items": [*({"id": f"a{n}", **bounds} for n in range(3)), *questions]}
    ]
    told["scores"] = [
        *({"id": f"part{n}", "name": "Del", "method": "index", "items": [f"a{n}"]} for n in range(3)),
        {"id": "ami", "name": "AMI", "method": "mean", "scores": ["part0", "part1", "part2"]},
        {"id": "easy", "name": "Lätt", "method": "index", "items": ["q0", "q1", "q2"], "excluded": ["dont_know"],
         "at_least": 1},
    ]  # fmt: skip
    form = read_form(told)
    assert form
    answers = {"a0": 84, "a1": 88, "a2": 88, "q0": "easy", "q1": "easy", "q2": "dont_know"}
    found = evaluate(form, answers)
    assert found.score("ami").value == 87
    assert (found.score("easy").value, found.score("easy").answered) == (100, 2)


def test_a_sum_is_not_given_while_an_answer_is_missing() -> None:
    score = evaluate(AUDIT, {key: value for key, value in SIX.items() if key != "memory"}, Who("female", 30))
    assert score.score("total").value is None
    assert [fault.place for fault in score.faults] == ["memory"]
    assert score.progress["harm"].stage == "begun"
    assert score.progress["consumption"].stage == "done"


def test_a_plan_is_whole_row_by_row() -> None:
    found = evaluate(PLAN, PLAN_ANSWERS)
    assert found.faults == ()
    assert found.is_complete
    order = [path for path in found.shown if path.endswith("/step")]
    assert order == ["goals/r7/steps/s2/step", "goals/r7/steps/s1/step"]
    assert "goals/r7/steps/s2/step_other" in found.required
    assert "goals/r7/steps/s1/step_other" not in found.shown
    assert [(each.what, each.by) for each in found.opened] == [("housing_need", "housing")]
    assert found.progress["goals"].stage == "done"
    assert found.progress["goals/r7/steps"].answered == 9


def test_moving_a_row_moves_no_answers() -> None:
    moved = {**PLAN_ANSWERS, "goals/r7/steps": ["s1", "s2"]}
    assert evaluate(PLAN, moved).is_complete
    without = {**PLAN_ANSWERS, "goals/r7/steps": ["s1"]}
    assert {fault.place.split("/")[3] for fault in validate(PLAN, without)} == {"s2"}
    assert not [path for path in counted(PLAN, without) if "/s2/" in path]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("wishes", "x" * 200_000, "answer_long"),
        ("wishes", "abc\u202egpj.exe", "answer_characters"),
        ("wishes", "a\x00b", "answer_characters"),
        ("wishes", 3, "answer_form"),
        ("wishes", " \n", "answer_missing"),
        ("housing", "castle", "answer_option"),
        ("housing", ["own"], "answer_form"),
        ("health_hinders", {"yes": 1}, "answer_form"),
        ("health_hinders", [{"yes": 1}], "answer_form"),
        ("strengths", ["nothing", "degree"], "answer_exclusive"),
        ("strengths", ["degree", "degree"], "answer_form"),
        ("strengths", "degree", "answer_form"),
        ("school_years", 31, "answer_high"),
        ("school_years", -0.1, "answer_low"),
        ("school_years", 9.55, "answer_decimals"),
        ("school_years", float("nan"), "answer_form"),
        ("school_years", True, "answer_form"),
        ("school_years", "9", "answer_form"),
        ("next_follow_up", "2027-02-30", "answer_date"),
        ("next_follow_up", "3027-02-03", "answer_date"),
        ("goals", [], "rows_few"),
        ("goals", ["../etc"], "answer_form"),
        ("goals", "r7", "answer_form"),
        ("goals", [f"r{number}" for number in range(21)], "rows_many"),
        ("goals/r7/hat", "x", "answer_unknown"),
        ("situation", ["r1"], "answer_unknown"),
    ],
)
def test_bad_input_is_told_at_its_place_in_both_languages(path: str, value: Any, code: str) -> None:
    found = [fault for fault in validate(PLAN, {**PLAN_ANSWERS, path: value}) if fault.place == path]
    assert [fault.code for fault in found] == [code]
    assert found[0].message("sv") != found[0].message("en")
    assert len(found[0].message("sv")) < 200


def test_a_draft_may_be_unfinished_but_not_wrong() -> None:
    assert validate(PLAN, {}, complete=False) == []
    assert [fault.code for fault in validate(PLAN, {"housing": "castle"}, complete=False)] == ["answer_option"]


def test_hidden_answers_are_kept_and_do_not_count() -> None:
    answers = {**SIX, "frequency": "never"}
    assert evaluate(AUDIT, answers).score("total").value == 0
    assert "glasses" in answers
    assert "glasses" not in counted(AUDIT, answers)


def test_persian_joiners_stay_and_overrides_go() -> None:
    assert cleaned("می\u200cخواهم\u202e\r\nok\x07") == "می\u200cخواهم\nok"


def test_the_day_to_ask_again() -> None:
    assert due(AUDIT, SIX, dt.date(2024, 2, 29)) == dt.date(2025, 2, 28)
    assert due(PLAN, PLAN_ANSWERS, dt.date(2026, 11, 1)) == dt.date(2027, 1, 31)
    assert due(PLAN, {}, dt.date(2026, 11, 1)) is None


def test_what_was_asked_is_read_again_without_the_file() -> None:
    kept = json.loads(json.dumps(asked(AUDIT, "en"), sort_keys=True))
    again = form_asked(kept)
    assert again.logic_hash == AUDIT.logic_hash
    assert dict(texts_of(again, "en")) == dict(texts_of(AUDIT, "en"))
    assert evaluate(again, ALL_TOP, Who("male", 40)).scores == evaluate(AUDIT, ALL_TOP, Who("male", 40)).scores
    kept["form"]["groups"][0]["items"][0]["options"][0]["value"] = 1
    with pytest.raises(FormError, match="has been changed"):
        form_asked(kept)
