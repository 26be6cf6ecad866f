"""The read interface: the same numbers as on the pages, the same hidden, and refusals that a program can read."""

import json
from typing import Any

import pytest
from django.test import Client

from matrikel.api.v1 import Pace
from matrikel.domain.access.models import User
from matrikel.domain.trail.models import Entry
from tests.cast import acting_as
from tests.extract.conftest import published, world
from tests.extract.world import GOAL, World

__all__ = ["published", "world"]
DATA = f"/api/v1/data?kpi={GOAL}"


def values(client: Client, address: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Every value by area, period and gender."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    told = json.loads(answer.content)
    assert told["next"] is None
    return {(f["area"]["name"], f["period"], v["gender"]): v for f in told["values"] for v in f["values"]}


def test_the_measures_with_their_definitions(published: World, browse: Any) -> None:
    client = browse(published.lena)
    found = json.loads(client.get("/api/v1/indicators").content)
    assert found["count"] == len(found["values"])
    one = json.loads(client.get(f"/api/v1/indicators/{GOAL}").content)
    assert one in found["values"]
    assert (one["kind"], one["target"], one["threshold"], one["language"]) == (
        "reached", {"value": 0.7, "at_least": True}, 5, "sv",
    )  # fmt: skip
    assert "20–64 år" in one["denominator"]


def test_each_reader_is_given_what_the_pages_show(published: World, browse: Any) -> None:
    county = values(browse(published.lena), DATA)
    assert (county["Jämtlands län", "2024", "T"]["count"], county["Jämtlands län", "2024", "T"]["reached"]) == (50, 28)
    assert {area for area, _period, _gender in county} == {"Jämtlands län", "Krokom", "Östersund"}
    seen = values(browse(published.cast.elsa), f"{DATA}&area=board,unit&period=2024")
    assert seen["Östersund", "2024", "T"]["count"] == 26
    assert seen["Försörjningsenheten", "2024", "T"] == {
        "gender": "T", "category": None, "count": None, "reached": None, "value": None, "low": None, "high": None,
        "status": "small",
    }  # fmt: skip
    assert seen["Integrationsenheten", "2024", "T"]["status"] == "withheld"
    own = values(browse(published.cast.david), f"{DATA}&area=unit&period=2024")
    assert own["Försörjningsenheten", "2024", "T"]["count"] == 3
    other = values(browse(published.cast.bertil), f"{DATA}&area=unit&period=2024")
    assert other["Integrationsenheten", "2024", "T"]["count"] == 23
    assert other["Försörjningsenheten", "2024", "T"]["status"] == "small"


def test_no_hidden_number_is_anywhere_in_an_answer(published: World, browse: Any) -> None:
    for reader in (published.cast.elsa, published.cast.rakel, published.lena, published.cast.erik):
        everything = values(browse(reader), f"{DATA},sfi_wait,enrolled&by=category")
        for value in everything.values():
            numbers = [value["count"], value["reached"]]
            assert all(n is None or n == 0 or n >= 5 for n in numbers), (reader.name, value)
            if value["status"] in ("small", "withheld"):
                assert {value[name] for name in ("count", "reached", "value", "low", "high")} == {None}


def test_a_long_answer_comes_in_parts(published: World, browse: Any) -> None:
    client = browse(published.lena)
    first = json.loads(client.get(f"{DATA}&limit=2").content)
    assert len(first["values"]) == 2
    second = json.loads(client.get(first["next"]).content)
    assert second["values"][0] != first["values"][0]
    assert second["count"] == first["count"]


def test_an_answer_is_not_kept_and_stands_in_the_log(published: World, browse: Any) -> None:
    answer = browse(published.cast.elsa).get(DATA)
    assert "no-store" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"].startswith("application/json")
    with acting_as(published.cast.cecilia):
        assert Entry.objects.filter(action="figures.data.fetched").count() == 1


def refused(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert told["status"] == status
    assert told["detail"]
    return dict(told)


def test_refusals_can_be_read_by_a_program(published: World, browse: Any, client: Client) -> None:
    elsa = browse(published.cast.elsa)
    assert refused(client.get(DATA), 401)["title"] == "Logga in först"
    refused(browse(published.cast.administrator).get(DATA), 403)
    refused(elsa.get("/api/v1/data?kpi=inget_sadant"), 404)
    refused(elsa.get("/api/v1/indicators/inget_sadant"), 404)
    refused(elsa.get("/api/v1/nowhere/at/all"), 404)
    refused(elsa.post("/api/v1/indicators"), 405)
    assert "kpi" in refused(elsa.get("/api/v1/data"), 422)["detail"]
    assert "limit" in refused(elsa.get(f"{DATA}&limit=99999"), 422)["detail"]
    refused(elsa.get("/api/v1/data?kpi=" + ",".join(f"a{n}" for n in range(13))), 422)
    with acting_as(published.cast.cecilia):
        assert Entry.objects.filter(action="access.page.refused").exists()


def test_refusals_are_in_the_readers_language(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    User.objects.filter(pk=published.cast.elsa.user_id).update(language="en")
    assert refused(client.get("/api/v1/data?kpi=none_such"), 404)["title"] == "Not found"
    assert json.loads(client.get(f"/api/v1/indicators/{GOAL}").content)["language"] == "en"


def test_so_many_questions_a_minute(published: World, browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "get_cache_key", lambda self, request: "api-of-the-test")
    client = browse(published.cast.elsa)
    answers = [client.get("/api/v1/indicators").status_code for _ in range(120)]
    assert set(answers) == {200}
    answer = client.get("/api/v1/indicators")
    refused(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_the_description_and_its_page(published: World, browse: Any) -> None:
    client = browse(published.cast.elsa)
    told = json.loads(client.get("/api/v1/openapi.json").content)
    assert set(told["paths"]) == {"/api/v1/indicators", "/api/v1/indicators/{indicator}", "/api/v1/data"}
    assert all(set(operations) == {"get"} for operations in told["paths"].values())
    page = client.get("/api/v1/").content.decode()
    assert "GET /api/v1/data" in page
    assert "https://" not in page
    assert Client().get("/api/v1/").status_code == 302
