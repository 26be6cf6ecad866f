"""A row that meets somebody: fills in what is missing, overwrites nothing, and never tells of somebody out of reach."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.imports import door as imports
from matrikel.domain.imports.door import Batch, Row
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.kernel.acting import Acting
from matrikel.kernel.numbers import parse
from tests.cast import Cast
from tests.domain.imports.conftest import AMINA, AMINA_ROW, HEADINGS, OMAR_ROW, SARA, marked, register_of
from tests.imports.reading.registers import xlsx

Take = Callable[..., Batch]
TODAY = date(2026, 11, 20)


def amina_of(by: Acting, **said: Any) -> people.Person:
    number = parse(AMINA, register_date=TODAY)
    return people.register(**{"given_name": "Amina", "family_name": "Hassan", "identity": number, "by": by} | said)


def kinds() -> list[str]:
    return [problem["kind"] for row in Row.objects.order_by("place") for problem in row.problems]


def test_what_is_missing_is_filled_in(take_in: Take, cecilia: Acting) -> None:
    amina = amina_of(cecilia)
    batch = take_in(register_of(AMINA_ROW))
    assert (batch.good, batch.filled, batch.new) == (1, 1, 0)
    amina.refresh_from_db()
    assert (amina.country, amina.first_registered_on) == ("SO", date(2007, 3, 15))
    assert cases.Case.objects.get().person_id == amina.pk


def test_what_differs_is_told_and_left(take_in: Take, cecilia: Acting) -> None:
    amina = amina_of(cecilia, country="ET", family_name="Hasan Ali")
    people.register_in_municipality(person=amina, municipality=cecilia.municipality, on=date(2007, 5, 1), by=cecilia)
    cases.receive(person=amina, received_on=date(2007, 3, 1), category="relative", by=cecilia)
    cases.open_case(person=amina, on=date(2007, 2, 1), by=cecilia)
    before = (amina.refreshed().country, amina.family_name)
    batch = take_in(register_of(AMINA_ROW))
    assert (batch.flagged, batch.unchanged) == (1, 1)
    assert kinds() == ["differs"] * 5
    headings = {problem["heading"] for problem in Row.objects.get().problems}
    assert headings == {"Efternamn", "Land", "Folkbokförd", "Kategori", "Inskriven"}
    assert (amina.refreshed().country, amina.family_name) == before
    assert people.Registration.objects.get().start_date == date(2007, 5, 1)


def test_an_end_is_filled_in_and_a_later_period_added(take_in: Take, cecilia: Acting) -> None:
    open_end = [*AMINA_ROW, "2007-08-01", ""]
    take_in(register_of(open_end))
    take_in(register_of([*AMINA_ROW, "2007-08-01", "2007-10-01"]))
    take_in(register_of([*AMINA_ROW, "2008-01-07", "2008-02-01"]))
    periods = services.Participation.objects.order_by("start_date").values_list("start_date", "end_date")
    assert list(periods) == [(date(2007, 8, 1), date(2007, 10, 1)), (date(2008, 1, 7), date(2008, 2, 1))]
    clashing = take_in(register_of([*AMINA_ROW, "2008-01-10", "2008-03-01"]))
    assert (clashing.flagged, clashing.unchanged) == (1, 1)


def test_periods_that_go_into_each_other_are_refused(take_in: Take) -> None:
    headings = [*HEADINGS, "Praktik 2 fr o m", "Praktik 2 t o m"]
    row = [*OMAR_ROW, "", "", "2007-11-01", "2008-02-01"]
    batch = take_in(xlsx([headings, row]))
    assert (batch.refused, kinds(), people.Person.objects.count()) == (1, ["overlaps"], 0)


def test_without_a_number_name_birth_and_row_number_together_are_the_same(take_in: Take) -> None:
    headings = ["Nr", "Efternamn", "Förnamn", "Född", "Inskriven"]
    take_in(xlsx([headings, [7, "Ali", "Sara", "1980-02-03", ""]]))
    same = take_in(xlsx([headings, [7, "Ali", "Sara", "1980-02-03", "2007-05-01"]]))
    assert (same.filled, people.Person.objects.count()) == (1, 1)
    alike = take_in(xlsx([headings, [8, "ALI", "Sara", "1980-02-03", ""]]))
    assert (alike.new, alike.flagged, people.Person.objects.count()) == (1, 1, 2)
    assert kinds()[-1] == "looks_alike"
    choices = {"protected": "no", "alike": "hold"}
    held = take_in(xlsx([headings, [9, "Ali", "Sara", "1980-02-03", ""]]), choices=choices)
    assert (held.new, held.flagged, people.Person.objects.count()) == (0, 1, 2)


def test_numbers_of_two_persons_on_one_row_are_refused(take_in: Take, cecilia: Acting) -> None:
    amina_of(cecilia)
    other = parse("50-083223", register_date=TODAY, kind="lma")
    people.register(given_name="Omar", identity=other, by=cecilia)
    batch = take_in(xlsx([["Efternamn", "Förnamn", "Personnr", "LMA-nr"], ["Hassan", "Amina", AMINA, "50-083223"]]))
    assert (batch.refused, kinds()) == (1, ["two_persons"])


@pytest.mark.parametrize(("answer", "level"), [("no", "none"), ("yes", "unknown"), ("unknown", "unknown")])
def test_the_answer_decides_protection_where_the_file_is_silent(answer: str, level: str, take_in: Take) -> None:
    take_in(register_of(AMINA_ROW), choices={"protected": answer})
    take_in(marked(OMAR_ROW), choices={"protected": answer})
    levels = dict(people.Person.objects.values_list("given_name", "protection"))
    assert levels == {"Amina": level, "Omar": "marked"}


@pytest.mark.parametrize(("mark", "level"), [("", "none"), ("vet ej", "unknown"), ("nej", "none")])
def test_a_column_of_protection_is_taken_at_its_word(mark: str, level: str, take_in: Take) -> None:
    take_in(marked(OMAR_ROW, mark), choices={"protected": "no"})
    assert people.Person.objects.get().protection == level


def test_a_protected_row_is_seen_by_the_one_who_imported_it_alone(take_in: Take, cast: Cast, cecilia: Acting) -> None:
    take_in(marked(OMAR_ROW))
    assert people.visible(cecilia).count() == 1
    with acting_as(cast.bertil) as bertil:
        assert people.visible(bertil).count() == 0


def test_somebody_of_another_unit_is_told_as_the_door_tells_it(take_in: Take, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        amina_of(david, protection="none")
    with acting_as(cast.cecilia):
        batch = take_in(register_of(AMINA_ROW))
        assert (batch.refused, kinds()) == (1, ["known_elsewhere"])
        assert "Försörjningsenheten" in Row.objects.get().problems[0]["args"]["text"]


def test_somebody_protected_out_of_reach_is_as_if_nobody(take_in: Take, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        amina_of(david, protection="marked")
    with acting_as(cast.cecilia) as by:
        batch = imports.upload(content=register_of(AMINA_ROW), file_name="a.xlsx", by=by)
        previewed = imports.preview(batch=batch, by=by)
        assert (previewed.good, previewed.new) == (1, 1)
        batch = take_in(register_of(AMINA_ROW))
        assert (batch.good, batch.new, kinds()) == (1, 1, [])
        assert people.visible(by).count() == 1


def test_an_import_of_another_unit_says_nothing_here(take_in: Take, cast: Cast) -> None:
    """Exactly the same row, protected: the digest of somebody else's import must not tell that the person exists."""
    take_in(marked(OMAR_ROW))
    access_unit = cast.david
    head = access.employ(
        email="doris@example.test", name="Doris", role="unit_manager", by=None, start_date=date(2020, 1, 1),
        unit=access.Unit.objects.get(pk=access_unit.unit_id),
    )  # fmt: skip
    with acting_as(access.acting(head)) as doris:
        batch = take_in(marked(OMAR_ROW), by=doris)
        assert (batch.new, batch.unchanged) == (1, 0)


def test_case_workers_of_the_file_become_posts_by_choice(take_in: Take, cast: Cast, cecilia: Acting) -> None:
    rows = [["Efternamn", "Förnamn", "Personnr", "Inskriven", "Handläggare"],
            ["Hassan", "Amina", AMINA, "2007-03-01", "BB"], ["Ali", "Sara", SARA, "2007-03-01", "XX"]]  # fmt: skip
    take_in(xlsx(rows), choices={"protected": "no", "caseworkers": {"BB": str(cast.bertil.post_id)}})
    worked = dict(cases.Assignment.objects.values_list("case__person__given_name", "post_id"))
    assert worked == {"Amina": cast.bertil.post_id, "Sara": cecilia.post_id}


def test_a_day_that_has_not_come_is_refused(take_in: Take) -> None:
    row = [*AMINA_ROW[:7], "2031-01-01", ""]
    batch = take_in(register_of(row), register_date=date(2032, 1, 1))
    assert (batch.refused, kinds()) == (1, ["in_future"])
