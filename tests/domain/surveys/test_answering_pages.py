"""The page a code leads to: no log-in, no cookie, the respondent's language, every word kept after a fault."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from matrikel.base.scope import acting_as
from matrikel.domain.instruments.door import phrases
from matrikel.domain.surveys.models import Answer
from matrikel.domain.surveys.queries import form_of, to_invite
from tests.cast import Cast

from .conftest import ITEMS, Opened


@pytest.fixture
def code(cast: Cast, opened: Opened) -> str:
    campaign = opened(12)
    with acting_as(cast.cecilia):
        return to_invite(campaign)[0][1]


SENT = {"form": "x", "do": "send"} | {f"version.{name}": "0" for name in ("motivation", "leadership", "steering")}


def test_a_survey_is_answered_without_log_in_or_cookie(cast: Cast, code: str) -> None:
    phone = Client(enforce_csrf_checks=True)
    page = phone.get(f"/svara/{code}/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()
    sent = phone.post(f"/svara/{code}/?lang=en", SENT | dict.fromkeys(ITEMS, "4"), follow=True)
    assert "Thank you" in sent.content.decode()
    assert not phone.cookies
    with acting_as(cast.cecilia):
        kept = Answer.objects.get()
    assert (kept.language, kept.answers["meaningful"]) == ("en", 4)
    assert phone.get(f"/svara/{code}/").status_code == 409


def test_what_was_written_stands_after_a_fault(cast: Cast, code: str) -> None:
    answers = dict.fromkeys(ITEMS, "4") | {"meaningful": "9"}
    page = Client().post(f"/svara/{code}/", SENT | answers)
    assert page.status_code == 422
    html = page.content.decode()
    assert "Högst 5" in html
    assert html.count("checked") == 8
    with acting_as(cast.cecilia):
        assert not Answer.objects.exists()


@pytest.mark.parametrize("lang", ["sv", "sv-x-lattlast", "en", "ar", "so", "ti", "uk", "fa", "prs"])
def test_a_fault_is_told_in_the_language_of_whoever_answers(cast: Cast, opened: Opened, lang: str) -> None:
    others = ["sv-x-lattlast", "en", "ar", "so", "ti", "uk", "fa", "prs"]
    campaign = opened(12, form="user_survey", languages=others)
    with acting_as(cast.cecilia):
        code = to_invite(campaign)[0][1]
        form = form_of(campaign)
    scale = next(item for item in form.items.values() if item.type == "scale")
    text = next(item for item in form.items.values() if item.type == "long_text")
    sent = {"do": "send"} | {f"version.{group.id}": "0" for group in form.groups}
    sent |= {scale.id: str(scale.most + 3), text.id: "o" * (text.longest + 1)}
    page = Client().post(f"/svara/{code}/?lang={lang}", sent)
    assert page.status_code == 422
    html, say = page.content.decode(), phrases(lang)
    longest = say["answer_long"].format(length=text.longest + 1, longest=text.longest)
    for words in (say["answer_high"].format(most=f"{scale.most:g}"), longest):
        assert escape(words) in html


def test_a_wrong_code_says_what_to_do(code: str) -> None:
    for wrong in ("2222-2222-2222", "x", "K7QFM3XNP2RT"):
        page = Client().get("/svara/", {"kod": wrong}, follow=True)
        assert page.status_code in (404, 422)
        assert "Koden stämmer inte" in page.content.decode()
    typed = Client().get("/svara/", {"kod": f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()}, follow=True)
    assert typed.status_code == 200


def test_nothing_of_a_code_leaves_the_page(code: str) -> None:
    page = Client().get(f"/svara/{code}/")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "http://" not in page.content.decode().replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("lang", "mark"), [("ar", "معروض بالسويدية"), ("uk", "показано шведською"), ("en", "shown in Swedish")]
)
def test_what_is_missing_is_marked_in_the_language_of_whoever_answers(
    cast: Cast, opened: Opened, settings: Any, tmp_path: Path, lang: str, mark: str
) -> None:
    shutil.copytree(settings.DEFINITIONS, tmp_path / "definitions")
    settings.DEFINITIONS = tmp_path / "definitions"
    file = tmp_path / "definitions" / "instruments" / f"user_survey.{lang}.toml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "item.respect.text" not in line]
    file.write_text("\n".join(kept), encoding="utf-8")
    campaign = opened(12, form="user_survey", languages=[lang])
    with acting_as(cast.cecilia):
        code = to_invite(campaign)[0][1]
    page = Client().get(f"/svara/{code}/?lang={lang}").content.decode()
    assert page.count(mark) == 1
    assert "visas på svenska" not in page
    assert '<bdi lang="sv" dir="ltr">Jag möts med respekt.</bdi>' in page, "Swedish runs from left to right"
