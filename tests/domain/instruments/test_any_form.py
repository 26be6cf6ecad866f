"""Any valid form goes all the way through the room: registered, shown, saved, signed, scored, printed and exported."""

from collections.abc import Callable
from contextlib import nullcontext
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import catalogue as files
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.rules import section_of
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel_forms import Form, Who, counted, evaluate
from tests.forms.strategies import as_file, tables, whole_answers_to
from tests.forms.test_forms_fhir import check_questionnaire, check_response
from tests.forms.test_forms_properties import plain_score

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
VERSIONS = count(1)
NO_FACE = "字"  # no typeface has it, which paper refuses with the letter named: tests/base/test_paper.py
WITHOUT_LIMITS = ({"sex": "male", "age": 30}, {})

Register = Callable[[dict[str, Any]], Form]


@pytest.fixture
def register(catalogue: Path) -> Register:
    """Puts a definition in the register, each time as a version of its own."""

    def made(told: dict[str, Any]) -> Form:
        told["version"] = next(VERSIONS)
        (catalogue / f"{told['id']}.toml").write_text(as_file(told), encoding="utf-8")
        files._read.cache_clear()
        return files.forms()[told["id"]]

    return made


@given(st.data(), st.sampled_from([{"sex": "female"}, {"sex": "male", "age": 70}, *WITHOUT_LIMITS]))
@SOME
def test_any_form_goes_all_the_way(
    register: Register, case: cases.Case, bertil: Acting, browse: Any, data: st.DataObject, who: dict[str, Any]
) -> None:
    form = register(data.draw(tables()))
    answers = data.draw(whole_answers_to(form))
    draft, client = instruments.begin(case=case, form=form.id, by=bertil), browse(bertil)
    write(draft, form, answers, bertil)
    if form.kind != "plan":  # a plan has a page of its own, drawn by the same renderer
        page = client.get(reverse("instruments-fill", args=[draft.pk])).content.decode()
        assert [path for path in evaluate(form, answers).shown if f'name="{path}"' not in page] == []
    lacks_limits = who in WITHOUT_LIMITS and any(
        rule.bands and plain_score(form, answers, rule.id) is not None for rule in form.scores
    )
    with pytest.raises(RuleBroken) if lacks_limits else nullcontext():
        instruments.sign(response=draft, by=bertil, **who)
    if lacks_limits:
        instruments.discard(response=draft, by=bertil)
        return
    signed = instruments.response_for(bertil, draft.pk)
    assert instruments.answers_of(signed) == counted(form, answers)
    assert_scored(form, answers, signed, Who(**who))
    told = client.get(reverse("instruments-fhir", args=[signed.pk])).json()
    check_response(form, told)
    assert told["status"] == "completed"
    check_questionnaire(client.get(reverse("instruments-fhir-form", args=[form.id])).json())
    printed = client.get(reverse("instruments-print", args=[signed.pk]))
    if NO_FACE not in f"{form.wordings}{answers}":
        assert printed.content.startswith(b"%PDF")
    assert client.get(reverse("instruments-response", args=[signed.pk])).status_code == 200


def write(draft: instruments.Response, form: Form, answers: dict[str, Any], by: Acting) -> None:
    for name, part in instruments.sections_of(draft).items():
        own = {path: value for path, value in answers.items() if section_of(form, path.split("/")[0]) == name}
        saved = instruments.save_section(response=draft, section=name, answers=own, version=part.version, by=by)
        assert (saved.section.answers, saved.faults) == (own, ())


def assert_scored(form: Form, answers: dict[str, Any], signed: instruments.Response, who: Who) -> None:
    """What was kept at signing is what a plain reference comes to, and the band it names is where that value lies."""
    kept = {score.scoring: score for score in signed.scores.all()}
    assert set(kept) == {score.id for score in form.scores}
    for rule in form.scores:
        value, held = plain_score(form, answers, rule.id), kept[rule.id]
        if value is None:
            assert (held.value, held.band) == (None, "")
            continue
        assert abs(Fraction(held.value) - value) <= Fraction(1, 2 * 10**rule.decimals)
        if rule.bands:
            limits = next(each for each in rule.limits if each.id == ("women" if who.sex == "female" else "old"))
            assert (held.limits, held.band) == (limits.id, "high" if held.value >= limits.starts["high"] else "low")
