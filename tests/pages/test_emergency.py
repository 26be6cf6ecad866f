"""Emergency opening: one person, a reason, the password once more, an hour, seen by the manager."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import time_machine

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.numbers import luhn, parse
from tests.cast import Cast

NUMBER = f"19900312-980{luhn('900312980')}"
UNKNOWN = f"19850101-980{luhn('850101980')}"
REASON = "Anhörig ringer, personen är i fara nu."


def hidden(cast: Cast) -> people.Person:
    """Somebody protected whom only Bertil may see."""
    with acting_as(cast.bertil) as by:
        return people.register(
            given_name="Amina", family_name="Hassan", identity=parse(NUMBER, register_date=date(2026, 1, 1)),
            protection="marked", by=by,
        )  # fmt: skip


def form(**changed: str) -> dict[str, str]:
    return {"key": str(uuid4()), "number": NUMBER, "reason": REASON, "password": "ett-långt-lösen", **changed}


def test_an_hour_and_no_longer(cast: Cast, browse: Any) -> None:
    amina = hidden(cast)
    with time_machine.travel(clock.now(), tick=False) as now:
        client = browse(cast.cecilia)
        assert client.get(f"/personer/{amina.pk}/").status_code == 404
        assert client.post("/nodoppna/", form()).status_code == 302
        assert "Nödöppnad akt" in client.get(f"/personer/{amina.pk}/").content.decode()
        now.shift(timedelta(minutes=61))
        assert client.get(f"/personer/{amina.pk}/").status_code == 404
    with acting_as(cast.bertil) as by:
        assert trail.of_person(amina.pk, by=by).filter(action="access.emergency.opened").count() == 1


def test_wrong_password_thin_reason_and_unknown_number_open_nothing(cast: Cast, browse: Any) -> None:
    amina, client = hidden(cast), browse(cast.cecilia)
    for changed in ({"password": "fel"}, {"reason": "kort"}, {"number": UNKNOWN}, {"number": "hej"}):
        assert client.post("/nodoppna/", form(**changed)).status_code in (200, 422), changed
    assert client.get(f"/personer/{amina.pk}/").status_code == 404


def test_another_board_cannot_be_opened(cast: Cast, browse: Any) -> None:
    amina, client = hidden(cast), browse(cast.erik)
    known, unknown = client.post("/nodoppna/", form()), client.post("/nodoppna/", form(number=UNKNOWN))
    assert known.status_code == unknown.status_code
    assert "Ingen akt öppnades" in known.content.decode()
    assert client.get(f"/personer/{amina.pk}/").status_code == 404


def test_the_manager_reviews_it_and_nobody_their_own(cast: Cast, browse: Any) -> None:
    hidden(cast)
    browse(cast.cecilia).post("/nodoppna/", form())
    assert REASON not in browse(cast.cecilia).get("/idag/").content.decode()
    assert browse(cast.bertil).post(f"/logg/nodoppning/{uuid4()}/").status_code == 403


def test_roles_without_the_right_are_refused(cast: Cast, browse: Any) -> None:
    for by in (cast.rakel, cast.elsa, cast.administrator):
        assert browse(by).get("/nodoppna/").status_code == 403
