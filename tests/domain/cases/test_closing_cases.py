"""Closing a case with its reason, referring onward, and opening it again."""

from datetime import date, timedelta

import pytest

from matrikel.base import codes
from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast, acting_as

CLOSED = date(2026, 9, 30)


def test_a_case_is_closed_with_a_reason_and_nobody_works_it(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    held = cases.cases_of(amina)[0]
    assert (held.end_date, held.close_reason, held.caseworker) == (CLOSED, "work", "")
    assert [a.end_date for a in case.assignments.all()] == [CLOSED]
    assert not cases.my_cases(bertil).exists()
    assert trail.of_person(amina.pk, by=bertil).filter(action="cases.case.closed").exists()
    assert cases.referrals_of(amina) == []


@pytest.mark.parametrize(
    ("on", "reason", "code", "field"),
    [
        (date(2026, 3, 1), "work", "end_before_start", "on"),
        (date(2199, 1, 1), "work", "in_future", "on"),
        (CLOSED, "boredom", "unknown_code", "reason"),
        (CLOSED, "", "unknown_code", "reason"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    case: cases.Case, bertil: Acting, on: date, reason: str, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as fault:
        cases.close_case(case=case, on=on, reason=reason, by=bertil)
    assert (fault.value.code, fault.value.field) == (code, field)
    assert cases.my_cases(bertil).exists()


def test_a_case_may_be_closed_the_day_it_was_opened_and_once(case: cases.Case, bertil: Acting) -> None:
    cases.close_case(case=case, on=case.start_date, reason="other", by=bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.close_case(case=case, on=case.start_date, reason="other", by=bertil)
    assert fault.value.code == "case_closed"


def test_closing_onward_to_social_services_is_a_referral_too(amina: Person, case: cases.Case, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        cases.close_case(case=case, on=CLOSED, reason="social_services", by=bertil)
    assert [(r.receiver, r.on) for r in cases.referrals_of(amina)] == [("social_services", CLOSED)]
    trail.undo(act.receipt_id, by=bertil)
    assert cases.referrals_of(amina) == []
    assert cases.current_case(amina) is not None


def test_a_referral_already_made_that_day_is_not_doubled(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.refer(case=case, receiver="social_services", on=CLOSED, by=bertil)
    cases.close_case(case=case, on=CLOSED, reason="social_services", by=bertil)
    assert len(cases.referrals_of(amina)) == 1


def test_every_reason_that_refers_names_a_receiver() -> None:
    for code in codes.code_list("close_reasons").values():
        assert code.counts_as != "referred" or code.code in codes.code_list("receivers")


def test_a_referral_leaves_the_case_open(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.refer(case=case, receiver="health_care", on=date(2026, 4, 1), by=bertil)
    assert cases.current_case(amina) == case
    assert trail.of_person(amina.pk, by=bertil)[0].action == "cases.case.referred"


@pytest.mark.parametrize(
    ("receiver", "on", "code", "field"),
    [
        ("nobody", CLOSED, "unknown_code", "receiver"),
        ("health_care", date(2026, 3, 1), "before_start", "on"),
        ("health_care", date(2199, 1, 1), "in_future", "on"),
    ],
)
def test_a_referral_that_cannot_be_is_refused(
    case: cases.Case, bertil: Acting, receiver: str, on: date, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as fault:
        cases.refer(case=case, receiver=receiver, on=on, by=bertil)
    assert (fault.value.code, fault.value.field) == (code, field)


def test_a_closed_case_takes_no_referral_and_the_same_one_not_twice(case: cases.Case, bertil: Acting) -> None:
    cases.refer(case=case, receiver="health_care", on=CLOSED, by=bertil)
    with pytest.raises(RuleBroken) as twice:
        cases.refer(case=case, receiver="health_care", on=CLOSED, by=bertil)
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    with pytest.raises(RuleBroken) as closed:
        cases.refer(case=case, receiver="adult_education", on=CLOSED, by=bertil)
    assert (twice.value.code, closed.value.code) == ("referred_already", "case_closed")


def test_a_closed_case_stays_readable_and_the_log_says_so(
    amina: Person, case: cases.Case, bertil: Acting, cast: Cast
) -> None:
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    with acting_as(cast.rakel) as rakel:
        assert cases.case_for(rakel, case.pk) == case
    assert '"ground":"closed case"' in trail.of_person(amina.pk, by=bertil)[0].canon


def test_undo_puts_the_case_and_its_caseworker_back(amina: Person, case: cases.Case, bertil: Acting) -> None:
    with trail.writing("test.outer", by=bertil) as act:
        cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    trail.undo(act.receipt_id, by=bertil)
    held = cases.current_case(amina)
    assert held is not None
    assert (held.close_reason, held.caseworker) == ("", "Bertil")


def test_two_who_close_at_once(case: cases.Case, amina: Person, bertil: Acting, cast: Cast) -> None:
    seen = cases.cases_of(amina)[0]
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    with acting_as(cast.cecilia) as cecilia, pytest.raises(Conflict) as conflict:
        cases.close_case(case=seen, on=CLOSED - timedelta(days=1), reason="moved", by=cecilia)
    assert conflict.value.theirs["close_reason"] == "work"


def test_reopening_lets_those_who_worked_it_go_on(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    cases.reopen_case(case=case, by=bertil)
    held = cases.current_case(amina)
    assert held is not None
    assert (held.close_reason, held.caseworker) == ("", "Bertil")
    assert [(a.start_date, a.end_date) for a in case.assignments.all()] == [(case.start_date, None)]
    with pytest.raises(RuleBroken) as fault:
        cases.reopen_case(case=case, by=bertil)
    assert fault.value.code == "case_open"


def test_reopening_after_the_caseworker_left_gives_it_to_who_reopens(
    amina: Person, case: cases.Case, bertil: Acting, cast: Cast
) -> None:
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    with acting_as(cast.administrator) as administrator:
        access.end_post(post_id=bertil.post_id, on=clock.today() - timedelta(days=1), by=administrator)
    with acting_as(cast.cecilia) as cecilia:
        cases.reopen_case(case=cases.case_for(cecilia, case.pk), by=cecilia)
        held = cases.current_case(amina)
        assert held is not None
        assert held.caseworker == "Cecilia"


def test_reopening_beside_a_newer_open_case_is_refused(amina: Person, case: cases.Case, bertil: Acting) -> None:
    cases.close_case(case=case, on=CLOSED, reason="work", by=bertil)
    newer = cases.open_case(person=amina, on=CLOSED, by=bertil)
    with pytest.raises(RuleBroken) as fault:
        cases.reopen_case(case=case, by=bertil)
    assert fault.value.code == "open_case_exists"
    assert newer.number in str(fault.value)


def test_readers_and_outsiders_do_not_write(case: cases.Case, bertil: Acting, cast: Cast) -> None:
    def attempts(by: Acting) -> None:
        cases.close_case(case=case, on=CLOSED, reason="work", by=by)

    for outsider, refusal in (
        (cast.rakel, NotAllowed),
        (cast.elsa, NotAllowed),
        (cast.david, Missing),
        (cast.erik, Missing),
    ):
        with acting_as(outsider):
            with pytest.raises(refusal):
                attempts(outsider)
            with pytest.raises(refusal):
                cases.refer(case=case, receiver="health_care", on=CLOSED, by=outsider)
            with pytest.raises(refusal):
                cases.reopen_case(case=case, by=outsider)
