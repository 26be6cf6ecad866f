"""Search: within reach only, whatever the writing, logged, and as quick with many as with few."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.domain.people import door as people
from matrikel.domain.people import queries
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from tests.cast import Cast
from tests.domain.people.conftest import personal


def ids(by: Acting, text: str, **more: Any) -> list[UUID]:
    return [line.id for line in people.search(by, text, **more)]


@pytest.mark.parametrize(
    "text",
    [
        "amina", "AMINA HASSAN", "hass am", "أمينة", "199003129807", "19900312-9807", "900312-9807", "9003129807",
        "900312 9807", " 19900312–9807 ", "1990-03-12", "900312", "19900312", "amina 900312",
    ],
)  # fmt: skip
def test_one_person_is_found_in_many_ways(amina: people.Person, bertil: Acting, text: str) -> None:
    assert ids(bertil, text) == [amina.pk]


@pytest.mark.parametrize("text", ["", "   ", "mina", "amina x", "900313", "19900312-9815", "%", "_", "' OR 1=1", "\\"])
def test_what_does_not_fit_is_not_found(amina: people.Person, bertil: Acting, text: str) -> None:
    assert ids(bertil, text) == []


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Åsa Öberg", ["åsa", "ÅSA", "asa", "öberg", "ÖBERG", "oberg"]),
        ("Ängla Ek", ["ängla", "ÄNGLA", "angla"]),
        ("André Lejon", ["andré", "ANDRE", "andre"]),
    ],
)
def test_swedish_letters_in_any_case(bertil: Acting, name: str, texts: list[str]) -> None:
    given_name, family_name = name.split()
    person = people.register(by=bertil, given_name=given_name, family_name=family_name)
    for text in texts:
        assert ids(bertil, text) == [person.pk]


def test_numbers_of_every_kind(bertil: Acting) -> None:
    from tests.domain.people.conftest import number

    written = {
        "19900372-9804": ["900372-9804", "199003729804"],
        "19900312-TF01": ["900312-TF01", "19900312tf01"],
        "LMA 50-083223": ["50-083223", "50083223", "lma 50083223"],
        "R-4711": ["r-4711", "Reservnr 4711"],
    }
    for text, writings in written.items():
        person = people.register(by=bertil, given_name="N", identity=number(text))
        for writing in writings:
            assert person.pk in ids(bertil, writing), writing


def test_lists_stand_in_swedish_order(bertil: Acting) -> None:
    for family_name in ("Öberg", "Zander", "Åkesson", "Ärlig", "Ek"):
        people.register(by=bertil, given_name="Li", family_name=family_name)
    names = [line.name for line in people.search(bertil, "li")]
    assert names == ["Li Ek", "Li Zander", "Li Åkesson", "Li Ärlig", "Li Öberg"]


def test_outsiders_find_nothing_and_leave_nothing_in_the_log(amina: people.Person, cast: Cast) -> None:
    for outsider in cast.outsiders:
        with acting_as(outsider):
            for text in ("amina", "19900312-9807", "1990-03-12"):
                assert people.search(outsider, text, case_person_ids=[amina.pk]) == []
    with acting_as(cast.bertil) as bertil:
        assert not trail.of_person(amina.pk, by=bertil).exclude(post_id=bertil.post_id).exists()


def test_what_is_shown_is_logged_without_the_search_text(amina: people.Person, bertil: Acting) -> None:
    people.search(bertil, "amina")
    entry = Entry.objects.get(chain=bertil.board_id, action="people.person.listed")
    assert entry.person_id == amina.pk
    assert "amina" not in entry.canon


def test_a_protected_person_stands_under_the_case_number(hidden: people.Person, cast: Cast, bertil: Acting) -> None:
    assert people.search(bertil, "hemlig") == []
    with acting_as(cast.cecilia) as cecilia:
        (line,) = people.search(cecilia, "hemlig")
        assert line.protected
        assert (line.name, line.number, line.birth_date, line.own_script) == ("Skyddad person", "", None, "")


def test_a_room_above_can_teach_case_numbers(amina: people.Person, hidden: people.Person, cast: Cast) -> None:
    numbers = {amina.pk: "IE 2026-0001", hidden.pk: "IE 2026-0002"}
    before = list(queries._case_numbers)
    people.know_case_numbers(
        lambda by, text: [key for key, label in numbers.items() if label == text],
        lambda by, persons: {key: numbers[key] for key in persons if key in numbers},
    )
    try:
        with acting_as(cast.bertil) as bertil:
            assert [(line.id, line.case_number) for line in people.search(bertil, "IE 2026-0001")] == [
                (amina.pk, "IE 2026-0001")
            ]
            assert people.search(bertil, "IE 2026-0002") == []
        with acting_as(cast.cecilia) as cecilia:
            assert [line.name for line in people.search(cecilia, "IE 2026-0002")] == ["IE 2026-0002"]
            assert people.named([hidden.pk], by=cecilia)[hidden.pk].case_number == "IE 2026-0002"
    finally:
        queries._case_numbers[:] = before


def statements(browse: Any, by: Acting, text: str) -> int:
    client = browse(by)
    client.get(reverse("people"), {"q": "värm upp"})
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(reverse("people"), {"q": text}).status_code == 200
    return len([q for q in caught.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_the_page_costs_the_same_with_many_persons(cast: Cast, browse: Any) -> None:
    with acting_as(cast.bertil) as bertil:
        for serial in range(980, 983):
            people.register(by=bertil, given_name="Li", family_name="Ek", identity=personal("19900312", serial))
        few = {text: statements(browse, bertil, text) for text in ("li ek", "900312", "900312-9807")}
        for day in range(1, 29):
            people.register(by=bertil, given_name="Li", family_name="Ek", identity=personal(f"199004{day:02d}", 980))
        many = {text: statements(browse, bertil, text) for text in few}
    assert many == few
    assert max(many.values()) <= 12, many


def test_the_page_shows_at_most_25(cast: Cast, browse: Any) -> None:
    with acting_as(cast.bertil) as bertil:
        for turn in range(30):
            people.register(by=bertil, given_name="Li", family_name=f"Ek{turn:02d}")
    answer = browse(cast.bertil).get(reverse("people"), {"q": "li"})
    assert answer.content.decode().count("Li Ek") == 25
    assert "Det kan finnas fler" in answer.content.decode()


def test_the_page_for_those_inside_and_outside(
    amina: people.Person, hidden: people.Person, cast: Cast, browse: Any
) -> None:
    inside = browse(cast.bertil).get(reverse("people"), {"q": "amina"}).content.decode()
    assert "Amina Hassan" in inside
    assert reverse("people-person", args=[amina.pk]) in inside
    assert "900312-••••" in inside
    assert "0312-9807" not in inside
    assert "03129807" not in inside
    for text in ("amina", "hemlig"):
        body = browse(cast.david).get(reverse("people"), {"q": text}).content.decode()
        assert "Ingen träff" in body
        assert "Hassan" not in body
    assert browse(cast.elsa).get(reverse("people"), {"q": "amina"}).status_code == 403
    shown = browse(cast.cecilia).get(reverse("people"), {"q": "hemlig"}).content.decode()
    assert "Adressat" not in shown
    assert "Skyddad person" in shown


def test_an_emergency_opening_lets_one_person_in_for_an_hour(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.david) as david:
        access.open_in_emergency(person_id=amina.pk, reason="Barn ensamt hemma, polisen ringer.", by=david)
        assert ids(david, "amina") == [amina.pk]
        people.get_for(david, amina.pk)
    with acting_as(cast.bertil) as bertil:
        opened = trail.of_person(amina.pk, by=bertil).filter(action="people.person.opened").first()
        assert opened is not None
        assert '"ground":"emergency"' in opened.canon


def test_the_search_date_is_read_today(bertil: Acting) -> None:
    person = people.register(by=bertil, given_name="Gammal", birth_date=date(1925, 1, 2))
    assert ids(bertil, "250102") == [person.pk]
