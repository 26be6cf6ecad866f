"""In and out, and the reader's own choices, which stay."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import WHO, Visitors


def test_a_case_worker_logs_in_and_out(visit: Visitors) -> None:
    page = visit.stranger()
    page.goto("/")
    expect(page).to_have_title("Logga in – Matrikel")
    visit.log_in(page, WHO["maria"], visit.system.logins[WHO["maria"]])
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_contain_text("Maria Lindqvist")
    expect(page.get_by_role("link", name="Idag")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    page.goto("/idag/")
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    assert "next=/idag/" in page.url


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(visit: Visitors) -> None:
    page = visit.stranger()
    page.goto("/konto/logga-in/")
    said = []
    for email in (WHO["per"], "ingen@ostersund.example"):
        page.get_by_label("E-post").fill(email)
        page.get_by_label("Lösenord").fill("inte-rätt-lösenord")
        page.get_by_role("button", name="Logga in").click()
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        said.append(summary.inner_text())
    assert said[0] == said[1]
    page.goto("/idag/")
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


def test_the_language_of_the_entrance_is_kept(visit: Visitors) -> None:
    page = visit.stranger()
    page.goto("/konto/logga-in/")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/konto/logga-in/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_language_look_and_density_are_the_readers_own_and_stay(visit: Visitors) -> None:
    """Chosen in the menu, and there again after the next log-in on another machine."""
    page = visit("per")
    html = page.locator("html")
    page.goto("/personer/")
    for name, choice, attribute, value in (
        ("Mörkt", "theme", "data-theme", "dark"),
        ("Tät", "density", "data-density", "compact"),
        ("Av", "shortcuts", "data-shortcuts", "off"),
        ("English", "language", "lang", "en"),
    ):
        page.get_by_role("button", name=re.compile("^(Inställningar|Settings)$")).click()
        page.locator("#prefs").get_by_role("button", name=name, exact=True).click()
        expect(html).to_have_attribute(attribute, value)
        assert page.url.endswith("/personer/"), choice
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()

    elsewhere = visit.stranger()
    visit.log_in(elsewhere, WHO["per"], visit.system.logins[WHO["per"]])
    for attribute, value in (("data-theme", "dark"), ("data-density", "compact"), ("lang", "en")):
        expect(elsewhere.locator("html")).to_have_attribute(attribute, value)
    for choice, value in (("language", "sv"), ("theme", "system"), ("density", "standard"), ("shortcuts", "on")):
        elsewhere.locator("#side [popovertarget=prefs]").click()
        elsewhere.locator(f"#prefs button[name={choice}][value={value}]").click()
        expect(elsewhere.locator(f"#prefs button[name={choice}][value={value}]")).to_have_attribute(
            "aria-pressed", "true"
        )
