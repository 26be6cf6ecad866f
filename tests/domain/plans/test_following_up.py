"""Steps are taken, the plan is followed up with an outcome for each goal, and ends; what is late is on Today."""

from datetime import timedelta

import pytest
import time_machine

from matrikel.domain.casework import door as casework
from matrikel.domain.people.door import Person
from matrikel.domain.plans import door as plans
from matrikel.domain.plans import facts
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, RuleBroken
from tests.cast import Cast, acting_as

from .conftest import Days


def step_of(plan: plans.Plan, by: Acting, number: int = 0) -> plans.Step:
    return plans.plan_for(by, plan.pk).goals.all()[0].steps.all()[number]


def told(source: object) -> list[dict[str, object]]:
    rows = source()  # type: ignore[operator]
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def test_a_step_is_marked_and_unmarked(plan: plans.Plan, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        plans.mark_step(step=step_of(plan, bertil), state="done", by=bertil)
    assert step_of(plan, bertil).is_done
    assert plans.next_step(plans.plan_for(bertil, plan.pk)).row == "s2"
    trail.undo(act.receipt_id, by=bertil)
    assert step_of(plan, bertil).is_open


def test_two_who_mark_the_same_step_see_each_other(plan: plans.Plan, bertil: Acting, cast: Cast) -> None:
    mine, theirs = step_of(plan, bertil), step_of(plan, bertil)
    with acting_as(cast.cecilia) as cecilia:
        plans.mark_step(step=theirs, state="not_done", by=cecilia, version=theirs.version)
    with pytest.raises(Conflict):
        plans.mark_step(step=mine, state="done", by=bertil, version=mine.version)


def test_a_state_comes_from_the_list(plan: plans.Plan, bertil: Acting) -> None:
    with pytest.raises(RuleBroken) as fault:
        plans.mark_step(step=step_of(plan, bertil), state="soon", by=bertil)
    assert fault.value.code == "unknown_code"


def test_what_is_late_or_near_is_on_today(plan: plans.Plan, amina: Person, bertil: Acting, cast: Cast) -> None:
    assert [(each.step.row, each.is_overdue) for each in plans.due(bertil)] == [("s1", False)]
    with time_machine.travel(clock.now() + timedelta(days=61)):
        late = casework.today(bertil).plans
        assert [each.step and each.step.row for each in late] == ["s1", "s2", None]
        assert all(each.is_overdue and each.person_id == amina.pk for each in late)
        plans.mark_step(step=step_of(plan, bertil), state="done", by=bertil)
        assert [each.step and each.step.row for each in plans.due(bertil)] == ["s2", None]
        for other in (cast.cecilia, *cast.outsiders):
            with acting_as(other):
                assert plans.due(other) == [], "only those who work the case"


def test_a_follow_up_says_how_each_goal_goes_and_when_next(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    with time_machine.travel(clock.now() + timedelta(days=50)):
        held = plans.follow_up(
            plan=plan, on=clock.today(), outcomes={"g1": "planned"}, next_on=days(90), note=" Bra samtal ", by=bertil
        )
        assert (held.was_in_time, held.note, held.outcomes) == (True, "Bra samtal", {"g1": "planned"})
        now = plans.plan_for(bertil, plan.pk)
        assert plans.waiting_follow_up(now).due_on == days(90)
        assert now.goals.all()[0].state == "planned"
        plans.follow_up(plan=plan, on=clock.today(), outcomes={"g1": "reached"}, by=bertil)
        now = plans.plan_for(bertil, plan.pk)
        assert (plans.waiting_follow_up(now), now.goals.all()[0].is_reached) == (None, True)


def test_a_follow_up_can_be_undone(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        plans.follow_up(plan=plan, on=days(0), outcomes={"g1": "reached"}, by=bertil)
    trail.undo(act.receipt_id, by=bertil)
    now = plans.plan_for(bertil, plan.pk)
    assert plans.waiting_follow_up(now) is not None
    assert now.goals.all()[0].state == "under_way"


@pytest.mark.parametrize(
    ("outcome", "next_in", "note", "on", "code"),
    [
        (None, 30, "", 0, "outcome_missing"),
        ("wonderful", 30, "", 0, "unknown_code"),
        ("dropped", 30, " ", 0, "reason_missing"),
        ("under_way", None, "", 0, "next_missing"),
        ("under_way", 0, "", 0, "in_past"),
        ("under_way", 30, "", 1, "in_future"),
        ("under_way", 30, "", -1, "before_plan"),
    ],
)
def test_what_a_follow_up_must_say(
    plan: plans.Plan, bertil: Acting, days: Days, outcome: str | None, next_in: int | None, note: str, on: int,
    code: str,
) -> None:  # fmt: skip
    outcomes = {} if outcome is None else {"g1": outcome}
    with pytest.raises(RuleBroken) as fault:
        plans.follow_up(
            plan=plan, on=days(on), outcomes=outcomes, next_on=None if next_in is None else days(next_in), note=note,
            by=bertil,
        )  # fmt: skip
    assert fault.value.code == code
    assert plans.waiting_follow_up(plans.plan_for(bertil, plan.pk)) is not None


def test_an_ended_plan_waits_for_nothing(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        plans.end(plan=plan, reason="moved", on=days(0), by=bertil)
    held = plans.plan_for(bertil, plan.pk)
    assert (held.state, held.end_reason_label, list(held.follow_ups.all())) == ("ended", "Personen har flyttat", [])
    assert plans.due(bertil) == []
    with pytest.raises(RuleBroken) as fault:
        plans.mark_step(step=step_of(plan, bertil), state="done", by=bertil)
    assert fault.value.code == "plan_state"
    trail.undo(act.receipt_id, by=bertil)
    assert plans.plan_for(bertil, plan.pk).is_agreed
    following = plans.draw_up(case=plan.case, kind=plan.kind, by=bertil)
    assert following.number == 2


def test_a_missed_follow_up_stays_missed_when_the_plan_ends(plan: plans.Plan, bertil: Acting) -> None:
    with time_machine.travel(clock.now() + timedelta(days=90)):
        plans.end(plan=plan, reason="completed", on=clock.today(), by=bertil)
        assert [row["outcome"] for row in told(facts.follow_ups_due)] == ["missed"]


def test_what_statistics_are_told(plan: plans.Plan, amina: Person, bertil: Acting, days: Days) -> None:
    agreed_on = clock.today()
    with time_machine.travel(clock.now() + timedelta(days=70)):
        plans.mark_step(step=step_of(plan, bertil), state="done", by=bertil)
        plans.follow_up(plan=plan, on=clock.today(), outcomes={"g1": "reached"}, by=bertil)
        (agreed,) = told(facts.agreements)
        assert (agreed["person_id"], agreed["date"], agreed["plan"]) == (amina.pk, agreed_on, "introduction_plan_adult")
        assert [(row["date"], row["area"]) for row in told(facts.goals_reached)] == [(clock.today(), "language")]
        overdue = [(row["date"], row["outcome"]) for row in told(facts.steps_overdue)]
        assert overdue == [(agreed_on + timedelta(days=7), "done"), (agreed_on + timedelta(days=30), "planned")]
        assert [row["outcome"] for row in told(facts.follow_ups_due)] == ["late"]
        assert [row["date"] for row in told(facts.follow_ups_held)] == [clock.today()]
