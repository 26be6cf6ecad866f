"""Plans for a few in each unit, through the real actions: agreed some months ago, some steps taken, some late."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from matrikel.base import scope
from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.plans import door as plans
from matrikel.kernel.acting import Acting

EACH = 3
"""Plans of each case worker: enough for Today, the person page and the print to show something."""
KIND = "introduction_plan_adult"
WISHES = (
    "Jag vill arbeta i kök och på sikt ha ett eget kafé.",
    "Jag vill bli undersköterska. Jag har tagit hand om sjuka i min familj.",
    "Jag vill köra buss. Jag har körkort från mitt land.",
)
GOALS = (
    (
        "Klara kurs C i svenska",
        "language",
        (("Gå kvällskurs", "person"), ("Söka plats i kursen", "worker")),
    ),
    (
        "Börja en utbildning",
        "studies",
        (("Boka studievägledning", "worker"), ("Översätta betygen", "person")),
    ),
    ("Få en praktikplats", "work", (("Skriva ett cv tillsammans", "worker"), ("Besöka två arbetsplatser", "person"))),
)
AGREED, FOLLOWED = (140, 75, 30), (45, None, None)
"""Days ago."""
STEPS = ((-6, 20), (3, 40), (9, 30))
"""The last day of each step, in days from today."""


def agree_on_plans(posts: Mapping[str, Acting], today: date) -> None:
    """A plan each for the first cases of everybody who works cases; the last of each is a draft."""
    for post in posts.values():
        if post.role != "caseworker":
            continue
        with scope.acting_as(post) as by:
            for number, case in enumerate(cases.my_cases(by).order_by("start_date", "number")[:EACH]):
                _plan(case, number, by, today)


def _plan(case: cases.Case, number: int, by: Acting, today: date) -> None:
    plan = plans.draw_up(case=case, kind=KIND, by=by)
    answers = _answers(number, today)
    for name, section in instruments.sections_of(plan.response).items():
        instruments.save_section(
            response=plan.response, section=name, answers=answers.get(name, {}), version=section.version, by=by
        )
    if number == EACH - 1:
        return
    agreed_on = max(case.start_date, today - timedelta(days=AGREED[number]))
    plans.agree(plan=plan, on=agreed_on, by=by)
    ago = FOLLOWED[number]
    if ago is not None and today - timedelta(days=ago) >= agreed_on:
        plans.follow_up(
            plan=plan,
            on=today - timedelta(days=ago),
            outcomes={"g1": "under_way"},
            next_on=today + timedelta(days=5),
            note="Vi gick igenom planen med tolk. Det går framåt; stegen ligger kvar.",
            by=by,
        )


def _answers(number: int, today: date) -> dict[str, dict[str, Any]]:
    """The answers of each section."""

    def day(after: int) -> str:
        return (today + timedelta(days=after)).isoformat()

    text, area, steps = GOALS[number]
    goals: dict[str, Any] = {
        "goals": ["g1"],
        "goals/g1/goal": text,
        "goals/g1/goal_area": area,
        "goals/g1/goal_by": day(180),
        "goals/g1/goal_state": "under_way",
        "goals/g1/steps": [f"s{place}" for place, _step in enumerate(steps, 1)],
    }
    for place, (step, who) in enumerate(steps, 1):
        at = f"goals/g1/steps/s{place}/"
        due = day(STEPS[number][place - 1])
        goals |= {f"{at}step": step, f"{at}step_who": who, f"{at}step_by": due, f"{at}step_state": "planned"}
    next_on = day(-AGREED[number] + 90) if FOLLOWED[number] else day(8)
    return {
        "situation": {"wishes": WISHES[number], "housing": "own", "health_hinders": "no"},
        "background": {"school_years": 9, "swedish": "some", "strengths": ["experience"]},
        "goals": goals,
        "follow_up": {"next_follow_up": next_on, "plan_given": "yes"},
    }
