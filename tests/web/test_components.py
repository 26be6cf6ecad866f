"""Components that people's safety or access hangs on, rendered."""

import re
from dataclasses import dataclass

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from matrikel.base.typefaces import FACES
from matrikel.web.fonts import FontFinder
from matrikel.web.templatetags.icons import ICONS
from matrikel.web.templatetags.shell import person_name, undo_tag, undo_url


@pytest.fixture(autouse=True)
def swedish():  # type: ignore[no-untyped-def]
    with translation.override("sv"):
        yield


def drawn(source: str, **context: object) -> SafeString:
    from django_cotton.compiler_regex import CottonCompiler

    engine = engines["django"].engine  # type: ignore[attr-defined]
    return engine.from_string(CottonCompiler().process(source)).render(Context(context))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Somebody:
    name: str = "Selam Tesfay"
    case_number: str = "4412"
    protected: bool | None = False


@dataclass(frozen=True)
class Undeclared:
    name: str = "Selam Tesfay"
    case_number: str = "4412"


PERSON = '<c-person :person="somebody" url="/p" own="ሰላም" lang="ti" />'


def test_a_person_is_shown_by_name_and_own_script() -> None:
    html = drawn(PERSON, somebody=Somebody())
    assert "Selam Tesfay" in html
    assert '<bdi lang="ti">ሰላም</bdi>' in html


@pytest.mark.parametrize("somebody", [Somebody(protected=True), Undeclared()], ids=["protected", "undeclared"])
def test_a_protected_person_is_a_case_number_in_every_script(somebody: object) -> None:
    html = drawn(PERSON, somebody=somebody)
    assert "Person 4412" in html
    assert "Selam" not in html
    assert "ሰላም" not in html


def test_a_protected_person_without_case_number_has_no_name() -> None:
    assert person_name(Somebody(protected=True, case_number="")) == "Skyddad person"


def test_names_are_escaped() -> None:
    assert "<b>" not in drawn(PERSON, somebody=Somebody(name="<b>x</b>"))
    assert "<b>" not in drawn('<c-sec id="a" title="{{ t }}" count="{{ t }}">{{ t }}</c-sec>', t="<b>x</b>")


class Sample(forms.Form):
    rent = forms.IntegerField(label="Hyra", help_text="Per månad")
    ways = forms.MultipleChoiceField(label="Sätt", choices=[("a", "Sms")], widget=forms.CheckboxSelectMultiple)


def test_a_field_ties_hint_and_error_to_its_input() -> None:
    html = drawn('<c-field :field="field" />', field=Sample({"rent": "sju"})["rent"])
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert 'aria-invalid="true"' in html


def test_the_error_summary_links_to_every_field() -> None:
    form = Sample({"rent": "sju"}, auto_id="f_%s")
    html = drawn('<c-errors :form="form" />', form=form)
    assert set(re.findall(r'href="#([^"]+)"', html)) == {"f_rent", "f_ways"}
    assert drawn('<c-errors :form="form" />', form=Sample()).strip() == ""


@pytest.mark.parametrize("target", ["//elsewhere.example/x", "https://elsewhere.example", "javascript:x", ""])
def test_undo_stays_on_the_own_host(target: str) -> None:
    assert undo_url(Message(constants.SUCCESS, "x", extra_tags=undo_tag(target))) == ""
    assert undo_url(Message(constants.SUCCESS, "x", extra_tags=undo_tag("/steg/1/"))) == "/steg/1/"


def test_other_pages_of_a_list_keep_its_filters() -> None:
    request = RequestFactory().get("/personer/?q=a%26b&page=2")
    html = drawn('<c-pager :page="page" />', page=Paginator(range(84), 3).page(2), request=request)
    assert 'href="?q=a%26b&amp;page=3"' in html
    assert 'href="?page=1"' in drawn('<c-pager :page="page" />', page=Paginator(range(84), 3).page(2))


def test_every_icon_draws() -> None:
    for name in ICONS:
        assert "<svg" in drawn(f'<c-icon name="{name}" />')


def test_faces_are_served_from_their_packages() -> None:
    finder = FontFinder()
    assert {name for name, _ in finder.list([])} == set(FACES)
    for name, storage in finder.list(None):
        assert finder.find(name)
        with storage.open(name) as file:
            assert file.read(4) == b"\x00\x01\x00\x00"
    assert finder.find("fonts/other.ttf") is None


@pytest.mark.parametrize("picture", ["life", "long", "short"])
def test_the_life_line_has_its_list(picture: str) -> None:
    from matrikel.web.templatetags.styleguide import samples_for_styleguide

    line = samples_for_styleguide()[picture]
    html = drawn('<c-picture.lifeline :of="line" label="Vägen hit" />', line=line)
    assert 'aria-label="Vägen hit"' in html
    body = html.split("<tbody>")[1]
    assert body.count("<tr") == len(line.rows)
    assert "style=" not in html


def test_the_style_guide_draws_every_component() -> None:
    html = engines["django"].get_template("styleguide.html").render({"nav": [], "me": {"name": "Åsa"}})
    assert "Person 4412" in html
    assert "Visas aldrig" not in html
