"""Today: what is mine, what runs out, what colleagues changed."""

from datetime import date
from typing import Any

import time_machine

from matrikel.base.scope import acting_as
from matrikel.domain.cases import door as cases
from matrikel.domain.casework import door as casework
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.kernel import clock
from tests.cast import Cast
from tests.pages.conftest import enrolled
from tests.pages.test_person_page import asked


def test_my_cases_and_nobody_elses(amina: people.Person, cast: Cast, browse: Any) -> None:
    assert "Amina Hassan" in browse(cast.bertil).get("/idag/").content.decode()
    for by in (cast.cecilia, cast.david, cast.erik):
        assert "Amina" not in browse(by).get("/idag/").content.decode()
    assert browse(cast.elsa).get("/idag/").status_code == 403


def test_a_goal_window_that_closes_within_two_months(cast: Cast, browse: Any) -> None:
    with acting_as(cast.bertil) as by:
        sara = people.register(
            given_name="Sara", family_name="Ali", birth_date=date(1985, 1, 1), protection="none", by=by
        )
        casework.enrol(
            person=sara, received_on=date(2025, 9, 3), category="relative", registered_on=date(2025, 9, 3), by=by
        )
    with time_machine.travel(date(2026, 7, 20), tick=False):
        page = browse(cast.bertil).get("/idag/").content.decode()
    assert "12 månader efter folkbokföring" in page
    with time_machine.travel(date(2026, 6, 1), tick=False):
        assert "12 månader efter folkbokföring" not in browse(cast.bertil).get("/idag/").content.decode()


def test_one_who_waits_for_sfi_with_the_limit_in_words(cast: Cast, browse: Any) -> None:
    with time_machine.travel(date(2026, 3, 1), tick=False):
        with acting_as(cast.bertil) as by:
            sara = people.register(given_name="Sara", family_name="Ali", protection="none", by=by)
            cases.open_case(person=sara, on=date(2026, 2, 1), by=by)
            services.apply(person=sara, kind="sfi", on=date(2026, 2, 10), by=by)
        page = browse(cast.bertil).get("/idag/").content.decode()
    assert "Ansökte 10" in page
    assert "Sara Ali" in page


def test_a_colleagues_change_shows_until_it_is_seen(amina: people.Person, cast: Cast, browse: Any) -> None:
    with acting_as(cast.cecilia) as by:
        people.rename(
            person=people.get_for(by, amina.pk), given_name="Amal", family_name="Hassan", on=date(2026, 5, 1), by=by
        )
    client = browse(cast.bertil)
    assert "registrerade ett nytt namn" in client.get("/idag/").content.decode()
    client.post("/idag/sett/")
    assert "registrerade ett nytt namn" not in client.get("/idag/").content.decode()


def test_more_cases_cost_no_more_questions(amina: people.Person, cast: Cast, browse: Any) -> None:
    client = browse(cast.bertil)
    few = asked(client, "/idag/")
    with acting_as(cast.bertil) as by:
        for name in ("Bo", "Cia", "Dan"):
            enrolled(by, name, "Nur")
    assert asked(client, "/idag/") <= few


def test_a_window_that_is_reached_or_does_not_count_is_not_listed(cast: Cast, browse: Any) -> None:
    with acting_as(cast.bertil) as by:
        enrolled(by)
        child = people.register(
            given_name="Li", family_name="Nur", birth_date=date(2015, 1, 1), protection="none", by=by
        )
        casework.enrol(
            person=child, received_on=date(2025, 9, 3), category="relative", registered_on=date(2025, 9, 3), by=by
        )
    with time_machine.travel(date(2026, 7, 20), tick=False):
        page = browse(cast.bertil).get("/idag/").content.decode()
    assert "12 månader efter folkbokföring" not in page


def test_a_colleagues_draft_is_nobody_elses_business(amina: people.Person, cast: Cast, browse: Any) -> None:
    with acting_as(cast.cecilia) as by:
        case = cases.cases_of(people.get_for(by, amina.pk))[0]
        cases.write_note(case=case, kind="other", happened_at=clock.now(), text="inte klar", by=by)
    assert "Cecilia" not in browse(cast.bertil).get("/idag/").content.decode()
