"""The documentation says what is: generated pages are current, links lead somewhere, words exist."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
ALPHABET = {letter: place for place, letter in enumerate(" (),0123456789abcdefghijklmnopqrstuvwxyzåäö")}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)
PAGES = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "src").rglob("README.md")),
    *(ROOT / name for name in ("README.md", "SECURITY.md", "GLOSSARY.md", "CONTRIBUTING.md")),
]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "tools" / "build_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name",
    [
        "rights.md",
        "data.md",
        "log.md",
        "pages.md",
        "indicators.md",
        "codes.md",
        "forms.md",
        "settings.md",
        "api.md",
        "semantics.md",
    ],
)
def test_a_generated_page_is_current_and_made_the_same_twice(name: str, builder: ModuleType) -> None:
    made = builder.PAGES[name]()
    assert made == builder.PAGES[name]()
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == made, "run tools/build_reference.py"


def test_every_generated_page_is_tested_above(builder: ModuleType) -> None:
    mark = test_a_generated_page_is_current_and_made_the_same_twice.pytestmark[0]  # type: ignore[attr-defined]
    assert set(mark.args[1]) == set(builder.PAGES)


def test_every_room_has_a_readme() -> None:
    for apps_file in (ROOT / "src" / "matrikel" / "domain").glob("*/apps.py"):
        assert (apps_file.parent / "README.md").exists(), apps_file.parent.name


def test_the_index_names_every_page() -> None:
    linked = {(ROOT / "docs" / link).resolve() for link in links(ROOT / "docs" / "README.md")}
    for folder in ("tutorials", "how-to", "reference", "explanation"):
        for page in (ROOT / "docs" / folder).glob("*.md"):
            assert page.resolve() in linked, f"docs/README.md does not name {named(page)}"


def links(page: Path) -> list[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), f"{named(page)}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{named(page)}: {link}"


def test_pictures_are_small_and_used() -> None:
    used = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.stat().st_size <= 200_000, picture.name
        assert picture.resolve() in used, f"{picture.name} is shown nowhere"


def glossary() -> list[list[str]]:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[1:]


def test_every_identifier_in_the_glossary_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    words = set(re.findall(r"\w+", source))
    for swedish, identifiers, *_rest in glossary():
        found = re.findall(r"`([^`]+)`", identifiers)
        assert found, swedish
        assert words.issuperset(found), f"{swedish}: {identifiers}"


def test_no_identifier_stands_for_two_swedish_words() -> None:
    told = [name for row in glossary() for name in re.findall(r"`([^`]+)`", row[1])]
    assert sorted({name for name in told if told.count(name) > 1}) == []


def test_every_model_is_in_the_glossary() -> None:
    told = {name for row in glossary() for name in re.findall(r"`([^`]+)`", row[1])}
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("matrikel.")}
    assert ours <= told, sorted(ours - told)


def test_the_glossary_is_in_swedish_order() -> None:
    words = [row[0].lower() for row in glossary()]
    assert words == sorted(words, key=lambda word: [ALPHABET.get(letter, 99) for letter in word])
