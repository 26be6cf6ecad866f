"""The head of the person page: one answer, twelve questions, however much has happened."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matrikel.base.scope import acting_as
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.plans import door as plans
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from tests.cast import Cast

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT set_config")


def asked(client: Client, path: str) -> int:
    """How many questions a page puts to the database; transaction control and the wall's own setting aside."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum(1 for query in captured if not query["sql"].startswith(CONTROL))


def test_the_head_costs_twelve_questions_and_no_more_with_data(amina: people.Person, cast: Cast, browse: Any) -> None:
    client, path = browse(cast.bertil), f"/personer/{amina.pk}/"
    assert asked(client, path) <= 12
    with acting_as(cast.bertil) as by:
        for month in range(1, 11):
            services.begin(
                person=amina, kind="civic_orientation", start_date=date(2026, month, 1), end_date=date(2026, month, 9),
                by=by,
            )  # fmt: skip
            people.begin_activity(
                person=amina, kind="labour_market_programme", start_date=date(2026, month, 10),
                end_date=date(2026, month, 20), by=by,
            )  # fmt: skip
        case = cases.current_case(amina)
        assert case is not None
        for kind in ("introduction_plan_adult", "change_plan"):
            plans.draw_up(case=case, kind=kind, by=by)
    assert asked(client, path) <= 12


def test_the_page_tells_the_way_and_logs_the_reader(amina: people.Person, cast: Cast, browse: Any) -> None:
    page = browse(cast.bertil).get(f"/personer/{amina.pk}/").content.decode()
    for text in ("Amina Hassan", "Syrien", "arabiska", "Bertil", "12 mån", "24 mån", "Anställning"):
        assert text in page
    with acting_as(cast.cecilia) as by:
        latest = trail.of_person(amina.pk, by=by).first()
        assert latest is not None
        assert (latest.action, latest.post_id) == ("people.person.opened", cast.bertil.post_id)


def test_for_outsiders_the_person_does_not_exist(amina: people.Person, cast: Cast, browse: Any) -> None:
    for by in (cast.david, cast.erik):
        client = browse(by)
        held, random = client.get(f"/personer/{amina.pk}/"), client.get(f"/personer/{uuid4()}/")
        assert held.status_code == random.status_code == 404
        assert strip(held.content) == strip(random.content)
        for panel in ("lasare", "logg", "mal"):
            assert client.get(f"/personer/{amina.pk}/{panel}/").status_code == 404
    assert browse(cast.elsa).get(f"/personer/{amina.pk}/").status_code == 403


def strip(body: bytes) -> bytes:
    """A page without what differs between any two answers."""
    token = re.sub(rb'(name="csrfmiddlewaretoken" value|X-CSRFToken&quot;:|X-CSRFToken":)[^>]*', b"", body)
    return re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"", token)


def test_a_reader_sees_but_is_offered_no_acts(amina: people.Person, cast: Cast, browse: Any) -> None:
    page = browse(cast.rakel).get(f"/personer/{amina.pk}/").content.decode()
    assert "Amina Hassan" in page
    assert "Nytt steg" not in page
    assert browse(cast.rakel).get(f"/personer/{amina.pk}/skriv-in/").status_code == 403


def test_a_protected_person_is_called_by_case_number(amina: people.Person, cast: Cast, browse: Any) -> None:
    with acting_as(cast.bertil) as by:
        people.protect(person=people.get_for(by, amina.pk), level="marked", by=by)
    page = browse(cast.bertil).get(f"/personer/{amina.pk}/").content.decode()
    assert "Sekretessmarkering" in page
    assert "Amina" not in page
    assert "Hassan" not in page
    assert browse(cast.cecilia).get(f"/personer/{amina.pk}/").status_code == 404


def test_the_log_of_a_person_names_who_and_what(amina: people.Person, cast: Cast, browse: Any) -> None:
    browse(cast.rakel).get(f"/personer/{amina.pk}/")
    page = browse(cast.bertil).get(f"/personer/{amina.pk}/logg/").content.decode()
    assert "Rakel" in page
    assert "öppnade personen" in page
    assert "registrerade personen" in page
