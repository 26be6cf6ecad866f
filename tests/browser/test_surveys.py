"""An exit survey from codes to results: five hundred answers in five languages, one on a phone without net."""

import random
import re
import urllib.parse
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acts import faults_of, said
from tests.browser.conftest import NARROW, Visitors

LANGUAGES = ("en", "so", "ti", "uk")
ANSWERED = 500


def open_survey(page: Page, form: str, title: str, codes: int, languages: tuple[str, ...] = ("en",)) -> str:
    """Plan a survey and open it to so many codes; return the address of its page."""
    page.goto("/enkater/")
    page.get_by_role("link", name="Ny enkät").first.click()
    page.locator("select[name=form]").select_option(form)
    page.get_by_label("Namn").fill(title)
    for lang in languages:
        page.locator(f"input[name=languages][value={lang}]").check()
    page.get_by_label("Sista svarsdag").fill("2099-12-31")
    page.get_by_role("button", name="Spara och välj").click()
    page.get_by_label("koder att dela ut").check()
    page.get_by_label("Antal koder").fill(str(codes))
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("main")).to_contain_text(f"{codes} tillfrågas")
    assert faults_of(page) == []
    page.get_by_role("button", name="Öppna enkäten").click()
    expect(said(page)).to_contain_text("Enkäten är öppen.")
    return page.url


def answers_to(html: str, chance: random.Random) -> list[tuple[str, str]]:
    """Something chosen for every question of the page, as its form would send it."""
    sent = [("do", "send"), *((name, "0") for name in set(re.findall(r'name="(version\.[^"]+)"', html)))]
    radios: dict[str, list[str]] = {}
    for field in re.findall(r'<input[^>]*type="radio"[^>]*>', html):
        name, value = (re.search(rf'{part}="([^"]*)"', field) for part in ("name", "value"))
        assert name
        assert value
        radios.setdefault(name[1], []).append(value[1])
    return sent + [(name, chance.choice(values)) for name, values in radios.items()]


def test_an_exit_survey_from_codes_to_results(visit: Visitors, tmp_path: Path) -> None:
    page = visit("karin")
    there = open_survey(page, "exit_survey", "Efter introduktionen", ANSWERED + 20, LANGUAGES)
    page.get_by_role("link", name="Koder och texter för e-post").click()
    assert faults_of(page) == []
    codes = [code.replace("-", "") for code in page.locator("tbody th code").all_inner_texts()]
    chance, address = random.Random(3), visit.system.address
    asked = {}
    for lang in ("sv", *LANGUAGES):
        with urllib.request.urlopen(f"{address}/svara/{codes[0]}/?lang={lang}") as shown:
            asked[lang] = shown.read().decode()
    for code in codes[:ANSWERED]:
        lang = chance.choice(("sv", *LANGUAGES))
        where, sent = f"{address}/svara/{code}/?lang={lang}", answers_to(asked[lang], chance)
        with urllib.request.urlopen(where, urllib.parse.urlencode(sent).encode()) as answered:
            assert "/tack/" in answered.url

    phone = visit.stranger(viewport=NARROW, has_touch=True, locale="ti")
    phone.goto(f"/svara/{codes[ANSWERED]}/")
    expect(phone.locator("html")).to_have_attribute("lang", "ti")
    assert faults_of(phone) == []
    phone.context.set_offline(True)
    for group in phone.get_by_role("radiogroup").all()[:3]:
        group.get_by_role("radio").first.check()
    phone.locator("button[value=send]").click()
    expect(phone.locator("[data-saved]")).not_to_be_empty()
    phone.context.set_offline(False)
    phone.wait_for_url("**/svara/tack/**")
    assert faults_of(phone) == []
    assert phone.context.cookies() == []

    page.goto(there)
    expect(page.get_by_role("main")).to_contain_text(f"{ANSWERED + 1} av {ANSWERED + 20}")
    expect(page.get_by_role("main")).to_contain_text("visas när enkäten är stängd")
    page.get_by_role("link", name="Stäng enkäten").click()
    page.get_by_role("button", name="Stäng").click()
    expect(said(page)).to_contain_text("Enkäten är stängd.")
    expect(page.get_by_role("heading", name="Index", exact=True)).to_be_visible()
    assert faults_of(page) == []
    for link, start in (("Kalkylblad", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as fetched:
            page.get_by_role("link", name=link).click()
        fetched.value.save_as(tmp_path / link)
        assert (tmp_path / link).read_bytes().startswith(start)
    phone.goto(f"/svara/{codes[-1]}/?lang=sv")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Enkäten är stängd.")
