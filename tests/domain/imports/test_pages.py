"""The way of a file through the pages, and what others see of it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from matrikel.base.scope import acting_as
from matrikel.domain.imports import door as imports
from matrikel.domain.imports import tasks
from matrikel.domain.imports.door import Batch
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from tests.cast import Cast
from tests.domain.imports.conftest import AMINA, AMINA_ROW, BOOK, OMAR_ROW, marked, register_of
from tests.imports.reading.registers import xlsx

PAGES = ("batch", "mapping", "preview", "problems", "problems-file")
ACTS = ("run", "stop", "resume", "undo", "discard")


def hand_in(client: Client, content: bytes, name: str = "register.xlsx") -> Any:
    return client.post(reverse("imports-upload"), {"file": SimpleUploadedFile(name, content)})


def answers(client: Client, url: str, **said: str) -> Any:
    """Press the button of the mapping page with every column as it was guessed."""
    page = client.get(url).content.decode()
    chosen = re.findall(r'<select name="(\w+)".*?</select>', page, re.DOTALL)
    fields = {}
    for name in chosen:
        select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
        assert select
        option = re.search(r'value="([^"]*)" selected', select[0])
        fields[name] = option[1] if option else ""
    return client.post(url, fields | {"protected": "no", "alike": "new", "register_date": "2009-12-31"} | said)


def taken_in(client: Client, by: Acting, content: bytes) -> Batch:
    """All the way, with the worker's part done here."""
    url = hand_in(client, content).url
    batch_id = url.split("/")[2]
    answers(client, url)
    client.post(reverse("imports-run", args=[batch_id]))
    tasks.take_in.call(str(by.post_id), batch_id)
    with acting_as(by):
        return imports.batch_for(by, batch_id)


def told(response: Any) -> str:
    """A page without the tokens that differ from answer to answer, and without the address that was asked for."""
    page = response.content.decode().replace(response.request["PATH_INFO"], "")
    return re.sub(r'("X-CSRFToken": |name="csrfmiddlewaretoken" value=)"\w+"', "", page)


@pytest.fixture
def chief(cast: Cast, browse: Callable[..., Client]) -> Client:
    return browse(cast.cecilia)


def test_a_file_goes_from_chosen_to_result(chief: Client, cast: Cast) -> None:
    assert "Inget register är inläst" in chief.get(reverse("imports")).content.decode()
    response = hand_in(chief, BOOK.read_bytes(), BOOK.name)
    assert response.status_code == 302
    page = chief.get(response.url).content.decode()
    assert "Para ihop kolumner" in page
    assert "ensamk?" in page, "unknown words are asked about"
    assert "skyddade uppgifter i registret?" in page
    response = answers(chief, response.url)
    preview = chief.get(response.url).content.decode()
    assert "Läs in 230 rader" in preview
    assert "ny person" in preview
    batch_id = response.url.split("/")[2]
    assert chief.post(reverse("imports-run", args=[batch_id])).status_code == 302
    waiting = chief.get(reverse("imports-batch", args=[batch_id])).content.decode()
    assert "Väntar på sin tur" in waiting
    assert "hx-get" in waiting
    tasks.take_in.call(str(cast.cecilia.post_id), batch_id)
    polled = chief.get(reverse("imports-batch", args=[batch_id]), headers={"HX-Request": "true"})
    assert polled.headers["HX-Refresh"] == "true"
    result = chief.get(reverse("imports-batch", args=[batch_id])).content.decode()
    assert "226" in result
    assert "Ångra hela inläsningen" in result
    problems = chief.get(reverse("imports-problems", args=[batch_id])).content.decode()
    assert "D23" in problems
    assert "kontrollsiffra" in problems
    number = r"(?<![\w-])(?:19|20)?\d{6}[-+]?\d{4}(?![\w-])"  # not the digits inside an id or a token
    assert not re.search(number, problems), "a whole number stands on the page"
    file = chief.get(reverse("imports-problems-file", args=[batch_id]))
    assert file.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_question_of_protection_has_to_be_answered(chief: Client) -> None:
    url = hand_in(chief, register_of(AMINA_ROW)).url
    response = answers(chief, url, protected="")
    assert response.status_code == 422
    assert "err-sum" in response.content.decode()


def test_an_unknown_word_is_given_a_meaning_and_a_column_mended(chief: Client, cast: Cast) -> None:
    rows = [["Efternamn", "Förnamn", "Personnr", "Kategori", "X"], ["Hassan", "Amina", AMINA, "ABC", "2007-03-01"]]
    url = hand_in(chief, xlsx(rows)).url
    response = answers(chief, url, w0="quota_refugee", c0_4="enrolled_on")
    assert "Läs in 1 rad" in chief.get(response.url).content.decode()
    batch_id = url.split("/")[2]
    chief.post(reverse("imports-run", args=[batch_id]))
    tasks.take_in.call(str(cast.cecilia.post_id), batch_id)
    with acting_as(cast.cecilia) as by:
        assert imports.batch_for(by, batch_id).good == 1
        assert imports.upload(content=xlsx(rows), file_name="b.xlsx", by=by).choices["codes"], "kept until next time"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b" \n", "tom"), (BOOK.read_bytes()[:2000], "avhuggen"), (b"hej hopp utan rubriker", "rubriker"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_at_the_field(content: bytes, said: str, chief: Client, cast: Cast) -> None:
    response = hand_in(chief, content)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert 'id="id_file-error"' in page
    with acting_as(cast.cecilia):
        assert Batch.objects.count() == 0


def test_a_file_with_macros_is_refused(chief: Client) -> None:
    assert "makron" in hand_in(chief, register_of(AMINA_ROW), "register.xlsm").content.decode()


def test_protected_persons_stand_without_a_name(chief: Client, cast: Cast) -> None:
    content = marked([*OMAR_ROW[:8], "2007-04-15", "2007-12-31", "2007-08-01"])
    url = hand_in(chief, marked(OMAR_ROW)).url
    preview = chief.get(answers(chief, url).url).content.decode()
    assert "Saeed" not in preview
    assert "Skyddade uppgifter" in preview
    taken_in(chief, cast.cecilia, marked(OMAR_ROW))
    batch = taken_in(chief, cast.cecilia, content)
    page = chief.get(reverse("imports-problems", args=[batch.pk])).content.decode()
    assert "Saeed" not in page


def test_an_import_is_undone_from_its_page(chief: Client, cast: Cast) -> None:
    batch = taken_in(chief, cast.cecilia, register_of(AMINA_ROW))
    chief.post(reverse("imports-undo", args=[batch.pk]))
    tasks.take_back.call(str(cast.cecilia.post_id), str(batch.pk))
    assert "Registret är som före" in chief.get(reverse("imports-batch", args=[batch.pk])).content.decode()
    with acting_as(cast.cecilia):
        assert people.Person.objects.count() == 0


def test_a_file_can_be_thrown_away(chief: Client, cast: Cast) -> None:
    batch_id = hand_in(chief, register_of(AMINA_ROW)).url.split("/")[2]
    assert chief.post(reverse("imports-discard", args=[batch_id])).url == reverse("imports")
    assert "register.xlsx" not in chief.get(reverse("imports")).content.decode()


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_nobody_else_sees_an_import(name: str, chief: Client, cast: Cast, browse: Callable[..., Client]) -> None:
    from matrikel.domain.access import door as access

    batch = taken_in(chief, cast.cecilia, register_of(AMINA_ROW))
    place = access.Unit.objects.get(pk=cast.david.unit_id)
    other = access.employ(
        email="doris@example.test", name="Doris", role="unit_manager", unit=place, by=None, start_date=None
    )
    doris = browse(access.acting(other))
    ask = doris.post if name in ACTS else doris.get
    real, random = (ask(reverse(f"imports-{name}", args=[pk])) for pk in (batch.pk, uuid4()))
    assert (real.status_code, random.status_code) == (404, 404)
    assert told(real) == told(random)
    for by in (cast.bertil, cast.elsa, cast.erik):
        client = browse(by)
        ask = client.post if name in ACTS else client.get
        assert ask(reverse(f"imports-{name}", args=[batch.pk])).status_code in (403, 404)


def test_today_tells_of_imports_that_wait(chief: Client, cast: Cast) -> None:
    url = hand_in(chief, register_of(AMINA_ROW)).url
    answers(chief, url)
    with acting_as(cast.cecilia) as by:
        [waiting] = imports.waiting(by)
        assert (waiting.mark, waiting.title) == ("todo", "register.xlsx")
    with acting_as(cast.david) as by:
        assert imports.waiting(by) == []
