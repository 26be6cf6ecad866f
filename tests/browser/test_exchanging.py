"""Figures given away as a signed package and taken in again, by two who share a board."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.acts import faults_of, said
from tests.browser.conftest import NARROW, Visitors


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
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 1, "no empty sheet after it"
    page.set_viewport_size(NARROW)
    assert faults_of(page) == []
    page.goto("/utbyte/")
    assert faults_of(page) == [], "the key is longer than the screen is wide"
    page.go_back()
    page.get_by_role("link", name="Ta bort").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ta bort").click()
    expect(said(page)).to_contain_text("Paketet är borttaget.")
    page.get_by_role("link", name="Ta bort Östersund, Socialnämnden").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("main")).to_contain_text("Inget paket är mottaget än.")


def group(key: str, title: str, *codes: str) -> dict[str, Any]:
    return {"id": key, "title": title, "members": [{"member_id": code, "member_title": code} for code in codes]}


def test_a_group_of_similar_municipalities_is_read_in_and_chosen(visit: Visitors, tmp_path: Path) -> None:
    groups = [
        group("G1", "Liknande kommuner integration, Östersund, 2024", "2309", "2313", "2482"),
        group("G2", "Kommuner med ett namn som är längre än en telefon är bred (ovägt medel)", "2380", "2309"),
        group("G3", "Storstäder", "0180", "1480"),
    ]
    empty, whole = tmp_path / "empty.json", tmp_path / "municipality_groups.json"
    empty.write_text('{"values": {}}', encoding="utf-8")
    whole.write_text(json.dumps({"count": 3, "next_page": None, "values": groups}), encoding="utf-8")
    page = visit("karin")
    page.goto("/utbyte/")
    page.get_by_role("link", name="Läs in en fil").click()
    assert faults_of(page) == []
    page.locator("main input[type=file]").set_input_files(empty)
    page.get_by_role("button", name="Läs in").click()
    expect(page.get_by_role("alert")).to_contain_text("har inte Koladas form")
    assert faults_of(page) == []
    page.locator("main input[type=file]").set_input_files(whole)
    page.get_by_role("button", name="Läs in").click()
    expect(said(page)).to_contain_text("Filen är inläst.")
    expect(page.get_by_role("region", name="Ur Kolada")).to_contain_text("2 grupper")

    page.goto("/resultat/establishment_12_months/?omrade=kommun&ar=2024")
    page.get_by_label("Jämför med").select_option("Liknande kommuner integration, Östersund, 2024")
    page.get_by_role("button", name="Jämför").click()
    compared = page.get_by_role("region", name="Jämfört med Liknande kommuner integration, Östersund, 2024")
    expect(compared).to_be_visible()
    assert "jamfor=G1" in page.url
    assert faults_of(page) == []
    page.set_viewport_size(NARROW)
    assert faults_of(page) == []
    page.goto("/utbyte/kolada/")
    assert faults_of(page) == []
