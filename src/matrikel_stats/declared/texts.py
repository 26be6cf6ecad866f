"""The wording of a definition: Swedish in the file itself, English in a side file that says what it was made from."""

from pathlib import Path
from typing import Any

from matrikel_declared import read_toml
from matrikel_stats.messages import MESSAGES
from matrikel_stats.problems import Problem

from .codes import CodeLists
from .definition import Cohort, Texts
from .node import Node, Source

OUT_OF: frozenset[str] = frozenset(("reached", "state", "duration", "long_term", "ratio", "attendance"))
"""The kinds that are so many out of something, and must say of what."""


def open_definition(file: Path, codes: CodeLists, problems: list[Problem]) -> Node | None:
    """Read one TOML file with its lines, or note why it cannot be read."""
    read = read_toml(file, MESSAGES, problems)
    if read is None:
        return None
    return Node(read[0], (), Source(str(file), read[1], codes))


def swedish_texts(node: Node, cohort: Cohort, kind: str) -> Texts:
    """Read the Swedish wording from the definition itself."""
    return Texts(
        node.text("name", required=True),
        node.text("question", required=True),
        node.text("numerator", required=True),
        node.text("denominator", required=kind in OUT_OF),
        node.text("reading"),
        {exclusion.id: exclusion.reason for exclusion in cohort.exclusions},
    )


def wording_of(texts: Texts) -> dict[str, Any]:
    """Return what the text hash is taken over."""
    return {**vars(texts), "reasons": dict(texts.reasons)}


def translation(node: Node, wording: str) -> Texts | None:
    """Read the English side file, None without one; note it as stale when it was made from another Swedish text."""
    file = Path(node.source.file).with_suffix(".en.toml")
    if not file.is_file():
        return None
    other = open_definition(file, node.source.codes, node.source.problems)
    if other is None:
        return None
    other.only("translated_from", "name", "question", "numerator", "denominator", "reading", "reasons")
    found = other.text("translated_from", required=True)
    reasons = other.table("reasons")
    texts = Texts(
        other.text("name", required=True),
        other.text("question", required=True),
        other.text("numerator", required=True),
        other.text("denominator"),
        other.text("reading"),
        {key: reasons.text(key) for key in reasons.data} if reasons else {},
    )
    if found != wording:
        other.fault("translation_stale", "translated_from", found=found or "–", now=wording)
    node.source.problems.extend(other.source.problems)
    return texts
