"""What one may not see is not there: protected persons, other municipalities, ids that never were."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.acts import panel, register, said
from tests.browser.conftest import Visitors

NAMES = ("Rima", "Nasser", "Zaid")


def protected(page: Page) -> tuple[str, str]:
    """The protected mother: her case number and the address of her page."""
    page.goto("/arenden/")
    row = page.get_by_role("row").filter(has_text="Skyddade uppgifter").first
    link = row.get_by_role("link")
    number = row.get_by_role("cell").nth(1).inner_text()
    return number, link.get_attribute("href") or ""


def test_a_protected_person_is_a_case_number_everywhere(visit: Visitors) -> None:
    page = visit("maria")
    number, home = protected(page)
    for address in ("/idag/", "/arenden/", f"/personer/?q={number.replace(' ', '+')}", home):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text(number)
        for name in NAMES:
            expect(page.get_by_text(name)).to_have_count(0)
            assert name not in page.title()
    expect(page.locator(".flag[data-t=protect]").first).to_contain_text("Skyddad folkbokföring")
    expect(panel(page, "Hushåll")).to_contain_text("Skyddade uppgifter")
    page.locator("#new-note").fill("Utkast om den som är skyddad.")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    page.goto(f"{home}sysselsattning/")
    page.get_by_label("Var").fill("Hemlig arbetsplats")
    page.wait_for_timeout(600)
    assert page.evaluate("() => Object.keys(localStorage)") == []


def seen(page: Page, address: str) -> str:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    return page.get_by_role("main").inner_text()


def test_outside_the_circle_a_person_is_as_an_id_that_never_was(visit: Visitors) -> None:
    number, home = protected(visit("maria"))
    page = visit("anders")
    never = seen(page, f"/personer/{uuid4()}/")
    assert "Det finns inget här" in never
    for part in ("", "ratta/", "logg/", "hushall/", "lasare/", "mal/"):
        assert seen(page, f"{home}{part}") == never
    page.goto(f"/personer/?q={number.replace(' ', '+')}")
    expect(page.get_by_role("heading", name="Ingen träff")).to_be_visible()
    page.goto("/arenden/?whose=unit")
    expect(page.get_by_text(number)).to_have_count(0)


def test_another_municipality_finds_nothing(visit: Visitors) -> None:
    mine = visit("maria")
    home = register(mine, "Ostersunda", "Enbarhär")
    page = visit("lars")
    for asked in ("Enbarhär", "Selam Tesfay", "940517"):
        page.goto("/idag/")
        page.get_by_role("searchbox").fill(asked)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Ingen träff")).to_be_visible()
    assert seen(page, home) == seen(page, f"/personer/{uuid4()}/")


def test_an_emergency_opening_asks_for_password_and_reason_and_is_reviewed(visit: Visitors) -> None:
    maria = visit("maria")
    number, home = protected(maria)
    maria.goto(home)
    maria.locator(".masked").first.get_by_role("button").click()
    identity = maria.locator(".masked:not(:has(button))").first
    expect(identity).to_contain_text("891102-984")
    whole = identity.inner_text().strip()

    page = visit("anders")
    page.goto("/personer/")
    page.get_by_role("link", name="Nödöppna en akt").click()
    page.get_by_label("Personens nummer").fill(whole)
    page.get_by_label("Varför måste akten öppnas nu?").fill("Hot utanför kontoret just nu.")
    page.get_by_label("Ditt lösenord").fill("fel-lösenord-fel")
    page.get_by_role("button", name="Öppna i en timme").click()
    expect(page.get_by_role("alert")).to_contain_text("Lösenordet stämmer inte.")
    assert whole not in page.evaluate("() => JSON.stringify(localStorage)")
    page.get_by_label("Ditt lösenord").fill(visit.system.logins["anders.hallen@ostersund.example"])
    page.get_by_role("button", name="Öppna i en timme").click()
    expect(said(page)).to_contain_text("Akten är öppen i en timme.")
    assert page.url.endswith(home)
    expect(page.get_by_text("Nödöppnad akt")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)

    manager = visit("karin")
    manager.goto("/idag/")
    waiting = panel(manager, "Nödöppningar att granska")
    row = waiting.get_by_role("listitem").filter(has_text="Hot utanför kontoret just nu.")
    expect(row).to_contain_text("Anders Hallén")
    row.get_by_role("button", name="Jag har sett den").click()
    expect(manager.get_by_text("Hot utanför kontoret just nu.")).to_have_count(0)


def test_error_pages_say_what_was_not_done_and_where_to_go(visit: Visitors) -> None:
    page = visit("per")
    assert "Inget är ändrat." in seen(page, "/finns/inte/")
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
    refused = page.goto("/medarbetare/")
    assert refused is not None
    assert refused.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Ditt uppdrag ger inte rätt till det här")
    page.get_by_role("link", name="Till första sidan").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/idag/")
    stranger = visit.stranger()
    assert "Det finns inget här" in seen(stranger, "/finns/inte/")


def test_a_form_from_an_old_session_is_not_taken(visit: Visitors) -> None:
    page = visit("per")
    page.goto("/uppdrag/")
    page.locator("input[name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = 'x'.repeat(64); }")
    page.locator("form[data-logout] input[name=csrfmiddlewaretoken]").evaluate("f => { f.value = 'x'.repeat(64); }")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan var för gammal för att sparas")
    expect(page.get_by_text("Inget är sparat.")).to_be_visible()
