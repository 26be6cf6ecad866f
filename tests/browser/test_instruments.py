"""Forms about a person in a browser: AUDIT at the limit of either sex, and questions of violence that open a check."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import enrol, faults_of, panel, register, said
from tests.browser.conftest import Visitors

TODAY = date.today()  # noqa: DTZ011


def begun(page: Page, home: str, name: str) -> None:
    page.goto(home)
    panel(page, "Formulär och bedömningar").get_by_role("link", name="Fyll i").click()
    assert faults_of(page) == []
    page.locator("main li").filter(has_text=name).get_by_role("button", name="Börja").click()
    page.wait_for_url("**/fyll-i/")


def choose(page: Page, first: int, but: Mapping[str, int]) -> None:
    """Choose the option with that number in each question, also in those an answer brings; another in `but`, by id."""
    done: set[str] = set()
    while waiting := [
        each
        for each in page.locator("[data-ask]:has(input[type=radio])").all()
        if each.is_visible() and (each.get_attribute("id") or "") not in done
    ]:
        name = waiting[0].get_attribute("id") or ""
        done.add(name)
        waiting[0].locator("input[type=radio]").nth(but.get(name.removesuffix("-q"), first)).check()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")


def asked_about_violence(page: Page, home: str) -> None:
    """The questions of violence begun about somebody and answered with yes, ready to be signed."""
    begun(page, home, "Frågor om våld")
    expect(page.locator("[data-ask]:visible")).to_have_count(1)  # not before one is alone with the person
    choose(page, 1, {"alone": 0, "asked": 0})
    page.locator("input[name=done_now]").first.check()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")


@pytest.mark.parametrize(
    ("sex", "points", "sentence"),
    [
        ("female", 6, "6 av 40 poäng: riskbruk, gräns 6 för kvinnor"),
        ("male", 6, "6 av 40 poäng: låg risk, gräns 8 för män"),
        ("male", 8, "8 av 40 poäng: riskbruk, gräns 8 för män"),
    ],
)
def test_audit_is_scored_by_the_limit_of_the_sex(visit: Visitors, sex: str, points: int, sentence: str) -> None:
    page = visit("maria")
    home = register(page, f"Audit{sex}{points}", "Provsson")
    enrol(page, home, TODAY - timedelta(days=3))
    begun(page, home, "AUDIT")
    # never has drunk this year: nothing but what happened earlier; one of two and one of four, or two of four
    choose(page, 0, {"frequency": 0, "injury": 1 if points == 6 else 2, "concern": 2})
    assert faults_of(page) == []
    page.get_by_role("button", name="Läs igenom och signera").click()
    page.get_by_label("Juridiskt kön").select_option(sex)
    page.get_by_label("Ålder").fill("40")
    assert faults_of(page) == []
    page.get_by_role("button", name="Signera").click()
    expect(page.get_by_role("main")).to_contain_text(sentence)
    assert faults_of(page) == []


def test_a_yes_to_violence_opens_a_check_that_somebody_settles(visit: Visitors) -> None:
    page = visit("maria")
    home = register(page, "Skydda", "Provsson")
    enrol(page, home, TODAY - timedelta(days=3))
    asked_about_violence(page, home)
    assert faults_of(page) == []
    page.get_by_role("button", name="Läs igenom och signera").click()
    page.get_by_role("button", name="Signera").click()
    expect(said(page)).to_contain_text("signerat")
    page.goto("/idag/")
    waiting = panel(page, "Att avgöra").locator("li").filter(has_text="Skydda Provsson")
    check = waiting.filter(has_text="skydd").first
    expect(check).to_be_visible()
    assert faults_of(page) == []
    before = waiting.count()
    check.get_by_role("link").click()
    assert faults_of(page) == []
    page.locator("main select").first.select_option(index=1)
    page.locator("main textarea").fill("Bedömt tillsammans; skyddat boende är ordnat.")
    page.locator("main form .btn.primary").click()
    expect(said(page)).to_be_visible()
    page.goto("/idag/")
    expect(waiting).to_have_count(before - 1)
