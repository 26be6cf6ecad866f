"""The pages of forms: begun, filled in, met, signed, read, replaced, printed and fetched; and nothing for outsiders."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from tests.cast import STARTED, Cast, acting_as
from tests.domain.instruments.test_shown_forms import Fields
from tests.pages.test_person_page import asked

from .conftest import Write


@pytest.fixture
def bertils(cast: Cast, browse: Any) -> Client:
    client: Client = browse(cast.bertil)
    return client


def address(response: instruments.Response, name: str = "") -> str:
    return f"/formular/{response.pk}/{name}"


def sent(client: Client, page: str, **answers: Any) -> dict[str, Any]:
    """What a browser would send of an open page, with answers written over."""
    fields = Fields(client.get(page).content.decode()).data
    return {**{name: fields.getlist(name) for name in fields}, **answers}


def signed(response: instruments.Response, write: Write, by: Acting) -> instruments.Response:
    write(response, "now", by, wish="Arbeta", level="well")
    return instruments.sign(response=response, by=by)


def test_a_form_is_begun_written_left_taken_up_and_signed(
    catalogue: object, amina: Person, case: cases.Case, bertil: Acting, bertils: Client
) -> None:
    choose = f"/formular/person/{amina.pk}/nytt/"
    assert "Samtal" in bertils.get(choose).content.decode()
    begun = bertils.post(choose, {"key": str(uuid4()), "form": "talk"}, follow=True)
    (response,) = instruments.responses_of(amina, bertil)
    fill = address(response, "fyll-i/")
    assert begun.redirect_chain == [(fill, 302)]
    left = bertils.post(fill, sent(bertils, fill, wish="Bli elektriker", do="leave"))
    assert left["Location"] == f"/personer/{amina.pk}/"
    unfinished = bertils.post(fill, sent(bertils, fill, wish="", do="sign"))
    assert unfinished.status_code == 422
    assert 'href="#wish"' in unfinished.content.decode()
    marked = bertils.get(address(response, "signera/"), follow=True)
    assert marked.redirect_chain == [(f"{fill}?saknas=1", 302)]
    assert 'href="#wish"' in marked.content.decode()
    assert 'href="#wish"' not in bertils.get(fill).content.decode()
    done = bertils.post(fill, sent(bertils, fill, wish="Bli elektriker", do="sign"))
    assert done["Location"] == address(response, "signera/")
    page = address(response, "signera/")
    assert bertils.post(page, sent(bertils, page))["Location"] == address(response)
    read = bertils.get(address(response)).content.decode()
    assert "Bli elektriker" in read
    assert "signerat" in read
    assert bertils.get(fill)["Location"] == address(response)


def test_rows_are_added_taken_away_and_put_back_without_script(talk: instruments.Response, bertils: Client) -> None:
    fill = address(talk, "fyll-i/")
    one = Fields(bertils.post(fill, sent(bertils, fill, add="steps")).content.decode()).data
    row = one["steps"]
    kept = {name: one.getlist(name) for name in one} | {f"steps/{row}/step": "Ring skolan"}
    gone = bertils.post(fill, {**kept, "remove": f"steps/{row}"}).content.decode()
    assert "Borttaget" in gone
    held = Fields(gone).data
    assert "steps" not in held
    back = {name: held.getlist(name) for name in held} | {"restore": f"steps/{row}"}
    assert "Ring skolan" in bertils.post(fill, back).content.decode()


def test_an_open_form_saves_itself_and_says_when_it_cannot(
    talk: instruments.Response, bertil: Acting, bertils: Client
) -> None:
    fill, save = address(talk, "fyll-i/"), address(talk, "spara/")
    data = sent(bertils, fill, wish="Arbete")
    told = bertils.post(save, data).content.decode()
    assert "Sparat" in told
    assert "data-unsaved" not in told
    assert "Sparat" in bertils.post(save, {**data, "wish": "Arbete nu"}).content.decode()
    long = bertils.post(save, {**data, "wish": "x" * 200_000}).content.decode()
    assert "data-unsaved" in long
    assert instruments.answers_of(instruments.response_for(bertil, talk.pk))["wish"] == "Arbete nu"
    turned = bertils.post(fill, {**data, "wish": "snäll\u202etxt", "do": "leave"})
    assert turned.status_code == 422
    assert "snäll" in turned.content.decode()


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Min"), ("theirs", "Hennes"), ("both", "Hennes\n\nMin")])
def test_two_in_the_same_section_see_both_texts_and_choose(
    talk: instruments.Response, cast: Cast, write: Write, bertil: Acting, bertils: Client, choice: str, stands: str
) -> None:
    fill = address(talk, "fyll-i/")
    data = sent(bertils, fill, wish="Min")
    with acting_as(cast.cecilia) as cecilia:
        write(talk, "now", cecilia, wish="Hennes")
    assert "data-unsaved" in bertils.post(address(talk, "spara/"), data).content.decode()
    met = bertils.post(fill, {**data, "do": "leave"})
    assert met.status_code == 409
    both = met.content.decode()
    assert "Cecilia ändrade" in both
    fields = Fields(both).data
    assert fields["wish"] == "Min"
    chosen = {name: fields.getlist(name) for name in fields} | {"choice.now": choice}
    assert bertils.post(fill, chosen).status_code == 200
    assert instruments.answers_of(instruments.response_for(bertil, talk.pk))["wish"] == stands


def test_a_word_written_while_somebody_signs_stays_on_the_page(
    talk: instruments.Response, write: Write, bertil: Acting, bertils: Client
) -> None:
    data = sent(bertils, address(talk, "fyll-i/"), wish="Nytt")
    signed(talk, write, bertil)
    told = bertils.post(address(talk, "spara/"), data).content.decode()
    assert "data-unsaved" in told
    assert "signerat" in told
    whole = bertils.post(address(talk, "fyll-i/"), data)  # without script
    assert whole.status_code == 422
    assert "Nytt" in whole.content.decode()


@pytest.mark.parametrize(
    ("sex", "points", "said"),
    [
        ("female", 5, "5 av 40 poäng: låg risk, gräns 6 för kvinnor"),
        ("female", 6, "6 av 40 poäng: riskbruk, gräns 6 för kvinnor"),
        ("male", 7, "7 av 40 poäng: låg risk, gräns 8 för män"),
        ("male", 8, "8 av 40 poäng: riskbruk, gräns 8 för män"),
        ("male", 16, "16 av 40 poäng: skadligt bruk, gräns 16 för män"),
    ],
)
def test_a_score_says_its_limit_and_for_whom(
    catalogue: object, case: cases.Case, bertil: Acting, bertils: Client, sex: str, points: int, said: str
) -> None:
    response = instruments.begin(case=case, form="audit", by=bertil)
    form = instruments.form_of(response)
    answers = scored(form, points)
    fill = address(response, "fyll-i/")
    done = bertils.post(fill, sent(bertils, fill, do="sign", **answers))
    assert done["Location"] == address(response, "signera/"), done.content.decode()[:3000]
    page = address(response, "signera/")
    assert bertils.post(page, {**sent(bertils, page), "sex": "", "age": "40"}).status_code == 422
    bertils.post(page, {**sent(bertils, page), "sex": sex, "age": "40"})
    assert said in bertils.get(address(response)).content.decode()


def scored(form: Any, points: int) -> dict[str, str]:
    """Answers to every question that make so many points: as many as fit, question by question."""
    found, left = {}, points
    for item in form.items.values():
        values = {option.value: option.id for option in item.options if option.value is not None}
        best = max(value for value in values if value <= left)
        if item.id == "frequency":
            best = min(value for value in values if value > 0)
        found[item.id] = values[best]
        left -= int(best)
    assert left == 0
    return found


def test_a_signed_form_is_replaced_and_tells_what_changed(
    talk: instruments.Response, write: Write, bertil: Acting, bertils: Client
) -> None:
    first = signed(talk, write, bertil)
    page = address(first, "ratta/")
    fill = bertils.post(page, sent(bertils, page))["Location"]
    bertils.post(fill, sent(bertils, fill, wish="Studera", do="save"))
    assert "En ny version är påbörjad" in bertils.get(address(first)).content.decode()
    again = instruments.history_of(first, bertil)[1]
    instruments.sign(response=again, by=bertil)
    read = bertils.get(address(again)).content.decode()
    assert "Vad som ändrades" in read
    assert "Studera" in read
    assert "Arbeta" in read
    assert "Ersatt av en nyare version" in bertils.get(address(first)).content.decode()


def test_a_draft_is_thrown_away_and_brought_back(
    talk: instruments.Response, amina: Person, bertil: Acting, bertils: Client
) -> None:
    page = address(talk, "kasta/")
    data = sent(bertils, page)
    assert bertils.post(page, data).status_code == 302
    assert bertils.get(address(talk, "fyll-i/")).status_code == 404
    bertils.post(f"/angra/{data['key'][0]}/")
    assert [row.pk for row in instruments.responses_of(amina, bertil)] == [talk.pk]


def test_a_check_shows_on_today_and_with_the_person_until_it_is_settled(
    catalogue: object, amina: Person, case: cases.Case, write: Write, bertil: Acting, bertils: Client
) -> None:
    draft = instruments.begin(case=case, form="violence", by=bertil)
    write(draft, "asked", bertil, hurt="yes")
    instruments.sign(response=draft, by=bertil)
    (opening,) = instruments.openings_waiting(bertil)
    settle, panel = f"/formular/kontroll/{opening.pk}/", f"/formular/person/{amina.pk}/"
    assert settle in bertils.get("/idag/").content.decode()
    assert settle in bertils.get(panel).content.decode()
    assert bertils.post(settle, {**sent(bertils, settle), "outcome": "referred", "reason": ""}).status_code == 422
    data = {**sent(bertils, settle), "outcome": "referred", "reason": "Kontakt med socialjouren"}
    assert bertils.post(settle, data).status_code == 302
    assert settle not in bertils.get("/idag/").content.decode()
    assert "Hänvisad till annan" in bertils.get(panel).content.decode()


def test_paper_and_fhir_are_handed_out_and_logged(
    talk: instruments.Response, write: Write, bertil: Acting, bertils: Client
) -> None:
    first = signed(talk, write, bertil)
    assert b"".join(bertils.get(address(first, "pdf/"))).startswith(b"%PDF")
    told = json.loads(bertils.get(address(first, "fhir/")).content)
    assert (told["resourceType"], told["status"]) == ("QuestionnaireResponse", "completed")
    assert Entry.objects.filter(action="instruments.response.fetched").count() == 2
    assert b"".join(bertils.get("/formular/blankett/talk/")).startswith(b"%PDF")
    assert json.loads(bertils.get("/formular/blankett/talk/fhir/").content)["resourceType"] == "Questionnaire"


def test_nothing_leaves_and_nothing_stays_in_the_browser_about_the_protected(
    talk: instruments.Response, write: Write, amina: Person, bertil: Acting, bertils: Client
) -> None:
    assert "data-keep" in bertils.get(address(talk, "fyll-i/")).content.decode()
    first = signed(talk, write, bertil)
    people.protect(person=people.get_for(bertil, amina.pk), level="marked", by=bertil)
    for name in ("pdf/", "fhir/"):
        answer = bertils.get(address(first, name), follow=True)
        assert "lämnas inte ut som fil" in answer.content.decode()
    assert not Entry.objects.filter(action="instruments.response.fetched").exists()
    again = instruments.replace(response=first, by=bertil)
    page = bertils.get(address(again, "fyll-i/")).content.decode()
    assert "data-keep" not in page
    assert "Amina" not in page


def pages_of(response: instruments.Response, person: Person, opening: instruments.Opening | None) -> list[str]:
    names = ("", "fyll-i/", "signera/", "ratta/", "kasta/", "pdf/", "fhir/")
    found = [address(response, name) for name in names]
    found += [f"/formular/person/{person.pk}/", f"/formular/person/{person.pk}/nytt/"]
    return found + ([f"/formular/kontroll/{opening.pk}/"] if opening else [])


def test_for_outsiders_nothing_exists(
    talk: instruments.Response, amina: Person, cast: Cast, browse: Any, write: Write
) -> None:
    for stage in ("draft", "signed"):
        for by in (cast.david, cast.erik):
            for page in pages_of(talk, amina, None):
                assert browse(by).get(page).status_code == 404, (stage, page)
            assert browse(by).post(address(talk, "spara/")).status_code == 404
        for page in pages_of(talk, amina, None):
            assert browse(cast.elsa).get(page).status_code == 403, page
        if stage == "draft":
            assert browse(cast.rakel).get(address(talk)).status_code == 404
            with acting_as(cast.bertil) as bertil:
                signed(talk, write, bertil)
    assert browse(cast.rakel).get(address(talk)).status_code == 200
    assert browse(cast.rakel).get(address(talk, "ratta/")).status_code == 403


def test_a_sensitive_form_exists_only_for_those_close_to_it(
    catalogue: object, amina: Person, case: cases.Case, write: Write, cast: Cast, bertil: Acting, browse: Any
) -> None:
    draft = instruments.begin(case=case, form="violence", by=bertil)
    write(draft, "asked", bertil, hurt="yes")
    instruments.sign(response=draft, by=bertil)
    (opening,) = instruments.openings_waiting(bertil)
    post = access.employ(
        email="fatima@example.test", name="Fatima", unit=cast.unit, role="caseworker", by=None,
        password="ett-långt-lösen", start_date=STARTED,
    )  # fmt: skip
    fatima = access.acting(post, channel="test")
    for other in (fatima, cast.rakel):
        client = browse(other)
        for page in pages_of(draft, amina, opening):
            if "/person/" in page:
                answer = client.get(page)
                assert answer.status_code in (200, 403)
                assert str(draft.pk) not in answer.content.decode()
                assert "Bedöm behovet av skydd" not in answer.content.decode()
            else:
                assert client.get(page).status_code in (403, 404), page
        assert "Bedöm behovet av skydd" not in client.get("/idag/").content.decode()
    assert "violence" not in browse(cast.rakel).get(f"/formular/person/{amina.pk}/").content.decode()


def test_an_open_form_and_the_panel_cost_few_questions(
    talk: instruments.Response, amina: Person, bertils: Client
) -> None:
    assert asked(bertils, address(talk, "fyll-i/")) <= 12
    assert asked(bertils, f"/formular/person/{amina.pk}/") <= 6 + 3  # who acts, whom it is about and the log are six


def test_a_unit_loads_an_official_wording_and_approves_a_translation(
    catalogue: Any, cast: Cast, browse: Any, bertil: Acting
) -> None:
    assert browse(cast.bertil).get("/formular/ord/").status_code == 403
    cecilias = browse(cast.cecilia)
    assert "AUDIT" in cecilias.get("/formular/ord/").content.decode()
    page = "/formular/ord/audit/en/"
    assert cecilias.post(page, {**sent(cecilias, page), "approved_by": "Cecilia"}).status_code == 422
    cecilias.post(page, {**sent(cecilias, page), "approved_by": "Cecilia Ek"})
    assert "Godkänd av Cecilia Ek" in cecilias.get("/formular/ord/audit/").content.decode()
