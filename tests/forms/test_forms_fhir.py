"""Forms and answers leave as valid FHIR R4. The models are those of `fhir.resources`; what R4 asks beyond them is here.

R4 and R4B have the same Questionnaire and QuestionnaireResponse; the package has models of R4B.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel_forms import Form, Who, evaluate, questionnaire, questionnaire_response
from tests.forms.strategies import answers_to, forms, whole_answers_to
from tests.forms.test_forms_answers import ALL_TOP, AUDIT, FORMS, PLAN, PLAN_ANSWERS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


def walk(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from walk(item.get("item", []))
        for answer in item.get("answer", []):
            yield from walk(answer.get("item", []))


def check_questionnaire(told: dict[str, Any]) -> None:
    Questionnaire.model_validate_json(json.dumps(told))
    items = list(walk(told["item"]))
    links = [item["linkId"] for item in items]
    assert len(set(links)) == len(links), "que-2: linkIds are unique"
    for item in items:
        assert item["type"] != "display" or not item.get("item"), "que-1"
        assert item["type"] != "group" or item.get("item"), "que-1: groups hold items"
        assert len(item.get("enableWhen", [])) < 2 or "enableBehavior" in item, "que-12"
        for when in item.get("enableWhen", []):
            assert when["question"] in links
            assert (when["operator"] == "exists") == ("answerBoolean" in when), "que-7"
        for option in item.get("answerOption", []):
            assert option["valueCoding"]["code"]
            assert option["valueCoding"]["display"]


def check_response(form: Form, told: dict[str, Any]) -> None:
    QuestionnaireResponse.model_validate_json(json.dumps(told))
    asked = {item["linkId"]: item for item in walk(questionnaire(form)["item"])}
    for item in walk(told.get("item", [])):
        declared = asked[item["linkId"]]
        assert ("answer" in item) == (declared["type"] != "group")
        codes = {(option["valueCoding"]["system"], option["valueCoding"]["code"])
                 for option in declared.get("answerOption", [])}  # fmt: skip
        for answer in item.get("answer", []):
            kind = {"choice": "Coding", "string": "String", "text": "String"}.get(
                declared["type"], declared["type"].capitalize()
            )
            assert f"value{kind}" in answer
            if codes:
                assert (answer["valueCoding"]["system"], answer["valueCoding"]["code"]) in codes


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_shipped_form_is_a_valid_questionnaire(form: Form) -> None:
    told = questionnaire(form)
    check_questionnaire(told)
    [translation] = told["_title"]["extension"]
    assert translation["extension"][0]["valueCode"] == "en"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_shipped_form_filled_in_is_a_valid_response(form: Form) -> None:
    @given(whole_answers_to(form))
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    def answered(answers: dict[str, Any]) -> None:
        told = questionnaire_response(form, answers, evaluate(form, answers, Who("female", 40)))
        check_response(form, told)
        assert told["status"] == "completed"

    answered()


@given(st.data())
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_valid_form_and_any_answers_leave_as_valid_fhir(data: st.DataObject) -> None:
    form = data.draw(forms())
    check_questionnaire(questionnaire(form))
    answers = data.draw(answers_to(form))
    found = evaluate(form, answers, Who("female", 70))
    told = questionnaire_response(form, answers, found)
    check_response(form, told)
    assert told["status"] == ("completed" if found.is_complete else "in-progress")
    given_ = [path for path in found.shown if answers.get(path) not in (None, [])]
    links = [item["linkId"] for item in walk(told.get("item", [])) if "answer" in item]
    assert sorted(path.rsplit("/", 1)[-1] for path in given_) == sorted(
        link for link in links if not link.startswith("score.")
    )


def test_a_condition_is_enable_when_where_fhir_can_say_it_else_an_expression() -> None:
    items = {item["linkId"]: item for item in walk(questionnaire(PLAN)["item"])}
    assert [when["answerCoding"]["code"] for when in items["validation"]["enableWhen"]] == ["degree", "vocational"]
    assert items["validation"]["enableBehavior"] == "any"
    glasses = {item["linkId"]: item for item in walk(questionnaire(AUDIT)["item"])}["glasses"]
    [expression] = glasses["extension"]
    assert expression["valueExpression"]["expression"] == (
        "(%resource.descendants().where(linkId = 'frequency').answer.value.where(code in ('never')).exists()).not()"
    )


def test_a_response_holds_rows_words_and_score() -> None:
    at = dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)
    plan = questionnaire_response(PLAN, PLAN_ANSWERS, evaluate(PLAN, PLAN_ANSWERS), "en", at)
    check_response(PLAN, plan)
    assert plan["authored"] == "2026-11-28T09:00:00+00:00"
    assert [item["id"] for item in walk(plan["item"]) if item["linkId"] == "steps"] == ["s2", "s1"]
    [area] = [item for item in walk(plan["item"]) if item["linkId"] == "goal_area"]
    assert area["answer"][0]["valueCoding"] == {
        "system": "urn:matrikel:codes:goal_areas",
        "code": "work",
        "display": "Work",
    }
    audit = questionnaire_response(AUDIT, ALL_TOP, evaluate(AUDIT, ALL_TOP, Who("male", 40)))
    check_response(AUDIT, audit)
    [total] = [item for item in walk(audit["item"]) if item["linkId"] == "score.total"]
    assert total["answer"][0]["valueDecimal"] == 40
    assert total["answer"][0]["item"][0]["answer"][0]["valueString"] == "Sannolikt beroende"


def test_a_draft_translation_stays_at_home() -> None:
    english = dataclasses.replace(AUDIT.wordings["en"], approved_by="")
    told = questionnaire(dataclasses.replace(AUDIT, wordings={**AUDIT.wordings, "en": english}))
    assert "_title" not in told
