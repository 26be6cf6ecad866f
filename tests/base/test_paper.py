"""What is set on paper: tagged, in the letters of the language, or not at all."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from matrikel.base import paper, typefaces
from matrikel.kernel.errors import RuleBroken

SHEET = """
#import "/base/paper/house.typ": *
#show: sheet.with(title: data.title, lang: sys.inputs.lang)
== #data.heading
#field("Mål", data.goal)
#field("När", "")
"""
Set = Callable[..., pypdf.PdfReader]


@pytest.fixture
def set_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set a sheet from a template that lies where those of the rooms do."""
    (tmp_path / "base").symlink_to(paper.ROOT / "base")
    monkeypatch.setattr(paper, "ROOT", tmp_path)
    paper._compiler.cache_clear()

    def made(template: str = SHEET, lang: str = "sv", **data: str) -> pypdf.PdfReader:
        (tmp_path / "sheet.typ").write_text(template, encoding="utf-8")
        told = {"title": "Introduktionsplan", "heading": "Mål", "goal": "Arbeta i kök"} | data
        return pypdf.PdfReader(io.BytesIO(paper.pdf("sheet.typ", told, lang=lang)))

    yield made
    paper._compiler.cache_clear()


def test_a_sheet_is_tagged_and_titled(set_in: Set) -> None:
    read = set_in()
    assert read.metadata is not None
    assert read.metadata.title == "Introduktionsplan"
    root = read.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert "Arbeta i kök" in read.pages[0].extract_text()
    assert "Sida 1 av 1" in read.pages[0].extract_text()


@pytest.mark.parametrize(
    ("lang", "goal", "face"),
    [("ar", "العمل كهربائي", "IBMPlexSansArabic"), ("ti", "ዕላማ ስራሕ", "AbyssinicaSIL")],
)
def test_each_script_has_its_face(set_in: Set, lang: str, goal: str, face: str) -> None:
    read = set_in(lang=lang, goal=goal)
    fonts = read.pages[0]["/Resources"]["/Font"].values()
    assert any(face in str(font.get_object()["/BaseFont"]) for font in fonts)
    assert read.trailer["/Root"]["/Lang"] == lang


def test_letters_that_cannot_be_set_are_refused_with_a_remedy(set_in: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "ETHIOPIC", Path("/nowhere.ttf"))
    with pytest.raises(RuleBroken, match="fonts-sil-abyssinica"):
        set_in(lang="ti")
    assert set_in(lang="ar").pages


def test_letters_that_no_face_has_are_named_instead_of_printed_as_boxes(set_in: Set) -> None:
    with pytest.raises(RuleBroken, match="🙂") as refused:
        set_in(goal="Arbeta 🙂")
    assert refused.value.code == "letters_missing"


def test_a_sheet_without_a_title_does_not_compile(set_in: Set) -> None:
    with pytest.raises(RuntimeError, match="title"):
        set_in(template="= Hej")
