"""Plans and AUDIT for a few in each unit, through the real actions: agreed in the first months, some followed late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from matrikel.base import scope
from matrikel.demo.showcase import DRINKS, SHOWN, WORKER
from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people import door as people
from matrikel.domain.plans import door as plans
from matrikel.kernel.acting import Acting
from matrikel.kernel.period import add_months

KIND = "introduction_plan_adult"


@dataclass(frozen=True)
class Course:
    """How a plan went: agreed so many days after enrolment, or a draft; followed up so many days after it was due."""

    agreed: int | None
    followed: int = 0


COURSES = (Course(24, -6), Course(41, -2), Course(75, 12), Course(52, -3))
"""In turn, for those who have had two months: three of four agreed in time."""
EACH = 3
"""Agreed plans of each case worker: what figures, Today, the person page and the print need to show something."""
OWN = Course(38, -4)
BETWEEN = 90
"""Days from agreement to the first follow-up."""
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
STEPS = ((-6, 20), (3, 40), (9, 30), (15, 60))
"""The last day of each step, in days from today."""
NEXT = (5, 8, 19, 40)
"""Days until the next follow-up."""
DRANK = {
    "consumption": {"frequency": "two_to_four_a_month", "glasses": "three_four", "six_glasses": "monthly"},
    "dependence": {"not_stop": "never", "failed_duties": "rarely", "morning": "never"},
    "harm": {"guilt": "rarely", "memory": "never", "injury": "no", "concern": "earlier"},
}


def agree_on_plans(posts: Mapping[str, Acting], today: date) -> None:
    """Plans for the latest cases of everybody who works cases, the very last a draft, and for the one shown first."""
    settled, turns = add_months(today, -2), cycle(range(len(COURSES)))
    for post in posts.values():
        if post.role != "caseworker":
            continue
        with scope.acting_as(post) as by:
            latest = cases.my_cases(by).order_by("-start_date", "number")
            for case in latest.filter(start_date__gte=settled)[:1]:
                _plan(case, 0, Course(None), by, today)
            for case, number in zip(latest.filter(start_date__lt=settled)[:EACH], turns, strict=False):
                _plan(case, number, COURSES[number], by, today)
    with scope.acting_as(posts[WORKER]) as by:
        _plan(_case_of(SHOWN, by), 0, OWN, by, today)
        _audit(_case_of(DRINKS, by), by)


def _case_of(name: str, by: Acting) -> cases.Case:
    """The case of somebody by name, among the post's own: others in the county may be called the same."""
    named = [person.id for person in people.search(by, name)]
    return cases.my_cases(by).filter(person__in=named).order_by("start_date", "number")[:1].get()


def _plan(case: cases.Case, number: int, course: Course, by: Acting, today: date) -> None:
    agreed_on = None if course.agreed is None else case.start_date + timedelta(days=course.agreed)
    due_on = (agreed_on or today) + timedelta(days=BETWEEN)
    plan = plans.draw_up(case=case, kind=KIND, by=by)
    answers = _answers(number, due_on, today)
    _fill(plan.response, {name: answers.get(name, {}) for name in instruments.sections_of(plan.response)}, by)
    if agreed_on is None or agreed_on > today:
        return
    plans.agree(plan=plan, on=agreed_on, by=by)
    held_on = due_on + timedelta(days=course.followed)
    if held_on <= today:
        plans.follow_up(
            plan=plan,
            on=held_on,
            outcomes={"g1": "under_way"},
            next_on=today + timedelta(days=NEXT[number]),
            note="Vi gick igenom planen med tolk. Det går framåt; stegen ligger kvar.",
            by=by,
        )


def _audit(case: cases.Case, by: Acting) -> None:
    """Signed, then put right: what was said of one question was noted wrongly."""
    first = instruments.begin(case=case, form="audit", by=by)
    _fill(first, DRANK, by)
    instruments.sign(response=first, sex="male", age=38, by=by)
    second = instruments.replace(response=first, by=by)
    _fill(second, {"harm": DRANK["harm"] | {"memory": "monthly"}}, by)
    instruments.sign(response=second, sex="male", age=38, by=by)


def _fill(response: instruments.Response, answers: Mapping[str, Mapping[str, Any]], by: Acting) -> None:
    held = instruments.sections_of(response)
    for name, given in answers.items():
        instruments.save_section(response=response, section=name, answers=given, version=held[name].version, by=by)


def _answers(number: int, due_on: date, today: date) -> dict[str, dict[str, Any]]:
    """The answers of each section."""

    def day(after: int) -> str:
        return (today + timedelta(days=after)).isoformat()

    text, area, steps = GOALS[number % len(GOALS)]
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
    return {
        "situation": {"wishes": WISHES[number % len(WISHES)], "housing": "own", "health_hinders": "no"},
        "background": {"school_years": 9, "swedish": "some", "strengths": ["experience"]},
        "goals": goals,
        "follow_up": {"next_follow_up": due_on.isoformat(), "plan_given": "yes"},
    }
