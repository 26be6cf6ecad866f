"""A plan is drawn up once, agreed by both, locked, and becomes goals and steps that can be counted."""

from datetime import date, timedelta

import pytest
import time_machine

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people.door import Person
from matrikel.domain.plans import door as plans
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

from .conftest import FOLLOW_UP, Days, write

ADULT = "introduction_plan_adult"


def test_a_plan_becomes_goals_steps_and_a_day_to_follow_up(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    held = plans.plan_for(bertil, plan.pk)
    (goal,) = held.goals.all()
    assert (held.state, held.number, held.agreed_on, held.agreed_how) == ("agreed", 1, clock.today(), "signature")
    assert (goal.row, goal.text, goal.area, goal.state) == ("g1", "Klara kurs C i svenska", "language", "under_way")
    assert [(step.row, step.doer, step.due_on, step.state) for step in goal.steps.all()] == [
        ("s1", "personen själv", days(7), "planned"),
        ("s2", "Sara på Lärcentrum", days(30), "planned"),
    ]
    assert [(row.due_on, row.held_on) for row in held.follow_ups.all()] == [(clock.today() + FOLLOW_UP, None)]
    assert plans.next_step(held).row == "s1"
    assert held.response.is_signed


def test_what_is_agreed_is_locked_and_cannot_be_undone(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    with pytest.raises(RuleBroken) as fault:
        write(plan, bertil, wishes="Något annat")
    assert fault.value.code == "signed"
    with pytest.raises(RuleBroken) as fault:
        plans.agree(plan=plan, on=days(0), by=bertil)
    assert fault.value.code == "plan_state"


def test_a_plan_with_something_missing_is_refused_and_stays_a_draft(
    case: cases.Case, bertil: Acting, days: Days
) -> None:
    plan = plans.draw_up(case=case, kind=ADULT, by=bertil)
    write(plan, bertil, **{"next_follow_up": None, "goals/g1/goal": None})
    with pytest.raises(instruments.Unfinished) as fault:
        plans.agree(plan=plan, on=days(0), by=bertil)
    assert {each.place for each in fault.value.faults} == {"next_follow_up", "goals/g1/goal"}
    held = plans.plan_for(bertil, plan.pk)
    assert held.is_draft
    assert not held.goals.all()


def test_two_who_begin_the_same_plan_write_in_one(case: cases.Case, bertil: Acting, cast: Cast) -> None:
    mine = plans.draw_up(case=case, kind=ADULT, by=bertil)
    with acting_as(cast.cecilia) as cecilia:
        assert plans.draw_up(case=case, kind=ADULT, by=cecilia).pk == mine.pk


def test_two_who_agree_at_once_agree_once(draft: plans.Plan, bertil: Acting, cast: Cast, days: Days) -> None:
    plans.agree(plan=draft, on=days(0), by=bertil)
    with acting_as(cast.cecilia) as cecilia, pytest.raises(RuleBroken) as fault:
        plans.agree(plan=draft, on=days(0), by=cecilia)
    assert fault.value.code == "plan_state"
    assert len(plans.plan_for(bertil, draft.pk).goals.all()) == 1


def test_agreeing_on_what_a_colleague_has_changed_since_is_refused(
    draft: plans.Plan, bertil: Acting, days: Days
) -> None:
    seen = {name: part.version for name, part in instruments.sections_of(draft.response).items()}
    write(draft, bertil, wishes="Bli lärare")
    with pytest.raises(RuleBroken) as fault:
        plans.agree(plan=draft, on=days(0), by=bertil, seen=seen)
    assert fault.value.code == "changed_since"


def test_the_next_version_starts_from_how_it_goes_now(plan: plans.Plan, bertil: Acting, days: Days) -> None:
    held = plans.plan_for(bertil, plan.pk)
    plans.mark_step(step=held.goals.all()[0].steps.all()[0], state="done", by=bertil)
    following = plans.draw_up(case=plan.case, kind=plan.kind, by=bertil)
    answers = instruments.answers_of(following.response)
    assert (following.number, following.replaces_id) == (2, plan.pk)
    assert answers["goals/g1/steps/s1/step_state"] == "done"
    assert answers["wishes"] == "Jag vill arbeta som snickare."
    assert "next_follow_up" not in answers
    assert "plan_given" not in answers
    assert plans.plan_for(bertil, plan.pk).is_agreed, "the earlier version holds until the next is agreed"

    with time_machine.travel(clock.now() + timedelta(days=40)):
        write(following, bertil, **{"goals/g1/goal_state": "reached", "goals/g1/steps/s1/step_state": "done"})
        plans.agree(plan=following, on=clock.today(), by=bertil)
        earlier, now = plans.versions_of(following, bertil)
        assert (earlier.state, now.state) == ("replaced", "agreed")
        (followed,) = plans.plan_for(bertil, earlier.pk).follow_ups.all()
        assert (followed.held_on, followed.outcomes, followed.was_in_time) == (clock.today(), {"g1": "reached"}, True)
        (goal,) = plans.plan_for(bertil, now.pk).goals.all()
        assert (goal.row, goal.is_reached, goal.state_on) == ("g1", True, clock.today())
        assert goal.steps.all()[0].state_on == days(-40), "said before, and the same"


def test_a_plan_begun_by_mistake_is_thrown_away_and_had_back(draft: plans.Plan, amina: Person, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        plans.discard(plan=draft, by=bertil)
    assert plans.plans_of(amina, bertil) == []
    trail.undo(act.receipt_id, by=bertil)
    assert [plan.pk for plan in plans.plans_of(amina, bertil)] == [draft.pk]


def test_a_day_of_signing_has_been(draft: plans.Plan, bertil: Acting, days: Days) -> None:
    with pytest.raises(RuleBroken) as fault:
        plans.agree(plan=draft, on=days(1), by=bertil)
    assert (fault.value.code, fault.value.field) == ("in_future", "on")


def test_a_form_that_is_no_plan_is_missing(case: cases.Case, bertil: Acting) -> None:
    for kind in ("audit", "nothing"):
        with pytest.raises(Missing):
            plans.draw_up(case=case, kind=kind, by=bertil)


@pytest.mark.parametrize(
    "kind", ["introduction_plan_child", "change_plan", "joint_plan", "activity_plan", "supported_housing_plan"]
)
def test_every_plan_that_comes_along_can_be_drawn_up(case: cases.Case, bertil: Acting, kind: str) -> None:
    assert plans.draw_up(case=case, kind=kind, by=bertil).kind == kind


def test_a_family_gets_its_plans_in_one_act(case: cases.Case, bertil: Acting) -> None:
    from .conftest import person_of

    child = person_of(bertil, given_name="Sami")
    with trail.writing("test.person.grew_young", by=bertil) as act:
        act.change(child, birth_date=date(2018, 5, 1))
    other = cases.open_case(person=child, on=clock.today(), by=bertil)
    drawn = plans.draw_up_for_family(cases=[case, other], by=bertil)
    assert [plan.kind for plan in drawn] == [ADULT, "introduction_plan_child"]


def test_outsiders_meet_nothing_and_readers_only_what_is_agreed(
    draft: plans.Plan, case: cases.Case, amina: Person, bertil: Acting, cast: Cast, days: Days
) -> None:
    with acting_as(cast.rakel) as rakel, pytest.raises(Missing):
        plans.plan_for(rakel, draft.pk)
    plan = plans.agree(plan=draft, on=days(0), by=bertil)
    step = plans.plan_for(bertil, plan.pk).goals.all()[0].steps.all()[0]
    for outsider in cast.outsiders:
        with acting_as(outsider):
            for attempt in (
                lambda by: plans.plan_for(by, plan.pk),
                lambda by: plans.step_for(by, step.pk),
                lambda by: plans.draw_up(case=case, kind=ADULT, by=by),
                lambda by: plans.agree(plan=plan, on=days(0), by=by),
                lambda by: plans.offer_code(plan=plan, by=by),
                lambda by: plans.mark_step(step=step, state="done", by=by),
                lambda by: plans.follow_up(plan=plan, on=days(0), outcomes={}, by=by),
                lambda by: plans.end(plan=plan, reason="other", on=days(0), by=by),
                lambda by: plans.discard(plan=plan, by=by),
            ):
                with pytest.raises((Missing, NotAllowed)):
                    attempt(outsider)
            assert plans.plans_of(amina, outsider) == []
            assert plans.due(outsider) == []
    with acting_as(cast.rakel) as rakel:
        assert plans.plan_for(rakel, plan.pk).is_agreed
        with pytest.raises(NotAllowed):
            plans.mark_step(step=step, state="done", by=rakel)


def test_the_log_names_the_acts_and_no_words(plan: plans.Plan, amina: Person, bertil: Acting) -> None:
    entries = list(trail.of_person(amina.pk, by=bertil))
    assert {"plans.plan.drawn_up", "plans.plan.agreed"} <= {entry.action for entry in entries}
    assert not any("snickare" in entry.canon or "Lärcentrum" in entry.canon for entry in entries)
