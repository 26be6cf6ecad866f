"""The forms that come along say what they must: short texts, plans that are counted alike, scores at their limits."""

from pathlib import Path

import pytest

from matrikel_forms import Form, Who, evaluate, load

FORMS = {form.id: form for form in load(Path(__file__).parents[2] / "definitions" / "instruments")}
PLANS = {name: form for name, form in FORMS.items() if form.kind == "plan"}
SHIPPED = {
    "activity_plan", "audit", "audit_protocol", "change_plan", "child_impact", "dudit", "exit_survey", "focus_group",
    "freda_routing", "health_talk", "hme", "initial_assessment", "introduction_plan_adult", "introduction_plan_child",
    "joint_plan", "open_comparison", "self_assessment", "staff_index", "supported_housing_plan", "user_survey",
    "work_mapping",
}  # fmt: skip
LABEL, QUESTION, PARAGRAPH = 60, 120, 250
"""Characters: two lines of a label, four of a question and eight of help on a phone of 390 pixels."""
GOAL = {
    "goal": "text",
    "goal_area": "goal_areas",
    "goal_by": "date",
    "goal_state": "goal_states",
    "goal_reason": "text",
}
STEP = {
    "step": "text", "step_who": "choice", "step_other": "person", "step_by": "date", "step_offer": "offer",
    "step_state": "step_states",
}  # fmt: skip


def _room(key: str) -> int:
    if key == "purpose" or key.endswith((".help", ".means")):
        return PARAGRAPH
    return QUESTION if key.startswith("item.") and key.endswith(".text") else LABEL


def _dudit(**answers: str) -> dict[str, str]:
    return {
        "frequency": "monthly", "several": "never", "times_a_day": "none", "heavy": "never", "craving": "never",
        "not_stop": "never", "failed_duties": "never", "morning": "never", "guilt": "never", "injury": "no",
        "concern": "no", **answers,
    }  # fmt: skip


def test_every_promised_form_comes_along() -> None:
    assert set(FORMS) == SHIPPED


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_text_is_longer_than_a_phone_has_room_for_in_any_language(form: Form) -> None:
    for lang, wording in form.wordings.items():
        assert {key: len(text) for key, text in wording.texts.items() if len(text) > _room(key)} == {}, lang


@pytest.mark.parametrize("form", PLANS.values(), ids=PLANS)
def test_goals_and_steps_of_every_plan_are_counted_alike(form: Form) -> None:
    """The same ids, types and code lists, steps inside their goal, and a day when the plan is due again."""
    for name, what in (GOAL | STEP).items():
        item = form.items[name]
        assert (item.codes or item.type) == what
    assert [group.id for group in form.above("goal")] == ["goals"]
    assert [group.id for group in form.above("step")] == ["goals", "steps"]
    assert [option.id for option in form.items["step_who"].options] == ["person", "worker", "other"]
    assert form.due_again
    assert form.due_again.after == "next_follow_up"
    assert {"own_view", "plan_given"} <= set(form.items)


def test_what_is_told_in_confidence_is_sensitive() -> None:
    assert {name for name, form in FORMS.items() if form.sensitive} == {
        "audit", "dudit", "freda_routing", "health_talk",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "points", "woman", "man"),
    [
        ({"frequency": "monthly"}, 1, "low", "low"),
        ({"frequency": "two_to_four_a_month"}, 2, "problem", "low"),
        ({"frequency": "four_a_week", "several": "rarely"}, 5, "problem", "low"),
        ({"frequency": "four_a_week", "injury": "earlier"}, 6, "problem", "problem"),
        (
            {"frequency": "four_a_week", "several": "daily", "times_a_day": "seven", "heavy": "daily",
             "craving": "daily", "injury": "last_year"},
            24, "problem", "problem",
        ),
        (
            {"frequency": "four_a_week", "several": "daily", "times_a_day": "seven", "heavy": "daily",
             "craving": "daily", "injury": "last_year", "not_stop": "rarely"},
            25, "dependent", "dependent",
        ),
    ],
)  # fmt: skip
def test_dudit_at_its_limits(answers: dict[str, str], points: int, woman: str, man: str) -> None:
    """Women from 2, men from 6, probable dependence from 25 (Berman and others, 2003)."""
    for sex, band in (("female", woman), ("male", man)):
        found = evaluate(FORMS["dudit"], _dudit(**answers), Who(sex, 40))
        assert (found.score("total").value, found.score("total").band) == (points, band)
        assert [each.what for each in found.opened] == (["addiction_care"] if points >= 25 else [])


def test_dudit_runs_from_nothing_to_44() -> None:
    never = evaluate(FORMS["dudit"], {"frequency": "never", "injury": "no", "concern": "no"}, Who("male", 40))
    assert never.is_complete
    assert never.score("total").value == 0
    worst = {name: FORMS["dudit"].items[name].options[-1].id for name in FORMS["dudit"].items}
    assert evaluate(FORMS["dudit"], worst, Who("female", 40)).score("total").value == 44


TOPICS = ("physical", "psychological", "sexual", "aids", "care")


@pytest.mark.parametrize("topic", TOPICS)
def test_any_yes_about_violence_opens_a_protection_check(topic: str) -> None:
    answers = {"alone": "yes", "asked": "yes", **dict.fromkeys(TOPICS, "no"), topic: "yes"}
    found = evaluate(FORMS["freda_routing"], answers)
    assert {each.what for each in found.opened} == {"protection_check"}
    assert "safe_home" in found.required
    assert FORMS["freda_routing"].scores == ()


def test_no_answer_about_violence_opens_nothing_and_nobody_is_asked_in_company() -> None:
    quiet = {"alone": "yes", "asked": "yes", **dict.fromkeys(TOPICS, "unwilling"), "informed": "yes"}
    found = evaluate(FORMS["freda_routing"], quiet)
    assert found.opened == ()
    assert found.is_complete
    company = evaluate(FORMS["freda_routing"], {"alone": "no"})
    assert set(company.shown) == {"alone", "postponed_to"}


def test_mapping_before_five_months_asks_why() -> None:
    base = {"why_used": "unclear", "agreed": "no"}
    assert "early_reason" in evaluate(FORMS["work_mapping"], {**base, "months": 4}).required
    late = evaluate(FORMS["work_mapping"], {**base, "months": 5})
    assert "early_reason" not in late.shown
    assert late.is_complete


def test_open_comparisons_are_eighteen_areas_with_evidence() -> None:
    form = FORMS["open_comparison"]
    areas = form.score("total").items
    assert len(areas) == 18
    answers = {**dict.fromkeys(areas, "yes"), areas[0]: "no", areas[1]: "not_relevant", areas[2]: "no"}
    found = evaluate(form, answers)
    assert found.score("total").value == 88  # 15 of 17
    assert f"{areas[3]}_evidence" in found.required
    assert f"{areas[0]}_evidence" not in found.shown


def test_the_self_assessment_weighs_approach_deployment_and_results_alike() -> None:
    form = FORMS["self_assessment"]
    answers = dict.fromkeys(form.score("approach").items, "whole")  # 67
    answers |= dict.fromkeys(form.score("deployment").items, "all")  # 100
    answers |= dict.fromkeys(form.score("results_score").items, "none")  # 0
    assert [each.value for each in evaluate(form, answers).scores] == [67, 100, 0, 56]
