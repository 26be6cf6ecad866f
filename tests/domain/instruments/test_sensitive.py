"""A sensitive form exists for its author, those who hold the case and the unit's manager; what it opens is settled."""

import pytest

from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, RuleBroken
from tests.cast import STARTED, Cast, acting_as

from .conftest import Write, opened_for


@pytest.fixture
def freda(catalogue: object, case: cases.Case, bertil: Acting, write: Write) -> instruments.Response:
    """Bertil has asked about violence, and the answer was yes."""
    draft = instruments.begin(case=case, form="violence", by=bertil)
    write(draft, "asked", bertil, hurt="yes")
    return instruments.sign(response=draft, by=bertil)


@pytest.fixture
def fatima(cast: Cast) -> Acting:
    """A case worker of the same unit who does not hold the case."""
    post = access.employ(
        email="fatima@example.test", name="Fatima", unit=cast.unit, role="caseworker", by=None,
        password="ett-långt-lösen", start_date=STARTED,
    )  # fmt: skip
    return access.acting(post, channel="test")


def test_it_does_not_exist_for_others(
    freda: instruments.Response, amina: Person, bertil: Acting, cast: Cast, fatima: Acting
) -> None:
    for other in (fatima, cast.rakel, *cast.outsiders):
        with acting_as(other):
            with pytest.raises(Missing):
                instruments.response_for(other, freda.pk)
            assert instruments.responses_of(amina, other) == []
            assert instruments.openings_of(amina, other) == []
            assert instruments.openings_waiting(other) == []
    with acting_as(fatima):
        told = {entry.action for entry in trail.of_person(amina.pk, by=fatima)}
        assert {action for action in told if action.startswith("instruments.")} <= {
            "instruments.file.read", "instruments.file.written",
        }  # fmt: skip


def test_it_exists_for_manager_author_and_whoever_holds_the_case(
    freda: instruments.Response, amina: Person, case: cases.Case, bertil: Acting, cast: Cast, fatima: Acting
) -> None:
    with acting_as(cast.cecilia) as cecilia:
        assert instruments.response_for(cecilia, freda.pk).pk == freda.pk
        assert opened_for(amina, cecilia) == ["protection_check"]
    cases.assign(case=case, post_id=fatima.post_id, role="co", on=case.start_date, by=bertil)
    with acting_as(fatima):
        assert [row.pk for row in instruments.responses_of(amina, fatima)] == [freda.pk]


def test_a_check_waits_until_somebody_settles_it(freda: instruments.Response, amina: Person, bertil: Acting) -> None:
    (waiting,) = instruments.openings_waiting(bertil)
    opening = instruments.opening_for(bertil, waiting.pk)
    for outcome, reason, code in (("dreamt", "Pratade enskilt", "unknown_code"), ("assessed", " ", "reason_missing")):
        with pytest.raises(RuleBroken) as fault:
            instruments.settle(opening=opening, outcome=outcome, reason=reason, by=bertil)
        assert fault.value.code == code
    with trail.writing("test.outer", by=bertil) as act:
        instruments.settle(opening=opening, outcome="referred", reason="Kontakt med socialjouren", by=bertil)
    assert instruments.openings_waiting(bertil) == []
    assert opened_for(amina, bertil) == ["protection_check"]
    trail.undo(act.receipt_id, by=bertil)
    assert [row.pk for row in instruments.openings_waiting(bertil)] == [opening.pk]


def test_an_open_check_is_not_opened_twice_by_a_new_version(
    freda: instruments.Response, amina: Person, bertil: Acting
) -> None:
    again = instruments.replace(response=freda, by=bertil)
    instruments.sign(response=again, by=bertil)
    assert opened_for(amina, bertil) == ["protection_check"]
