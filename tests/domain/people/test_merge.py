"""Two rows of the same human: merged by a human, read as one, undone as if nothing had happened."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.conftest import number
from tests.domain.people.test_register import last_receipt

SHOWN = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "country",
    "protection",
    "search_key",
    "sort_key",
    "merged_into_id",
)


@pytest.fixture
def double(bertil: Acting) -> people.Person:
    return people.register(
        by=bertil, given_name="Emina", family_name="Hasan", identity=number("LMA 50-083223"), country="IQ"
    )


def test_reads_follow_the_pointer(amina: people.Person, double: people.Person, bertil: Acting) -> None:
    people.begin_activity(person=double, kind="employment", start_date=date(2025, 1, 1), by=bertil)
    people.merge(keep=amina, drop=double, by=bertil)
    assert people.get_for(bertil, double.pk) == amina
    for text in ("emina hasan", "amina", "50-083223", "900312-9807"):
        assert [line.id for line in people.search(bertil, text)] == [amina.pk]
    assert people.visible(bertil).count() == 1
    assert [spell.label for spell in people.timeline(amina).spells] == ["Anställning"]
    assert len(people.numbers_of(amina)) == 2
    assert people.Activity.objects.get().person_id == double.pk  # rows never move
    assert people.named([double.pk], by=bertil) == {double.pk: amina}
    assert (amina.country, amina.protection) == ("SY", "unknown")  # own answers stand, the higher level wins


def test_chains_of_merges_lead_to_the_last(amina: people.Person, double: people.Person, bertil: Acting) -> None:
    third = people.register(by=bertil, given_name="Tredje")
    people.merge(keep=amina, drop=double, by=bertil)
    people.merge(keep=third, drop=people.get_for(bertil, amina.pk), by=bertil)
    assert people.get_for(bertil, double.pk) == third
    assert people.get_for(bertil, amina.pk) == third
    assert len(people.numbers_of(third)) == 2


def test_the_higher_protection_wins_and_the_circle_follows(
    amina: people.Person, hidden: people.Person, cast: Cast
) -> None:
    with acting_as(cast.cecilia) as cecilia:
        people.merge(keep=people.get_for(cecilia, amina.pk), drop=hidden, by=cecilia)
        assert people.get_for(cecilia, amina.pk).protection == "marked"
    for by in (cast.bertil, *cast.outsiders):
        with acting_as(by):
            for key in (amina.pk, hidden.pk):
                with pytest.raises(Missing):
                    people.get_for(by, key)


def test_another_unit_that_saw_one_sees_the_kept(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        double = people.register(by=david, given_name="Emina")
    with acting_as(cast.bertil) as bertil:
        access.relate(person_id=double.pk, ground=access.Ground.CASE, by=bertil)
        people.merge(keep=amina, drop=people.get_for(bertil, double.pk), by=bertil)
    with acting_as(cast.david) as david:
        assert people.get_for(david, double.pk) == amina


def test_undo_parts_them_again(amina: people.Person, double: people.Person, bertil: Acting) -> None:
    people.merge(keep=amina, drop=double, by=bertil)
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.get_for(bertil, double.pk) == double
    assert [line.id for line in people.search(bertil, "emina")] == [double.pk]
    assert people.search(bertil, "amina hasan") == []


def test_undo_stops_when_somebody_wrote_since(amina: people.Person, double: people.Person, bertil: Acting) -> None:
    people.merge(keep=amina, drop=double, by=bertil)
    receipt = last_receipt(bertil)
    people.correct(person=people.get_for(bertil, amina.pk), by=bertil, country="IQ")
    with pytest.raises(Conflict):
        trail.undo(receipt, by=bertil)  # type: ignore[arg-type]
    assert people.get_for(bertil, double.pk) == amina


names = st.text(alphabet="abcåäö ", max_size=6)
persons = st.fixed_dictionaries(
    {
        "given_name": names,
        "family_name": names,
        "own_script": st.sampled_from(["x", "ሰላም"]),
        "birth_date": st.none() | st.dates(date(1950, 1, 1), date(2020, 1, 1)),
        "sex": st.sampled_from(["female", "male", "unknown"]),
        "country": st.sampled_from(["", "SY", "ER"]),
        "protection": st.sampled_from(["none", "unknown", "marked", "registration"]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(persons, persons)
def test_merging_and_undoing_changes_nothing(bertil: Acting, one: dict[str, object], other: dict[str, object]) -> None:
    keep = people.register(by=bertil, **one)  # type: ignore[arg-type]
    drop = people.register(by=bertil, **other)  # type: ignore[arg-type]
    before = [{name: getattr(person, name) for name in SHOWN} for person in (keep, drop)]
    people.merge(keep=keep, drop=drop, by=bertil)
    kept = people.get_for(bertil, drop.pk)
    assert access.STRENGTH[access.Protection(kept.protection)] == max(
        access.STRENGTH[access.Protection(str(level))] for level in (one["protection"], other["protection"])
    )
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    after = [people.get_for(bertil, person.pk) for person in (keep, drop)]
    assert [{name: getattr(person, name) for name in SHOWN} for person in after] == before


def test_who_may_not(amina: people.Person, double: people.Person, cast: Cast, bertil: Acting) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.merge(keep=amina, drop=amina, by=bertil)
    assert refused.value.code == "same_person"
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by), pytest.raises(fault):
            people.merge(keep=amina, drop=double, by=by)
    with acting_as(cast.david) as david:
        own = people.register(by=david, given_name="Egen")
        with pytest.raises(Missing):
            people.merge(keep=own, drop=amina, by=david)
    people.merge(keep=amina, drop=double, by=bertil)
    with pytest.raises(Missing):
        people.correct(person=double, by=bertil, country="SY")
