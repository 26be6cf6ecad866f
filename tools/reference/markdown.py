"""Writing Markdown, with the words of the English catalogue."""

import re
import textwrap
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "matrikel"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def page(title: str, made_from: str, *parts: str) -> str:
    head = f"# {title}\n\n<!-- Made by tools/build_reference.py from {made_from}. Change it there. -->\n"
    return "\n".join([head, *(part.rstrip() + "\n" for part in parts if part.strip())])


def prose(text: str, first: str = "", further: str = "") -> str:
    """One paragraph, wrapped, with no link broken over lines."""
    whole = re.sub(r"\[[^]]+\]\(", lambda link: link[0].replace(" ", "\0"), " ".join(text.split()))
    lines = textwrap.wrap(
        whole, 120, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines).replace("\0", " ")


def item(text: str) -> str:
    return prose(text, "- ", "  ")


def table(heading: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    def line(cells: Iterable[Any]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    heading = list(heading)
    return "\n".join([line(heading), line(["---"] * len(heading)), *(line(row) for row in rows)])


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    return ", ".join(code(text) for text in texts)


@cache
def english() -> dict[str, str]:
    """The English catalogue by Swedish text; empty while there is none."""
    from babel.messages.pofile import read_po

    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        entries = list(read_po(file))
    return {
        one.id: one.string
        for one in entries
        if isinstance(one.id, str) and isinstance(one.string, str) and one.string and not one.fuzzy
    }


def swedish(text: object) -> str:
    """The message id behind a lazy text, or the text itself."""
    from django.utils import translation

    with translation.override(None):
        return str(text)


def in_english(text: object) -> str:
    return english().get(swedish(text), "") if text else ""


def both(text: object) -> str:
    """Swedish, and English where the catalogue has it."""
    other = in_english(text)
    return f"{swedish(text)} ({other})" if other else swedish(text)
