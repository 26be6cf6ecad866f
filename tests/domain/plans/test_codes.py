"""A one-time code given to the person agrees the plan as it read then, once, before it is old, with few misses."""

from datetime import timedelta

import pytest
import time_machine

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.plans import door as plans
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

from .conftest import write


def confirmed(plan: plans.Plan, code: str, by: Acting) -> str:
    """`agreed`, or why not."""
    try:
        return plans.confirm(plan=plan, code=code, by=by).state
    except RuleBroken as fault:
        return fault.code


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_person_says_the_code_back(draft: plans.Plan, bertil: Acting) -> None:
    code = plans.offer_code(plan=draft, by=bertil)
    assert len(code) == 6
    assert code.isdecimal()
    assert code not in plans.plan_for(bertil, draft.pk).code
    assert confirmed(draft, f"{code[:3]} {code[3:]}", bertil) == "agreed"
    assert plans.plan_for(bertil, draft.pk).agreed_how == "code"
    assert confirmed(draft, code, bertil) == "plan_state", "a code is used once"


def test_a_code_holds_for_the_words_that_were_shown(draft: plans.Plan, bertil: Acting) -> None:
    code = plans.offer_code(plan=draft, by=bertil)
    write(draft, bertil, wishes="Något helt annat")
    assert confirmed(draft, code, bertil) == "code_wrong"
    assert confirmed(draft, plans.offer_code(plan=draft, by=bertil), bertil) == "agreed"


def test_five_misses_spend_a_code_also_for_the_right_one(draft: plans.Plan, bertil: Acting) -> None:
    code = plans.offer_code(plan=draft, by=bertil)
    assert [confirmed(draft, other_than(code), bertil) for __ in range(5)] == ["code_wrong"] * 5
    assert confirmed(draft, code, bertil) == "code_spent"


def test_a_code_is_for_a_fortnight(draft: plans.Plan, bertil: Acting) -> None:
    code = plans.offer_code(plan=draft, by=bertil)
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert confirmed(draft, code, bertil) == "code_old"
    with time_machine.travel(clock.now() + timedelta(days=14)):
        assert confirmed(draft, code, bertil) == "agreed"


def test_no_code_is_given_for_an_unfinished_plan(case: cases.Case, bertil: Acting) -> None:
    plan = plans.draw_up(case=case, kind="introduction_plan_adult", by=bertil)
    assert confirmed(plan, "123456", bertil) == "no_code"
    with pytest.raises(instruments.Unfinished):
        plans.offer_code(plan=plan, by=bertil)
