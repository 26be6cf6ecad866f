"""The SQL that counts a definition: compiled once, then kept in the process and on disk, so that few runs load Ibis."""

import dataclasses
from functools import cache
from importlib.metadata import version

from matrikel_declared.hashing import fingerprint
from matrikel_stats import cache as kept
from matrikel_stats.data.dataset import Dataset
from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question

# What a definition says besides whom and what it counts.
_WORDING = {"id", "version", "texts", "text_hash", "owner", "source", "law", "path", "codes", "breakdowns", "target",
            "decimals", "threshold", "limits"}  # fmt: skip
_compiled: dict[str, str] = {}


def statement(definition: Definition, dataset: Dataset, question: Question) -> str:
    """Return the SQL that counts a definition on tables of this shape."""
    key = _key(definition, dataset, question)
    if key not in _compiled:
        _compiled[key] = kept.read(f"sql/{key}") or _compile(definition, dataset, question, key)
    return _compiled[key]


def anchors_statement(definition: Definition, dataset: Dataset, question: Question, attributes: tuple[str, ...]) -> str:
    """Return the SQL for the chosen anchors: person_id, start_date, end_date, known, sex, birth_date, `attribute …`."""
    key = "anchors-" + _key(definition, dataset, question, attributes)
    if key not in _compiled:
        _compiled[key] = kept.read(f"sql/{key}") or _compile(definition, dataset, question, key, attributes)
    return _compiled[key]


def _compile(
    definition: Definition, dataset: Dataset, question: Question, key: str, attributes: tuple[str, ...] | None = None
) -> str:
    from . import compiler

    if attributes is None:
        text = compiler.compile_sql(definition, dataset, question)
    else:
        text = compiler.compile_anchors(definition, dataset, question, attributes)
    kept.write(f"sql/{key}", text)
    return text


def _key(definition: Definition, dataset: Dataset, question: Question, attributes: tuple[str, ...] = ()) -> str:
    logic = {
        field.name: getattr(definition, field.name)
        for field in dataclasses.fields(definition)
        if field.name not in _WORDING
    }
    shape = {name: dataset.attributes(name) for name in sorted(dataset.tables)}
    return fingerprint(
        [
            logic,
            question,
            shape,
            attributes,
            dataset.key_is_whole,
            dataset.dialect,
            not dataset.unknown_persons,
            maker(),
        ]
    )


@cache
def maker() -> str:
    """Return what turns a definition into SQL: this package and the compiler beneath it."""
    return f"{version('ibis-framework')} {version('sqlglot')} {kept.release()}"
