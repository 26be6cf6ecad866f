"""What shipped forms name outside themselves exists: what answers open, and the rights they ask for."""

import pytest

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel_forms import Form
from tests.forms.test_forms_shipped import FORMS

ABOUT_PERSONS = [form for form in FORMS.values() if form.filled_in_by != "anonymous"]


def opened_by(form: Form) -> set[str]:
    answers = {option.opens for item in form.items.values() for option in item.options}
    return (answers | {band.opens for score in form.scores for band in score.bands}) - {""}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_an_answer_opens_is_in_the_list(form: Form) -> None:
    assert opened_by(form) <= set(codes.code_list("openings"))


def test_every_check_in_the_list_is_opened_by_some_form() -> None:
    assert set(codes.code_list("openings")) == {what for form in FORMS.values() for what in opened_by(form)}


@pytest.mark.parametrize("form", ABOUT_PERSONS, ids=[form.id for form in ABOUT_PERSONS])
def test_a_form_asks_for_rights_that_somebody_can_have(form: Form) -> None:
    rights = {str(right) for right in Right}
    assert set(form.use.rights) <= rights
