"""What statistics are told: scores, what was chosen from lists, and that a form was filled in. Never a word."""

import pytest

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.facts import responses
from matrikel.domain.people.door import Person
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as

from .conftest import Write


def told() -> set[tuple[object, ...]]:
    return {row[1:6] for row in responses().rows}


@pytest.fixture
def signed(talk: instruments.Response, bertil: Acting, write: Write) -> instruments.Response:
    write(talk, "now", bertil, wish="Hemligt önskemål", level="well")
    return instruments.sign(response=talk, by=bertil)


def test_chosen_answers_are_told_and_texts_never(
    signed: instruments.Response, amina: Person, bertil: Acting, cast: Cast
) -> None:
    today = clock.today()
    assert told() == {("talk", "signed", today, "yes", ""), ("talk", "level", today, "well", "")}
    assert {row[0] for row in responses().rows} == {amina.pk}
    with acting_as(cast.erik):
        assert told() == set()


def test_a_replaced_response_and_a_draft_are_not_counted(
    signed: instruments.Response, bertil: Acting, write: Write
) -> None:
    newer = instruments.replace(response=signed, by=bertil)
    write(newer, "now", bertil, wish="Annat", level="badly")
    assert ("talk", "level", clock.today(), "well", "") in told()
    instruments.sign(response=newer, by=bertil)
    assert [value for _form, item, _day, value, _band in told() if item == "level"] == ["badly"]


def test_of_a_sensitive_form_only_scores_and_that_it_was_filled_in(
    catalogue: object, case: cases.Case, bertil: Acting, write: Write
) -> None:
    asked = instruments.begin(case=case, form="violence", by=bertil)
    write(asked, "asked", bertil, hurt="yes")
    instruments.sign(response=asked, by=bertil)
    audit = instruments.begin(case=case, form="audit", by=bertil)
    write(audit, "consumption", bertil, frequency="never")
    write(audit, "harm", bertil, injury="no", concern="earlier")
    instruments.sign(response=audit, by=bertil, sex="female", age=40)
    today = clock.today()
    assert told() == {
        ("violence", "signed", today, "yes", ""), ("audit", "signed", today, "yes", ""),
        ("audit", "total", today, "2", "low"), ("audit", "consumption", today, "0", ""),
        ("audit", "dependence", today, "0", ""), ("audit", "harm", today, "2", ""),
        ("audit", "above_limit", today, "0", ""),
    }  # fmt: skip


def test_a_score_above_the_lowest_band_is_told_as_such(
    catalogue: object, case: cases.Case, bertil: Acting, write: Write
) -> None:
    """Four and four are eight: above the limit of six for women."""
    audit = instruments.begin(case=case, form="audit", by=bertil)
    write(audit, "consumption", bertil, frequency="never")
    write(audit, "harm", bertil, injury="last_year", concern="last_year")
    instruments.sign(response=audit, by=bertil, sex="female", age=40)
    assert ("audit", "above_limit", clock.today(), "1", "") in told()
