"""Who works a case: taken over, handed on, shared, within the unit."""

from datetime import date, timedelta

import pytest

from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

DAY = date(2026, 5, 4)


@pytest.fixture
def greta(cast: Cast) -> Acting:
    """A second case worker of Bertil's unit."""
    post = access.employ(email="greta@example.test", name="Greta", unit=cast.unit, role="caseworker", by=None)
    post = access.Post.objects.select_related("user", "unit__board").get(pk=post.pk)
    return access.acting(post, channel="test")


def test_handing_on_ends_the_earlier_one_the_day_before(
    amina: Person, case: cases.Case, bertil: Acting, greta: Acting
) -> None:
    cases.assign(case=case, post_id=greta.post_id, on=DAY, by=bertil)
    held = {a.post_id: (a.start_date, a.end_date) for a in case.assignments.all()}
    assert held == {bertil.post_id: (case.start_date, DAY - timedelta(days=1)), greta.post_id: (DAY, None)}
    assert not cases.my_cases(bertil).exists()
    assert [c.pk for c in cases.my_cases(greta)] == [case.pk]
    assert trail.of_person(amina.pk, by=bertil)[0].action == "cases.case.assigned"


def test_an_assignment_that_would_not_last_a_day_never_was(case: cases.Case, bertil: Acting, greta: Acting) -> None:
    cases.assign(case=case, post_id=greta.post_id, on=case.start_date, by=bertil)
    assert [a.post_id for a in case.assignments.all()] == [greta.post_id]


def test_without_the_right_to_distribute_one_takes_over_and_hands_on_ones_own(
    case: cases.Case, bertil: Acting, greta: Acting, cast: Cast
) -> None:
    with acting_as(greta), pytest.raises(NotAllowed):
        cases.assign(case=case, post_id=cast.cecilia.post_id, on=DAY, by=greta)
    with acting_as(greta):
        cases.assign(case=case, post_id=greta.post_id, on=DAY, by=greta)
    with pytest.raises(NotAllowed):
        cases.assign(case=case, post_id=cast.cecilia.post_id, on=DAY, by=bertil)
    with acting_as(cast.cecilia) as cecilia:
        cases.assign(case=case, post_id=bertil.post_id, on=DAY + timedelta(days=1), by=cecilia)
    assert case.caseworker == "Bertil"


def test_a_case_is_shared_and_left_again(case: cases.Case, bertil: Acting, greta: Acting) -> None:
    shared = cases.assign(case=case, post_id=greta.post_id, on=DAY, role="co", by=bertil)
    assert case.caseworker == "Bertil"
    assert cases.my_cases(greta).exists()
    cases.release(assignment=shared, on=DAY, by=greta)
    assert not cases.my_cases(greta).exists()
    with pytest.raises(RuleBroken) as fault:
        cases.release(assignment=case.assignments.get(post_id=bertil.post_id), on=DAY, by=bertil)
    assert fault.value.code == "main_caseworker"


def test_one_who_shares_a_case_takes_it_over_without_working_it_twice(
    case: cases.Case, bertil: Acting, greta: Acting
) -> None:
    cases.assign(case=case, post_id=greta.post_id, on=DAY, role="co", by=bertil)
    cases.assign(case=case, post_id=greta.post_id, on=DAY + timedelta(days=7), by=greta)
    current = case.assignments.filter(end_date=None)
    assert [(a.post_id, a.role) for a in current] == [(greta.post_id, "main")]


@pytest.mark.parametrize(
    ("who", "on", "code", "field"),
    [
        ("david", DAY, "unknown_post", "post_id"),
        ("rakel", DAY, "unknown_post", "post_id"),
        ("bertil", DAY, "assigned_already", "post_id"),
        ("cecilia", date(2026, 3, 1), "before_start", "on"),
        ("cecilia", date(2199, 1, 1), "in_future", "on"),
    ],
)
def test_what_cannot_be_is_refused(
    case: cases.Case, bertil: Acting, cast: Cast, who: str, on: date, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as fault:
        cases.assign(case=case, post_id=getattr(cast, who).post_id, on=on, by=bertil)
    assert (fault.value.code, fault.value.field) == (code, field)


def test_a_post_that_has_ended_is_given_nothing(case: cases.Case, bertil: Acting, greta: Acting, cast: Cast) -> None:
    access.Post.objects.filter(pk=greta.post_id).update(start_date=date(2020, 1, 1))
    with acting_as(cast.administrator) as administrator:
        access.end_post(post_id=greta.post_id, on=clock.today() - timedelta(days=1), by=administrator)
    with pytest.raises(RuleBroken) as fault:
        cases.assign(case=case, post_id=greta.post_id, on=DAY, by=bertil)
    assert fault.value.code == "unknown_post"


def test_a_closed_case_is_given_to_nobody(case: cases.Case, bertil: Acting, greta: Acting) -> None:
    cases.close_case(case=case, on=DAY, reason="work", by=bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.assign(case=case, post_id=greta.post_id, on=DAY, by=bertil)
    assert fault.value.code == "case_closed"


def test_undo_gives_the_case_back(case: cases.Case, bertil: Acting, greta: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        cases.assign(case=case, post_id=greta.post_id, on=DAY, by=bertil)
    trail.undo(act.receipt_id, by=bertil)
    assert [c.pk for c in cases.my_cases(bertil)] == [case.pk]
    assert not cases.my_cases(greta).exists()


def test_readers_and_outsiders_assign_nothing(case: cases.Case, cast: Cast) -> None:
    for outsider, refusal in (
        (cast.rakel, NotAllowed),
        (cast.elsa, NotAllowed),
        (cast.david, Missing),
        (cast.erik, Missing),
    ):
        with acting_as(outsider), pytest.raises(refusal):
            cases.assign(case=case, post_id=outsider.post_id, on=DAY, by=outsider)
