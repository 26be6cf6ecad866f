"""New names and new numbers; what was before is still found. Nobody protected is given away by a number."""

from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import IdentityNumber
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.conftest import number, personal
from tests.domain.people.test_register import last_receipt

ON = date(2025, 5, 1)


def test_a_new_name_leaves_the_old_one_to_be_found(amina: people.Person, bertil: Acting) -> None:
    people.rename(person=amina, given_name="Amal", family_name="Haddad", on=ON, by=bertil)
    (line,) = people.search(bertil, "hassan")
    assert (line.name, line.past_name) == ("Amal Haddad", "Amina Hassan")
    (line,) = people.search(bertil, "haddad")
    assert line.past_name == ""
    past = amina.past_names.get()
    assert past.until == ON - timedelta(days=1)
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.get_for(bertil, amina.pk).name == "Amina Hassan"
    assert people.search(bertil, "haddad") == []


def test_many_names_are_all_found(amina: people.Person, bertil: Acting) -> None:
    for turn in range(8):
        people.rename(person=amina, given_name=f"{'Lång' * 20}{'abcdefgh'[turn]}", family_name="H", on=ON, by=bertil)
    assert [line.id for line in people.search(bertil, "amina hassan")] == [amina.pk]


@pytest.mark.parametrize(
    ("names", "on", "code"),
    [
        (("Amina", "Hassan"), ON, "same_name"),
        (("", " "), ON, "no_identity"),
        (("A", "B"), date(2999, 1, 1), "in_future"),
        (("A", "B"), date(1980, 1, 1), "before_birth"),
        (("A" * 101, "B"), ON, "too_long"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    amina: people.Person, bertil: Acting, names: tuple[str, str], on: date, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.rename(person=amina, given_name=names[0], family_name=names[1], on=on, by=bertil)
    assert refused.value.code == code


def test_two_who_rename_see_each_other(amina: people.Person, bertil: Acting) -> None:
    version = people.get_for(bertil, amina.pk).version
    people.correct(person=people.get_for(bertil, amina.pk), by=bertil, given_name="Aminah")
    with pytest.raises(Conflict) as conflict:
        people.correct(person=people.get_for(bertil, amina.pk), by=bertil, version=version, given_name="Emina")
    assert conflict.value.mine["given_name"] == "Emina"
    assert conflict.value.theirs["given_name"] == "Aminah"
    assert conflict.value.version == version + 1


def test_a_new_number_ends_the_one_before(bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Nya", identity=number("19900372-9804"))
    people.give_number(person=person, identity=number("19900312-9815"), start_date=ON, by=bertil)
    rows = people.numbers_of(person)
    assert [(row.kind, row.start_date, row.end_date) for row in rows] == [
        ("personal", ON, None),
        ("coordination", None, ON - timedelta(days=1)),
    ]
    for text in ("900372-9804", "900312-9815"):
        assert [line.id for line in people.search(bertil, text)] == [person.pk]
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.current_number(person) == number("19900372-9804")


def test_other_kinds_stand_side_by_side(amina: people.Person, bertil: Acting) -> None:
    people.give_number(person=amina, identity=number("LMA 50-083223"), start_date=ON, by=bertil)
    assert len([row for row in people.numbers_of(amina) if row.end_date is None]) == 2
    assert people.current_number(amina) == number("19900312-9807")


def test_a_number_fills_in_what_was_unknown(bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Okänd")
    people.give_number(person=person, identity=number("19900312-9815"), by=bertil)
    assert (person.birth_date, person.sex) == (date(1990, 3, 12), "male")
    other = people.register(by=bertil, given_name="Annan", birth_date=date(1991, 1, 1))
    with pytest.raises(RuleBroken) as refused:
        people.give_number(person=other, identity=personal("19900312", 984), by=bertil)
    assert refused.value.code == "birth_date_differs"


def test_a_number_within_reach_is_taken(amina: people.Person, bertil: Acting) -> None:
    other = people.register(by=bertil, given_name="Annan")
    for attempt in (
        lambda: people.register(by=bertil, identity=number("9003129807")),
        lambda: people.give_number(person=other, identity=number("900312-9807"), by=bertil),
        lambda: people.give_number(person=amina, identity=number("900312-9807"), by=bertil),
    ):
        with pytest.raises(RuleBroken) as refused:
            attempt()
        assert (refused.value.code, refused.value.field) == ("number_taken", "identity")
    people.give_number(person=amina, identity=number("LMA 50-083223"), by=bertil)
    with pytest.raises(RuleBroken):
        people.register(by=bertil, identity=number("dossier 50-083223"))  # the same number on another paper


def test_a_number_in_another_unit_names_the_unit_and_is_logged(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        with pytest.raises(RuleBroken) as refused:
            people.register(by=david, given_name="Amina", identity=number("19900312-9807"))
        assert refused.value.code == "known_elsewhere"
        assert "Integrationsenheten" in str(refused.value)
        assert "Amina" not in str(refused.value)
        assert people.visible(david).count() == 0
    with acting_as(cast.bertil) as bertil:
        asked = trail.of_person(amina.pk, by=bertil).get(action="people.number.asked")
        assert asked.post_id == cast.david.post_id


def test_a_protected_holder_is_answered_as_nobody(hidden: people.Person, cast: Cast, bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Hemlig", family_name="Adressat", identity=personal("19850505", 982))
    assert people.search(bertil, "850505-982" + personal("19850505", 982).value[-1])[0].id == person.pk
    assert people.candidates(bertil, identity=personal("19850505", 982)) == [person]
    alarm = Entry.objects.get(chain=bertil.board_id, person_id=hidden.pk, action="people.number.collision")
    assert alarm.post_id == bertil.post_id
    with acting_as(cast.david) as david:
        with pytest.raises(RuleBroken) as refused:  # now an open person of another unit holds it too
            people.register(by=david, identity=personal("19850505", 982))
        assert refused.value.code == "known_elsewhere"


def test_inside_the_circle_the_number_is_taken(hidden: people.Person, cast: Cast) -> None:
    with acting_as(cast.cecilia) as cecilia, pytest.raises(RuleBroken) as refused:
        people.register(by=cecilia, identity=personal("19850505", 982))
    assert refused.value.code == "number_taken"


def test_another_board_knows_nothing_of_the_number(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.erik) as erik:
        other = people.register(by=erik, identity=number("19900312-9807"))
        assert IdentityNumber.objects.count() == 1
        assert people.get_for(erik, other.pk) == other
    with acting_as(cast.bertil) as bertil:
        assert not trail.of_person(amina.pk, by=bertil).filter(action__startswith="people.number").exists()


def test_local_numbers_are_a_unit_s_own(cast: Cast, bertil: Acting) -> None:
    people.register(by=bertil, identity=number("R-12"))
    with acting_as(cast.david) as david:
        assert people.register(by=david, identity=number("R-12"))


def test_outsiders_and_readers_cannot_touch_a_name_or_number(amina: people.Person, cast: Cast) -> None:
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by):
            with pytest.raises(fault):
                people.rename(person=amina, given_name="X", family_name="Y", on=ON, by=by)
            with pytest.raises(fault):
                people.give_number(person=amina, identity=number("19900312-9815"), by=by)
