"""Amina's case, and a page that writes a plan section by section, as a case worker would."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.plans import door as plans
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from tests.domain.cases.conftest import amina, case, person_of, person_page  # noqa: F401

FOLLOW_UP = timedelta(days=60)


def written(**changes: Any) -> dict[str, Any]:
    """The answers of a whole introduction plan for an adult: one goal with two steps."""
    today = clock.today()
    return {
        "wishes": "Jag vill arbeta som snickare.",
        "housing": "own",
        "school_years": 9,
        "goals": ["g1"],
        "goals/g1/goal": "Klara kurs C i svenska",
        "goals/g1/goal_area": "language",
        "goals/g1/goal_by": (today + timedelta(days=200)).isoformat(),
        "goals/g1/goal_state": "under_way",
        "goals/g1/steps": ["s1", "s2"],
        "goals/g1/steps/s1/step": "Anmäla mig till sfi",
        "goals/g1/steps/s1/step_who": "person",
        "goals/g1/steps/s1/step_by": (today + timedelta(days=7)).isoformat(),
        "goals/g1/steps/s1/step_state": "planned",
        "goals/g1/steps/s2/step": "Boka studievägledning",
        "goals/g1/steps/s2/step_who": "other",
        "goals/g1/steps/s2/step_other": "Sara på Lärcentrum",
        "goals/g1/steps/s2/step_by": (today + timedelta(days=30)).isoformat(),
        "goals/g1/steps/s2/step_state": "planned",
        "next_follow_up": (today + FOLLOW_UP).isoformat(),
        "plan_given": "yes",
        **changes,
    }


def write(plan: plans.Plan, by: Acting, **changes: Any) -> None:
    """Fill in a draft. Answers given as None are left out."""
    form = instruments.form_of(plan.response)
    answers = {path: value for path, value in written(**changes).items() if value is not None}
    for name, part in instruments.sections_of(plan.response).items():
        own = {path: value for path, value in answers.items() if _section(form, path) == name}
        instruments.save_section(
            response=plan.response, section=name, answers=part.answers | own, version=part.version, by=by
        )


def _section(form: Any, path: str) -> str:
    name = path.split("/")[0]
    above = form.above(name)
    return str(above[0].id if above else name)


@pytest.fixture
def draft(case: cases.Case, bertil: Acting) -> plans.Plan:  # noqa: F811
    """Bertil's draft of Amina's introduction plan, written in full."""
    plan = plans.draw_up(case=case, kind="introduction_plan_adult", by=bertil)
    write(plan, bertil)
    return plan


@pytest.fixture
def plan(draft: plans.Plan, bertil: Acting) -> plans.Plan:
    """The same agreed on paper today."""
    return plans.agree(plan=draft, on=clock.today(), by=bertil)


Days = Callable[[int], date]


@pytest.fixture
def days() -> Days:
    return lambda number: clock.today() + timedelta(days=number)
