"""Any form with any answers: what is shown is what is sent back, and nothing that is asked is left out."""

import datetime as dt
import html
import io
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.http import QueryDict
from django.template import engines
from django.utils import translation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matrikel.domain.instruments.differing import differing
from matrikel.domain.instruments.printed import Heading, pdf
from matrikel.domain.instruments.sent import read
from matrikel.domain.instruments.showing import show
from matrikel.domain.instruments.shown import Filled, Sheet
from matrikel_forms import Form, evaluate, texts_of
from matrikel_forms.answering.sheet import Sheet as Layout
from matrikel_forms.declared.texts import hash_of
from tests.forms.strategies import answers_to, forms
from tests.forms.test_forms_shipped import FORMS

PLAN, AUDIT = FORMS["introduction_plan_adult"], FORMS["audit"]
LANGUAGES = ("sv", "sv-x-lattlast", "en", "ar", "so", "ti", "uk", "fa", "prs")
FEW = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
GOAL = {"goals": ["a", "b"], "goals/a/goal": "Arbeta", "goals/b/goal": "Bo"}


class Fields(HTMLParser):
    """What a browser would send of a page: the fields with their values, and the ids there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.ids: list[str] = []
        self.referred: list[str] = []
        self._select, self._area, self._first = "", "", True
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids += [told["id"]] if "id" in told else []
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.referred += told.get(name, "").split()
        if tag == "input" and told.get("name") and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.data.appendlist(told["name"], told.get("value", ""))
        elif tag == "textarea":
            self._area, self._first = told["name"], True
            self.data.appendlist(self._area, "")
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and "selected" in told:
            self.data.appendlist(self._select, told["value"])

    def handle_data(self, data: str) -> None:
        if self._area:
            text = data.removeprefix("\n") if self._first else data
            self.data[self._area] = self.data[self._area] + text
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select


def drawn(sheet: Sheet, template: str = "instruments/fill.html", lang: str = "sv", **more: object) -> str:
    context = {"sheet": sheet, "sections": sheet.sections, "form_key": uuid4(), "save_url": "/s", "post_url": "/p"}
    with translation.override(lang):
        page: str = engines["django"].get_template(template).render({**context, "back_url": "/", "nav": [], **more})
    return page


def one_row_each(form: Form) -> dict[str, Any]:
    """Answers with one empty row in every group that repeats, in rows too."""
    found: dict[str, Any] = {}
    while empty := [p for p, place in Layout(form, found).groups.items() if place.group.rows and not place.rows]:
        found |= {path: ["a"] for path in empty}
    return found


def sent_back(form: Form, answers: dict[str, Any], **filled: Any) -> dict[str, Any]:
    page = Fields(drawn(show(form, Filled(answers=answers, **filled))))
    return {path: value for section in read(form, page.data).sections.values() for path, value in section.items()}


def plain(value: Any) -> Any:
    """An answer without what a page does not keep: the order of ticks, and blanks around what is chosen."""
    return sorted(value) if isinstance(value, list) else value.strip() if isinstance(value, str) else value


@FEW
@given(st.data())
def test_what_is_shown_is_what_is_sent_back(data: st.DataObject) -> None:
    form = data.draw(forms())
    answers = data.draw(answers_to(form))
    back = sent_back(form, answers)
    rows = {path: place.group.rows for path, place in Layout(form, back).groups.items() if place.group.rows}
    for path, value in answers.items():
        if path in rows:
            assert back.get(path, [])[: len(value)] == value
        elif path in Layout(form, answers).items and value not in ("", []):
            assert plain(back[path]) == plain(value)
    assert set(back) - set(answers) <= {path for path, many in rows.items() if many and many.least}


@FEW
@given(st.data())
def test_every_question_is_on_the_page_and_every_id_stands_once(data: st.DataObject) -> None:
    form = data.draw(forms())
    sheet = show(form, Filled(answers=data.draw(answers_to(form)), other="ar"))
    page = drawn(sheet)
    fields = Fields(page)
    assert len(fields.ids) == len(set(fields.ids))
    assert set(fields.referred) <= set(fields.ids)
    for path in Layout(form, {k: v for k, v in sheet.filled.answers.items() if "@" not in k}).items:
        assert f'name="{path}"' in page


@FEW
@given(st.data())
def test_any_form_is_set_on_paper(data: st.DataObject) -> None:
    form = data.draw(forms())
    answers = data.draw(answers_to(form))
    assume(
        "字" not in f"{answers}{dict(texts_of(form, 'sv'))}"
    )  # has no face, which is refused: tests/base/test_paper.py
    for state in ("blank", "draft", "signed"):
        assert pdf(show(form, Filled(answers=answers)), state, Heading("Någon")).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "signers"),
    [
        ("introduction_plan_adult", {"Du som planen gäller", "För kommunen"}),
        ("audit", {"Du som har svarat", "För kommunen"}),
        ("freda_routing", {"För kommunen"}),
        ("exit_survey", set()),
    ],
)
def test_those_sign_on_paper_who_stand_for_what_is_in_it(name: str, signers: set[str]) -> None:
    """Both a plan, whoever answered an instrument, the worker alone what they noted, nobody an anonymous answer."""
    last = pypdf.PdfReader(io.BytesIO(pdf(show(FORMS[name], Filled()), "blank", Heading()))).pages[-1].extract_text()
    assert {who for who in ("Du som planen gäller", "Du som har svarat", "För kommunen") if who in last} == signers
    assert last.count("Underskrift") == len(signers)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_shipped_form_is_shown_in_every_language_with_what_is_missing_marked(form: Form, lang: str) -> None:
    page = drawn(show(form, Filled(answers=one_row_each(form), lang=lang)))
    for key, text in texts_of(form, lang).items():
        if key.startswith(("group.", "item.")) and not key.endswith(".one"):
            assert html.escape(text.text) in page, key
    states = {text.state for text in texts_of(form, lang).values()}
    assert ("visas på svenska" in page) == ("missing" in states)
    assert pdf(show(form, Filled(other="" if lang == "sv" else lang)), "blank", Heading()).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("lang", "mark"), [("uk", "переглядається"), ("en", "being revised"), ("so", "waa la hubinayaa")]
)
def test_a_stale_translation_is_marked_on_paper_in_its_own_language(lang: str, mark: str) -> None:
    wording = PLAN.wordings[lang]
    stale = replace(wording, made_from={**wording.made_from, "item.wishes.text": "00000000"})
    form = replace(PLAN, wordings={**PLAN.wordings, lang: stale})
    pages = pypdf.PdfReader(io.BytesIO(pdf(show(form, Filled(other=lang)), "blank", Heading()))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert f"({mark})" in text
    assert "ses över" not in text


# ── states of a section ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_section_goes_from_empty_over_begun_to_done() -> None:
    state = lambda answers, **more: show(AUDIT, Filled(answers=answers, **more)).section("consumption").state  # noqa: E731
    assert state({}) == "todo"
    assert state({"frequency": "monthly"}) == "doing"
    assert state({"frequency": "never"}) == "done"
    assert state({"frequency": "monthly"}, faults={"glasses": ["Svara"]}) == "late"


def test_a_fault_is_told_with_its_row_and_linked_to_its_field() -> None:
    answers = {**GOAL, "goals/b/steps": ["x"]}
    sheet = show(PLAN, Filled(answers=answers, faults={"goals/b/steps/x/step": ["Skriv vad."]}))
    assert [(row, fault) for _, row, fault in sheet.faults] == [("mål 2, steg 1", "Skriv vad.")]
    page = drawn(sheet)
    assert 'href="#goals/b/steps/x/step"' in page
    assert 'id="goals/b/steps/x/step-error"' in page


def test_what_is_not_asked_is_hidden_and_its_words_are_kept() -> None:
    answers = {"health_hinders": "no", "adaptation": "Korta dagar"}
    page = drawn(show(PLAN, Filled(answers=answers)))
    assert "hidden inert" in page.split('id="adaptation-q"')[1].split(">")[0]
    assert sent_back(PLAN, answers)["adaptation"] == "Korta dagar"
    assert "adaptation" not in evaluate(PLAN, answers).shown


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def pressed(name: str, value: str, answers: dict[str, Any], **filled: Any) -> Any:
    page = Fields(drawn(show(PLAN, Filled(answers=answers, **filled))))
    page.data[name] = value
    return read(PLAN, page.data)


def test_a_row_is_added_removed_and_put_back_with_all_it_held() -> None:
    answers = {**GOAL, "goals/a/steps": ["s"], "goals/a/steps/s/step": "Ring", "goals/a/goal_by": "2027-06-01"}
    added = pressed("add", "goals", answers).sections["goals"]
    assert added["goals"][:2] == ["a", "b"]
    assert len(added["goals"]) == 3
    without = pressed("remove", "goals/a", answers)
    assert without.sections["goals"] == {"goals": ["b"], "goals/b/goal": "Bo"}
    back = pressed("restore", "goals/a", without.sections["goals"], gone=without.gone)
    assert {k: v for k, v in back.sections["goals"].items() if k != "goals/b/steps"} == answers


@pytest.mark.parametrize("held", ["", "nonsense", "[]", "[0, 3]", '[0, {"wishes": "x"}]'])
def test_a_row_put_back_with_nonsense_is_empty_and_touches_nothing_else(held: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"version.goals": "1", "restore": "goals/z", "gone.goals/z": held})
    assert read(PLAN, data).sections == {"goals": {"goals": ["z"]}}


def test_only_sections_that_were_sent_are_read() -> None:
    data = QueryDict("version.situation=4&wishes=Hej&school_years=9")
    sent = read(PLAN, data)
    assert sent.sections == {"situation": {"wishes": "Hej"}}
    assert sent.versions == {"situation": 4}


@pytest.mark.parametrize(
    ("typed", "kept"), [("12,5", 12.5), ("1 000", 1000), ("−3", -3), ("sju", "sju"), ("1e9", "1e9")]
)
def test_a_number_is_read_as_people_write_it(typed: str, kept: object) -> None:
    data = QueryDict(mutable=True)
    data.update({"version.background": "0", "school_years": typed})
    assert read(PLAN, data).sections["background"]["school_years"] == kept


# ── two languages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_free_text_stands_in_two_languages_and_is_marked_when_the_swedish_has_changed() -> None:
    fresh = {"wishes": "Arbeta", "wishes@ar": "العمل", "wishes@ar~": hash_of("Arbeta")}
    assert sent_back(PLAN, fresh, other="ar") | {} == sent_back(PLAN, fresh, other="ar")
    question = show(PLAN, Filled(answers=fresh, other="ar")).section("situation").part.questions[0]
    assert question.beside
    assert (question.beside.dir, question.beside.stale) == ("rtl", False)
    data = Fields(drawn(show(PLAN, Filled(answers=fresh, other="ar")))).data
    data["wishes"] = "Arbeta heltid"
    changed = read(PLAN, data).sections["situation"]
    stale = show(PLAN, Filled(answers=changed, other="ar")).section("situation").part.questions[0].beside
    assert stale
    assert stale.stale
    data["wishes@ar"] = "العمل بدوام كامل"
    mended = show(PLAN, Filled(answers=read(PLAN, data).sections["situation"], other="ar"))
    assert mended.section("situation").part.questions[0].beside.stale is False  # type: ignore[union-attr]


def test_what_stood_before_is_beside_only_where_it_differs() -> None:
    before = {"housing": "own", "interpreter": "dari"}
    page = drawn(
        show(PLAN, Filled(answers={"housing": "none", "interpreter": "dari"}, before=before, before_name="v 3"))
    )
    assert page.count("I v 3 stod") == 1
    assert "Egen bostad med kontrakt</q>" in page


def test_two_fillings_in_are_compared_question_by_question() -> None:
    mine, theirs = (show(PLAN, Filled(answers=each)).section("goals") for each in (
        {**GOAL, "goals/a/goal": "Arbeta på heltid"}, {"goals": ["a"], "goals/a/goal": "Arbeta i kök"},
    ))  # fmt: skip
    found = differing(mine, theirs)
    assert [each.row for each in found] == ["mål 1", "mål 2"]
    assert "kök" in "".join(text for text, differs in found[0].theirs if differs)
    assert found[1].theirs == []


def test_a_day_is_written_in_each_language() -> None:
    on = dt.date(2027, 6, 1).isoformat()
    question = show(PLAN, Filled(answers={**GOAL, "goals/a/goal_by": on}, other="en")).section("goals")
    words = question.part.rows[0].body.questions[2].answer[0]
    assert words.own.text == "1 juni 2027"
    assert words.beside is not None
    assert words.beside.text == "1 June 2027"


def test_a_signed_form_is_read_with_scores_first_and_what_changed_last() -> None:
    older, newer = ({**GOAL, "goals/a/goal": text} for text in ("Arbeta", "Arbeta heltid"))
    held = {group.id: "" for group in PLAN.groups}
    sheet = show(PLAN, Filled(answers=newer, held=held))
    changed = differing(sheet.section("goals"), show(PLAN, Filled(answers=older)).section("goals"))
    page = drawn(sheet, "instruments/read.html", scores=["14 av 40 poäng"], history=[("version 3", changed)])
    assert page.index("14 av 40 poäng") < page.index("Arbeta heltid") < page.index("<ins>")
    assert "<textarea" not in page
    assert not [name for name in Fields(page).data if name.startswith("version.")]
