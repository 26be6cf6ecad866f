"""Forms about a newcomer are whole in easy Swedish and Arabic, those one reads in five more, with the same numbers."""

import re
import unicodedata

import pytest

from matrikel_forms import Form, coverage, texts_of
from tests.forms.test_forms_shipped import FORMS

READ_BY_THE_PERSON = (
    "activity_plan", "audit", "change_plan", "exit_survey", "health_talk", "introduction_plan_adult",
    "introduction_plan_child", "joint_plan", "supported_housing_plan", "user_survey",
)  # fmt: skip
ASKED_BY_A_WORKER = ("child_impact", "dudit", "freda_routing", "initial_assessment", "work_mapping")
"""And DUDIT, which few are given: in easy Swedish and Arabic only."""
ABOUT_THE_PERSON = READ_BY_THE_PERSON + ASKED_BY_A_WORKER
THEIRS = [FORMS[name] for name in ABOUT_THE_PERSON]
SCRIPTS = {"ti": "ETHIOPIC", "so": "LATIN", "uk": "CYRILLIC", "fa": "ARABIC", "prs": "ARABIC"}
DRAFTED = [(FORMS[name], lang) for name in READ_BY_THE_PERSON for lang in SCRIPTS if lang not in FORMS[name].languages]
"""Translations nobody has approved; what is in `languages` is held to be complete and approved."""
EASY, WORDS_IN_A_SENTENCE, WORDS_KEPT = "sv-x-lattlast", 12, 9
"""How long a sentence of easy Swedish may be, and a text that was easy enough to be kept as it is."""


def _sentences(text: str) -> list[str]:
    return [each for each in re.split(r"[.?!:]\s*", text) if each]


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
@pytest.mark.parametrize("lang", [EASY, "ar"])
def test_every_text_is_there_and_of_the_swedish_of_today(form: Form, lang: str) -> None:
    counts = coverage(form)[lang]
    assert (counts["missing"], counts["stale"]) == (0, 0)


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
def test_every_text_in_arabic_is_arabic(form: Form) -> None:
    texts = form.wordings["ar"].texts
    assert [key for key, text in texts.items() if not re.search("[\u0621-\u064a]", text)] == []
    assert {key: text for key, text in texts.items() if re.search("[\u0660-\u0669\u06f0-\u06f9]", text)} == {}


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
@pytest.mark.parametrize("lang", ["ar", "fa", "prs"])
def test_no_range_is_read_backwards(form: Form, lang: str) -> None:
    """18–20 is set as 20–18 from right to left: from 18 to 20 is written out."""
    texts = form.wordings[lang].texts if lang in form.wordings else {}
    assert [text for text in texts.values() if re.search(r"\d\s*[-–—]\s*\d", text)] == []


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
def test_easy_swedish_is_short_sentences(form: Form) -> None:
    """And what is no easier than it was, was easy: the Swedish is kept only where it is short."""
    swedish = form.wordings["sv"].texts
    for key, text in form.wordings[EASY].texts.items():
        assert all(len(each.split()) <= WORDS_IN_A_SENTENCE for each in _sentences(text)), (key, text)
        if text == swedish[key]:
            assert len(text.split()) <= WORDS_KEPT, (key, text)


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
@pytest.mark.parametrize("lang", [EASY, "ar"])
def test_every_number_is_the_same_as_in_swedish(form: Form, lang: str) -> None:
    """A translated 21 years is 21 years: ages, limits and doses are never lost or changed."""
    swedish = form.wordings["sv"].texts
    for key, text in form.wordings[lang].texts.items():
        assert set(re.findall(r"\d+", swedish[key])) <= set(re.findall(r"\d+", text)), (key, text)


@pytest.mark.parametrize("form", THEIRS, ids=ABOUT_THE_PERSON)
def test_no_text_turns_the_direction_of_what_stands_around_it(form: Form) -> None:
    for lang in (EASY, "ar"):
        for key, text in form.wordings[lang].texts.items():
            assert not any(unicodedata.category(each) in ("Cc", "Cf") for each in text), (lang, key)


@pytest.mark.parametrize(("form", "lang"), DRAFTED, ids=[f"{form.id}-{lang}" for form, lang in DRAFTED])
def test_what_nobody_has_approved_is_a_whole_draft_in_its_own_letters(form: Form, lang: str) -> None:
    """Every text is there, made from the Swedish of today and marked a draft, and none is the Swedish over again."""
    swedish, shown = form.wordings["sv"].texts, texts_of(form, lang)
    assert {key: text.state for key, text in shown.items() if (text.state, text.lang) != ("draft", lang)} == {}
    assert {key for key, text in shown.items() if text.text == swedish[key]} == set()
    assert {key for key, text in shown.items() if not _has_letters_of(SCRIPTS[lang], text.text)} == set()
    for key, text in shown.items():
        assert set(re.findall(r"\d+", swedish[key])) <= set(re.findall(r"[0-9]+", text.text)), (key, text.text)


def _has_letters_of(script: str, text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(script) for letter in text)
