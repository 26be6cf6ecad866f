"""The register a unit already has: chosen, paired, reviewed, read in, mended, taken back."""

from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.acts import faults_of, panel
from tests.browser.conftest import PATIENCE, Visitors

REGISTER = Path(__file__).parents[1] / "data" / "uppfoljningsmatrikel-2007.xlsx"


def send(page: Page, file: Path) -> None:
    page.goto("/inlasning/ny/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main button.primary").click()


def test_a_unit_reads_in_its_own_register_and_takes_it_back(visit: Visitors, tmp_path: Path) -> None:
    page = visit("karin")
    page.goto("/inlasning/")
    page.get_by_role("link", name="Läs in ett register").click()
    send(page, REGISTER)
    expect(page.get_by_role("heading", name="Para ihop kolumner")).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_have_text("Para ihop")
    page.get_by_role("button", name="Granska").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("skyddade uppgifter")
    page.get_by_role("radio", name="Nej").check()
    page.get_by_role("button", name="Granska").click()

    page.wait_for_url("**/granska/")
    counts = panel(page, "Så skulle det gå")
    expect(counts).to_contain_text("226 utan anmärkning")
    expect(counts).to_contain_text("17 avvisade")
    expect(counts).to_contain_text("4 markerade")
    expect(counts).to_contain_text("inget är sparat")
    page.get_by_role("button", name="Läs in").click()
    expect(page.locator("main")).to_contain_text("Ångra hela inläsningen", timeout=8 * PATIENCE)
    batch = page.url
    result = panel(page, "Resultat")
    expect(result).to_contain_text("17 avvisade")
    assert faults_of(page) == []

    page.get_by_role("link", name="Alla rader med anmärkning").click()
    expect(page.get_by_role("row")).to_have_count(22)
    page.get_by_role("link", name="Avvisade", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(18)
    expect(page.get_by_role("columnheader", name="Gör så här")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Avvisade rader som fil").click()
    target = tmp_path / fetched.value.suggested_filename
    fetched.value.save_as(target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert len([row for row in rows if any(row)]) == 2 + 1 + 17, "what to do and the title, the headings, the rows"

    page.goto(batch)
    page.get_by_role("button", name="Ångra hela inläsningen").click()
    expect(page.get_by_text("Registret är som före inläsningen.")).to_be_visible(timeout=8 * PATIENCE)
    page.goto("/inlasning/")
    expect(page.get_by_role("row").filter(has_text=REGISTER.name).first).to_contain_text("ångrad")


def test_a_file_that_is_no_register_is_refused_with_what_to_do(visit: Visitors, tmp_path: Path) -> None:
    page = visit("karin")
    broken = tmp_path / "register.xlsx"
    broken.write_bytes(b"PK\x03\x04 inte ett kalkylark")
    send(page, broken)
    expect(page.get_by_role("alert")).to_contain_text("Inget är sparat.")
    empty = tmp_path / "tom.csv"
    empty.write_bytes(b"")
    send(page, empty)
    expect(page.get_by_role("alert")).to_contain_text("Filen är tom.")
