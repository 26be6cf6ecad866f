"""The room's pages: drawn up, written, agreed, followed; a wall for the outsider; few questions to the database."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people.door import Person
from matrikel.domain.plans import door as plans
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as

from .conftest import write

HTMX = {"HTTP_HX_REQUEST": "true"}
ROOMS = re.compile(r'(FROM|JOIN) "(plans|instruments|cases|people|access_relation)')
ROW_PAGES = ("plan", "write", "agree", "print", "follow-up", "end", "discard")


def form(**values: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **values}


def page_of(name: str, plan: plans.Plan) -> str:
    return reverse(f"plans-{name}", args=[plan.pk])


def test_a_plan_is_chosen_and_written(amina: Person, case: cases.Case, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    url = reverse("plans-begin", args=[amina.pk])
    assert "Introduktionsplan för vuxen" in client.get(url).content.decode()
    answer = client.post(url, form(kind="introduction_plan_adult", language="en"))
    (plan,) = plans.plans_of(amina, bertil)
    assert answer.url == page_of("write", plan)
    shown = client.get(answer.url).content.decode()
    assert "Läs igenom och kom överens" in shown
    assert "What do you want from your time here" in shown or 'lang="en"' in shown


def test_what_is_lacking_is_marked_when_one_wants_to_agree(
    amina: Person, case: cases.Case, bertil: Acting, browse: Any
) -> None:
    client = browse(bertil)
    with acting_as(bertil):
        plan = plans.draw_up(case=case, kind="change_plan", by=bertil)
    shown = client.get(page_of("agree", plan), follow=True).content.decode()
    assert "Planen är inte klar" in shown
    assert 'href="#' in shown.split("Planen är inte klar")[1].split("<form")[0]


def test_the_open_plan_saves_itself(draft: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    version = instruments.sections_of(draft.response)["situation"].version
    sent = {"form": str(uuid4()), "version.situation": version, "wishes": "Köra buss", "housing": "own"}
    answer = client.post(page_of("save", draft), sent)
    assert answer.status_code == 200
    assert instruments.answers_of(plans.plan_for(bertil, draft.pk).response)["wishes"] == "Köra buss"


def test_saving_is_one_line_in_the_log_and_few_questions(
    draft: plans.Plan, amina: Person, bertil: Acting, browse: Any
) -> None:
    """It happens every few seconds: a line for each reading would hide those that matter."""
    client, before = browse(bertil), trail.of_person(amina.pk, by=bertil).count()
    part = instruments.sections_of(draft.response)["situation"]
    sent = {"form": str(uuid4()), "version.situation": part.version, "wishes": "Köra buss", "housing": "own"}
    with CaptureQueriesContext(connection) as asked:
        assert client.post(page_of("save", draft), sent, **HTMX).status_code == 200
    lines = [entry.action for entry in trail.of_person(amina.pk, by=bertil)]
    assert (len(lines) - before, lines[0]) == (1, "instruments.section.saved")
    assert sum(bool(ROOMS.search(query["sql"])) for query in asked) <= 8


def test_it_is_read_through_and_agreed(draft: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    shown = client.get(page_of("agree", draft)).content.decode()
    assert "Jag vill arbeta som snickare." in shown
    seen = dict(re.findall(r'name="(seen\.\w+)" value="(\d+)"', shown))
    assert seen
    write(draft, bertil, wishes="Bli lärare")
    assert (
        "Någon annan har skrivit"
        in client.post(page_of("agree", draft), form(on=clock.today().isoformat(), **seen)).content.decode()
    )
    shown = client.get(page_of("agree", draft)).content.decode()
    seen = dict(re.findall(r'name="(seen\.\w+)" value="(\d+)"', shown))
    answer = client.post(page_of("agree", draft), form(on=clock.today().isoformat(), **seen))
    assert answer.url == page_of("plan", draft)
    shown = client.get(answer.url).content.decode()
    assert "Anmäla mig till sfi" in shown
    assert "underskrift på papper" in shown
    assert client.get(page_of("write", draft)).url == page_of("plan", draft)


def test_a_code_is_shown_once_and_said_back(draft: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    shown = client.post(page_of("code", draft)).content.decode()
    (code,) = re.findall(r">(\d{3} \d{3})<", shown)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 1_000_000:06}"
    missed = client.post(page_of("confirm", draft), form(code=wrong), follow=True)
    assert "Koden stämmer inte" in missed.content.decode()
    assert plans.plan_for(bertil, draft.pk).code_misses == 1
    client.post(page_of("confirm", draft), form(code=code))
    assert plans.plan_for(bertil, draft.pk).agreed_how == "code"


def test_no_code_for_an_unfinished_plan(case: cases.Case, bertil: Acting, browse: Any) -> None:
    plan = plans.draw_up(case=case, kind="change_plan", by=bertil)
    answer = browse(bertil).post(page_of("code", plan))
    assert answer.status_code == 422
    assert "Ingen kod gavs" in answer.content.decode()


def test_steps_and_follow_ups_from_the_page(plan: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    step = plans.plan_for(bertil, plan.pk).goals.all()[0].steps.all()[0]
    client.post(reverse("plans-step", args=[step.pk]), form(state="done", version=step.version))
    assert plans.step_for(bertil, step.pk).is_done
    late = client.post(reverse("plans-step", args=[step.pk]), form(state="planned", version=step.version), follow=True)
    assert "Någon annan har nyss ändrat" in late.content.decode()
    given = form(**{"on": clock.today().isoformat(), "goal-g1": "reached", "note": "", "next_on": ""})
    answer = client.post(page_of("follow-up", plan), given)
    assert answer.url == page_of("plan", plan)
    assert plans.plan_for(bertil, plan.pk).goals.all()[0].is_reached


def test_the_next_version_and_its_differences(plan: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    answer = client.post(page_of("renew", plan), form())
    following = next(each for each in plans.versions_of(plan, bertil) if each.is_draft)
    assert answer.url == page_of("write", following)
    write(following, bertil, wishes="Jag vill arbeta som rörmokare.")
    plans.agree(plan=following, on=clock.today(), by=bertil)
    shown = client.get(page_of("plan", following)).content.decode()
    assert "Vad som ändrades" in shown
    assert "<ins>" in shown
    assert "rörmokare" in shown


def test_a_plan_ends_and_a_draft_is_thrown_away(plan: plans.Plan, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    other = plans.draw_up(case=plan.case, kind="change_plan", by=bertil)
    client.post(page_of("discard", other), form())
    client.post(page_of("end", plan), form(on=clock.today().isoformat(), reason="moved"))
    (left,) = plans.plans_of(plan.person, bertil)
    assert (left.pk, left.state) == (plan.pk, "ended")


def test_it_is_printed_unless_the_person_is_or_may_be_protected(
    plan: plans.Plan, amina: Person, bertil: Acting, browse: Any
) -> None:
    client = browse(bertil)
    answer = client.get(page_of("print", plan) + "?lang=en")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    from matrikel.domain.trail import door as trail

    with trail.writing("test.person.unknown", by=bertil) as act:
        act.change(amina, protection="unknown")
    assert client.get(page_of("print", plan)).status_code == 302


def test_a_family_s_plans_are_begun_at_once(amina: Person, case: cases.Case, bertil: Acting, browse: Any) -> None:
    client = browse(bertil)
    url = reverse("plans-family", args=[amina.pk])
    assert "Börja en introduktionsplan" in client.get(url).content.decode()
    client.post(url, form())
    assert [each.kind for each in plans.plans_of(amina, bertil)] == ["introduction_plan_adult"]
    assert "Börja en introduktionsplan" not in client.get(url).content.decode()


def test_what_is_late_is_on_today(plan: plans.Plan, bertil: Acting, browse: Any) -> None:
    with time_machine.travel(clock.now() + timedelta(days=13)):
        shown = browse(bertil).get(reverse("today")).content.decode()
    assert "Anmäla mig till sfi" in shown
    assert "6 dagar sen" in shown.replace("\xa0", " ")
    assert "något i en plan är sent" in shown


def test_pages_do_not_exist_for_outsiders(plan: plans.Plan, amina: Person, cast: Cast, browse: Any) -> None:
    urls = [page_of(name, plan) for name in ROW_PAGES]
    urls += [reverse(f"plans-{name}", args=[amina.pk]) for name in ("panel", "family", "begin")]
    for outsider in cast.outsiders:
        client = browse(outsider)
        assert {client.get(url).status_code for url in urls} <= {403, 404}, outsider.name
        for name in ("save", "code", "confirm", "renew"):
            assert client.post(page_of(name, plan), form()).status_code in (403, 404)


@pytest.mark.parametrize("htmx", [True, False])
def test_the_panel_tells_the_next_step_in_words(
    plan: plans.Plan, amina: Person, bertil: Acting, browse: Any, htmx: bool
) -> None:
    client = browse(bertil)
    shown = client.get(reverse("plans-panel", args=[amina.pk]), **(HTMX if htmx else {})).content.decode()
    assert "Anmäla mig till sfi" in shown
    assert "om 7 dagar" in shown.replace("\xa0", " ")


def test_the_panel_asks_the_database_few_questions(
    plan: plans.Plan, amina: Person, bertil: Acting, browse: Any
) -> None:
    plans.draw_up(case=plan.case, kind="change_plan", by=bertil)
    client = browse(bertil)
    url = reverse("plans-panel", args=[amina.pk])
    client.get(url, **HTMX)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(url, **HTMX)
    assert len([q for q in asked.captured_queries if ROOMS.search(q["sql"])]) <= 6


def test_colleagues_in_another_unit_have_plans_of_their_own(plan: plans.Plan, amina: Person, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        assert plans.plans_of(amina, david) == []


def test_the_life_line_tells_what_was_agreed_and_signed_to_those_who_may_know(
    plan: plans.Plan, amina: Person, case: cases.Case, bertil: Acting, cast: Cast
) -> None:
    """A sensitive form stands there only for those who are close to it; a draft of a plan for nobody."""
    violence = instruments.begin(case=case, form="freda_routing", by=bertil)
    instruments.save_section(
        response=violence,
        section="setting",
        answers={"alone": "no", "postponed_to": "2027-01-04"},
        version=1,
        by=bertil,
    )
    instruments.sign(response=violence, by=bertil)
    plans.draw_up(case=case, kind="change_plan", by=bertil)
    told = [(mark.label, mark.on, mark.url) for mark in plans.timeline(amina).marks]
    assert (f"{plan.title}, version 1", plan.agreed_on, page_of("plan", plan)) in told
    assert (instruments.title_of(violence), clock.today(), reverse("instruments-response", args=[violence.pk])) in told
    assert len(told) == 2
    with acting_as(cast.rakel):
        assert [mark.label for mark in plans.timeline(amina).marks] == [f"{plan.title}, version 1"]
    for outsider in cast.outsiders:
        with acting_as(outsider):
            assert plans.timeline(amina).marks == ()
