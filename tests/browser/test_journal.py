"""A note: saved while it is written, signed and locked, struck so that it shows."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.acts import enrol, faults_of, panel, register, said
from tests.browser.conftest import Visitors


def somebody_with_a_case(page: Page, given: str) -> str:
    home = register(page, given, "Anteckning")
    enrol(page, home, date.today() - timedelta(days=3))  # noqa: DTZ011
    return home


def test_a_note_is_kept_while_it_is_written_and_locked_when_signed(visit: Visitors) -> None:
    page = visit("maria")
    home = somebody_with_a_case(page, "Nova")
    page.keyboard.press("a")
    text = page.locator("#new-note")
    text.press_sequentially("Hembesök på Frösön.")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    page.goto(home)
    journal = panel(page, "Journal")
    expect(journal).to_contain_text("Utkast, bara du ser det.")
    expect(journal).to_contain_text("Hembesök på Frösön.")

    colleague = visit("anders")
    colleague.goto(home)
    expect(panel(colleague, "Journal")).to_be_visible()
    expect(colleague.get_by_text("Hembesök på Frösön.")).to_have_count(0)

    journal.get_by_role("link", name="Fortsätt skriva").click()
    expect(page.get_by_label("Anteckning")).to_have_value("Hembesök på Frösön.")
    page.get_by_label("Anteckning").fill("Hembesök på Frösön. Allt fungerar.")
    page.get_by_role("button", name="Signera").click()
    expect(said(page)).to_contain_text("Anteckningen är signerad och låst.")
    expect(journal).to_contain_text("Hembesök på Frösön. Allt fungerar.")
    expect(journal).to_contain_text("Signerad Maria Lindqvist")
    expect(journal.get_by_role("link", name="Fortsätt skriva")).to_have_count(0)
    colleague.reload()
    expect(panel(colleague, "Journal")).to_contain_text("Hembesök på Frösön. Allt fungerar.")

    journal.get_by_role("link", name="Stryk").click()
    page.get_by_label("Varför stryks anteckningen?").fill("Skriven i fel ärende")
    page.get_by_role("button", name="Stryk anteckningen").click()
    expect(said(page)).to_contain_text("Anteckningen är struken.")
    expect(journal.locator("del")).to_contain_text("Hembesök på Frösön. Allt fungerar.")
    expect(journal).to_contain_text("Struken av Maria Lindqvist")
    expect(journal).to_contain_text("Skriven i fel ärende")


def test_a_draft_open_in_two_tabs_shows_both_texts(visit: Visitors) -> None:
    first = visit("maria")
    home = somebody_with_a_case(first, "Tove")
    first.locator("#new-note").fill("Första meningen.")
    first.get_by_role("button", name="Spara utkast").click()
    expect(said(first)).to_contain_text("Utkastet är sparat.")
    panel(first, "Journal").get_by_role("link", name="Fortsätt skriva").click()
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_label("Anteckning").press_sequentially("Ur andra fliken. ")
    expect(second.locator("[data-saved]")).to_contain_text("Sparat")
    first.get_by_label("Anteckning").press_sequentially("Ur första fliken. ")
    conflict = first.get_by_role("alert")
    expect(conflict).to_contain_text("Ingen text är borta")
    expect(conflict).to_contain_text("Ur första fliken.")
    expect(conflict).to_contain_text("Ur andra fliken.")
    assert faults_of(first) == []
    conflict.get_by_role("button", name="Spara båda efter varandra").click()
    expect(said(first)).to_contain_text("Utkastet är sparat.")
    journal = panel(first, "Journal")
    expect(journal).to_contain_text("Ur första fliken.")
    expect(journal).to_contain_text("Ur andra fliken.")
    assert home in first.url


def test_a_note_is_written_and_signed_without_scripts(visit: Visitors) -> None:
    home = somebody_with_a_case(visit("maria"), "Skriva")
    page = visit("maria", java_script_enabled=False)
    page.goto(home)
    page.locator("section", has=page.get_by_role("heading", name="Journal")).get_by_role("link", name="Öppna").click()
    page.get_by_label("Anteckning").fill("Utan skript.")
    page.get_by_role("button", name="Signera").click()
    expect(said(page)).to_contain_text("Anteckningen är signerad och låst.")
