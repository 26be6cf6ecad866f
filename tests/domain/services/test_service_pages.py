"""The room's pages: quick forms, the panel and the waiting list."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrikel.domain.people.door import Person
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as
from tests.domain.services.conftest import person_of

pytestmark = pytest.mark.usefixtures("person_page")
ROOMS = re.compile(r'(FROM|JOIN) "(cases|services|people|access_relation)')
HTMX = {"HTTP_HX_REQUEST": "true"}
ROW_PAGES = ("services-start", "services-end", "services-correct", "services-withdraw")


def form(**values: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **values}


def person_urls(person_id: UUID) -> list[str]:
    return [
        reverse("services-panel", args=[person_id]),
        reverse("services-apply", args=[person_id, "sfi"]),
        *(reverse("services-begin", args=[person_id, kind]) for kind in services.OFFERS),
    ]


@pytest.fixture
def course(amina: Person, bertil: Acting) -> services.Participation:
    return services.apply(person=amina, kind="sfi", on=date(2026, 9, 1), by=bertil)


@pytest.fixture
def internship(amina: Person, bertil: Acting) -> services.Participation:
    return services.begin(
        person=amina, kind="internship", start_date=date(2026, 4, 13), provider="Älvnäs bageri", by=bertil
    )


def test_every_page_answers_the_case_worker(
    browse: Any, cast: Cast, amina: Person, course: services.Participation, internship: services.Participation
) -> None:
    pages = [*person_urls(amina.pk), reverse("services-waiting")]
    pages += [reverse(name, args=[row.pk]) for name in ROW_PAGES for row in (course, internship)]
    for url in pages:
        answer = browse(cast.bertil).get(url)
        assert answer.status_code == 200, url
        assert b"None" not in answer.content, url


def test_a_page_out_of_reach_is_the_same_as_one_that_never_was(
    browse: Any, cast: Cast, amina: Person, course: services.Participation
) -> None:
    known = [*person_urls(amina.pk), *(reverse(name, args=[course.pk]) for name in ROW_PAGES)]
    unknown = [*person_urls(uuid4()), *(reverse(name, args=[uuid4()]) for name in ROW_PAGES)]
    for outsider, status in ((cast.david, 404), (cast.erik, 404), (cast.elsa, 403)):
        client = browse(outsider)
        for there, nowhere in zip(known, unknown, strict=True):
            answers = [client.get(url) for url in (there, nowhere)]
            assert [a.status_code for a in answers] == [status, status], there
            assert strip(answers[0].content) == strip(answers[1].content)
            assert client.post(there, form()).status_code in (status, 405)
    for outsider in (cast.david, cast.erik):
        assert "Amina" not in browse(outsider).get(reverse("services-waiting")).content.decode()


def strip(content: bytes) -> bytes:
    return re.sub(rb'csrf\w*&?[^>]*|value="[^"]*"|X-CSRFToken[^}]*', b"", content)


@pytest.mark.parametrize("kind", ["employment", "nonsense"])
def test_a_kind_the_municipality_does_not_offer_has_no_page(browse: Any, cast: Cast, amina: Person, kind: str) -> None:
    assert browse(cast.bertil).get(reverse("services-begin", args=[amina.pk, kind])).status_code == 404
    assert browse(cast.bertil).get(reverse("services-apply", args=[amina.pk, "internship"])).status_code == 404


def test_a_reader_sees_the_panel_and_no_way_to_write(
    browse: Any, cast: Cast, amina: Person, course: services.Participation, internship: services.Participation
) -> None:
    client = browse(cast.rakel)
    page = client.get(reverse("services-panel", args=[amina.pk]), **HTMX).content.decode()
    assert "Älvnäs bageri" in page
    assert "<a " not in page
    for name in ROW_PAGES:
        assert client.get(reverse(name, args=[course.pk])).status_code == 403
    assert "Amina" in client.get(reverse("services-waiting")).content.decode()


def test_sfi_from_application_to_result_by_its_quick_forms(browse: Any, cast: Cast, amina: Person) -> None:
    client, home = browse(cast.bertil), reverse("people-person", args=[amina.pk])

    def act(name: str, *args: Any, **values: Any) -> services.Participation:
        answer = client.post(reverse(name, args=args), form(**values))
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == home
        with acting_as(cast.bertil):
            return services.participations_of(amina)[0]

    row = act("services-apply", amina.pk, "sfi", on="2026-09-01")
    act("services-start", row.pk, on="2026-10-05", title="2B", provider="Lärcentrum")
    act("services-correct", row.pk, version=2, start_date="2026-10-06", title="2C", applied_on="2026-09-01")
    row = act("services-end", row.pk, on="2026-11-20", result="passed")
    assert (row.title, row.provider, row.start_date, row.result) == ("2C", "", date(2026, 10, 6), "passed")
    page = client.get(reverse("services-panel", args=[amina.pk]), **HTMX).content.decode()
    assert "Godkänd" in page


def test_an_internship_is_recorded_with_two_answers(browse: Any, cast: Cast, amina: Person) -> None:
    url = reverse("services-begin", args=[amina.pk, "internship"])
    client = browse(cast.bertil)
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False):
        assert 'value="2026-11-20"' in client.get(url).content.decode()
        assert client.post(url, form(start_date="2026-11-20", basis="unknown")).status_code == 422
        sent = form(start_date="2026-11-20", basis="unknown", provider="Storköket")
        assert client.post(url, sent).status_code == 302
        assert client.post(url, sent).status_code == 302
    with acting_as(cast.bertil):
        assert [row.provider for row in services.participations_of(amina)] == ["Storköket"]


def test_a_refused_form_says_why_at_its_field(browse: Any, cast: Cast, course: services.Participation) -> None:
    answer = browse(cast.bertil).post(reverse("services-start", args=[course.pk]), form(on="2026-08-01"))
    assert answer.status_code == 422
    assert "Starten ligger före ansökan." in answer.content.decode()
    assert 'value="2026-08-01"' in answer.content.decode()


def test_two_who_correct_the_same_row_meet_both_texts(
    browse: Any, cast: Cast, bertil: Acting, internship: services.Participation
) -> None:
    with acting_as(bertil):
        services.correct(participation=internship, by=bertil, provider="Storköket")
    url = reverse("services-correct", args=[internship.pk])
    sent = form(version=1, start_date="2026-04-13", provider="Förrådet", basis="unknown")
    answer = browse(cast.bertil).post(url, sent)
    assert answer.status_code == 409
    assert "Storköket" in answer.content.decode()
    assert "Förrådet" in answer.content.decode()


def test_the_panel_counts_down_to_the_limit(
    browse: Any, cast: Cast, amina: Person, course: services.Participation
) -> None:
    url = reverse("services-panel", args=[amina.pk])
    for now, mark, words in (
        ("2026-11-24T10:00:00Z", "soon", "om 7 dagar"),
        ("2026-12-07T10:00:00Z", "late", "6 dagar sen"),
    ):
        with time_machine.travel(now, tick=False):
            page = browse(cast.bertil).get(url, **HTMX).content.decode()
        assert f'data-s="{mark}">{words}' in page
        assert "20 kap." in page


def test_the_provider_is_not_shown_while_protection_is_unknown(browse: Any, cast: Cast, bertil: Acting) -> None:
    person = person_of(bertil, protection="unknown")
    services.begin(
        person=person, kind="internship", start_date=date(2026, 4, 13), provider="Hemliga verkstaden", by=bertil
    )
    page = browse(cast.bertil).get(reverse("services-panel", args=[person.pk]), **HTMX).content.decode()
    assert "Hemliga verkstaden" not in page
    with acting_as(bertil):
        assert "Hemliga" not in repr(services.timeline(person))


def test_a_protected_person_is_not_named(browse: Any, cast: Cast, bertil: Acting) -> None:
    hidden = person_of(bertil, "Farah", protection="marked")
    row = services.apply(person=hidden, kind="sfi", on=date(2026, 9, 1), by=bertil)
    pages = [
        *person_urls(hidden.pk),
        *(reverse(name, args=[row.pk]) for name in ROW_PAGES),
        reverse("services-waiting"),
    ]
    for url in pages:
        assert "Farah" not in browse(cast.bertil).get(url).content.decode(), url
    assert browse(cast.cecilia).get(reverse("services-start", args=[row.pk])).status_code == 404


def test_the_waiting_list_is_logged_sorted_and_paged(browse: Any, cast: Cast, bertil: Acting) -> None:
    for number in range(27):
        on = date(2026, 8, 1) + timedelta(days=number)
        services.apply(person=person_of(bertil, f"P{number:02}"), kind="sfi", on=on, by=bertil)
    client, url = browse(cast.bertil), reverse("services-waiting")

    def names(query: str = "") -> list[str]:
        return re.findall(r"(P\d\d) Hassan", client.get(url + query).content.decode())

    assert names() == [f"P{number:02}" for number in range(25)]
    assert names("?page=2") == ["P25", "P26"]
    with acting_as(bertil):
        last = services.waiting_for_sfi(bertil)[-1].person_id
        assert trail.of_person(last, by=bertil)[0].action == "services.waiting.shown"


@pytest.mark.parametrize(("page", "most"), [("panel", 6), ("waiting", 6)])
def test_the_number_of_queries_is_small_and_does_not_grow(
    browse: Any, cast: Cast, amina: Person, course: services.Participation, bertil: Acting, page: str, most: int
) -> None:
    client = browse(cast.bertil)
    url = reverse("services-waiting") if page == "waiting" else reverse("services-panel", args=[amina.pk])

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, **HTMX).status_code == 200
        rooms = [q for q in captured if q["sql"].startswith("SELECT") and ROOMS.search(q["sql"])]
        return len(rooms), len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    count()
    with acting_as(bertil):
        few = count()
        for number in range(8):
            services.apply(person=person_of(bertil, f"P{number}"), kind="sfi", on=date(2026, 9, 1), by=bertil)
            on = date(2025, 1, 1) + timedelta(days=number)
            services.begin(person=amina, kind="validation", start_date=on, end_date=on, by=bertil)
        many = count()
    assert many == few
    assert many[0] <= most
    assert many[1] <= 16
