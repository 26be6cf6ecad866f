"""From anywhere to a person by keyboard, and the person's page with and without scripts."""

from playwright.sync_api import expect

from tests.browser.acts import PERSON, panel, register, said
from tests.browser.conftest import Visitors

SELAM = "Selam Tesfay"
PANELS = ("Mål", "Journal", "Hushåll", "Ärenden", "Mottagande", "Insatser", "Vem har läst")


def test_slash_and_the_beginning_of_a_name_lead_to_the_person(visit: Visitors) -> None:
    page = visit("maria")
    for given in ("Åsa-Lina", "Örjan"):
        register(page, given, "Ångström-Öhn")
    page.goto("/idag/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("ångström-ö")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Träffar")).to_be_visible()
    hits = page.locator("[data-list] a.who")
    expect(hits).to_have_text(["Åsa-Lina Ångström-Öhn", "Örjan Ångström-Öhn"], use_inner_text=True)
    page.locator("body").evaluate("() => document.activeElement.blur()")
    for key, there in (("j", 0), ("j", 1), ("k", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("j", 1)):
        page.keyboard.press(key)
        expect(hits.nth(there)).to_be_focused()
    name = hits.nth(1).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(PERSON)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_persons_page_tells_the_way_in_a_picture_and_the_same_in_a_list(visit: Visitors) -> None:
    page = visit("maria")
    page.goto("/idag/")
    panel(page, "Mina ärenden").get_by_role("link", name=SELAM).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SELAM)
    expect(page.locator("h1 bdi[lang=ti]")).to_be_visible()
    expect(page.get_by_text("Tolk: tigrinja")).to_be_visible()
    way = panel(page, "Vägen hit")
    expect(way.get_by_role("group", name="Livslinje från")).to_be_visible()
    for name in PANELS:
        expect(panel(page, name)).to_be_visible()
    expect(panel(page, "Insatser")).to_contain_text("SFI kurs B och C")
    expect(panel(page, "Journal")).to_contain_text("Trepartsmöte")
    drawn = [title.split(", ")[0] for title in way.locator("svg :is(a, g) > title").all_text_contents()]
    way.get_by_text("Samma som lista").click()
    told = way.locator("tbody tr td:first-child").all_inner_texts()
    assert sorted(text.split(", ")[0] for text in told) == sorted(drawn)
    assert {"Kök och servering", "Etableringsprogrammet"} <= set(told)


def test_without_scripts_every_panel_is_a_page_and_forms_are_sent(visit: Visitors) -> None:
    page = visit("maria", java_script_enabled=False)
    page.goto("/personer/?q=selam+tesfay")
    page.get_by_role("link", name=SELAM).click()
    home = page.url
    panels = {
        "Mål": "inom ett år", "Journal": "Trepartsmöte", "Hushåll": "Luwam Tesfay", "Ärenden": "Maria Lindqvist",
        "Insatser": "Kök och servering", "Vem har läst": "Maria Lindqvist",
    }  # fmt: skip
    for name, content in panels.items():
        page.locator("section", has=page.get_by_role("heading", name=name, exact=True)).get_by_role(
            "link", name="Öppna"
        ).click()
        expect(page.get_by_role("main")).to_contain_text(content)
        expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
        page.locator(".crumb a").click()
        assert page.url == home
    page.goto(f"{home}ratta/")
    page.get_by_label("Önskemål om tolk").fill("kvinnlig tolk, på plats")
    page.get_by_role("button", name="Spara").click()
    expect(said(page)).to_contain_text("Uppgifterna är rättade.")
    expect(page.get_by_text("kvinnlig tolk, på plats")).to_be_visible()
    said(page).get_by_role("button", name="Ångra").click()
    expect(said(page)).to_contain_text("Ångrat. Allt är som förut.")
    expect(page.get_by_text("kvinnlig tolk, på plats")).to_have_count(0)


def test_the_number_is_shown_when_asked_for(visit: Visitors) -> None:
    page = visit("maria")
    page.goto("/personer/?q=selam+tesfay")
    page.get_by_role("link", name=SELAM).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SELAM)
    number = page.locator(".masked").first  # the panel on identity, which comes later, holds it too
    expect(number).not_to_contain_text("986")
    number.get_by_role("button").click()
    expect(page.get_by_text("940517-986")).to_be_visible()
