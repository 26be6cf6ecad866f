"""A person is registered: once, with what is known, seen by the own unit alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import PastName
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.conftest import BORN, number, personal


def last_receipt(by: Acting) -> object:
    receipt = trail.undoable(by=by, since=clock.now() - timedelta(minutes=1)).first()
    assert receipt is not None
    return receipt.pk


def test_a_person_is_registered_with_what_is_known(amina: people.Person, bertil: Acting) -> None:
    found = people.get_for(bertil, amina.pk)
    assert (found.name, found.birth_date, found.sex, found.country) == ("Amina Hassan", BORN, "female", "SY")
    assert people.current_number(found) == number("19900312-9807")
    assert people.languages_of(found) == ["ar"]
    assert found.registered_by_unit_id == bertil.unit_id


def test_the_log_has_the_registration_without_name_or_number(amina: people.Person, bertil: Acting) -> None:
    entries = trail.of_person(amina.pk, by=bertil).filter(action="people.person.registered")
    assert entries.exists()
    for entry in entries:
        assert "Amina" not in entry.canon
        assert "19900312" not in entry.canon


def test_outsiders_see_nothing(amina: people.Person, unseen: Callable[[people.Person], None]) -> None:
    unseen(amina)


def test_a_reader_may_not_register(cast: Cast) -> None:
    for by in (cast.rakel, cast.elsa, cast.administrator):
        with acting_as(by), pytest.raises(NotAllowed):
            people.register(by=by, given_name="Ny")


def test_day_and_sex_come_from_the_number(bertil: Acting) -> None:
    person = people.register(by=bertil, identity=number("19900312-9815"))
    assert (person.birth_date, person.sex, person.name) == (BORN, "male", "Namn saknas")
    child = people.register(by=bertil, given_name="Utan", family_name="Nummer")
    assert (child.birth_date, child.sex) == (None, "unknown")
    only_own_script = people.register(by=bertil, own_script="ሰላም")
    assert only_own_script.name == "ሰላም"


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({}, "no_identity", "given_name"),
        ({"given_name": " \u202e "}, "no_identity", "given_name"),
        ({"given_name": "A" * 101}, "too_long", "given_name"),
        ({"given_name": "A", "birth_date": date(2999, 1, 1)}, "born_in_future", "birth_date"),
        ({"identity": number("19900312-9807"), "birth_date": date(1990, 3, 13)}, "birth_date_differs", "birth_date"),
        ({"given_name": "A", "country": "ZZ"}, "unknown_code", "country"),
        ({"given_name": "A", "languages": ["xx-klingon"]}, "unknown_code", "languages"),
        ({"given_name": "A", "sex": "x"}, "unknown_code", "sex"),
        ({"given_name": "A", "protection": "x"}, "unknown_code", "protection"),
        (
            {"given_name": "A", "birth_date": BORN, "first_registered_on": date(1980, 1, 1)},
            "end_before_start",
            "first_registered_on",
        ),
    ],
)
def test_what_cannot_be_is_refused(bertil: Acting, asked: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.register(by=bertil, **asked)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, field)
    assert people.visible(bertil).count() == 0


def test_a_registration_can_be_undone(amina: people.Person, bertil: Acting) -> None:
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    with pytest.raises(Missing):
        people.get_for(bertil, amina.pk)
    assert people.search(bertil, "amina") == []
    again = people.register(by=bertil, given_name="Amina", identity=number("19900312-9807"))
    assert people.get_for(bertil, again.pk) == again


def test_candidates_are_those_who_may_be_the_same(amina: people.Person, bertil: Acting) -> None:
    def found(**asked: object) -> bool:
        return people.candidates(bertil, **asked) == [amina]  # type: ignore[arg-type]

    assert found(identity=number("19900312-9807"))
    assert found(given_name="amina", family_name="HASSAN")
    assert found(given_name="Hassan", family_name="Amina")  # written in the other order
    assert found(birth_date=BORN)
    assert found(given_name="Annan", family_name="Hassan", birth_date=BORN)
    assert not found(given_name="Annan", family_name="Hassan")
    assert not found(given_name="Bo", birth_date=BORN)
    shown = Entry.objects.filter(chain=bertil.board_id, action="people.person.listed", person_id=amina.pk)
    assert shown.count() == 5


def test_a_corrected_person_keeps_what_was_not_touched(amina: people.Person, bertil: Acting) -> None:
    people.correct(person=amina, by=bertil, family_name="Hasan", languages=["ar", "so"])
    found = people.get_for(bertil, amina.pk)
    assert (found.name, found.birth_date) == ("Amina Hasan", BORN)
    assert people.languages_of(found) == ["ar", "so"]
    assert not PastName.objects.exists()
    assert [line.id for line in people.search(bertil, "hasan")] == [amina.pk]
    assert people.search(bertil, "hassan") == []
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.get_for(bertil, amina.pk).name == "Amina Hassan"
    assert people.languages_of(amina) == ["ar"]


def test_a_correction_keeps_to_the_rules(amina: people.Person, bertil: Acting, cast: Cast) -> None:
    for fields, code in (
        ({"birth_date": date(2999, 1, 1)}, "born_in_future"),
        ({"own_script": "x" * 201}, "too_long"),
        ({"interpreter_language": "qq-none"}, "unknown_code"),
    ):
        with pytest.raises(RuleBroken) as refused:
            people.correct(person=amina, by=bertil, **fields)
        assert refused.value.code == code
    nameless = people.register(by=bertil, given_name="Ensam")
    with pytest.raises(RuleBroken):
        people.correct(person=nameless, by=bertil, given_name="")
    with pytest.raises(TypeError):
        people.correct(person=amina, by=bertil, protection="none")
    for outsider in (cast.david, cast.erik):
        with acting_as(outsider), pytest.raises(Missing):
            people.correct(person=amina, by=outsider, given_name="X")


def test_two_numbers_on_one_day_are_two_persons(bertil: Acting) -> None:
    one = people.register(by=bertil, identity=personal("19900312", 981))
    other = people.register(by=bertil, identity=personal("19900312", 982))
    assert one.pk != other.pk
