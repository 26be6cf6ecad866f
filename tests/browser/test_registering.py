"""A new person's way, registered step by step; undone, and changed by two at once."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import PERSON, enrol, faults_of, panel, register, said, tab_to
from tests.browser.conftest import Visitors

TODAY = date.today()  # noqa: DTZ011


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def save(page: Page, name: str, done: str) -> None:
    """Send the form the page shows and read what is said about it."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(said(page)).to_contain_text(done)


def test_a_person_is_registered_by_keyboard_alone(visit: Visitors) -> None:
    page = visit("maria")
    page.goto("/idag/")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Ny person")).to_be_visible()
    tab_to(page, page.get_by_label("Förnamn"))
    page.keyboard.type("Selam")
    page.keyboard.press("Tab")
    page.keyboard.type("Tesfay")
    page.keyboard.press("Enter")
    candidates = panel(page, "Kan det vara någon av dessa?")
    expect(candidates.get_by_role("link", name="Selam Tesfay")).to_be_visible()
    assert faults_of(page) == []

    page.goto("/personer/ny/")
    tab_to(page, page.get_by_label("Förnamn"))
    page.keyboard.type("Tastaturi")
    page.keyboard.press("Tab")
    page.keyboard.type("Näbbgädda")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen som du når stämmer med det du sökte på.")).to_be_visible()
    expect(page.get_by_label("Efternamn")).to_have_value("Näbbgädda")
    tab_to(page, page.get_by_label("Kön"))
    page.keyboard.type("Kv")
    tab_to(page, page.get_by_role("button", name="Registrera som ny"))
    page.keyboard.press("Enter")
    page.wait_for_url(PERSON)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tastaturi Näbbgädda")
    expect(said(page)).to_contain_text("Personen är registrerad.")

    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv in")
    tab_to(page, page.get_by_role("button", name="Skriv in"))
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("Personen är inskriven.")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Nytt steg")).to_be_visible()
    assert faults_of(page) == []
    page.keyboard.press("f")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ansökan")


def test_from_sfi_to_work_and_out_again(visit: Visitors) -> None:
    page = visit("maria")
    home = register(page, "Livia", "Stegvis")
    enrol(page, home, days_ago(200))
    expect(panel(page, "Vägen hit")).to_contain_text("Folkbokförd i Östersund")

    page.keyboard.press("s")
    page.keyboard.press("f")
    page.get_by_label("Ansökan kom in").fill(days_ago(150).isoformat())
    save(page, "Spara ansökan", "Ansökan är sparad.")
    services = panel(page, "Insatser")
    expect(services).to_contain_text("ska ha börjat senast")
    services.get_by_role("link", name="Start", exact=True).click()
    page.get_by_label("Första dagen").fill(days_ago(120).isoformat())
    save(page, "Spara starten", "Starten är sparad.")
    expect(services).to_contain_text("1 pågår")
    services.get_by_role("link", name="Slut och resultat").click()
    page.get_by_label("Sista dagen").fill(days_ago(30).isoformat())
    page.get_by_label("Resultat").select_option(label="Godkänd")
    save(page, "Spara", "Avslutat.")
    expect(services).to_contain_text("Godkänd")

    page.keyboard.press("s")
    page.keyboard.press("p")
    page.get_by_label("Arbetsplats").fill("Storsjöns bageri")
    page.get_by_label("Första dagen").fill(days_ago(100).isoformat())
    page.get_by_label("Sista dagen").fill(days_ago(60).isoformat())
    page.get_by_role("main").get_by_role("button", name="Spara").click()
    expect(said(page)).to_contain_text("är sparat.")
    expect(services).to_contain_text("Storsjöns bageri")

    page.keyboard.press("s")
    page.keyboard.press("w")
    page.get_by_label("Sysselsättning").select_option(label="Anställning")
    page.get_by_label("Första dagen").fill(days_ago(20).isoformat())
    save(page, "Spara", "Sysselsättningen är sparad.")
    expect(panel(page, "Vägen hit").locator("svg.chart")).to_contain_text("Anställning")
    expect(panel(page, "Mål")).to_contain_text("Nått")

    page.goto(f"{home}flytt/")
    page.get_by_label("Sista dagen folkbokförd här").fill(TODAY.isoformat())
    page.get_by_label("Flyttade till").select_option(label="Stockholm")
    save(page, "Spara flytten", "Flytten är sparad.")
    panel(page, "Ärenden").get_by_role("link", name="Avsluta", exact=True).click()
    page.get_by_label("Orsak").select_option(index=1)
    save(page, "Avsluta ärendet", "är avslutat.")
    expect(panel(page, "Ärenden")).to_contain_text("avslutat")
    expect(page.get_by_role("link", name="Skriv in")).to_be_visible()


def test_a_broken_rule_is_told_at_its_field_and_nothing_is_lost(visit: Visitors) -> None:
    page = visit("maria")
    home = register(page, "Olga", "Tidsfel")
    page.goto(f"{home}sysselsattning/")
    page.get_by_label("Var").fill("Lugnviks lager")
    page.get_by_label("Första dagen").fill(days_ago(10).isoformat())
    page.get_by_label("Sista dagen").fill(days_ago(20).isoformat())
    page.get_by_role("main").get_by_role("button", name="Spara").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Var")).to_have_value("Lugnviks lager")
    assert faults_of(page) == []
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Sista dagen")).to_be_focused()


def test_what_was_just_done_is_undone_from_the_notice(visit: Visitors) -> None:
    page = visit("maria")
    home = register(page, "Ida", "Ångerlös")
    page.goto(f"{home}namn/")
    page.get_by_label("Nytt efternamn").fill("Misstag")
    save(page, "Spara", "Det nya namnet är sparat.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ida Misstag")
    said(page).get_by_role("button", name="Ångra").click()
    expect(said(page)).to_contain_text("Ångrat. Allt är som förut.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ida Ångerlös")
    expect(said(page).get_by_role("button", name="Ångra")).to_have_count(0)


def test_two_who_change_the_same_see_both_texts(visit: Visitors) -> None:
    mine, other = visit("maria"), visit("karin")
    home = register(mine, "Dubbla", "Flikar")
    for page in (mine, other):
        page.goto(f"{home}namn/")
    other.get_by_label("Nytt efternamn").fill("Karinsdotter")
    save(other, "Spara", "Det nya namnet är sparat.")
    mine.get_by_label("Nytt efternamn").fill("Mariasdotter")
    mine.get_by_role("main").get_by_role("button", name="Spara").click()
    expect(mine.get_by_text("Någon annan har ändrat samma uppgifter medan du skrev")).to_be_visible()
    texts = mine.get_by_role("table", name="Det som skiljer")
    expect(texts).to_contain_text("Mariasdotter")
    expect(texts).to_contain_text("Karinsdotter")
    expect(mine.get_by_label("Nytt efternamn")).to_have_value("Mariasdotter")
    assert faults_of(mine) == []
    save(mine, "Spara min text", "Det nya namnet är sparat.")
    expect(mine.get_by_role("heading", level=1)).to_have_text("Dubbla Mariasdotter")


def test_what_is_typed_stays_when_the_page_is_left(visit: Visitors) -> None:
    page = visit("maria")
    home = register(page, "Stina", "Avbruten")
    page.goto(f"{home}sysselsattning/")
    page.get_by_label("Var").fill("Odensala hotell")
    expect(page.locator("[data-draft-state]")).to_contain_text("Utkast sparat")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(home)
    page.goto(f"{home}sysselsattning/")
    expect(page.get_by_label("Var")).to_have_value("Odensala hotell")
    expect(page.locator("[data-draft-state]")).to_contain_text("Ditt utkast är återställt.")


@pytest.mark.parametrize("number", ["940517-9861", "943517-9860"])
def test_a_number_that_cannot_be_is_told_with_what_to_do(visit: Visitors, number: str) -> None:
    page = visit("maria")
    page.goto("/personer/ny/")
    page.get_by_label("Personnummer").fill(number)
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    expect(page.get_by_role("alert")).to_contain_text("Jämför")
