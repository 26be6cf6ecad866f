"""Those who look after the system and see no persons: the log's reviewer and the administrator."""

from playwright.sync_api import expect

from tests.browser.acts import register, said
from tests.browser.conftest import Visitors

NAMES = ("Selam", "Tesfay", "Loggas", "Ivan", "Polina")


def test_the_log_tells_who_did_what_without_naming_a_person(visit: Visitors) -> None:
    home = register(visit("maria"), "Loggas", "Härochnu")
    stranger = visit("anders")
    answer = stranger.goto("/medarbetare/")
    assert answer is not None
    assert answer.status == 403
    page = visit("gunnar")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg")
    log = page.get_by_role("main")
    expect(log).to_contain_text("Maria Lindqvist")
    for name in NAMES:
        expect(log.get_by_text(name)).to_have_count(0)
    # Every panel of the page she came to is a reading of its own, so the act itself may stand a page back.
    told = log.inner_text()
    while "registrerade" not in told and page.get_by_role("link", name="Nästa").count():
        page.get_by_role("link", name="Nästa").click()
        page.wait_for_load_state()
        told += log.inner_text()
    assert "registrerade" in told
    page.get_by_label("Medarbetare").select_option(label="Anders Hallén")
    page.get_by_label("Slag").select_option(label="nekat")
    page.get_by_role("button", name="Visa").click()
    rows = log.get_by_role("listitem")
    expect(rows.first).to_contain_text("Anders Hallén")
    expect(rows.first).to_contain_text("nekades")
    answer = page.goto(home)
    assert answer is not None
    assert answer.status == 403


def test_an_administrator_adds_a_post_and_ends_it(visit: Visitors) -> None:
    page = visit("eva")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Medarbetare")
    page.keyboard.press("n")
    page.get_by_label("Namn").fill("Nina Nyanställd")
    page.get_by_label("E-postadress").fill("nina.nyanstalld@ostersund.example")
    page.get_by_label("Enhet").select_option(label="Integrationsenheten")
    page.get_by_label("Roll").select_option(label="Handläggare")
    page.get_by_role("button", name="Lägg upp tjänsten").click()
    expect(said(page)).to_contain_text("Startlösenord, visas bara nu:")
    password = said(page).locator("p").first.inner_text().rsplit(" ", 1)[1]

    newcomer = visit.stranger()
    visit.log_in(newcomer, "nina.nyanstalld@ostersund.example", password)
    expect(newcomer.get_by_role("navigation", name="Huvudmeny")).to_contain_text("Nina Nyanställd")
    expect(newcomer.get_by_text("Du har inga öppna ärenden")).to_be_visible()

    page.get_by_role("row").filter(has_text="Nina Nyanställd").get_by_role("link", name="Avsluta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Avsluta tjänst: Nina Nyanställd")
    page.get_by_role("button", name="Avsluta tjänsten").click()
    expect(said(page)).to_contain_text("Tjänsten har fått en sista dag.")
    page.reload()
    expect(page.get_by_text("Startlösenord")).to_have_count(0)
