"""Figures given away as a signed package and taken in again, by two who share a board."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.acts import faults_of, said
from tests.browser.conftest import Visitors


def test_results_go_out_signed_and_come_in_checked(visit: Visitors, tmp_path: Path) -> None:
    page = visit("karin")
    page.goto("/resultat/")
    page.get_by_role("main").get_by_role("link", name="Utbyte").click()
    page.get_by_role("button", name="Gör en nyckel").click()
    expect(said(page)).to_contain_text("Nyckeln är gjord.")
    key = page.locator("code").first.inner_text()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Hämta paketet").click()
    file = tmp_path / fetched.value.suggested_filename
    fetched.value.save_as(file)

    page = visit("ulrika")
    page.goto("/utbyte/ta-emot/")
    page.locator("main input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Ta emot").click()
    expect(page.get_by_role("alert")).to_contain_text(key)
    page.goto("/utbyte/avsandare/")
    page.get_by_label("Avsändarens namn").fill("Östersund, Socialnämnden")
    page.get_by_label("Öppen nyckel").fill(key)
    page.get_by_role("button", name="Lägg till").click()
    expect(said(page)).to_contain_text("Avsändaren är tillagd.")
    assert faults_of(page) == []

    page.goto("/utbyte/ta-emot/")
    page.locator("main input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Ta emot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Östersund")
    expect(page.get_by_role("main")).to_contain_text("Samma räkneregel här och där")
    assert faults_of(page) == []
    page.get_by_role("link", name="Ta bort").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ta bort").click()
    expect(said(page)).to_contain_text("Paketet är borttaget.")
    page.get_by_role("link", name="Ta bort Östersund, Socialnämnden").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("main")).to_contain_text("Inget paket är mottaget än.")
