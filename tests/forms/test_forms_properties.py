"""Any valid form can be shown, answered and scored; any answers score as a plain reference does."""

import json
import math
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel_forms import (
    Condition,
    Form,
    Who,
    asked,
    cleaned,
    counted,
    evaluate,
    forbidden,
    form_asked,
    texts_of,
    validate,
)
from tests.forms.strategies import answers_to, forms

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
WHO = st.builds(Who, st.sampled_from(["", "female", "male"]), st.none() | st.integers(0, 100))


@given(st.data())
@SLOW
def test_any_valid_form_has_a_text_for_all_it_shows_and_is_kept_whole(data: st.DataObject) -> None:
    form = data.draw(forms())
    texts = texts_of(form, "ar")
    for group in form.all_groups():
        assert texts[group.key("heading")].state == "missing"
        assert not group.rows or texts[group.key("one")]
        for item in group.items:
            assert texts[item.key("text")].text.strip()
            assert all(option.key in texts for option in item.options)
    for score in form.scores:
        assert all(score.key(f"band.{band.id}.label") in texts for band in score.bands)
    again = form_asked(json.loads(json.dumps(asked(form, "ar"), sort_keys=True)))
    assert again.logic_hash == form.logic_hash
    assert dict(texts_of(again, "ar")) == dict(texts)


@given(st.data())
@SLOW
def test_valid_answers_have_no_fault_but_what_is_missing(data: st.DataObject) -> None:
    form = data.draw(forms())
    answers = data.draw(answers_to(form))
    assert validate(form, answers, complete=False) == []
    found = evaluate(form, answers)
    assert {fault.code for fault in found.faults} <= {"answer_missing", "rows_few"}
    missing = {fault.place for fault in found.faults if fault.code == "answer_missing"}
    assert missing == {path for path in found.required if path not in answers or answers[path] == []}
    assert found.required <= set(found.shown)
    assert evaluate(form, counted(form, answers)) == found
    for progress in found.progress.values():
        assert 0 <= progress.answered <= progress.asked
        assert (progress.stage == "empty") == (progress.answered == 0)


@given(st.data(), WHO)
@SLOW
def test_scores_equal_a_plain_reference(data: st.DataObject, who: Who) -> None:
    form = data.draw(forms().filter(lambda form: form.scores))
    answers = data.draw(answers_to(form))
    for score in evaluate(form, answers, who).scores:
        value = plain_score(form, answers, score.id)
        declared = form.score(score.id)
        if value is None:
            assert score.value is None
            continue
        assert score.value is not None
        assert abs(Fraction(str(score.value)) - value) <= Fraction(1, 2 * 10**declared.decimals)
        if declared.bands:
            limits = "women" if who.sex == "female" else "old" if who.age is not None and who.age >= 65 else ""
            assert score.limits == limits
            start = {each.id: each.starts["high"] for each in declared.limits}.get(limits, math.inf)
            assert score.band == ("" if not limits else "high" if score.value >= start else "low")


@given(st.data(), st.sampled_from([None, [], {}, 1.5, True, "?", ["?"], "x" * 30_000, float("inf"), {"a": 1}]))
@SLOW
def test_no_answer_whatever_it_is_makes_the_engine_stumble(data: st.DataObject, odd: Any) -> None:
    form = data.draw(forms())
    answers = data.draw(answers_to(form))
    answers[data.draw(st.sampled_from([*form.items, *(group.id for group in form.all_groups()), "?"]))] = odd
    for fault in evaluate(form, answers).faults:
        assert fault.message("sv")
        assert fault.message("en")


@given(st.text())
def test_a_cleaned_text_holds_nothing_forbidden(text: str) -> None:
    assert forbidden(cleaned(text)) == ()
    assert cleaned(cleaned(text)) == cleaned(text)


# ── the plain reference: items outside rows alone, one rule at a time ────────────────────────────────────────────────


def plain_shown(form: Form, answers: dict[str, Any], name: str) -> bool:
    around = [
        group for group in form.all_groups() if any(item.id == name for each in group.walk() for item in each.items)
    ]
    whens = [group.when for group in around] + [form.items[name].when]
    return all(plain_holds(form, answers, when) for when in whens if when)


def plain_holds(form: Form, answers: dict[str, Any], rule: Condition) -> bool:
    if rule.op == "not":
        return not plain_holds(form, answers, rule.parts[0])
    if rule.op in ("all", "any"):
        found = [plain_holds(form, answers, part) for part in rule.parts]
        return all(found) if rule.op == "all" else any(found)
    value = answers.get(rule.item) if plain_shown(form, answers, rule.item) else None
    if value in (None, []):
        return False
    if rule.op == "answered":
        return True
    if rule.op == "is":
        return any(option in rule.values for option in (value if isinstance(value, list) else [value]))
    if isinstance(value, str):
        return False
    assert rule.limit is not None
    return bool(value >= rule.limit if rule.op == "at_least" else value <= rule.limit)


def plain_score(form: Form, answers: dict[str, Any], name: str) -> Fraction | None:
    rule = form.score(name)
    values = []
    for item in (form.items[each] for each in rule.items):
        value = answers.get(item.id)
        if not plain_shown(form, answers, item.id):
            value = rule.not_shown
        elif isinstance(value, str):
            value = None if value in rule.excluded else {each.id: each.value for each in item.options}[value]
        if value is None:
            continue
        exact = Fraction(str(value))
        if rule.method == "index":
            possible = [each.value for each in item.options if each.value is not None]
            low, high = (min(possible), max(possible)) if item.type == "choice" else (item.least, item.most)
            exact = (exact - Fraction(str(low))) / (Fraction(str(high)) - Fraction(str(low))) * 100
        values.append(exact)
    for other in rule.scores:
        part = plain_score(form, answers, other)
        if part is not None:
            values.append(part)
            if rule.method == "index":
                low, high = plain_range(form, other)
                values[-1] = (part - low) / (high - low) * 100
    if not values or len(values) < rule.at_least:
        return None
    return sum(values) if rule.method == "sum" else sum(values) / len(values)


def plain_range(form: Form, name: str) -> tuple[Fraction, Fraction]:
    rule = form.score(name)
    if rule.method == "index":
        return Fraction(0), Fraction(100)
    ends = []
    for item in (form.items[each] for each in rule.items):
        possible = [each.value for each in item.options if each.value is not None]
        low, high = (min(possible), max(possible)) if item.type == "choice" else (item.least, item.most)
        if rule.not_shown is not None:
            low, high = min(low, rule.not_shown), max(high, rule.not_shown)
        ends.append((Fraction(str(low)), Fraction(str(high))))
    for other in rule.scores:
        low, high = plain_range(form, other)
        if rule.not_shown is not None:
            low, high = min(low, 0), max(high, 0)
        ends.append((low, high))
    if rule.method == "sum":
        return sum((low for low, _ in ends), Fraction()), sum((high for _, high in ends), Fraction())
    return min(low for low, _ in ends), max(high for _, high in ends)
