"""Signing asks for all that is required, keeps scores with their limits, locks; a new version corrects it."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.models import Response, Section
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, RuleBroken
from matrikel.kernel.period import add_months
from tests.cast import Cast, acting_as

from .conftest import Write

NEVER = {"frequency": "never"}


def filled_audit(case: cases.Case, by: Acting, write: Write, points: int) -> instruments.Response:
    """An AUDIT of so many points: frequency, glasses, six glasses, guilt and memory, four at most each."""
    draft = instruments.begin(case=case, form="audit", by=by)
    form = instruments.form_of(draft)
    answers: dict[str, str] = {}
    left = points - 1
    for name, item in form.items.items():
        worth = 1 if name == "frequency" else max(o.value for o in item.options if o.value <= left)
        answers[name] = next(o.id for o in item.options if o.value == worth)
        left -= 0 if name == "frequency" else worth
    assert left == 0
    for group in form.groups:
        write(draft, group.id, by, **{item.id: answers[item.id] for item in group.items})
    return draft


@pytest.mark.parametrize(
    ("sex", "age", "points", "band", "limits"),
    [
        ("female", 30, 5, "low", "women"), ("female", 30, 6, "risk", "women"), ("male", 30, 7, "low", "men"),
        ("male", 30, 8, "risk", "men"), ("male", 66, 7, "risk", "older"), ("female", 64, 15, "risk", "women"),
        ("female", 30, 16, "harmful", "women"), ("male", 30, 20, "dependent", "men"),
    ],
)  # fmt: skip
def test_audit_at_the_limits(
    catalogue: object, case: cases.Case, bertil: Acting, write: Write,
    sex: str, age: int, points: int, band: str, limits: str,
) -> None:  # fmt: skip
    draft = filled_audit(case, bertil, write, points)
    instruments.sign(response=draft, by=bertil, sex=sex, age=age)
    held = instruments.response_for(bertil, draft.pk)
    score = next(each for each in held.scores.all() if each.scoring == "total")
    assert (score.figure, score.band, score.limits) == (str(points), band, limits)
    assert (held.limit_sex, held.limit_age) == (sex, age)
    assert [each.what for each in held.openings.all()] == (["addiction_care"] if band == "dependent" else [])


def test_limits_are_chosen_by_the_assessor(catalogue: object, case: cases.Case, bertil: Acting, write: Write) -> None:
    draft = filled_audit(case, bertil, write, 7)
    with pytest.raises(RuleBroken) as fault:
        instruments.sign(response=draft, by=bertil)
    assert fault.value.code == "limits_unchosen"


def test_what_is_missing_is_said_at_each_question_and_nothing_is_signed(
    talk: instruments.Response, bertil: Acting, write: Write
) -> None:
    write(talk, "now", bertil, level="sometimes")
    with pytest.raises(instruments.Unfinished) as fault:
        instruments.sign(response=talk, by=bertil)
    assert set(instruments.by_place(fault.value.faults)) == {"wish", "level"}
    assert not instruments.response_for(bertil, talk.pk).is_signed


def test_a_signed_response_keeps_what_counts_and_is_locked(
    talk: instruments.Response, bertil: Acting, write: Write, cast: Cast
) -> None:
    write(talk, "later", bertil, why="Frågan visas inte när det går bra")
    write(talk, "now", bertil, wish="Jobb", level="well")
    signed = instruments.sign(response=talk, by=bertil)
    held = instruments.response_for(bertil, talk.pk)
    assert instruments.answers_of(held) == {"wish": "Jobb", "level": "well"}
    assert (held.due_on, held.signed_by_id) == (add_months(clock.today(), 6), bertil.post_id)
    for attempt in (
        lambda: write(talk, "now", bertil, wish="annat"),
        lambda: instruments.sign(response=talk, by=bertil),
        lambda: instruments.discard(response=signed, by=bertil),
    ):
        with pytest.raises(RuleBroken) as fault:
            attempt()
        assert fault.value.code == "signed"


def test_the_database_itself_locks_what_is_signed(talk: instruments.Response, bertil: Acting, write: Write) -> None:
    write(talk, "now", bertil, wish="Jobb")
    instruments.sign(response=talk, by=bertil)
    held = Response.objects.get(pk=talk.pk)
    part = Section.objects.get(response=talk, section="now")
    for row, values in (
        (held, {"due_on": None, "language": "en"}),
        (part, {"answers": {}}),
        (held, {"signed_at": None}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), trail.writing("test.forced", by=bertil) as act:
            act.change(row, **values)
    with pytest.raises(DatabaseError), transaction.atomic(), trail.writing("test.forced", by=bertil) as act:
        act.change(held.form_version, snapshot={"form": {}})


def test_neither_signature_nor_an_earlier_save_can_be_undone(
    talk: instruments.Response, bertil: Acting, write: Write
) -> None:
    with trail.writing("test.outer", by=bertil) as saving:
        write(talk, "now", bertil, wish="Jobb")
    with trail.writing("test.outer", by=bertil) as signing:
        instruments.sign(response=talk, by=bertil)
    with pytest.raises(RuleBroken) as fault:
        trail.undo(signing.receipt_id, by=bertil)
    assert fault.value.code == "sealed"
    with pytest.raises(Conflict):
        trail.undo(saving.receipt_id, by=bertil)


def test_one_signs_what_one_has_read(talk: instruments.Response, bertil: Acting, write: Write, cast: Cast) -> None:
    write(talk, "now", bertil, wish="Jobb")
    seen = {name: part.version for name, part in instruments.sections_of(talk).items()}
    with acting_as(cast.cecilia) as cecilia:
        instruments.save_section(
            response=talk, section="steps", answers={"steps": []}, version=1, by=cecilia, written_in=uuid4()
        )
    with pytest.raises(RuleBroken) as fault:
        instruments.sign(response=talk, by=bertil, seen=seen)
    assert fault.value.code == "changed_since"


def test_a_signed_response_is_replaced_and_its_history_stays(
    talk: instruments.Response, amina: Person, bertil: Acting, write: Write
) -> None:
    write(talk, "now", bertil, wish="Jobb")
    first = instruments.sign(response=talk, by=bertil)
    second = instruments.replace(response=first, by=bertil)
    assert instruments.replace(response=first, by=bertil).pk == second.pk
    assert instruments.answers_of(second) == {"wish": "Jobb"}
    assert {each.pk for each in instruments.responses_of(amina, bertil)} == {first.pk, second.pk}
    write(second, "now", bertil, wish="Jobb som kock")
    instruments.sign(response=second, by=bertil)
    assert [each.pk for each in instruments.responses_of(amina, bertil)] == [second.pk]
    old, new = instruments.history_of(second, bertil)
    assert instruments.differences(instruments.answers_of(old), instruments.answers_of(new)) == {
        "wish": ("Jobb", "Jobb som kock")
    }


def test_it_is_due_again_in_ones_own_cases(
    talk: instruments.Response, bertil: Acting, write: Write, cast: Cast, time_machine: object
) -> None:
    write(talk, "now", bertil, wish="Jobb")
    signed = instruments.sign(response=talk, by=bertil)
    assert instruments.due_again(bertil) == []
    time_machine.move_to(add_months(clock.today(), 6))  # type: ignore[attr-defined]
    assert [row.response.pk for row in instruments.due_again(bertil)] == [signed.pk]
    for other in (cast.cecilia, cast.david, cast.erik):
        with acting_as(other):
            assert instruments.due_again(other) == []
    instruments.replace(response=signed, by=bertil)
    assert instruments.due_again(bertil) == []
