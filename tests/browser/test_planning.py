"""A plan in a browser: written through a cut connection, read through, agreed, printed in the person's language."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import enrol, faults_of, panel, register, said
from tests.browser.conftest import NARROW, Visitors

TODAY = date.today()  # noqa: DTZ011


def somebody_to_plan_with(page: Page, given: str) -> str:
    home = register(page, given, "Planen")
    enrol(page, home, TODAY - timedelta(days=3))
    return home


def fill_in(page: Page) -> None:
    """The goals, the follow-up and what else an introduction plan asks for."""
    page.locator("#housing-q").get_by_label("Egen bostad med kontrakt").check()
    page.locator("#school_years").fill("9")
    goal = page.locator("[id^='goals/'][id$='/goal']").first
    goal.fill("Klara kurs C i svenska")
    row = goal.evaluate("element => element.id.split('/')[1]")
    page.locator(f"[id='goals/{row}/goal_area']").select_option("language")
    page.locator(f"[id='goals/{row}/goal_state']").select_option("under_way")
    page.get_by_role("button", name="Lägg till steg").click()
    step = page.locator(f"[id^='goals/{row}/steps/'][id$='/step']").first
    step.fill("Anmäla mig till sfi")
    at = step.evaluate("element => element.id.replace(/step$/, '')")
    page.locator(f"[id='{at}step_who-q']").get_by_label("Personen själv").check()
    page.locator(f"[id='{at}step_by']").fill((TODAY + timedelta(days=3)).isoformat())
    page.locator(f"[id='{at}step_state']").select_option("planned")
    page.locator("#next_follow_up").fill((TODAY + timedelta(days=60)).isoformat())
    page.locator("#plan_given-q").get_by_label(re.compile(r"^Ja\b")).check()


@pytest.mark.parametrize("language", ["ti", "ar"])
def test_a_family_s_plan_from_the_first_word_to_paper(visit: Visitors, language: str) -> None:
    page = visit("maria")
    home = somebody_to_plan_with(page, "Mehret" if language == "ti" else "Yusuf")
    panel(page, "Planer").get_by_role("link", name="Ny plan").click()
    page.get_by_label("Språk bredvid svenskan").select_option(language)
    assert faults_of(page) == []
    page.get_by_role("button", name="Börja skriva").click()
    page.locator("form[data-filling]").wait_for()
    page.wait_for_load_state()

    page.context.set_offline(True)
    page.locator("#wishes").fill("Jag vill ha ett eget kafé.")
    page.locator("#wishes").blur()
    expect(page.locator("[data-saved]")).to_contain_text("Inte sparat än")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    page.reload()
    expect(page.locator("#wishes")).to_have_value("Jag vill ha ett eget kafé.")
    fill_in(page)
    assert faults_of(page) == []
    page.get_by_role("button", name="Läs igenom och kom överens").click()

    expect(page.get_by_role("heading", name="Underskrift på papper")).to_be_visible()
    expect(page.get_by_text("Jag vill ha ett eget kafé.")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="Planen är underskriven").click()
    expect(said(page)).to_contain_text("Planen gäller från och med nu.")
    expect(panel(page, "Mål och steg")).to_contain_text("Anmäla mig till sfi")
    expect(panel(page, "Mål och steg")).to_contain_text(re.compile(r"om\s3\sdagar"))
    assert faults_of(page) == []

    printed = page.context.request.get(f"{page.url}plan.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    assert b"/StructTreeRoot" in printed.body()

    page.get_by_role("button", name=re.compile("^Gjort")).click()
    expect(panel(page, "Mål och steg")).to_contain_text("Gjort")
    page.goto(home)
    expect(panel(page, "Planer")).to_contain_text("Introduktionsplan för vuxen")


def test_today_and_the_family_on_a_phone(visit: Visitors) -> None:
    page = visit("maria", viewport=NARROW)
    page.goto("/idag/")
    late = panel(page, "I planerna")
    expect(late).to_contain_text("dagar sen")
    late.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Introduktionsplan")
    assert faults_of(page) == []
    page.locator(".crumb a").click()
    panel(page, "Planer").get_by_role("link", name="Familjens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Familjens planer")
    assert faults_of(page) == []


def test_two_who_write_in_the_same_section_put_their_texts_together(visit: Visitors) -> None:
    """Maria and her head have the plan open at once; both rows and both texts are there afterwards, for both."""
    maria, karin = visit("maria"), visit("karin")
    somebody_to_plan_with(maria, "Sammanlagd")
    panel(maria, "Planer").get_by_role("link", name="Ny plan").click()
    maria.get_by_role("button", name="Börja skriva").click()
    maria.wait_for_url("**/skriv/")
    karin.goto(maria.url)
    wrote(karin, "#wishes", "Hon vill köra buss.")
    wrote(karin, "#family_situation", "Två barn i skolan.")
    wrote(maria, "#wishes", "Hon vill ha ett eget kafé.", saved="Inte sparat än: välj vilken text som gäller.")
    met = maria.locator("#situation-conflict")
    expect(met).to_contain_text("Karin")
    for text in ("Hon vill köra buss.", "Hon vill ha ett eget kafé."):
        expect(met).to_contain_text(re.compile(r"\s*".join(map(re.escape, text.split()))))
    assert faults_of(maria) == []
    met.get_by_role("button", name="Lägg ihop").click()
    expect(maria.locator("#situation-conflict [data-conflict]")).to_have_count(0)
    both = "Hon vill köra buss.\n\nHon vill ha ett eget kafé."
    expect(maria.locator("#wishes")).to_have_value(both)
    expect(maria.locator("#family_situation")).to_have_value("Två barn i skolan.")
    for page in (maria, karin):
        page.reload()
        expect(page.locator("#wishes")).to_have_value(both)
        expect(page.locator("#family_situation")).to_have_value("Två barn i skolan.")


def wrote(page: Page, where: str, text: str, saved: str = "Sparat") -> None:
    page.locator(where).fill(text)
    page.locator(where).blur()
    expect(page.locator("[data-saved]")).to_contain_text(saved)
