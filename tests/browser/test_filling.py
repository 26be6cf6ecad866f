"""Filling in a form in a browser: it saves itself, loses no word, and works without script too."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from matrikel_forms.declared.node import RESERVED
from tests.browser.acts import PLACED
from tests.browser.conftest import NARROW, WIDE
from tests.browser.filling import Desk, opened
from tests.forms.test_forms_shipped import FORMS

PLAN, AUDIT, HME = FORMS["introduction_plan_adult"], FORMS["audit"], FORMS["hme"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with opened(Desk(PLAN, other="ar")) as open_desk:
        yield open_desk


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Any]:
    contexts, faults = [], []

    def go(desk: Desk, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": WIDE, "locale": "sv-SE"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(desk.address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def sound(page: Page) -> None:
    page.evaluate(PLACED, "static")
    found = Axe().run(page, options=AXE).response["violations"]
    page.evaluate(PLACED, "")
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_written_is_saved_by_itself_and_only_its_section(desk: Desk, visit: Any) -> None:
    page = visit(desk)
    page.locator("#wishes").fill("Arbeta som elektriker")
    page.locator("#housing-q").get_by_label("Egen bostad med kontrakt").check()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    expect(page.locator("#situation-state")).to_have_text("klart")
    assert desk.answers == {"situation": {"wishes": "Arbeta som elektriker", "housing": "own"}}


def test_a_cut_connection_says_so_keeps_the_words_over_a_reload_and_saves_when_it_is_back(
    desk: Desk, visit: Any
) -> None:
    page = visit(desk)
    page.context.set_offline(True)
    page.locator("#wishes").fill("Det viktigaste jag har sagt")
    page.locator("#wishes").blur()
    expect(page.locator("[data-saved]")).to_have_text("Inte sparat än – försöker igen")
    assert desk.answers == {}
    page.route("**/save", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#wishes")).to_have_value("Det viktigaste jag har sagt")
    page.unroute("**/save")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    assert desk.kept["wishes"] == "Det viktigaste jag har sagt"
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('matrikel'))") == []


def test_what_was_written_before_the_script_had_come_is_saved_too(desk: Desk, visit: Any) -> None:
    page, waiting = visit(desk), []
    page.route("**/filling*.js", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    page.locator("#wishes").fill("Skrivet medan sidan laddades")
    page.locator("#housing-q").get_by_label("Egen bostad med kontrakt").check()
    assert desk.answers == {}
    waiting[0].continue_()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    assert desk.answers == {"situation": {"wishes": "Skrivet medan sidan laddades", "housing": "own"}}


def test_leaving_the_page_saves_what_was_just_written(desk: Desk, visit: Any) -> None:
    page = visit(desk)
    page.locator("#wishes").type("Sista ordet")
    page.goto("about:blank")
    page.wait_for_timeout(500)
    assert desk.kept["wishes"] == "Sista ordet"


@pytest.mark.parametrize(("choice", "kept"), [("Behåll min", "Min text"), ("Ta den andras", "Marias text")])
def test_two_in_the_same_section_see_both_texts_and_choose(desk: Desk, visit: Any, choice: str, kept: str) -> None:
    mine, theirs = visit(desk), visit(desk)
    theirs.locator("#wishes").fill("Marias text")
    theirs.locator("#wishes").blur()
    expect(theirs.locator("[data-saved]")).to_contain_text("Sparat")
    mine.locator("#wishes").fill("Min text")
    mine.locator("#wishes").blur()
    box = mine.locator("#situation-conflict")
    expect(box.locator("ins").first).to_be_visible()
    expect(box).to_contain_text("Marias")
    assert desk.kept["wishes"] == "Marias text"
    sound(mine)
    box.get_by_role("button", name=choice).click()
    mine.wait_for_load_state()
    assert desk.kept["wishes"] == kept


def test_two_in_different_sections_do_not_meet(desk: Desk, visit: Any) -> None:
    one, other = visit(desk), visit(desk)
    one.locator("#wishes").fill("Arbeta")
    other.locator("#school_years").fill("9,5")
    for page in (one, other):
        page.keyboard.press("Control+s")
        expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    assert (desk.kept["wishes"], desk.kept["school_years"]) == ("Arbeta", 9.5)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_step_is_added_removed_and_put_back(desk: Desk, visit: Any, script: bool) -> None:
    page = visit(desk, java_script_enabled=script)
    page.get_by_role("button", name="Lägg till steg").click()
    expect(page.locator('textarea[id$="/step"]')).to_have_count(1)
    page.locator('textarea[id$="/step"]').fill("Ring skolan")
    page.get_by_role("button", name="Ta bort steg 1").click()
    expect(page.locator('textarea[id$="/step"]')).to_have_count(0)
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator('textarea[id$="/step"]')).to_have_value("Ring skolan")
    assert "Ring skolan" in desk.kept.values()


def test_what_an_answer_asks_for_appears_at_once(desk: Desk, visit: Any) -> None:
    page = visit(desk)
    expect(page.locator("#adaptation")).to_be_hidden()
    page.locator("#health_hinders-q").get_by_label("Ja نعم", exact=True).check()
    expect(page.locator("#adaptation")).to_be_visible()


def test_keys_save_move_between_sections_and_show_the_help(desk: Desk, visit: Any) -> None:
    page = visit(desk)
    page.locator("#family_situation").focus()
    page.keyboard.press("F1")
    expect(page.locator("#family_situation-hint")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#family_situation")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#background-h")).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_form_is_accessible_with_faults_too(desk: Desk, visit: Any, size: Any, scheme: str) -> None:
    page = visit(desk, viewport=size, color_scheme=scheme)
    sound(page)
    desk.answers = {"background": {"school_years": "sju"}}
    page.goto(desk.address)
    page.locator("#wishes").fill("Arbeta")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".err-sum")).to_be_focused()
    page.locator(".err-sum a").first.click()
    expect(page.locator("#school_years")).to_be_focused()
    sound(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_has_the_focus_never_lies_under_the_bar(desk: Desk, visit: Any, size: Any) -> None:
    """WCAG 2.4.11, and more than it asks: no part of what one writes in is hidden, forwards and backwards."""
    page = visit(desk, viewport=size)
    page.locator("#wishes").focus()
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        assert page.evaluate(HIDDEN) == 0


HIDDEN = """() => {
    const field = document.activeElement, bar = document.querySelector('.bar');
    if (bar.contains(field) || !bar.closest('form').contains(field)) return 0;
    const own = field.getBoundingClientRect(), over = bar.getBoundingClientRect();
    return Math.max(0, Math.min(own.bottom, innerHeight) - Math.max(over.top, own.top));
}"""


@pytest.mark.parametrize("lang", ["ar", "ti"])
def test_a_client_answers_on_a_phone_in_the_own_language(visit: Any, lang: str) -> None:
    with opened(Desk(AUDIT, lang=lang, other="sv")) as desk:
        page = visit(desk, viewport=NARROW, has_touch=True)
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        page.locator("#frequency-q label").nth(1).tap()
        expect(page.locator("[data-saved] .st")).to_be_visible()
        assert desk.kept["frequency"] == "monthly"
        heights = page.locator(".choice").evaluate_all("all => all.map(el => el.getBoundingClientRect().height)")
        assert min(height for height in heights if height) >= 48
        assert page.context.cookies() == []
        sound(page)


def test_a_scale_folds_on_a_phone_and_answers_with_arrows(visit: Any) -> None:
    with opened(Desk(HME)) as desk:
        page = visit(desk, viewport=NARROW)
        first = HME.groups[0].items[0].id
        page.locator(f"#{first}").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-saved]")).to_contain_text("Sparat")
        assert desk.kept[first] == 2
        sound(page)


def test_no_id_of_a_form_hides_what_a_page_calls_its_own(chromium: Browser) -> None:
    """A field called `closest` would take the place of the method of that name, and scripts would stop."""
    page = chromium.new_page()
    own = page.evaluate("""() => {
        const found = [];
        for (const name in document.createElement('form')) found.push(name);
        return found.filter(name => /^[a-z][a-z0-9_]*$/.test(name) && !name.startsWith('on'));
    }""")
    page.close()
    assert set(own) <= RESERVED
