"""What holds for plans: what the form's rows mean, which states follow each other, what a one-time code proves.

Law: SoL (2025:400) 10 kap. (planned with the person), 14:3 (documentation); HSLF-FS 2014:5 (who does what, by when,
and when it is followed up). The ids of the groups and questions are those of definitions/instruments/README.md.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from matrikel.kernel.period import age_on

DOCUMENTATION = "socialtjänstlag (2025:400) 14 kap. 3 §"
GOALS = "goals"
NEXT_FOLLOW_UP = "next_follow_up"
CODE_DIGITS = 6
CODE_DAYS = 14
CODE_MISSES = 5
OF_AGE = 18
AHEAD_DAYS = 14
"""How long before a step or a follow-up a case worker wants to see it."""

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class StepSaid:
    """A step as the form says it."""

    row: str
    text: str
    who: str
    due_on: date
    state: str
    other: str = ""
    offer: str = ""


@dataclass(frozen=True)
class GoalSaid:
    """A goal as the form says it, with its steps in order."""

    row: str
    text: str
    area: str
    state: str
    due_on: date | None
    reason: str
    steps: tuple[StepSaid, ...]


def require(by: Acting, unit_id: UUID) -> None:
    """The acting post writes plans, and the row is its own unit's: NotAllowed, and Missing."""
    if not by.may(Right.PLAN_WRITE):
        raise NotAllowed
    if unit_id != by.unit_id:
        raise Missing


def require_state(state: str, *wanted: str) -> None:
    """RuleBroken("plan_state") when the plan is not in a state where the act is possible."""
    if state in wanted:
        return
    said = {
        "draft": _("Planen är ett utkast. Kom överens om den först."),
        "agreed": _("Planen är redan överenskommen. Gör en ny version för att ändra den."),
        "replaced": _("Planen är ersatt av en nyare version. Öppna den i stället."),
        "ended": _("Planen är avslutad. Gör en ny plan."),
    }
    raise RuleBroken("plan_state", said[state], paragraph=DOCUMENTATION)


def require_past(on: date, *, field: str, earliest: date | None = None) -> None:
    """RuleBroken: in_future, before_plan."""
    if on > clock.today():
        raise RuleBroken("in_future", _("Dagen ligger i framtiden. Välj i dag eller en tidigare dag."), field=field)
    if earliest is not None and on < earliest:
        raise RuleBroken(
            "before_plan", _("Dagen ligger före överenskommelsen %(day)s.") % {"day": earliest.isoformat()}, field=field
        )


def require_coming(on: date, *, field: str) -> None:
    """The next follow-up is still to come: RuleBroken("in_past")."""
    if on <= clock.today():
        raise RuleBroken("in_past", _("Nästa uppföljning ska vara en dag som kommer."), field=field)


def goals_said(answers: Answers) -> tuple[GoalSaid, ...]:
    """The goals and steps of a complete plan, in the order of the form."""
    return tuple(_goal(answers, row) for row in answers.get(GOALS, ()))


def _goal(answers: Answers, row: str) -> GoalSaid:
    at = f"{GOALS}/{row}/"
    return GoalSaid(
        row,
        answers[f"{at}goal"],
        answers[f"{at}goal_area"],
        answers[f"{at}goal_state"],
        day(answers.get(f"{at}goal_by")),
        answers.get(f"{at}goal_reason", ""),
        tuple(_step(answers, f"{at}steps/{inner}/", inner) for inner in answers.get(f"{at}steps", ())),
    )


def _step(answers: Answers, at: str, row: str) -> StepSaid:
    return StepSaid(
        row,
        answers[f"{at}step"],
        answers[f"{at}step_who"],
        date.fromisoformat(answers[f"{at}step_by"]),
        answers[f"{at}step_state"],
        answers.get(f"{at}step_other", ""),
        answers.get(f"{at}step_offer", ""),
    )


def day(text: Any) -> date | None:
    """A day as the form holds it."""
    return date.fromisoformat(text) if text else None


def codes_counted(name: str, counted: str) -> list[str]:
    """The codes of a list that count as something: `open`, `closed`, `reached`."""
    return [code for code in codes.code_list(name) if counted in codes.counts_as(name, code).split()]


def with_states(answers: Answers, goals: Mapping[str, str], steps: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """Answers of the goals with the states as they are now; for the next version. `steps` by rows of goal and step."""
    states = {f"{GOALS}/{row}/goal_state": state for row, state in goals.items()}
    states |= {f"{GOALS}/{goal}/steps/{row}/step_state": state for (goal, row), state in steps.items()}
    return {path: states.get(path, value) for path, value in answers.items()}


def require_outcomes(said: Mapping[str, str], goals: Mapping[str, str]) -> dict[str, str]:
    """The state said of each goal that is open. Raises RuleBroken: outcome_missing, unknown_code."""
    found: dict[str, str] = {}
    for row, state in goals.items():
        if state not in codes_counted("goal_states", "open"):
            continue
        if row not in said:
            raise RuleBroken("outcome_missing", _("Säg hur det går med varje mål."), field=f"goal-{row}")
        found[row] = codes.require("goal_states", said[row], on=clock.today(), field=f"goal-{row}")
    return found


def introduction_form(born: date | None) -> str:
    """The introduction plan for somebody of that age; without a known birthday the adult's."""
    of_age = born is None or age_on(born, clock.today()) >= OF_AGE
    return "introduction_plan_adult" if of_age else "introduction_plan_child"


# ── the one-time code ───────────────────────────────────────────────────────────────────────────────────────────────


def new_code() -> str:
    """Digits that can be read aloud."""
    return "".join(secrets.choice("0123456789") for __ in range(CODE_DIGITS))


def mark_of(code: str, plan_id: UUID, versions: Mapping[str, int]) -> str:
    """What is kept of a code. It holds for one plan as it reads: `versions` are those of its sections."""
    read = ",".join(f"{section}:{number}" for section, number in sorted(versions.items()))
    told = f"{plan_id}|{read}|{''.join(code.split())}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()


def code_holds_until() -> date:
    return clock.today() + timedelta(days=CODE_DAYS)


def require_code_standing(mark: str, until: date | None, misses: int) -> None:
    """RuleBroken: no_code, code_old, code_spent."""
    if not mark or until is None:
        raise RuleBroken("no_code", _("Ingen kod väntar på svar. Ge personen en kod först."), field="code")
    if until < clock.today():
        raise RuleBroken("code_old", _("Koden har gått ut. Ge personen en ny kod."), field="code")
    if misses >= CODE_MISSES:
        raise RuleBroken("code_spent", _("Koden har skrivits fel för många gånger. Ge en ny kod."), field="code")
