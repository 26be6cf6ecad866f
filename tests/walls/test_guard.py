"""The second wall: SQL on a board's rows that does not name the acting board is refused, on both databases."""

from uuid import uuid4

import pytest
from django.db import connection

from matrikel.base.guard import walled_tables
from matrikel.base.scope import acting_as
from matrikel.domain.people.models import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Unscoped
from tests.cast import Cast


def run(sql: str, params: list[object] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def make(by: Acting, name: str) -> Person:
    with acting_as(by), trail.writing("test.made", by=by) as act:
        return act.create(Person(board_id=by.board_id, given_name=name, registered_by_unit_id=by.unit_id))


@pytest.mark.parametrize("table", sorted(walled_tables()))
def test_a_bare_select_is_refused(table: str, bertil: Acting) -> None:
    with pytest.raises(Unscoped):
        run(f"SELECT count(*) FROM {table}")


def test_naming_another_board_is_refused(cast: Cast, bertil: Acting) -> None:
    with pytest.raises(Unscoped):
        run("SELECT id FROM people_person WHERE board_id = %s", [str(cast.erik.board_id)])


def test_a_literal_instead_of_a_parameter_is_refused(cast: Cast, bertil: Acting) -> None:
    with pytest.raises(Unscoped):
        run(f"SELECT id FROM people_person WHERE board_id = '{cast.bertil.board_id}'")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_person SET given_name = 'x'",
        "DELETE FROM people_person",
        "WITH p AS (SELECT * FROM people_person) SELECT * FROM p",
        "(SELECT id FROM people_person) UNION (SELECT id FROM people_household)",
        'SELECT 1 FROM "people_person"',
    ],
)
def test_other_ways_to_the_rows_are_refused(sql: str, bertil: Acting) -> None:
    with pytest.raises(Unscoped):
        run(sql)


def test_a_row_for_another_board_is_not_inserted(cast: Cast, bertil: Acting) -> None:
    stranger = Person(board_id=cast.erik.board_id, given_name="Ingen", registered_by_unit_id=cast.erik.unit_id)
    with pytest.raises(Unscoped):
        stranger.save(force_insert=True)


def test_the_manager_shows_only_the_acting_board(cast: Cast) -> None:
    make(cast.bertil, "Amina")
    make(cast.erik, "Bo")
    for by, name in ((cast.bertil, "Amina"), (cast.erik, "Bo")):
        with acting_as(by):
            assert [person.given_name for person in Person.objects.all()] == [name]


def test_reaching_through_a_key_stays_inside_the_board(cast: Cast) -> None:
    amina = make(cast.bertil, "Amina")
    with acting_as(cast.erik), pytest.raises(Person.DoesNotExist):
        amina.refresh_from_db()


def test_nested_acting_is_put_back(cast: Cast) -> None:
    make(cast.bertil, "Amina")
    with acting_as(cast.bertil):
        with acting_as(cast.erik):
            assert not Person.objects.exists()
        assert Person.objects.count() == 1


def test_an_unknown_id_is_simply_not_there(bertil: Acting) -> None:
    assert Person.objects.filter(pk=uuid4()).first() is None


def test_many_rows_at_once_are_read_too(cast: Cast, bertil: Acting) -> None:
    def person(by: Acting) -> Person:
        return Person(board_id=by.board_id, given_name="A", registered_by_unit_id=by.unit_id)

    Person.objects.bulk_create([person(cast.bertil) for _ in range(3)])
    assert Person.objects.count() == 3
    with pytest.raises(Unscoped):
        Person.objects.bulk_create([person(cast.erik) for _ in range(3)])
