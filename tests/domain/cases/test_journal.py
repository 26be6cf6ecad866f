"""The journal: drafts are their author's, signed notes are locked, struck notes keep their text."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TEXT = "Selam vill byta till kvällskurs."


def drafted(case: cases.Case, by: Acting, text: str = TEXT, **fields: object) -> cases.Note:
    return cases.write_note(case=case, kind="visit", happened_at=WHEN, text=text, by=by, **fields)


def signed(case: cases.Case, by: Acting, text: str = TEXT) -> cases.Note:
    return cases.sign_note(note=drafted(case, by, text), by=by)


def edited(note: cases.Note, by: Acting, text: str, **fields: object) -> cases.Note:
    given = {"version": note.version, "kind": "phone", "happened_at": WHEN, "text": text, **fields}
    return cases.edit_note(note=note, by=by, **given)


def test_a_draft_is_written_gone_on_with_and_signed(amina: Person, case: cases.Case, bertil: Acting) -> None:
    note = edited(drafted(case, bertil), bertil, "Ny text")
    note = cases.sign_note(note=note, by=bertil, version=2)
    held = cases.note_for(bertil, note.pk)
    assert (held.text, held.kind, held.author_id) == ("Ny text", "phone", bertil.post_id)
    assert held.signed_at is not None
    actions = list(trail.of_person(amina.pk, by=bertil).order_by("seq").values_list("action", flat=True))
    assert [a for a in actions if ".note." in a] == [
        "cases.note.drafted", "cases.note.edited", "cases.note.signed", "cases.note.read",
    ]  # fmt: skip
    assert not any(TEXT in entry.canon for entry in trail.of_person(amina.pk, by=bertil))


def test_a_draft_does_not_exist_for_anybody_else(case: cases.Case, bertil: Acting, cast: Cast, amina: Person) -> None:
    note = drafted(case, bertil)
    for other in (cast.cecilia, cast.rakel, cast.david):
        with acting_as(other):
            assert list(cases.notes_of(case, other)) == []
            assert list(cases.journal_of(amina, other)) == []
            with pytest.raises(Missing):
                cases.note_for(other, note.pk)
    with acting_as(cast.cecilia) as cecilia:
        for attempt in (
            lambda: edited(note, cecilia, "x"),
            lambda: cases.sign_note(note=note, by=cecilia),
            lambda: cases.discard_draft(note=note, by=cecilia),
            lambda: cases.strike_note(note=note, reason="fel person", by=cecilia),
        ):
            with pytest.raises(Missing):
                attempt()


def test_a_signed_note_is_locked_for_its_author_too(case: cases.Case, bertil: Acting) -> None:
    note = signed(case, bertil)
    for attempt in (
        lambda: edited(note, bertil, "annat"),
        lambda: cases.discard_draft(note=note, by=bertil),
        lambda: cases.sign_note(note=note, by=bertil),
    ):
        with pytest.raises(RuleBroken) as fault:
            attempt()
        assert fault.value.code == "signed"
        assert "14 kap. 3 §" in fault.value.paragraph
    assert cases.note_for(bertil, note.pk).text == TEXT


def test_the_database_itself_locks_a_signed_note(case: cases.Case, bertil: Acting) -> None:
    note = signed(case, bertil)
    changes = {
        "text": "annat",
        "kind": "phone",
        "happened_at": clock.now(),
        "signed_at": None,
        "voided_at": clock.now(),
    }
    for field, value in changes.items():
        stale = cases.Note.objects.get(pk=note.pk)
        with pytest.raises(DatabaseError), transaction.atomic(), trail.writing("test.forced", by=bertil) as act:
            act.change(stale, **{field: value})
    assert cases.note_for(bertil, note.pk).text == TEXT


def test_a_stale_draft_cannot_reach_a_note_signed_since(case: cases.Case, bertil: Acting) -> None:
    note = drafted(case, bertil)
    stale = cases.note_for(bertil, note.pk)
    cases.sign_note(note=note, by=bertil)
    with pytest.raises(Conflict):
        edited(stale, bertil, "annat")
    assert cases.note_for(bertil, note.pk).text == TEXT


def test_a_signature_cannot_be_undone(case: cases.Case, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        note = signed(case, bertil)
    with pytest.raises(RuleBroken) as fault:
        trail.undo(act.receipt_id, by=bertil)
    assert fault.value.code == "sealed"
    assert cases.note_for(bertil, note.pk).signed_at is not None


def test_the_draft_from_before_a_signature_cannot_be_undone_away(case: cases.Case, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        note = drafted(case, bertil)
    cases.sign_note(note=note, by=bertil)
    with pytest.raises(Conflict):
        trail.undo(act.receipt_id, by=bertil)


def test_a_struck_note_keeps_its_text_with_reason_and_who(
    amina: Person, case: cases.Case, bertil: Acting, cast: Cast
) -> None:
    note = signed(case, bertil)
    with acting_as(cast.cecilia) as cecilia:
        cases.strike_note(note=cases.note_for(cecilia, note.pk), reason="Gällde en annan person", by=cecilia)
    held = cases.journal_of(amina, bertil).get()
    assert (held.text, held.struck_reason, held.struck_by.user.name) == (TEXT, "Gällde en annan person", "Cecilia")
    with pytest.raises(RuleBroken) as fault:
        cases.strike_note(note=held, reason="en gång till", by=bertil)
    assert fault.value.code == "struck_already"


def test_striking_asks_for_a_reason_and_can_be_undone(case: cases.Case, bertil: Acting) -> None:
    note = signed(case, bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.strike_note(note=note, reason="  x ", by=bertil)
    assert (fault.value.code, fault.value.field) == ("reason_missing", "reason")
    with trail.writing("test.outer", by=bertil) as act:
        cases.strike_note(note=note, reason="Fel ärende", by=bertil)
    trail.undo(act.receipt_id, by=bertil)
    held = cases.note_for(bertil, note.pk)
    assert (held.struck_at, held.struck_reason, held.text) == (None, "", TEXT)


def test_only_the_author_or_the_leader_strikes(case: cases.Case, bertil: Acting, cast: Cast) -> None:
    note = cases.sign_note(note=drafted(case, cast.cecilia), by=cast.cecilia)
    with pytest.raises(NotAllowed):
        cases.strike_note(note=note, reason="Fel ärende", by=bertil)
    draft = drafted(case, bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.strike_note(note=draft, reason="Fel ärende", by=bertil)
    assert fault.value.code == "not_signed"


def test_a_draft_thrown_away_can_be_had_back(amina: Person, case: cases.Case, bertil: Acting) -> None:
    note = drafted(case, bertil)
    with trail.writing("test.outer", by=bertil) as act:
        cases.discard_draft(note=note, by=bertil)
    assert not cases.journal_of(amina, bertil).exists()
    trail.undo(act.receipt_id, by=bertil)
    assert cases.journal_of(amina, bertil).get().text == TEXT


def test_two_tabs_see_the_conflict_and_keep_both_texts(case: cases.Case, bertil: Acting) -> None:
    note = drafted(case, bertil)
    other = cases.note_for(bertil, note.pk)
    edited(note, bertil, "Text från den ena fliken", written_in=uuid4())
    with pytest.raises(Conflict) as conflict:
        edited(other, bertil, "Text från den andra", version=1, written_in=uuid4())
    assert conflict.value.mine["text"] == "Text från den andra"
    assert conflict.value.theirs["text"] == "Text från den ena fliken"


def test_a_form_does_not_conflict_with_its_own_autosave(case: cases.Case, bertil: Acting) -> None:
    form = uuid4()
    note = drafted(case, bertil, written_in=form)
    edited(note, bertil, "ett", written_in=form)
    again = cases.note_for(bertil, note.pk)
    assert edited(again, bertil, "ett två", version=1, written_in=form).text == "ett två"


@pytest.mark.parametrize(("fields", "code"), [({"text": "  "}, "empty"), ({"kind": "dream"}, "unknown_kind")])
def test_what_cannot_be_written(case: cases.Case, bertil: Acting, fields: dict[str, str], code: str) -> None:
    given = {"case": case, "kind": "visit", "happened_at": WHEN, "text": TEXT, "by": bertil, **fields}
    with pytest.raises(RuleBroken) as fault:
        cases.write_note(**given)
    assert fault.value.code == code


def test_what_has_not_happened_is_not_signed(case: cases.Case, bertil: Acting) -> None:
    ahead = cases.write_note(case=case, kind="visit", happened_at=clock.now() + timedelta(days=1), text=TEXT, by=bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.sign_note(note=ahead, by=bertil)
    assert (fault.value.code, fault.value.field) == ("happened_in_future", "happened_at")


def test_a_closed_case_takes_no_new_note_but_lets_a_draft_be_finished(case: cases.Case, bertil: Acting) -> None:
    note = drafted(case, bertil)
    cases.close_case(case=case, on=clock.today(), reason="work", by=bertil)
    with pytest.raises(RuleBroken) as fault:
        drafted(case, bertil)
    assert fault.value.code == "case_closed"
    assert cases.sign_note(note=cases.note_for(bertil, note.pk), by=bertil).signed_at is not None


def test_readers_and_outsiders_write_nothing(case: cases.Case, cast: Cast) -> None:
    for outsider, refusal in (
        (cast.rakel, NotAllowed),
        (cast.elsa, NotAllowed),
        (cast.david, Missing),
        (cast.erik, Missing),
    ):
        with acting_as(outsider), pytest.raises(refusal):
            drafted(case, outsider)


def test_notes_come_newest_first(amina: Person, case: cases.Case, bertil: Acting) -> None:
    for days, text in ((3, "ett"), (1, "tre"), (2, "två")):
        cases.write_note(case=case, kind="other", happened_at=WHEN - timedelta(days=days), text=text, by=bertil)
    assert [note.text for note in cases.journal_of(amina, bertil)] == ["tre", "två", "ett"]
