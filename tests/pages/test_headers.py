"""What holds for every answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from matrikel.domain.access.models import Installation
from matrikel.domain.access.queries import _kind
from tests.cast import Cast


@pytest.mark.parametrize("path", ["/konto/logga-in/", "/idag/", "/finns-inte/", "/resultat/"])
def test_nothing_is_stored_framed_or_run_from_elsewhere(path: str, cast: Cast, browse: Any) -> None:
    for client in (browse(cast.bertil), Client()):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Frame-Options"] == "DENY"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert answer["X-Robots-Tag"].startswith("noindex")


def test_without_log_in_every_page_leads_to_it(cast: Cast) -> None:
    for path in ("/", "/idag/", "/personer/", "/arenden/", "/resultat/", "/inlasning/", "/logg/", "/medarbetare/"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/konto/logga-in/")


def test_the_log_in_does_not_tell_who_has_an_account(cast: Cast) -> None:
    bodies = []
    for email in ("bertil@example.test", "ingen@example.test"):
        answer = Client().post("/konto/logga-in/", {"login": email, "password": "fel-lösenord-här"})
        bodies.append(
            (
                answer.status_code,
                "stämmer inte" in answer.content.decode() or "hör inte ihop" in answer.content.decode(),
            )
        )
    assert bodies[0] == bodies[1]


def test_sign_up_and_reset_are_not_mounted(cast: Cast) -> None:
    for path in ("/konto/signup/", "/konto/password/reset/", "/accounts/signup/", "/admin/"):
        assert Client().get(path).status_code == 404


@pytest.fixture
def real(cast: Cast) -> Iterator[None]:
    """The same house as a real installation instead of a demo."""
    Installation.objects.update(is_demo=False)
    _kind.clear()
    yield
    _kind.clear()


def test_a_real_installation_asks_for_a_second_factor_before_anything_is_shown(
    cast: Cast, browse: Any, real: None
) -> None:
    client = browse(cast.bertil)
    for path in ("/", "/idag/", "/personer/", "/resultat/"):
        assert client.get(path)["Location"] == "/konto/engangskoder/aktivera/"
