"""A draft is begun once, saved section by section, and never loses a word; two writers never overwrite each other."""

from pathlib import Path
from uuid import uuid4

import pytest

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import catalogue as files
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

from .conftest import Write, write_talk


def test_a_form_is_begun_once_and_gone_on_with(
    talk: instruments.Response, case: cases.Case, bertil: Acting, write: Write
) -> None:
    write(talk, "now", bertil, wish="Lära sig svenska")
    again = instruments.begin(case=case, form="talk", by=bertil)
    assert again.pk == talk.pk
    assert instruments.answers_of(again) == {"wish": "Lära sig svenska"}


def test_half_finished_answers_are_saved_with_their_faults(
    talk: instruments.Response, bertil: Acting, write: Write
) -> None:
    saved = write(talk, "now", bertil, wish="   ", level="sometimes")
    assert saved.section.answers == {"wish": "   ", "level": "sometimes"}
    assert [(fault.place, fault.code) for fault in saved.faults] == [("level", "answer_option")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 200_000, "answer_long"), ("Hej \u202eolleh", "answer_characters"), (["lista"] * 6000, "answer_form")],
)
def test_what_is_too_large_or_hidden_is_refused_and_nothing_else_is_lost(
    talk: instruments.Response, bertil: Acting, write: Write, text: object, code: str
) -> None:
    write(talk, "now", bertil, wish="Det jag skrev förut")
    saved = write(talk, "now", bertil, wish=text, level="well")
    assert saved.section.answers == {"wish": "Det jag skrev förut", "level": "well"}
    assert [(fault.place, fault.code) for fault in saved.faults] == [("wish", code)]


def test_an_answer_that_belongs_elsewhere_is_not_taken_in(
    talk: instruments.Response, bertil: Acting, write: Write
) -> None:
    saved = write(talk, "now", bertil, wish="Ja", why="annat avsnitt", nothing="finns inte")
    assert saved.section.answers == {"wish": "Ja"}
    assert {fault.code for fault in saved.faults} == {"answer_unknown"}
    with pytest.raises(Missing):
        instruments.save_section(response=talk, section="nowhere", answers={}, version=1, by=bertil, written_in=uuid4())


def test_rows_and_the_same_text_in_another_language_are_kept(
    talk: instruments.Response, bertil: Acting, write: Write
) -> None:
    answers = {"steps": ["r1"], "steps/r1/step": "Ring skolan", "steps/r1/step@ar": "اتصل بالمدرسة"}
    saved = write(talk, "steps", bertil, **answers)
    assert (saved.section.answers, saved.faults) == (answers, ())
    hidden = write(talk, "steps", bertil, **{**answers, "steps/r1/step@ar": "\u202eabc"})
    assert hidden.section.answers == answers
    assert [fault.place for fault in hidden.faults] == ["steps/r1/step@ar"]


def test_two_writers_in_two_sections_both_stand(talk: instruments.Response, bertil: Acting, cast: Cast) -> None:
    mine, theirs = uuid4(), uuid4()
    with acting_as(cast.cecilia) as cecilia:
        instruments.save_section(
            response=talk, section="later", answers={"why": "Tiden"}, version=1, by=cecilia, written_in=theirs
        )
    instruments.save_section(
        response=talk, section="now", answers={"wish": "Jobb"}, version=1, by=bertil, written_in=mine
    )
    assert instruments.answers_of(instruments.response_for(bertil, talk.pk)) == {"wish": "Jobb", "why": "Tiden"}


def test_two_writers_in_one_section_see_both_texts(talk: instruments.Response, bertil: Acting, cast: Cast) -> None:
    mine = uuid4()
    instruments.save_section(
        response=talk, section="now", answers={"wish": "Jobb"}, version=1, by=bertil, written_in=mine
    )
    with acting_as(cast.cecilia) as cecilia, pytest.raises(Conflict) as met:
        instruments.save_section(
            response=talk, section="now", answers={"wish": "Skola"}, version=1, by=cecilia, written_in=uuid4()
        )
    assert (met.value.mine["answers"], met.value.theirs["answers"]) == ({"wish": "Skola"}, {"wish": "Jobb"})
    assert met.value.version == 2
    saved = instruments.save_section(
        response=talk, section="now", answers={"wish": "Jobb, heltid"}, version=1, by=bertil, written_in=mine
    )
    assert saved.section.answers == {"wish": "Jobb, heltid"}, "a page does not meet its own autosave"


def test_outsiders_and_readers_meet_nothing(talk: instruments.Response, case: cases.Case, cast: Cast) -> None:
    for outsider in (*cast.outsiders, cast.rakel):
        with acting_as(outsider):
            with pytest.raises(Missing):
                instruments.response_for(outsider, talk.pk)
            with pytest.raises((Missing, NotAllowed)):
                instruments.begin(case=case, form="talk", by=outsider)
            with pytest.raises((Missing, NotAllowed)):
                instruments.save_section(
                    response=talk, section="now", answers={"wish": "x"}, version=1, by=outsider, written_in=uuid4()
                )
            with pytest.raises((Missing, NotAllowed)):
                instruments.discard(response=talk, by=outsider)


def test_the_log_names_the_acts_and_no_words(
    talk: instruments.Response, amina: Person, bertil: Acting, write: Write
) -> None:
    write(talk, "now", bertil, wish="Hemligt önskemål")
    entries = list(trail.of_person(amina.pk, by=bertil))
    assert "instruments.section.saved" in {entry.action for entry in entries}
    assert not any("Hemligt" in entry.canon for entry in entries)


def test_a_draft_thrown_away_can_be_had_back(
    talk: instruments.Response, amina: Person, bertil: Acting, write: Write
) -> None:
    write(talk, "now", bertil, wish="Jobb")
    with trail.writing("test.outer", by=bertil) as act:
        instruments.discard(response=talk, by=bertil)
    assert instruments.responses_of(amina, bertil) == []
    trail.undo(act.receipt_id, by=bertil)
    assert instruments.answers_of(instruments.response_for(bertil, talk.pk)) == {"wish": "Jobb"}


def test_a_closed_case_takes_no_new_form(catalogue: Path, case: cases.Case, bertil: Acting) -> None:
    cases.close_case(case=case, on=clock.today(), reason="work", by=bertil)
    with pytest.raises(RuleBroken) as fault:
        instruments.begin(case=case, form="talk", by=bertil)
    assert fault.value.code == "case_closed"


def test_a_form_nobody_has_or_may_use_is_missing(catalogue: Path, case: cases.Case, bertil: Acting) -> None:
    text = (catalogue / "talk.toml").read_text(encoding="utf-8")
    other = text.replace('"talk"', '"other"').replace("form.write", "staff.write")
    (catalogue / "other.toml").write_text(other, encoding="utf-8")
    files._read.cache_clear()
    for name in ("nothing", "other"):
        with pytest.raises(Missing):
            instruments.begin(case=case, form=name, by=bertil)
    assert [form.id for form in instruments.usable_forms(bertil)] == ["audit", "talk", "violence"]


def test_an_answered_version_is_immutable(
    talk: instruments.Response, catalogue: Path, amina: Person, bertil: Acting
) -> None:
    other = cases.open_case(person=_somebody(bertil), on=clock.today(), by=bertil)
    write_talk(catalogue, more='[[groups.items]]\nid = "added"\ntype = "text"\ntext = "Mer?"\n')
    files._read.cache_clear()
    with pytest.raises(RuleBroken) as fault:
        instruments.begin(case=other, form="talk", by=bertil)
    assert fault.value.code == "version_changed"
    assert "2" in str(fault.value)
    write_talk(catalogue, version=2, more='[[groups.items]]\nid = "added"\ntype = "text"\ntext = "Mer?"\n')
    files._read.cache_clear()
    newer = instruments.begin(case=other, form="talk", by=bertil)
    assert "added" in instruments.form_of(newer).items
    assert "added" not in instruments.form_of(instruments.response_for(bertil, talk.pk)).items


def test_a_corrected_text_is_no_new_version(talk: instruments.Response, catalogue: Path, bertil: Acting) -> None:
    path = catalogue / "talk.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Vad vill du?", "Vad önskar du?"), encoding="utf-8")
    files._read.cache_clear()
    other = cases.open_case(person=_somebody(bertil), on=clock.today(), by=bertil)
    newer = instruments.begin(case=other, form="talk", by=bertil)
    texts = [instruments.form_of(each).wordings["sv"].texts["item.wish.text"] for each in (talk, newer)]
    assert texts == ["Vad vill du?", "Vad önskar du?"]


def _somebody(by: Acting) -> Person:
    from tests.domain.cases.conftest import person_of

    return person_of(by, given_name="Noor")
