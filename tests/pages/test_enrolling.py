"""Enrolment: reception, registration and case in one act with one way back."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from matrikel.base.scope import acting_as
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from tests.cast import Cast

FILLED = {"category": "quota_refugee", "route": "quota", "received_on": "2026-03-02", "registered_on": "2026-03-05",
          "opened_on": "2026-03-02"}  # fmt: skip


def newcomer(cast: Cast) -> people.Person:
    with acting_as(cast.bertil) as by:
        return people.register(given_name="Sara", family_name="Ali", protection="none", by=by)


def test_one_form_writes_all_three_and_undo_takes_all_back(cast: Cast, browse: Any) -> None:
    sara, client = newcomer(cast), browse(cast.bertil)
    answer = client.post(f"/personer/{sara.pk}/skriv-in/", {"key": uuid4(), **FILLED})
    assert answer.status_code == 302
    with acting_as(cast.bertil) as by:
        assert len(cases.receptions_of(sara)) == len(cases.cases_of(sara)) == 1
        receipt = trail.undoable(by=by, since=clock.now() - timedelta(minutes=1)).first()
        assert receipt is not None
    client.post(f"/angra/{receipt.pk}/", {"next": f"/personer/{sara.pk}/"})
    with acting_as(cast.bertil):
        assert cases.receptions_of(sara) == cases.cases_of(sara) == []


def test_the_same_form_twice_enrols_once(cast: Cast, browse: Any) -> None:
    sara, client, key = newcomer(cast), browse(cast.bertil), uuid4()
    for _ in range(2):
        assert client.post(f"/personer/{sara.pk}/skriv-in/", {"key": key, **FILLED}).status_code == 302
    with acting_as(cast.bertil):
        assert len(cases.cases_of(sara)) == 1


def test_a_second_open_case_is_refused_with_nothing_half_written(cast: Cast, browse: Any) -> None:
    sara, client = newcomer(cast), browse(cast.bertil)
    client.post(f"/personer/{sara.pk}/skriv-in/", {"key": uuid4(), **FILLED})
    again = client.post(f"/personer/{sara.pk}/skriv-in/", {"key": uuid4(), **FILLED, "received_on": "2026-05-05"})
    assert again.status_code in (200, 422)
    with acting_as(cast.bertil):
        assert [reception.received_on for reception in cases.receptions_of(sara)] == [date(2026, 3, 2)]


def test_outsiders_cannot_enrol(cast: Cast, browse: Any) -> None:
    sara = newcomer(cast)
    for by, status in ((cast.david, 404), (cast.erik, 404), (cast.elsa, 403), (cast.rakel, 403)):
        assert browse(by).post(f"/personer/{sara.pk}/skriv-in/", {"key": uuid4(), **FILLED}).status_code == status
    with acting_as(cast.bertil):
        assert cases.cases_of(sara) == []
