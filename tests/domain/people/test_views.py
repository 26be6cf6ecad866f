"""The room's pages: one shape, kind to those inside, the same nothing to everybody else."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.people.models import Member
from matrikel.domain.people.web.urls import urlpatterns
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from tests.cast import Cast

Browse = Callable[[Acting], Client]
OF_PERSON = [p.name for p in urlpatterns if "<uuid:person_id>" in str(p.pattern) and "other_id" not in str(p.pattern)]
WRITING = [name for name in OF_PERSON if name not in ("people-identity", "people-household")]
TOKEN = re.compile(rb'(value=|"X-CSRFToken": )"[A-Za-z0-9]{64}"')


def body(answer: Any) -> bytes:
    """The page without the form's token and without the address that the reader asked for."""
    asked = answer.request["PATH_INFO"].encode()
    return TOKEN.sub(b"", answer.content).replace(asked, b"")


def key_of(answer: Any) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found
    return found.group(1)


def hidden_fields(answer: Any) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(key|version)" value="([^"]+)"', answer.content.decode()))


@pytest.mark.parametrize("name", OF_PERSON)
def test_outside_a_person_is_the_same_as_a_random_id(
    name: str, amina: people.Person, hidden: people.Person, cast: Cast, browse: Browse
) -> None:
    nobody = uuid4()
    for outsider in (*cast.outsiders, cast.rakel):
        client = browse(outsider)
        for method in (client.get, client.post):
            real, random = (method(reverse(name, args=[key])) for key in (hidden.pk, nobody))
            assert real.status_code == random.status_code
            assert real.status_code in (403, 404, 405)
            assert body(real) == body(random)
            if outsider is not cast.rakel:
                open_one = method(reverse(name, args=[amina.pk]))
                assert (open_one.status_code, body(open_one)) == (random.status_code, body(random))
    if name != "people-person-protect":
        inside = browse(cast.bertil)
        assert body(inside.get(reverse(name, args=[hidden.pk]))) == body(inside.get(reverse(name, args=[nobody])))


@pytest.mark.parametrize("name", OF_PERSON)
def test_every_page_of_a_person_opens_inside(name: str, amina: people.Person, cast: Cast, browse: Browse) -> None:
    answer = browse(cast.bertil).get(reverse(name, args=[amina.pk]))
    assert answer.status_code == 200
    assert not re.search("0312-?9807", answer.content.decode())
    with acting_as(cast.bertil) as bertil:
        assert trail.of_person(amina.pk, by=bertil).filter(action="people.person.opened").exists()


@pytest.mark.parametrize("name", WRITING)
def test_a_protected_person_is_not_named_on_any_form(
    name: str, hidden: people.Person, cast: Cast, browse: Browse
) -> None:
    answer = browse(cast.cecilia).get(reverse(name, args=[hidden.pk]))
    assert answer.status_code == 200
    text = answer.content.decode()
    heading = re.sub(r"<input[^>]*>", "", text)  # who corrects a name has to see it in the field
    assert "Adressat" not in heading
    assert "Skyddad person" in text


def test_rows_of_others_are_not_there(amina: people.Person, cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil) as bertil:
        job = people.begin_activity(person=amina, kind="employment", start_date=date(2025, 1, 1), by=bertil)
        people.form_household(members=[(amina, "adult")], on=date(2025, 1, 1), by=bertil)
        rows = {
            "people-activity-correct": job.pk, "people-activity-end": job.pk,
            "people-household-leave": Member.objects.get().pk, "people-number-show": people.numbers_of(amina)[0].pk,
        }  # fmt: skip
    for name, key in rows.items():
        for outsider in cast.outsiders:
            client = browse(outsider)
            real, random = (client.post(reverse(name, args=[k])) for k in (key, uuid4()))
            assert (real.status_code, body(real)) == (random.status_code, body(random))
            assert real.status_code in (403, 404, 405)
        if name != "people-number-show":
            assert browse(cast.bertil).get(reverse(name, args=[key])).status_code == 200


def test_search_first_then_register(amina: people.Person, cast: Cast, browse: Browse) -> None:
    client = browse(cast.bertil)
    url = reverse("people-person-register")
    assert "Sök först" in client.get(url).content.decode()
    assert client.post(url, {"look": "1"}).status_code == 422
    answer = client.post(url, {"look": "1", "family_name": "Hassan", "birth_date": "1990-03-12"})
    text = answer.content.decode()
    assert "Kan det vara någon av dessa?" in text
    assert "Amina Hassan" in text
    sent = {
        "key": key_of(answer), "given_name": "Leila", "family_name": "Hassan", "identity": "19900312-9815",
        "sex": "female", "protection": "none", "languages": ["ar", "so"],
    }  # fmt: skip
    done = client.post(url, sent)
    assert done.status_code == 302
    with acting_as(cast.bertil) as bertil:
        (line,) = people.search(bertil, "leila")
        assert done["Location"] == reverse("people-person", args=[line.id])
        person = people.get_for(bertil, line.id)
        assert (person.birth_date, person.sex) == (date(1990, 3, 12), "female")
    client.post(url, sent)  # the same form again does nothing
    with acting_as(cast.bertil) as bertil:
        assert len(people.search(bertil, "leila")) == 1


def test_candidates_stay_within_reach(amina: people.Person, hidden: people.Person, cast: Cast, browse: Browse) -> None:
    url = reverse("people-person-register")
    for by, asked in ((cast.david, {"given_name": "Amina"}), (cast.bertil, {"given_name": "Hemlig"})):
        text = browse(by).post(url, {"look": "1", **asked}).content.decode()
        assert "Ingen som du når" in text
    with acting_as(cast.bertil) as bertil:
        assert not trail.of_person(hidden.pk, by=bertil).exclude(post_id=cast.cecilia.post_id).exists()


@pytest.mark.parametrize(
    ("identity", "says"),
    [
        ("19900312-9816", "Sista siffran stämmer inte"),
        ("19901312-9815", "inget födelsedatum"),
        ("hejsan", "Skriv numret med 10 eller 12 siffror"),
        ("19900312-9807", "Numret finns redan i registret"),
    ],
)
def test_a_refused_number_says_what_to_do(
    amina: people.Person, cast: Cast, browse: Browse, identity: str, says: str
) -> None:
    client = browse(cast.bertil)
    url = reverse("people-person-register")
    answer = client.post(url, {"key": str(uuid4()), "identity": identity, "sex": "unknown", "protection": "unknown"})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_form_is_carried_out_and_leads_home(amina: people.Person, cast: Cast, browse: Browse) -> None:
    client = browse(cast.bertil)
    sent = {
        "people-person-rename": {"given_name": "Amal", "family_name": "Hassan", "on": "2025-01-01"},
        "people-number-give": {"identity": "LMA 50-083223", "start_date": "2024-01-01"},
        "people-registration-begin": {"municipality": "2380", "on": "2024-01-01"},
        "people-registration-end": {"on": "2025-01-01", "to_municipality": "2309"},
        "people-permit-grant": {"ground": "refugee", "start_date": "2023-01-01"},
        "people-activity-begin": {"kind": "employment", "start_date": "2024-05-01", "extent": "50", "basis": "no"},
        "people-household-form": {"role": "adult", "on": "2024-01-01"},
        "people-person-protect": {"level": "marked", "circle": [str(cast.cecilia.post_id)]},
        "people-death-record": {"on": "2025-06-01"},
    }
    home = reverse("people-person", args=[amina.pk])
    for name, answers in sent.items():
        url = reverse(name, args=[amina.pk])
        done = client.post(url, hidden_fields(client.get(url)) | answers)
        assert (name, done.status_code, done.headers.get("Location")) == (name, 302, home)
    url = reverse("people-birth-record", args=[amina.pk])
    done = client.post(url, {"key": str(uuid4()), "given_name": "Li", "birth_date": "2025-02-02", "sex": "unknown"})
    with acting_as(cast.cecilia) as cecilia:
        person = people.get_for(cecilia, amina.pk)
        assert (person.given_name, person.protection, person.death_date) == ("Amal", "marked", date(2025, 6, 1))


def test_a_broken_rule_stands_at_its_field(amina: people.Person, cast: Cast, browse: Browse) -> None:
    client = browse(cast.bertil)
    url = reverse("people-activity-begin", args=[amina.pk])
    sent = {
        "key": str(uuid4()),
        "kind": "employment",
        "start_date": "2025-05-01",
        "end_date": "2025-04-01",
        "basis": "no",
    }
    answer = client.post(url, sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Sista dagen ligger före första dagen." in text
    assert 'href="#id_end_date"' in text
    assert 'value="2025-05-01"' in text  # nothing written is lost


def test_a_conflict_shows_both_texts_and_can_be_settled(amina: people.Person, cast: Cast, browse: Browse) -> None:
    client = browse(cast.bertil)
    url = reverse("people-person-correct", args=[amina.pk])
    opened = hidden_fields(client.get(url))
    with acting_as(cast.cecilia) as cecilia:
        people.correct(person=people.get_for(cecilia, amina.pk), by=cecilia, family_name="Haddad")
    mine = {"given_name": "Amina", "family_name": "Hasan", "birth_date": "1990-03-12", "sex": "female"}
    answer = client.post(url, opened | mine)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "<ins>Hasan</ins>" in text
    assert "Haddad" in text
    again = client.post(url, hidden_fields(answer) | mine)
    assert again.status_code == 302
    with acting_as(cast.bertil) as bertil:
        assert people.get_for(bertil, amina.pk).family_name == "Hasan"


def test_the_whole_number_is_shown_on_demand_and_logged(amina: people.Person, cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil):
        url = reverse("people-number-show", args=[people.numbers_of(amina)[0].pk])
    client = browse(cast.rakel)
    assert client.get(url).status_code == 405
    assert "19900312-9807" in client.post(url).content.decode()
    fragment = client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "19900312-9807" in fragment
    assert "<html" not in fragment
    with acting_as(cast.bertil) as bertil:
        shown = trail.of_person(amina.pk, by=bertil).filter(action="people.number.shown")
        assert {entry.post_id for entry in shown} == {cast.rakel.post_id}


def test_two_rows_are_merged_side_by_side(amina: people.Person, cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil) as bertil:
        double = people.register(by=bertil, given_name="Emina", family_name="Hasan")
    client = browse(cast.bertil)
    picked = client.get(reverse("people-person-merge", args=[amina.pk]), {"q": "emina"}).content.decode()
    url = reverse("people-person-merge-two", args=[amina.pk, double.pk])
    assert url in picked
    page = client.get(url)
    text = page.content.decode()
    assert "Amina Hassan" in text
    assert "Emina Hasan" in text
    assert client.post(url, {"key": key_of(page)})["Location"] == reverse("people-person", args=[amina.pk])
    with acting_as(cast.bertil) as bertil:
        assert people.get_for(bertil, double.pk) == amina
    assert browse(cast.david).get(url).status_code == 404


def test_living_together_by_choosing_somebody(amina: people.Person, cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil) as bertil:
        karim = people.register(by=bertil, given_name="Karim", family_name="Hassan", protection="none")
    client = browse(cast.bertil)
    url = reverse("people-household-join-two", args=[karim.pk, amina.pk])
    assert url in client.get(reverse("people-household-join", args=[karim.pk]), {"q": "amina"}).content.decode()
    assert client.post(url, {"key": key_of(client.get(url)), "role": "partner", "on": "2025-01-01"}).status_code == 302
    address = reverse("people-household", args=[karim.pk])
    panel = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Amina Hassan" in panel
    assert "<html" not in panel
    assert "<html" in client.get(address).content.decode()  # without scripts it is a page of its own
    with acting_as(cast.cecilia) as cecilia:
        people.protect(person=people.get_for(cecilia, amina.pk), level="marked", by=cecilia)
    assert "Amina" not in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["people-household", "people-identity"])
def test_a_panel_costs_few_queries_however_large(name: str, amina: people.Person, cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil) as bertil:
        people.form_household(members=[(amina, "adult")], on=date(2025, 1, 1), by=bertil)

    def cost() -> int:
        client = browse(cast.bertil)
        client.get(reverse(name, args=[amina.pk]))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(name, args=[amina.pk]))
        around = ("SAVEPOINT", "django_session", "access_user", "trail_", "set_config")
        return len([q for q in caught.captured_queries if not any(word in q["sql"] for word in around)])

    few = cost()
    with acting_as(cast.bertil) as bertil:
        for turn in range(5):
            people.record_birth(parent=amina, given_name=f"Li {turn}", birth_date=date(2025, 6, 1), by=bertil)
            people.rename(person=amina, given_name=f"A{turn}", family_name="H", on=date(2025, 6, 1), by=bertil)
    assert cost() == few
    assert few <= 6


def test_an_unchecked_protection_is_said_and_changed_on_its_page(cast: Cast, browse: Browse) -> None:
    with acting_as(cast.bertil) as bertil:
        person = people.register(by=bertil, given_name="Ny")
    client = browse(cast.bertil)
    url = reverse("people-person-protect", args=[person.pk])
    assert "Inte kontrollerat" in client.get(url).content.decode()
    client.post(url, {"key": str(uuid4()), "level": "none"})
    with acting_as(cast.bertil) as bertil:
        assert people.whereabouts_shown(people.get_for(bertil, person.pk))
