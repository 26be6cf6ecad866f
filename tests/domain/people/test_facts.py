"""What leaves for statistics: plain rows, one human once, nothing taken back."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from matrikel.base.facts import Facts
from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people import facts
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from tests.cast import Cast
from tests.domain.people.test_register import last_receipt

ON = date(2024, 9, 3)


def rows(found: Facts) -> list[dict[str, Any]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_what_is_told(amina: people.Person, bertil: Acting) -> None:
    people.register_in_municipality(person=amina, municipality="2380", on=ON, by=bertil)
    people.begin_activity(person=amina, kind="employment", start_date=ON, extent=50, by=bertil)
    people.grant_permit(person=amina, ground="refugee", start_date=ON, by=bertil)
    people.move_out(person=amina, on=ON + timedelta(days=9), to_municipality="2309", by=bertil)
    amina = people.get_for(bertil, amina.pk)
    died = clock.today()
    people.record_death(person=amina, on=died, by=bertil)
    assert rows(facts.persons()) == [
        {
            "person_id": amina.pk, "birth_date": date(1990, 3, 12), "sex": "female", "country": "SY",
            "first_registered_on": ON, "death_date": died,
        }
    ]  # fmt: skip
    assert rows(facts.registrations()) == [
        {
            "person_id": amina.pk, "kind": "registration", "start_date": ON, "end_date": ON + timedelta(days=9),
            "municipality": "2380",
        }
    ]  # fmt: skip
    assert rows(facts.activities()) == [
        {
            "person_id": amina.pk, "kind": "employment", "start_date": ON, "end_date": died, "extent": 50,
            "basis": "unknown",
        }
    ]  # fmt: skip
    assert rows(facts.permits()) == [{"person_id": amina.pk, "ground": "refugee", "start_date": ON, "end_date": None}]
    assert [(row["kind"], row["date"], row["moved_to"]) for row in rows(facts.events())] == [
        ("left", ON + timedelta(days=9), "2309"),
        ("death", died, ""),
    ]


def test_an_unknown_sex_is_empty(bertil: Acting) -> None:
    people.register(by=bertil, given_name="Okänd")
    assert [row["sex"] for row in rows(facts.persons())] == [""]


def test_a_merged_person_counts_once_and_keeps_the_rows(amina: people.Person, bertil: Acting) -> None:
    double = people.register(by=bertil, given_name="Emina")
    people.begin_activity(person=double, kind="employment", start_date=ON, by=bertil)
    people.merge(keep=amina, drop=double, by=bertil)
    assert [row["person_id"] for row in rows(facts.persons())] == [amina.pk]
    assert [row["person_id"] for row in rows(facts.activities())] == [amina.pk]


def test_what_was_taken_back_is_gone(amina: people.Person, bertil: Acting) -> None:
    people.begin_activity(person=amina, kind="employment", start_date=ON, by=bertil)
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert rows(facts.activities()) == []
    people.begin_activity(person=amina, kind="employment", start_date=ON, by=bertil)
    registered = trail.undoable(by=bertil, since=clock.now() - timedelta(minutes=5)).get(
        action="people.person.registered"
    )
    trail.undo(registered.pk, by=bertil)
    assert rows(facts.persons()) == rows(facts.activities()) == []


def test_a_board_tells_of_its_own_and_asks_once(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.erik):
        assert rows(facts.persons()) == []
    with acting_as(cast.elsa), CaptureQueriesContext(connection) as caught:  # figures need no reach to persons
        assert len(rows(facts.persons())) == 1
    assert len([query for query in caught.captured_queries if "people_person" in query["sql"]]) == 1
