"""The room's pages: who sees them, what they ask the database, what they do."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as
from tests.domain.cases.conftest import person_of

pytestmark = pytest.mark.usefixtures("person_page")
ROOMS = re.compile(r'(FROM|JOIN) "(cases|services|people|access_relation)')
HTMX = {"HTTP_HX_REQUEST": "true"}


def asked(captured: CaptureQueriesContext) -> list[str]:
    """What a page asks of the rooms: session, post, log and savepoints left out."""
    return [q["sql"] for q in captured if q["sql"].startswith("SELECT") and ROOMS.search(q["sql"])]


def form(**values: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **values}


def case_urls(case_id: UUID) -> list[str]:
    names = ("cases-case-close", "cases-case-reopen", "cases-case-assign", "cases-case-refer", "cases-note-write")
    return [reverse(name, args=[case_id]) for name in names]


def person_urls(person_id: UUID) -> list[str]:
    names = ("cases-panel", "cases-journal", "cases-case-open", "cases-reception-add")
    return [reverse(name, args=[person_id]) for name in names]


@pytest.fixture
def note(case: cases.Case, bertil: Acting) -> cases.Note:
    draft = cases.write_note(
        case=case, kind="visit", happened_at=datetime(2026, 5, 4, 9, tzinfo=UTC), text="Ett besök.", by=bertil
    )
    return cases.sign_note(note=draft, by=bertil)


@pytest.fixture
def reception(amina: Person, bertil: Acting) -> cases.Reception:
    return cases.receive(
        person=amina, received_on=date(2026, 2, 10), category="relative", route="allocation", by=bertil
    )


def test_every_page_answers_the_case_worker(
    browse: Any, cast: Cast, amina: Person, case: cases.Case, note: cases.Note, reception: cases.Reception
) -> None:
    client = browse(cast.bertil)
    pages = [*case_urls(case.pk), *person_urls(amina.pk), reverse("cases"), reverse("cases") + "?whose=unit"]
    pages += [reverse("cases-note-strike", args=[note.pk]), reverse("cases-reception-change", args=[reception.pk])]
    for url in pages:
        assert client.get(url).status_code == 200, url
        assert b"None" not in client.get(url, **HTMX).content, url


def test_a_page_out_of_reach_is_the_same_as_one_that_never_was(
    browse: Any, cast: Cast, amina: Person, case: cases.Case, note: cases.Note, reception: cases.Reception
) -> None:
    known = [*case_urls(case.pk), *person_urls(amina.pk)]
    unknown = [*case_urls(uuid4()), *person_urls(uuid4())]
    for name, row in (
        ("cases-note-strike", note),
        ("cases-note-edit", note),
        ("cases-reception-change", reception),
    ):
        known.append(reverse(name, args=[row.pk]))
        unknown.append(reverse(name, args=[uuid4()]))
    for outsider, status in ((cast.david, 404), (cast.erik, 404), (cast.elsa, 403)):
        client = browse(outsider)
        for there, nowhere in zip(known, unknown, strict=True):
            answers = [client.get(url) for url in (there, nowhere)]
            assert [a.status_code for a in answers] == [status, status], there
            assert strip(answers[0].content) == strip(answers[1].content)
            assert b"Amina" not in answers[0].content
    posted = [reverse(name, args=[note.pk]) for name in ("cases-note-sign", "cases-note-discard")]
    posted.append(reverse("cases-note-autosave", args=[case.pk]))
    for outsider, status in ((cast.david, 404), (cast.erik, 404), (cast.elsa, 403)):
        assert {browse(outsider).post(url, form()).status_code for url in posted} == {status}


def strip(content: bytes) -> bytes:
    return re.sub(rb'csrf\w*&?[^>]*|value="[^"]*"|X-CSRFToken[^}]*', b"", content)


def test_a_reader_sees_the_panels_and_no_way_to_write(
    browse: Any, cast: Cast, amina: Person, case: cases.Case, note: cases.Note
) -> None:
    client = browse(cast.rakel)
    for url in (reverse("cases-panel", args=[amina.pk]), reverse("cases-journal", args=[amina.pk])):
        page = client.get(url, **HTMX).content.decode()
        assert case.number in page or "Ett besök." in page
        assert "<form" not in page
        assert f"/arenden/{case.pk}/" not in page
    for url in [*case_urls(case.pk), reverse("cases-note-strike", args=[note.pk])]:
        assert client.get(url).status_code == 403, url


def test_the_lists_show_mine_and_the_unit_s_and_log_who_was_shown(
    browse: Any, cast: Cast, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    page = browse(cast.bertil).get(reverse("cases")).content.decode()
    assert '<a href="?" aria-current="page">Mina' in page
    assert "Amina Hassan" in page
    assert case.number in page
    with acting_as(cast.bertil):
        entry = trail.of_person(amina.pk, by=bertil)[0]
    assert (entry.action, entry.outcome) == ("cases.list.shown", "read")
    manager = browse(cast.cecilia)
    assert "Amina" not in manager.get(reverse("cases")).content.decode()
    assert "Amina" in manager.get(reverse("cases"), {"whose": "unit"}).content.decode()
    for outsider in (cast.david, cast.erik):
        for query in ({}, {"whose": "unit"}, {"whose": "unit", "state": "all"}):
            assert "Amina" not in browse(outsider).get(reverse("cases"), query).content.decode()


def test_the_unit_s_list_is_filtered_sorted_and_paged(browse: Any, cast: Cast, amina: Person, bertil: Acting) -> None:
    for number, name in enumerate("abcdefghijklmnopqrstuvwxyz"):
        on = date(2026, 1, 1) + timedelta(days=number)
        case = cases.open_case(person=person_of(bertil, name.upper() * 3), on=on, by=bertil)
        if number == 0:
            cases.close_case(case=case, on=date(2026, 10, 1), reason="moved", by=bertil)
    client, url = browse(cast.bertil), reverse("cases")

    def names(**query: str) -> list[str]:
        page = client.get(url, {"whose": "unit", **query}).content.decode()
        return re.findall(r'class="who" href="[^"]*">([A-Z]{3}) Hassan', page)

    assert names() == [c.upper() * 3 for c in "bcdefghijklmnopqrstuvwxyz"]
    assert names(state="closed") == ["AAA"]
    assert len(names(state="all")) == 25
    assert names(state="all", page="2") == ["ZZZ"]
    assert names(sort="-dag")[0] == "ZZZ"
    assert names(sort="nummer")[0] == "BBB"
    assert names(sort="; drop table", page="x", state="odd", post="y")[0] == "BBB"
    assert names(post=str(cast.cecilia.post_id)) == []
    assert names(post=str(bertil.post_id), state="closed") == ["AAA"]


def test_a_protected_person_is_called_by_the_case_number(browse: Any, cast: Cast, bertil: Acting) -> None:
    hidden = person_of(bertil, "Farah", protection="marked")
    case = cases.open_case(person=hidden, on=date(2026, 3, 2), by=bertil)
    pages = [reverse("cases"), *case_urls(case.pk), *person_urls(hidden.pk)]
    for url in pages:
        page = browse(cast.bertil).get(url).content.decode()
        assert "Farah" not in page, url
    assert case.number in browse(cast.bertil).get(reverse("cases")).content.decode()
    assert case.number not in browse(cast.cecilia).get(reverse("cases"), {"whose": "unit"}).content.decode()


@pytest.mark.parametrize(("page", "most"), [("list", 6), ("panel", 6), ("journal", 6)])
def test_the_number_of_queries_is_small_and_does_not_grow(
    browse: Any, cast: Cast, amina: Person, case: cases.Case, bertil: Acting, page: str, most: int
) -> None:
    client = browse(cast.bertil)
    url = {
        "list": reverse("cases") + "?whose=unit",
        "panel": reverse("cases-panel", args=[amina.pk]),
        "journal": reverse("cases-journal", args=[amina.pk]),
    }[page]

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url, **HTMX).status_code == 200
        return len(asked(captured)), len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    count()
    with acting_as(bertil):
        few = count()
        for number in range(8):
            if page == "list":
                cases.open_case(person=person_of(bertil, f"P{number}"), on=date(2026, 3, 2), by=bertil)
            note = cases.write_note(
                case=case, kind="visit", happened_at=datetime(2026, 5, 4, 9, tzinfo=UTC), text=f"nr {number}", by=bertil
            )
            cases.sign_note(note=note, by=bertil)
            on = date(2026, 3, 2) + timedelta(days=number)
            cases.receive(person=amina, received_on=on, category="relative", allocated_on=on, by=bertil)
            cases.refer(case=case, receiver="health_care", on=on, by=bertil)
        many = count()
    assert many == few
    assert many[0] <= most
    assert many[1] <= 16


def test_a_case_is_opened_handed_on_referred_closed_and_reopened_from_its_pages(
    browse: Any, cast: Cast, amina: Person
) -> None:
    client, home = browse(cast.bertil), reverse("people-person", args=[amina.pk])

    def act(name: str, key: UUID, **values: Any) -> None:
        answer = client.post(reverse(name, args=[key]), form(**values))
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == home

    day, post = "2026-05-04", str(cast.bertil.post_id)
    act("cases-reception-add", amina.pk, received_on=day, category="relative")
    act("cases-case-open", amina.pk, on=day, post_id=post)
    with acting_as(cast.bertil):
        (case,), (reception,) = cases.cases_of(amina), cases.receptions_of(amina)
    act("cases-reception-change", reception.pk, received_on=day, category="quota_refugee", version=1)
    act("cases-case-refer", case.pk, receiver="health_care", on=day)
    act("cases-case-assign", case.pk, post_id=str(cast.cecilia.post_id), role="main", on="2026-05-06")
    act("cases-case-close", case.pk, on="2026-06-01", reason="work")
    act("cases-case-reopen", case.pk)
    with acting_as(cast.bertil):
        held = cases.current_case(amina)
        assert held is not None
        assert held.caseworker == "Cecilia"
        assert cases.receptions_of(amina)[0].category == "quota_refugee"


def test_a_refused_form_is_shown_again_with_what_was_written(browse: Any, cast: Cast, case: cases.Case) -> None:
    answer = browse(cast.bertil).post(reverse("cases-case-close", args=[case.pk]), form(on="2026-03-01", reason="work"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Sista dagen ligger före" in page
    assert 'value="2026-03-01"' in page


def test_two_who_correct_the_same_reception_meet_both_texts(
    browse: Any, cast: Cast, reception: cases.Reception, bertil: Acting
) -> None:
    with acting_as(bertil):
        cases.correct_reception(reception=reception, by=bertil, category="quota_refugee")
    url = reverse("cases-reception-change", args=[reception.pk])
    answer = browse(cast.bertil).post(
        url, form(received_on="2026-02-10", category="other_immigrant", route="allocation", version=1)
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Annan invandrad" in page
    assert "Kvotflykting" in page


def test_the_same_form_twice_opens_one_case(browse: Any, cast: Cast, amina: Person) -> None:
    sent = form(on="2026-05-04", post_id=str(cast.bertil.post_id))
    url = reverse("cases-case-open", args=[amina.pk])
    assert [browse(cast.bertil).post(url, sent).status_code for _ in range(2)] == [302, 302]
    with acting_as(cast.bertil):
        assert len(cases.cases_of(amina)) == 1


def test_an_earlier_municipality_is_not_shown_while_protection_is_unknown(
    browse: Any, cast: Cast, bertil: Acting
) -> None:
    for protection, shown in (("none", True), ("unknown", False)):
        person = person_of(bertil, protection=protection)
        cases.receive(
            person=person, received_on=date(2026, 2, 10), category="relative", previous_municipality="0180", by=bertil
        )
        page = browse(cast.bertil).get(reverse("cases-panel", args=[person.pk])).content.decode()
        assert ("Stockholm" in page) is shown


def test_the_limit_after_an_assignment_is_told(browse: Any, cast: Cast, amina: Person, bertil: Acting) -> None:
    cases.receive(
        person=amina, received_on=date(2026, 6, 2), category="relative", allocated_on=date(2026, 3, 31), by=bertil
    )
    with time_machine.travel("2026-11-20T10:00:00Z", tick=False):
        page = browse(cast.bertil).get(reverse("cases-panel", args=[amina.pk])).content.decode()
    assert "31\u00a0maj" in page
    assert "senare" in page
