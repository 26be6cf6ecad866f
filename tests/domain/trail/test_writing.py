"""What every action promises: rows, log and undo together or not at all."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from matrikel.base.scope import acting_as
from matrikel.domain.people.models import Permit, Person
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry, Head
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, RuleBroken, Unscoped
from tests.cast import Cast


def amina(by: Acting, name: str = "Amina") -> Person:
    with trail.writing("test.person.made", by=by) as act:
        return act.create(Person(board_id=by.board_id, given_name=name, registered_by_unit_id=by.unit_id))


def test_a_created_row_is_logged_with_its_actor(bertil: Acting) -> None:
    person = amina(bertil)
    entry = Entry.objects.get(chain=bertil.board_id)
    assert (entry.action, entry.outcome, entry.post_id) == ("test.person.made", "created", bertil.post_id)
    assert str(person.pk) in entry.canon
    assert "Amina" not in entry.canon


def test_a_fault_leaves_neither_row_nor_entry(bertil: Acting) -> None:
    with pytest.raises(ZeroDivisionError), trail.writing("test.fault", by=bertil) as act:
        act.create(Person(board_id=bertil.board_id, given_name="Ingen", registered_by_unit_id=bertil.unit_id))
        raise ZeroDivisionError
    assert not Person.objects.exists()
    assert not Entry.objects.filter(chain=bertil.board_id).exists()


def test_undo_takes_a_creation_back(bertil: Acting) -> None:
    person = amina(bertil)
    receipt = trail.undoable(by=bertil, since=clock.now() - timedelta(minutes=1)).get()
    trail.undo(receipt.pk, by=bertil)
    assert not Person.objects.exists()
    assert Person.with_voided.get(pk=person.pk).voided_at is not None


def test_undo_puts_back_what_stood_before(bertil: Acting) -> None:
    person = amina(bertil)
    with trail.writing("test.person.renamed", by=bertil) as act:
        act.change(person, given_name="Amal", birth_date=date(1990, 3, 12))
        act.change(person, given_name="Amela")
    trail.undo(act.receipt_id, by=bertil)
    person.refresh_from_db()
    assert (person.given_name, person.birth_date) == ("Amina", None)


def test_undo_of_an_act_that_made_and_changed_a_row(bertil: Acting) -> None:
    with trail.writing("test.both", by=bertil) as act:
        person = act.create(Person(board_id=bertil.board_id, given_name="A", registered_by_unit_id=bertil.unit_id))
        act.change(person, given_name="B")
    trail.undo(act.receipt_id, by=bertil)
    assert not Person.objects.exists()


def test_undo_is_refused_when_late_done_or_another_s(bertil: Acting, cast: Cast) -> None:
    amina(bertil)
    receipt = trail.undoable(by=bertil, since=clock.now() - timedelta(minutes=1)).get()
    with pytest.raises(Missing):
        trail.undo(receipt.pk, by=cast.cecilia)
    with (
        time_machine.travel(clock.now() + timedelta(minutes=16), tick=False),
        pytest.raises(RuleBroken) as late,
    ):
        trail.undo(receipt.pk, by=bertil)
    assert late.value.code == "too_late"
    trail.undo(receipt.pk, by=bertil)
    with pytest.raises(RuleBroken) as twice:
        trail.undo(receipt.pk, by=bertil)
    assert twice.value.code == "already_undone"


def test_undo_stops_when_a_colleague_changed_the_row_since(bertil: Acting, cast: Cast) -> None:
    person = amina(bertil)
    receipt = trail.undoable(by=bertil, since=clock.now() - timedelta(minutes=1)).get()
    with trail.writing("test.renamed", by=cast.cecilia) as act:
        act.change(Person.objects.get(pk=person.pk), given_name="Annat")
    with pytest.raises(Conflict):
        trail.undo(receipt.pk, by=bertil)
    assert Person.objects.get().given_name == "Annat"


def test_two_who_edit_the_same_row_see_both_texts(bertil: Acting) -> None:
    amina(bertil)
    first, second = Person.objects.get(), Person.objects.get()
    with trail.writing("test.first", by=bertil) as act:
        act.change(first, own_script="ሰላም")
    with pytest.raises(Conflict) as conflict, trail.writing("test.second", by=bertil) as act:
        act.change(second, own_script="سلام")
    assert conflict.value.mine == {"own_script": "سلام"}
    assert conflict.value.theirs == {"own_script": "ሰላም"}


def test_the_same_form_twice_is_done_once(bertil: Acting) -> None:
    key = uuid4()
    with trail.once(key):
        amina(bertil)
    with pytest.raises(RuleBroken) as twice, trail.once(key):
        amina(bertil)
    assert twice.value.code == "already_done"
    assert Person.objects.count() == 1


def test_an_action_inside_an_action_shares_its_receipt(bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        person = amina(bertil)
        act.create(Permit(board_id=bertil.board_id, person=person, ground="refugee", start_date=date(2024, 1, 1)))
    receipt = trail.undoable(by=bertil, since=clock.now() - timedelta(minutes=1)).get()
    assert len(receipt.steps) == 2
    trail.undo(receipt.pk, by=bertil)
    assert not Person.objects.exists()
    assert not Permit.objects.exists()


def test_the_chain_verifies_and_shows_where_it_was_cut(bertil: Acting) -> None:
    amina(bertil)
    trail.read("test.seen", by=bertil, persons=[uuid4(), uuid4()])
    assert trail.broken_chains() == []
    Head.objects.filter(chain=bertil.board_id).update(seq=2)
    assert [(b.chain, b.seq) for b in trail.broken_chains()] == [(bertil.board_id, 4)]


def test_the_log_cannot_be_changed_or_emptied(bertil: Acting) -> None:
    amina(bertil)
    for statement in ("UPDATE trail_entry SET action = 'x'", "DELETE FROM trail_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.filter(chain=bertil.board_id).exists()


def test_without_an_acting_post_nothing_is_reached(cast: Cast) -> None:
    with pytest.raises(Unscoped):
        Person.objects.exists()
    with acting_as(cast.bertil):
        assert not Person.objects.exists()
