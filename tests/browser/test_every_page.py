"""Every page that a role can reach: no fault of accessibility, nothing that scrolls sideways, nothing left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import Page, expect

from tests.browser.acts import faults_of, panel, said, settled
from tests.browser.conftest import NARROW, Visitors
from tests.browser.test_importing import REGISTER, send
from tests.browser.test_instruments import asked_about_violence, begun
from tests.browser.test_planning import fill_in, somebody_to_plan_with
from tests.browser.test_surveys import open_survey

ROLES = ("maria", "karin", "per", "ulrika", "gunnar", "eva", "birgitta")
"""One of each role."""
KINDS = {"kind": "sfi", "indicator": "establishment_12_months", "lack": "nummer"}
ELSEWHERE = {
    "account_logout", "account_inactive", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "exchange-package", "exchange-withdraw", "exchange-distrust",
    "answer-code",
}  # fmt: skip
"""Steps of logging in and of one-time codes, which need an account in that state. Packages: test_exchanging.py.
The page of a code: test_surveys.py."""
POSTED = {
    "language", "preferences", "undo", "today-seen", "emergency-review", "people-number-show", "cases-note-write",
    "cases-note-autosave", "cases-note-sign", "cases-note-discard", "imports-run", "imports-discard", "imports-stop",
    "imports-resume", "imports-undo", "exchange-key", "exchange-give", "surveys-desk", "plans-save", "plans-code",
    "plans-renew", "plans-step", "plans-confirm", "instruments-save", "key-revoke",
}  # fmt: skip
"""Addresses that only take what is sent to them."""
# The page of an import that has been read in is looked through where it is read in: test_importing.py.
FILES = {
    "results-sheet", "results-table", "results-structure", "imports-problems-file", "api-openapi", "api-indicators",
    "api-indicator", "api-data", "api-unknown", "surveys-sheet", "surveys-print", "surveys-letters", "plans-print",
    "instruments-print", "instruments-fhir", "instruments-blank", "instruments-fhir-form",
}  # fmt: skip
SWEDISH = re.compile(r"\b(och|eller|inte|för|på|är|från|ärenden?|spara|avbryt|personer|inga?|alla)\b|[åäöÅÄÖ]")
CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "en"

Ids = dict[str, list[Any]]


@pytest.fixture(scope="module")
def visited() -> dict[str, set[str]]:
    """The names of the pages each has been shown."""
    return {}


@pytest.fixture(scope="module")
def skeletons() -> set[int]:
    """Pages that differ in words and numbers only are looked through once."""
    return set()


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_a_role(visit: Visitors, who: str, visited: dict[str, set[str]], skeletons: set[int]) -> None:
    page, first = visit(who), list[str]()
    if who == "maria":
        first = [*_of_a_plan(page), *_of_forms(page)]
    if who == "karin":
        _preview(page)
        open_survey(page, "hme", "Medarbetare", 12)
        _make_key(page)
        first = [_closed_survey(page)]
    crawl = Crawl(page, skeletons)
    crawl.walk("/")
    crawl.walk(*_addresses(crawl))
    for path in first:
        # Whether or not its kind was met in another state.
        crawl.walk(*(crawl.look(path) or []))
    assert {match.url_name for path in first if (match := _resolved(path))} <= crawl.shown
    visited[who] = crawl.shown
    assert crawl.faults == {}


def test_the_entrance(visit: Visitors, visited: dict[str, set[str]]) -> None:
    page = visit.stranger()
    page.goto("/konto/logga-in/")
    assert faults_of(page) == []
    visited["stranger"] = {"account_login"}


def test_no_page_is_left_out(visited: dict[str, set[str]]) -> None:
    if set(visited) != {*ROLES, "stranger"}:
        pytest.skip("not everybody has been round")
    mounted = {pattern.name for pattern in _mounted(get_resolver().url_patterns)}
    assert mounted - set().union(*visited.values()) - ELSEWHERE - POSTED - FILES == set()
    assert mounted >= ELSEWHERE | POSTED | FILES


class Crawl:
    """A walk from link to link; each kind of page once."""

    def __init__(self, page: Page, skeletons: set[int]) -> None:
        self.page, self.skeletons = page, skeletons
        self.seen: set[tuple[str, str]] = set()
        self.shown: set[str] = set()
        self.ids: Ids = {}
        self.faults: dict[str, list[str]] = {}

    def walk(self, *paths: str) -> None:
        waiting = list(paths)
        while waiting:
            path = waiting.pop(0)
            match = _resolved(path)
            if match is None or match.url_name in FILES | POSTED | ELSEWHERE:
                continue
            key = (match.url_name or "", match.kwargs.get("kind", ""))
            if key in self.seen:
                continue
            links = self.look(path)
            if links is not None:
                self.seen.add(key)
                waiting += links

    def look(self, path: str) -> list[str] | None:
        """Open a page and look it through. The addresses it leads to; None where it is not for this role."""
        answer = self.page.goto(path)
        assert answer is not None
        if answer.status != 200:
            return None
        settled(self.page)
        self.shown |= {found.url_name or "" for found in (_resolved(path), _resolved(self.page.url)) if found}
        skeleton = hash(self.page.evaluate(SKELETON))
        if skeleton not in self.skeletons:
            self.skeletons.add(skeleton)
            if faults := faults_of(self.page):
                self.faults[path] = faults
        links = [urldefrag(urljoin(path, link)).url for link in self.page.evaluate(LINKS)]
        for link in links:
            if found := _resolved(link):
                for name, value in found.kwargs.items():
                    held = self.ids.setdefault(name, [])
                    held += [] if value in held else [value]
        return links


SKELETON = """() => [...document.querySelectorAll('main *, aside *, footer *')]
    .map(e => e.tagName + e.className + (e.getAttribute('role') || '') + (e.dataset.s || '')).join()"""
LINKS = """() => [...document.querySelectorAll('a[href], form[action]')]
    .map(e => e.getAttribute('href') || e.getAttribute('action'))"""


def _resolved(address: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def _mounted(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _mounted(pattern.url_patterns)
        else:
            yield pattern


def _addresses(crawl: Crawl) -> list[str]:
    """Every address whose ids have been met, linked to or not; what the role may not see answers that it is not."""
    found = []
    for pattern in _mounted(get_resolver().url_patterns):
        kwargs: dict[str, Any] = {}
        for name in pattern.pattern.converters:
            known = crawl.ids.get("person_id", [])[1:] if name == "other_id" else crawl.ids.get(name, [])
            if name in KINDS:
                kwargs[name] = KINDS[name]
            elif known and isinstance(known[0], UUID):
                kwargs[name] = known[0]
        if len(kwargs) == len(pattern.pattern.converters) and pattern.name:
            found.append(reverse(pattern.name, kwargs=kwargs))
    return found


def _of_a_plan(page: Page) -> list[str]:
    """The pages of a plan that is written in full and not agreed yet."""
    somebody_to_plan_with(page, "Krysset")
    panel(page, "Planer").get_by_role("link", name="Ny plan").click()
    page.get_by_role("button", name="Börja skriva").click()
    page.wait_for_url("**/skriv/")
    draft = urlsplit(page.url).path
    page.locator("#wishes").fill("Arbeta.")
    fill_in(page)
    page.get_by_role("button", name="Läs igenom och kom överens").click()
    page.wait_for_url("**/kom-overens/")
    return [draft, urlsplit(page.url).path, draft.replace("skriv/", "kasta/")]


def _of_forms(page: Page) -> list[str]:
    """The pages of an assessment that is begun, of a form that can be signed, and of one that is and opened a check."""
    home = somebody_to_plan_with(page, "Formulär")
    begun(page, home, "Initial bedömning")
    assessment = urlsplit(page.url).path
    asked_about_violence(page, home)
    page.get_by_role("button", name="Läs igenom och signera").click()
    page.get_by_role("button", name="Signera").click()
    page.wait_for_url(lambda url: not url.endswith("/signera/"))
    signed = urlsplit(page.url).path
    page.goto("/idag/")
    check = panel(page, "Att avgöra").locator("li").filter(has_text="Formulär Planen").get_by_role("link").first
    settling = check.get_attribute("href") or ""
    asked_about_violence(page, home)
    return [assessment, signed, f"{signed}ratta/", settling, page.url.replace("fyll-i/", "signera/")]


def _closed_survey(page: Page) -> str:
    page.goto("/enkater/")
    return page.get_by_role("link", name="Efter introduktionen").first.get_attribute("href") or ""


def _make_key(page: Page) -> None:
    page.goto("/installningar/nycklar/")
    page.get_by_label("Vad ska läsa").fill("Arbetsboken")
    page.get_by_role("button", name="Gör nyckeln").click()


def _preview(page: Page) -> str:
    """A register that is sent and not read in: the addresses of pairing and review begin with the answer."""
    send(page, REGISTER)
    page.locator("input[name=protected][value=no]").check()
    page.locator("main .btn.primary").first.click()
    page.wait_for_url("**/granska/")
    return page.url.removesuffix("granska/")


# ── five pages again: on a phone, in the dark, in English ───────────────────────────────────────────────────────────


@pytest.fixture
def edith(visit: Visitors) -> Page:
    """A new head of the unit who reads English on a phone at night."""
    page = visit("eva")
    page.goto("/medarbetare/ny/")
    email = "edith.newcombe@ostersund.example"
    page.get_by_label("Namn").fill("Edith Newcombe")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Enhet").select_option(label="Integrationsenheten")
    page.get_by_label("Roll").select_option(label="Enhetschef")
    page.get_by_role("button", name="Lägg upp tjänsten").click()
    expect(said(page)).to_contain_text("Startlösenord")
    password = said(page).locator("p").first.inner_text().rsplit(" ", 1)[1]
    hers = visit.stranger(viewport=NARROW, color_scheme="dark", has_touch=True)
    visit.log_in(hers, email, password)
    hers.get_by_role("button", name="Meny").click()
    hers.get_by_role("button", name="Inställningar").click()
    hers.locator("#prefs button[value=en]").click()
    expect(hers.locator("html")).to_have_attribute("lang", "en")
    return hers


def test_central_pages_on_a_phone_in_the_dark_in_english(edith: Page) -> None:
    page, faults = edith, {}
    page.goto("/personer/?q=selam+tesfay")
    person = page.locator("a.who").first.get_attribute("href") or ""
    batch = urlsplit(_preview(page)).path
    for path in ("/idag/", person, KINDS["indicator"], f"{batch}para-ihop/", f"{batch}granska/", f"{person}ratta/"):
        address = path if path.startswith("/") else reverse("results-indicator", args=[path])
        page.goto(address)
        if found := [*faults_of(page), *_swedish(page)]:
            faults[address] = found
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert faults == {}


def _swedish(page: Page) -> list[str]:
    """Words of the interface that nobody has translated. Names and what is written in files and notes stay."""
    if not CATALOGUE.exists():
        return []
    words = page.locator("nav a, h2, h3, button:not([lang]), label:not(.vh), legend, main th[scope=col], .lede, .hint")
    return [f"Swedish: {text}" for text in words.all_inner_texts() if SWEDISH.search(text)]
