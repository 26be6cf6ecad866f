"""Any valid form can be sent out as a survey, is answered on a phone, and is counted."""

from typing import Any

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel.base.scope import acting_as
from matrikel.domain.instruments.door import Filled, show
from matrikel.domain.surveys.actions.campaigns import close
from matrikel.domain.surveys.models import Answer
from matrikel.domain.surveys.queries import campaign_for, results_of, to_invite
from matrikel_forms import counted, evaluate
from tests.cast import Cast
from tests.domain.instruments.conftest import catalogue  # noqa: F401
from tests.domain.instruments.test_any_form import Register, register  # noqa: F401
from tests.domain.instruments.test_shown_forms import Fields, drawn, plain
from tests.forms.strategies import tables, whole_answers_to

from .conftest import Opened

SOME = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


@given(st.data())
@SOME
def test_any_survey_is_answered_on_a_phone_and_counted(
    register: Register,  # noqa: F811
    cast: Cast,
    opened: Opened,
    data: st.DataObject,
) -> None:
    form = register(data.draw(tables()) | {"kind": "survey"})
    campaign = opened(5, form=form.id, languages=[])
    with acting_as(cast.cecilia):
        codes = [code for _, code in to_invite(campaign)]
    given_: list[dict[str, Any]] = []
    for code in codes:
        answers = data.draw(whole_answers_to(form))
        page = Client().get(f"/svara/{code}/").content.decode()
        assert [path for path in form.items if f'name="{path}"' not in page and path in evaluate(form, {}).shown] == []
        sent = {**dict(Fields(drawn(show(form, Filled(answers=answers)))).data.lists()), "do": "send"}
        assert Client().post(f"/svara/{code}/", sent).status_code == 302
        given_.append({path: plain(value) for path, value in counted(form, answers).items()})
    with acting_as(cast.cecilia) as by:
        kept = [{path: plain(value) for path, value in row.items()} for row in
                Answer.objects.filter(campaign=campaign).values_list("answers", flat=True)]  # fmt: skip
        results = results_of(close(campaign=campaign_for(by, campaign.pk), by=by))
    assert sorted(map(repr, map(sorted_items, kept))) == sorted(map(repr, map(sorted_items, given_)))
    assert results.answered == 5
    for question in results.questions:
        assert question.n == sum(1 for row in given_ for path in row if path.rpartition("/")[2] == question.item)


def sorted_items(answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """Answers in order of their paths. A number is a number: PostgreSQL keeps 0.0 as 0."""
    return sorted(
        (path, float(value) + 0.0 if isinstance(value, int | float) else value) for path, value in answers.items()
    )
