"""Who had assistance in June: a list from the system that pays, mended and read in, becomes those who get a letter."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.acts import enrol, faults_of, panel, register, said
from tests.browser.conftest import NARROW, Visitors

NUMBERS = ("19900203-9817", "19900203-9825")


def hand_in(page: Page, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    page.locator("main input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Läs in").click()


def test_a_list_of_months_becomes_those_who_are_asked(visit: Visitors, tmp_path: Path) -> None:
    page = visit("karin")
    for name, number in zip(("Hanna", "Hodan"), NUMBERS, strict=True):
        enrol(page, register(page, name, "Biståndet", number), date(2021, 2, 1))
    page.goto("/inlasning/")
    page.get_by_role("link", name="Månader med bistånd").click()
    page.get_by_role("link", name="Läs in månader").first.click()
    assert faults_of(page) == []
    rows = [f"{number};2021-06;17;5 250,50" for number in NUMBERS]
    hand_in(
        page,
        tmp_path / "juni.csv",
        "\n".join(["Personnummer;Månad;Hushåll;Belopp", rows[0], "19900203-9816;juni;17;x"]),
    )
    faults = panel(page, "Rader att rätta")
    expect(faults).to_contain_text("A3")
    expect(faults).to_contain_text("Jämför alla siffror")
    expect(faults).not_to_contain_text("19900203-9816")
    expect(page.get_by_role("alert")).to_contain_text("Inget är sparat")
    assert faults_of(page) == []
    page.set_viewport_size(NARROW)
    assert faults_of(page) == []
    hand_in(
        page, tmp_path / "juni.csv", "\n".join(["Personnummer;Månad;Hushåll;Belopp", *rows, "50000001;2021-06;9;1"])
    )
    expect(said(page)).to_contain_text("Listan är inläst.")
    page.set_viewport_size({"width": 1280, "height": 900})
    while page.get_by_role("rowheader", name="juni 2021").count() == 0:
        page.get_by_role("link", name="Nästa").click()
    row = page.get_by_role("row").filter(has_text="juni 2021")
    expect(row).to_contain_text("10\N{NO-BREAK SPACE}501")
    assert [cell.inner_text() for cell in row.get_by_role("cell").all()[:2]] == ["2", "1"]
    assert faults_of(page) == []

    page.goto("/enkater/ny/")
    page.locator("select[name=form]").select_option("user_survey")
    page.get_by_label("Namn").fill("De som fick bistånd i juni")
    page.get_by_label("Sista svarsdag").fill("2099-12-31")
    page.get_by_role("button", name="Spara och välj").click()
    page.get_by_label("de som fick ekonomiskt bistånd en månad").check()
    page.get_by_label("Månad med bistånd").select_option("juni 2021")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("main")).to_contain_text("2 tillfrågas")
    assert faults_of(page) == []
    page.get_by_role("button", name="Öppna enkäten").click()
    expect(page.get_by_role("main")).to_contain_text("Alla med ekonomiskt bistånd i juni 2021")
    with page.expect_download() as fetched:
        page.evaluate(
            "path => { const a = document.createElement('a'); a.href = path; a.download = ''; a.click(); }",
            f"{page.url}brev/",
        )
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
