"""Acts that share a transaction: each with its receipt and log, each wholly in or out, none noticing the others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry, Receipt
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

ON = date(2024, 3, 1)


def enrol(name: str, by: Acting, *, fails: bool = False) -> people.Person:
    with trail.writing("test.row.written", by=by):
        person = people.register(given_name=name, by=by)
        people.register_in_municipality(person=person, municipality="2380", on=ON, by=by)
        case = cases.open_case(person=person, on=ON, by=by)
        if fails:
            raise RuleBroken("no", "no")
        cases.close_case(case=case, on=ON, reason="work", by=by)
    return person


def test_they_leave_what_they_would_have_left_alone(bertil: Acting) -> None:
    with trail.together(by=bertil):
        amina, omar = enrol("Amina", bertil), enrol("Omar", bertil)
    assert amina.refreshed().first_registered_on == ON
    assert sorted(cases.Case.objects.values_list("serial", "close_reason")) == [(1, "work"), (2, "work")]
    assert cases.Assignment.objects.filter(end_date=ON).count() == 2
    receipts = {receipt.pk: receipt for receipt in Receipt.objects.all()}
    assert len(receipts) == 2
    assert Entry.objects.filter(person_id=omar.pk, action="cases.case.opened").exists()
    assert trail.broken_chains() == []
    for pk in receipts:
        trail.undo(pk, by=bertil)
    assert people.Person.objects.count() == cases.Case.objects.count() == 0


def test_one_that_fails_takes_nobody_with_it(bertil: Acting) -> None:
    with trail.together(by=bertil):
        enrol("Amina", bertil)
        with pytest.raises(RuleBroken):
            enrol("Omar", bertil, fails=True)
        enrol("Sara", bertil)
    assert {person.given_name for person in people.Person.objects.all()} == {"Amina", "Sara"}
    assert Receipt.objects.count() == 2
    assert trail.broken_chains() == []
    assert not Entry.objects.filter(canon__contains="Omar").exists()


def test_one_that_fails_after_the_others_were_sent_takes_nobody_with_it(bertil: Acting) -> None:
    with trail.together(by=bertil):
        enrol("Amina", bertil)
        with pytest.raises(RuleBroken), trail.writing("test.row.written", by=bertil):
            people.register(given_name="Omar", by=bertil)
            assert people.Person.objects.count() == 2, "a question sends what waits"
            raise RuleBroken("no", "no")
        assert people.Person.objects.count() == 1
    assert people.Person.objects.get().given_name == "Amina"
    assert Receipt.objects.count() == 1


def test_nothing_happened_when_the_whole_fails(bertil: Acting) -> None:
    with pytest.raises(ZeroDivisionError), trail.together(by=bertil):
        enrol("Amina", bertil)
        raise ZeroDivisionError
    assert people.Person.objects.count() == Receipt.objects.count() == 0


def test_questions_do_not_grow_with_the_acts(bertil: Acting) -> None:
    asked = []
    for number in (5, 25):
        with CaptureQueriesContext(connection) as queries, trail.together(by=bertil):
            for n in range(number):
                enrol(f"Person {number}-{n}", bertil)
        asked.append(sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries))
    assert asked[1] <= asked[0] + 6
