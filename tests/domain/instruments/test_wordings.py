"""A unit loads the official wording it has leave to use: only there, only words, and a faulty file names its lines."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.models import FormVersion, OfficialWording
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from tests.cast import Cast, acting_as

PAGE = "/formular/ord/talk/"
OFFICIAL = """
language = "sv"
licence = "Avtal 2026-17 med rättighetshavaren"
[texts]
item.wish.text = "Vad önskar du dig {what}?"
"""


def load(client: Client, text: str | bytes, name: str = "officiell.toml") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(PAGE, {"key": str(uuid4()), "file": SimpleUploadedFile(name, content)}, follow=True)


def asked(case: cases.Case, by: Acting, browse: Any) -> str:
    """The page of a form begun now, which is thrown away again: a draft stays in the words it was begun in."""
    response = instruments.begin(case=case, form="talk", by=by)
    page: str = browse(by).get(f"/formular/{response.pk}/fyll-i/").content.decode()
    instruments.discard(response=response, by=by)
    return page


def test_the_next_form_is_asked_in_the_official_words(
    catalogue: object, case: cases.Case, cast: Cast, browse: Any, bertil: Acting
) -> None:
    assert "Vad vill du?" in asked(case, bertil, browse)
    answer = load(browse(cast.cecilia), OFFICIAL.format(what="nu"))
    assert "Ordalydelsen gäller från nästa formulär" in answer.content.decode()
    assert "Avtal 2026-17" in answer.content.decode()
    page = asked(case, bertil, browse)
    assert "Vad önskar du dig nu?" in page
    assert "Hur går det?" in page, "what the file does not hold stays"
    assert len(set(FormVersion.objects.filter(form="talk").values_list("logic_hash", flat=True))) == 1
    load(browse(cast.cecilia), OFFICIAL.format(what="framöver"))
    assert "Vad önskar du dig framöver?" in asked(case, bertil, browse)
    with acting_as(cast.cecilia):
        assert OfficialWording.objects.count() == 1, "it takes the place of the one before"
        assert Entry.objects.filter(action="instruments.wording.loaded").count() == 2


def test_nobody_outside_loads_it_or_meets_it(
    catalogue: object, case: cases.Case, cast: Cast, browse: Any, bertil: Acting
) -> None:
    for outsider in (cast.bertil, cast.david, cast.erik, cast.rakel):
        assert load(browse(outsider), OFFICIAL.format(what="nu")).status_code in (403, 404)
    with acting_as(cast.cecilia):
        assert not OfficialWording.objects.exists()
    load(browse(cast.cecilia), OFFICIAL.format(what="nu"))
    for elsewhere in (cast.david, cast.erik):
        with acting_as(elsewhere) as by:
            assert not OfficialWording.objects.filter(unit_id=by.unit_id).exists()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (OFFICIAL.replace("item.wish.text", "item.hope.text"), "officiell.toml:5"),
        (OFFICIAL.replace('licence = "Avtal 2026-17 med rättighetshavaren"\n', ""), "officiell.toml"),
        (OFFICIAL.replace('"sv"', '"svenska språket"'), "officiell.toml:2"),
        (OFFICIAL + "[scores]\n", "officiell.toml:6"),
        ("language = \n", "officiell.toml"),
        (b"\xff\xfe\x00", "officiell.toml"),
    ],
    ids=["unknown text", "no licence", "no language", "more than words", "no toml", "no text"],
)
def test_a_faulty_file_names_its_line_and_nothing_is_kept(
    catalogue: object, case: cases.Case, cast: Cast, browse: Any, bertil: Acting, content: str | bytes, place: str
) -> None:
    client = browse(cast.cecilia)
    answer = load(client, content)
    assert answer.status_code == 422
    assert place in answer.content.decode()
    with acting_as(cast.cecilia):
        assert not OfficialWording.objects.exists()
        assert not Entry.objects.filter(action="instruments.wording.loaded").exists()
    assert "Vad vill du?" in asked(case, bertil, browse)


def test_a_file_must_be_sent(catalogue: object, cast: Cast, browse: Any) -> None:
    answer = browse(cast.cecilia).post(PAGE, {"key": str(uuid4())})
    assert answer.status_code == 422
    assert browse(cast.cecilia).post("/formular/ord/finns-inte/", {"key": str(uuid4())}).status_code == 404
