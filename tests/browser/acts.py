"""What the stories do again and again, as a person does it."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

PERSON = re.compile(r"/personer/[0-9a-f-]{36}/$")
AXE = Axe()
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}

PLACED = "to => document.querySelectorAll('.bar, .keys').forEach(bar => { bar.style.position = to; })"


def register(page: Page, given: str, family: str, number: str = "") -> str:
    """Register somebody new, without protection, by search and form. The address of the person's page, now open."""
    page.goto("/personer/ny/")
    page.get_by_label("Personnummer").fill(number)
    page.get_by_label("Förnamn").fill(given)
    page.get_by_label("Efternamn").fill(family)
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    page.get_by_label("Född").fill("1990-02-03")
    page.get_by_label("Skyddade uppgifter").select_option(label="Inga skyddade uppgifter")
    page.get_by_role("button", name="Registrera som ny").click()
    page.wait_for_url(PERSON)
    return urlsplit(page.url).path


def enrol(page: Page, person: str, on: date) -> None:
    """Receive and enrol somebody from a day."""
    page.goto(f"{person}skriv-in/")
    for label in ("Mottagen", "Folkbokförd här från", "Inskriven"):
        page.get_by_label(label).fill(on.isoformat())
    page.get_by_role("button", name="Skriv in").click()
    expect(said(page)).to_contain_text("Personen är inskriven.")


def said(page: Page) -> Locator:
    """What the page says of what was just done."""
    return page.locator(".notices")


def panel(page: Page, name: str) -> Locator:
    """A section of the page by its heading."""
    return page.get_by_role("region", name=name, exact=True)


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Walk with the tabulator until the focus is there, as somebody without a mouse."""
    for _step in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by keyboard")


def settled(page: Page) -> None:
    """Wait until every panel has come."""
    page.wait_for_function("() => !document.querySelector('[hx-trigger=load]')")


def faults_of(page: Page) -> list[str]:
    """What the accessibility rules find wrong with the page as it is, and whether it scrolls sideways.

    Bars lie in their place meanwhile: what a sticky one happens to cover halfway, axe takes for too small a target.
    That the focus never lies under one is held by test_filling.py.
    """
    settled(page)
    page.evaluate(PLACED, "static")
    found = AXE.run(page, options=RULES).response["violations"]
    page.evaluate(PLACED, "")
    faults = [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*faults, *([f"scrolls {over} px sideways"] if over > 0 else [])]
