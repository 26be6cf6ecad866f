"""Writing in the journal through its pages: drafts that save themselves, conflicts that lose nothing, locked notes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from matrikel.domain.cases import door as cases
from matrikel.domain.people.door import Person
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as

pytestmark = pytest.mark.usefixtures("person_page")
HTMX = {"HTTP_HX_REQUEST": "true"}
NOON = "2026-11-19T09:47:00Z"


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def client(browse: Any, cast: Cast, case: cases.Case) -> Client:
    return browse(cast.bertil)


def open_form(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of a note form as a browser would hold them."""
    page = client.get(url, **HTMX).content.decode()
    found = re.search(r'<form class="entry".*?</form>', page, re.S)
    assert found, page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)"[^>]*?value="([^"]*)"', found[0]))
    fields.pop("csrfmiddlewaretoken", None)
    assert {"key", "form"} <= set(fields)
    return {"kind": "phone", "happened_at": "2026-11-19T10:30", **fields}


def saved(client: Client, case: cases.Case, fields: dict[str, str], text: str) -> str:
    """The form saves by itself; the version it holds follows the answer, as the page's own swap does."""
    answer = client.post(reverse("cases-note-autosave", args=[case.pk]), {**fields, "text": text}, **HTMX)
    assert answer.status_code == 200
    page = answer.content.decode()
    if version := re.search(r'name="version" id="version-([^"]+)" value="(\d+)"', page):
        assert version[1] == fields["form"]
        fields["version"] = version[2]
    return page


def notes(case: cases.Case, by: Acting) -> list[str]:
    with acting_as(by):
        return [note.text for note in cases.notes_of(case, by)]


def journal(person: Person) -> str:
    return reverse("cases-journal", args=[person.pk])


def test_a_form_saves_itself_as_one_draft_and_says_when(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    fields = open_form(client, journal(amina))
    assert "Sparat 10.47" in saved(client, case, fields, "Selam ber")
    assert "Sparat 10.47" in saved(client, case, fields, "Selam berättar")
    fields["version"] = ""  # the answer was lost on the way
    saved(client, case, fields, "Selam berättar allt")
    assert notes(case, bertil) == ["Selam berättar allt"]


def test_the_draft_is_signed_from_the_same_form(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    fields = open_form(client, journal(amina))
    saved(client, case, fields, "Ett")
    url = reverse("cases-note-write", args=[case.pk])
    answer = client.post(url, {**fields, "text": "Ett och två", "sign": "1"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("people-person", args=[amina.pk]))
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
        assert (note.text, note.kind) == ("Ett och två", "phone")
        assert note.signed_at is not None
        assert note.happened_at == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    page = client.get(journal(amina), **HTMX).content.decode()
    assert "Signerad Bertil" in page
    assert "Fortsätt skriva" not in page
    assert client.post(url, {**fields, "text": "Ett till"}).status_code == 302  # the same form twice
    assert "Inte sparat" in saved(client, case, fields, "Efter signering")
    assert notes(case, bertil) == ["Ett och två"]


def test_without_scripts_a_note_is_written_and_signed_at_once(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    fields = open_form(client, reverse("cases-note-write", args=[case.pk]))
    client.post(reverse("cases-note-write", args=[case.pk]), {**fields, "text": "Direkt", "sign": "1"})
    with acting_as(bertil):
        assert [note.signed_at is not None for note in cases.notes_of(case, bertil)] == [True]


def test_a_draft_is_hatched_for_its_author_and_nowhere_for_others(
    client: Client, browse: Any, cast: Cast, amina: Person, case: cases.Case
) -> None:
    saved(client, case, open_form(client, journal(amina)), "Bara mitt")
    mine = client.get(journal(amina), **HTMX).content.decode()
    assert 'class="entry draft"' in mine
    assert "Utkast, bara du ser det." in mine
    for other in (cast.cecilia, cast.rakel):
        theirs = browse(other).get(journal(amina), **HTMX).content.decode()
        assert "Bara mitt" not in theirs
        assert "draft" not in theirs.replace("data-draft", "")
        assert "Ingen anteckning ännu." in theirs


def test_two_tabs_on_one_draft_see_both_texts_and_lose_none(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    saved(client, case, open_form(client, journal(amina)), "Början")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    edit = reverse("cases-note-edit", args=[note.pk])
    one, two = open_form(client, edit), open_form(client, edit)
    assert one["form"] != two["form"]
    saved(client, case, one, "Början ett")
    page = saved(client, case, two, "Början två")
    assert "Inte sparat" in page
    assert "<ins>ett</ins>" in page
    assert "<ins>två</ins>" in page
    assert notes(case, bertil) == ["Början ett"]
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    assert "Inte sparat" in saved(client, case, two, "Början två tre")  # typing on does not save over the other text
    again = client.post(reverse("cases-note-write", args=[case.pk]), {**two, "text": "Början två tre"})
    assert again.status_code == 409
    assert "Början två tre" in again.content.decode()
    chosen = {**two, "text": "Början två tre", "choice": "both", "seen": seen[1]}
    assert client.post(reverse("cases-note-write", args=[case.pk]), chosen).status_code == 302
    assert notes(case, bertil) == ["Början ett\n\nBörjan två tre"]
    assert "Inte sparat" in saved(client, case, one, "Början ett fyra")  # and the first tab is told in its turn


def test_the_saved_text_may_be_chosen(client: Client, amina: Person, case: cases.Case, bertil: Acting) -> None:
    fields = open_form(client, journal(amina))
    saved(client, case, fields, "Början")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    edit = reverse("cases-note-edit", args=[note.pk])
    saved(client, case, open_form(client, edit), "Det sparade")
    page = saved(client, case, fields, "Mitt")
    assert "Inte sparat" in page
    sent = {**fields, "text": "Mitt", "choice": "theirs"}
    answer = client.post(reverse("cases-note-write", args=[case.pk]), sent)
    assert (answer.status_code, answer["Location"]) == (302, edit)
    assert notes(case, bertil) == ["Det sparade"]


def test_one_s_own_text_may_be_chosen(client: Client, amina: Person, case: cases.Case, bertil: Acting) -> None:
    saved(client, case, open_form(client, journal(amina)), "Början")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    edit = reverse("cases-note-edit", args=[note.pk])
    one, two = open_form(client, edit), open_form(client, edit)
    saved(client, case, one, "ett")
    page = saved(client, case, two, "två")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    saved(client, case, one, "ett igen")
    sent = {**two, "text": "två", "choice": "mine", "seen": seen[1]}
    assert client.post(reverse("cases-note-write", args=[case.pk]), sent).status_code == 409
    sent |= {"seen": str(int(seen[1]) + 1), "key": str(uuid4())}
    assert client.post(reverse("cases-note-write", args=[case.pk]), sent).status_code == 302
    assert notes(case, bertil) == ["två"]


def test_a_draft_thrown_away_in_another_tab_does_not_swallow_text(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    fields = open_form(client, journal(amina))
    saved(client, case, fields, "Ett")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    gone = client.post(reverse("cases-note-discard", args=[note.pk]), {"key": str(uuid4()), "version": "1"})
    assert gone.status_code == 302
    assert "har kastats" in saved(client, case, fields, "Ett två")
    answer = client.post(reverse("cases-note-write", args=[case.pk]), {**fields, "text": "Ett två"})
    assert answer.status_code == 422
    assert "Ett två" in answer.content.decode()


def test_a_draft_changed_since_it_was_shown_is_not_signed_unread(
    client: Client, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    fields = open_form(client, journal(amina))
    saved(client, case, fields, "Ett")
    saved(client, case, fields, "Ett två")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    url = reverse("cases-note-sign", args=[note.pk])
    stale = client.post(url, {"key": str(uuid4()), "version": "1"})
    assert stale["Location"] == reverse("cases-note-edit", args=[note.pk])
    fresh = client.post(url, {"key": str(uuid4()), "version": "2"})
    assert fresh["Location"] == reverse("people-person", args=[amina.pk])
    with acting_as(bertil):
        assert cases.note_for(bertil, note.pk).signed_at is not None


def test_a_struck_note_shows_text_reason_and_who(
    client: Client, browse: Any, cast: Cast, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    with acting_as(bertil):
        note = cases.save_note(
            case=case, form=uuid4(), kind="visit", happened_at=datetime(2026, 11, 18, 9, tzinfo=UTC),
            text="Gällde någon <annan>", by=bertil, sign=True,
        )  # fmt: skip
    assert reverse("cases-note-strike", args=[note.pk]) in client.get(journal(amina), **HTMX).content.decode()
    assert (
        reverse("cases-note-strike", args=[note.pk])
        not in browse(cast.rakel).get(journal(amina), **HTMX).content.decode()
    )
    struck = browse(cast.cecilia).post(
        reverse("cases-note-strike", args=[note.pk]), {"key": str(uuid4()), "reason": "Fel person"}
    )
    assert struck.status_code == 302
    page = browse(cast.rakel).get(journal(amina), **HTMX).content.decode()
    assert re.search(r"<del>.*Gällde någon &lt;annan&gt;.*</del>", page, re.S)
    assert re.search(r"Struken av Cecilia .*: Fel person", page)
    assert client.get(reverse("cases-note-edit", args=[note.pk])).status_code == 302


def test_older_notes_are_shown_on_asking(client: Client, amina: Person, case: cases.Case, bertil: Acting) -> None:
    with acting_as(bertil):
        for number in range(23):
            cases.save_note(
                case=case, form=uuid4(), kind="visit", text=f"nummer {number:02}", by=bertil, sign=True,
                happened_at=datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=number),
            )  # fmt: skip

    def shown(query: str) -> tuple[list[str], bool, str]:
        page = client.get(journal(amina) + query, **HTMX).content.decode()
        return re.findall(r"nummer (\d\d)", page), "Visa äldre" in page, page

    first, more, page = shown("")
    assert (first[0], len(first), more) == ("22", 10, True)
    assert 'class="n">23<' in page
    assert re.search(r'<time class="strong">23\xa0okt 11.00</time>', page)
    older, more, page = shown("?from=20")
    assert (older, more) == (["02", "01", "00"], False)
    assert "<section" not in page
    assert client.get(journal(amina) + "?from=-1").status_code == 404


def test_without_an_open_case_the_journal_says_what_to_do(
    browse: Any, cast: Cast, amina: Person, bertil: Acting
) -> None:
    page = browse(cast.bertil).get(journal(amina), **HTMX).content.decode()
    assert "inget öppet ärende" in page
    assert "<form" not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"text": "  "}, "Anteckning"), ({"happened_at": "i går"}, "När"), ({"kind": "dream"}, "Slag")],
)
def test_a_form_that_cannot_be_saved_says_why(
    client: Client, amina: Person, case: cases.Case, bertil: Acting, fields: dict[str, str], message: str
) -> None:
    held = open_form(client, journal(amina))
    answer = client.post(reverse("cases-note-write", args=[case.pk]), {**held, "text": "Hej", **fields})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    auto = client.post(reverse("cases-note-autosave", args=[case.pk]), {**held, "text": "Hej", **fields}, **HTMX)
    assert "Inte sparat." in auto.content.decode()
    assert notes(case, bertil) == []


def test_nobody_reaches_another_s_draft_by_its_id(
    client: Client, browse: Any, cast: Cast, amina: Person, case: cases.Case, bertil: Acting
) -> None:
    saved(client, case, open_form(client, journal(amina)), "Bara mitt")
    with acting_as(bertil):
        (note,) = cases.notes_of(case, bertil)
    other = browse(cast.cecilia)
    assert other.get(reverse("cases-note-edit", args=[note.pk])).status_code == 404
    for name in ("cases-note-sign", "cases-note-discard"):
        sent = {"key": str(uuid4()), "version": "1"}
        assert other.post(reverse(name, args=[note.pk]), sent).status_code == 404
    fields = open_form(other, journal(amina)) | {"note": str(note.pk), "version": "1", "text": "kapat"}
    assert other.post(reverse("cases-note-autosave", args=[case.pk]), fields).status_code == 404
    assert notes(case, bertil) == ["Bara mitt"]
