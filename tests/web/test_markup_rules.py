"""What the content security policy and the rooms' walls forbid in templates, scripts and style sheets."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "matrikel"
WEB = SOURCE / "web"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
SHEETS = sorted((WEB / "static").rglob("*.css"))
COTTON = sorted(SOURCE.rglob("templates/cotton"))
"""Of the shell, and of rooms that lend a component to others."""
COMPONENTS = {
    str(path.relative_to(folder).with_suffix("")).replace("/", ".")
    for folder in COTTON
    for path in folder.rglob("*.html")
}

FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "inline script": r"<script\b(?![^>]*\bsrc=)",
    "event attribute": r"\son[a-z]+\s*=",
    "script address": r"javascript:",
    "unescaped value": r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off",
    "evaluated attribute": r"hx-on|hx-vals=['\"]js:|hx-vars",
    "value read as Python": r"\s:[\w-]+=\"[^\"]*\{\{",
    "filter in a dynamic attribute, which is silently dropped": r"\s:[\w-]+=\"[^\"{]*\|",
    "operator in a dynamic attribute, which is never true": r"\s:[\w-]+=\"(?:not\s|[^\"{]*\s(?:and|or|==|!=|in)\s)",
}


def ids(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_templates_keep_the_policy(path: Path) -> None:
    text = path.read_text()
    found = [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text)]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_templates_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_room_includes_only_its_own_and_the_shell(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[1] if path.is_relative_to(SOURCE / "domain") else ""
    rooms = {entry.name for entry in (SOURCE / "domain").iterdir() if entry.is_dir()}
    for target in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", path.read_text()):
        owner = target.split("/")[0]
        assert owner not in rooms - {room}, f"{target} belongs to another room: show its panel by address"


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_components_exist(path: Path) -> None:
    used = set(re.findall(r"<c-([\w.]+)", path.read_text())) - {"vars", "slot"}
    assert used <= COMPONENTS


def test_templates_set_no_address_outside_the_house() -> None:
    for path in [*TEMPLATES, *SHEETS]:
        assert not re.search(r"""(?:href|src|action|url)\s*[=(]\s*["']?(?:https?:)?//""", path.read_text()), path


def test_sheets_use_only_known_values() -> None:
    text = "".join(path.read_text() for path in SHEETS)
    known = set(re.findall(r"(--[\w-]+)\s*:", text))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used <= known


@pytest.mark.parametrize("name", ["matrikel.js", "filling.js", "answering.js"])
def test_a_script_is_small_and_evaluates_nothing(name: str) -> None:
    script = (WEB / "static" / "matrikel" / name).read_text()
    assert len(script.splitlines()) <= 175
    assert not re.search(
        r"innerHTML\b(?!\" )|outerHTML|insertAdjacentHTML|\beval\(|new Function|document\.write|\.style\b", script
    )
