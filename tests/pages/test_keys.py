"""A program reads with a key: as its post but without persons, until it ends, and never anything else."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from matrikel.domain.access import door as access
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.conftest import published, world
from tests.extract.world import GOAL, World
from tests.pages.test_api import DATA, refused, values

__all__ = ["published", "world"]
PAGE = "/installningar/nycklar/"


def asked(**changed: Any) -> dict[str, Any]:
    return {"key": uuid4(), "name": "Nattens arbetsbok", "end_date": "2027-06-30", **changed}


def made(client: Client) -> str:
    answer = client.post(PAGE, asked())
    assert answer.status_code == 200
    return str(answer.context["secret"])


def program(secret: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}"})


def log(by: Acting, action: str) -> list[dict[str, Any]]:
    with acting_as(by):
        return [json.loads(text) for text in Entry.objects.filter(action=action).values_list("canon", flat=True)]


def test_a_program_reads_what_the_post_reads(published: World, browse: Any) -> None:
    secret = made(browse(published.cast.elsa))
    assert secret.startswith("matrikel_")
    told = values(program(secret), f"{DATA}&area=board,unit&period=2024")
    assert told["Östersund", "2024", "T"]["count"] == 26
    assert told["Integrationsenheten", "2024", "T"]["status"] == "withheld"
    [use] = log(published.cast.cecilia, "access.key.used")
    assert (use["post"], use["channel"]) == (str(published.cast.elsa.post_id), "key")
    assert log(published.cast.cecilia, "figures.data.fetched")[0]["channel"] == "key"


def test_a_key_never_opens_what_the_persons_open(published: World, browse: Any) -> None:
    """David sees the three of his unit on the page; a program with his key does not."""
    david = browse(published.cast.david)
    address = f"{DATA}&area=unit&period=2024"
    assert values(david, address)["Försörjningsenheten", "2024", "T"]["count"] == 3
    assert values(program(made(david)), address)["Försörjningsenheten", "2024", "T"]["status"] == "small"


def test_a_key_opens_nothing_but_the_read_interface(published: World, browse: Any) -> None:
    mine = program(made(browse(published.cast.cecilia)))
    refused(mine.get("/api/v1/"), 403)
    refused(mine.post("/api/v1/indicators"), 405)
    refused(mine.get("/api/v1/nowhere"), 404)
    for url in ("/personer/", "/resultat/", "/medarbetare/", PAGE):
        assert mine.get(url).status_code == 302


def test_it_is_shown_once_and_kept_as_a_digest(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    form = asked()
    first = client.post(PAGE, form)
    secret = first.context["secret"]
    assert secret in first.content.decode()
    again = client.post(PAGE, form)
    assert "redan gjord" in again.content.decode()
    assert access.Key.objects.count() == 1
    assert secret not in again.content.decode() + client.get(PAGE).content.decode()
    assert secret not in str(list(access.Key.objects.values()))
    assert all(secret not in text for text in Entry.objects.values_list("canon", flat=True))


def test_a_revoked_key_is_refused_with_what_to_do_and_logged(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    secret = made(client)
    key = access.Key.objects.get()
    assert client.post(f"{PAGE}{key.pk}/aterkalla/").status_code == 302
    answer = program(secret).get(DATA)
    assert "Nycklar för program" in refused(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == "Bearer"
    assert log(published.cast.cecilia, "access.key.refused")[0]["ground"] == "revoked"
    assert len(log(published.cast.cecilia, "access.key.revoked")) == 1
    assert client.post(f"{PAGE}{key.pk}/aterkalla/").status_code == 404


def test_outsiders_and_inventions_are_refused_alike(published: World, browse: Any) -> None:
    invented = refused(program("matrikel_" + "x" * 43).get(DATA), 401)
    refused(program("").get(DATA), 401)
    refused(Client().get(DATA), 401)
    inside = browse(published.cast.elsa)
    told = refused(inside.get(DATA, headers={"authorization": "Bearer matrikel_wrong"}), 401)
    assert told == invented
    assert not log(published.cast.cecilia, "access.key.refused")


def test_a_key_ends_with_its_day_and_with_its_post(published: World, browse: Any) -> None:
    secret = made(browse(published.cast.elsa))
    with time_machine.travel(date(2027, 7, 1)):
        refused(program(secret).get(DATA), 401)
    assert program(secret).get(f"/api/v1/indicators/{GOAL}").status_code == 200
    access.Post.objects.filter(pk=published.cast.elsa.post_id).update(end_date=date(2026, 1, 1))
    refused(program(secret).get(DATA), 401)
    assert {each["ground"] for each in log(published.cast.cecilia, "access.key.refused")} == {"ended", "post"}


def test_nobody_revokes_or_sees_the_key_of_another(published: World, browse: Any) -> None:
    made(browse(published.cast.elsa))
    key = access.Key.objects.get()
    for other in (published.cast.cecilia, published.cast.erik):
        client = browse(other)
        assert key.name not in client.get(PAGE).content.decode()
        assert client.post(f"{PAGE}{key.pk}/aterkalla/").status_code == 404
    assert access.Key.objects.get().revoked_at is None
    assert browse(published.cast.administrator).get(PAGE).status_code == 403


@pytest.mark.parametrize("day", ["2026-11-19", "2028-01-01"])
def test_the_last_day_is_within_a_year(published: World, browse: Any, day: str) -> None:
    answer = browse(published.cast.elsa).post(PAGE, asked(end_date=day))
    assert "Sista dagen ska ligga mellan" in answer.content.decode()
    assert not access.Key.objects.exists()


def test_five_keys_of_a_post_at_most(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    secrets = {made(client) for _ in range(5)}
    assert len(secrets) == 5
    assert "Återkalla en först" in client.post(PAGE, asked()).content.decode()
    assert access.Key.objects.count() == 5


def test_the_description_tells_of_the_key(published: World, browse: Any) -> None:
    told = json.loads(program(made(browse(published.cast.elsa))).get("/api/v1/openapi.json").content)
    assert told["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert {"key": []} in told["security"]
