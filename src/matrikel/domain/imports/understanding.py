"""A batch's file, opened as its human has said that it is to be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from matrikel.domain.access import door as access
from matrikel.domain.imports import storage
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.reading import Choices, FileFault, Reading, read
from matrikel.domain.imports.steps import Terms
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting

Mapped = Mapping[str, Mapping[str, str | None]]
"""By sheet: column from 0, as text because JSON has no other keys → what it holds, None for not to be read."""


def open_batch(batch: Batch) -> Reading:
    """The file of a batch. Raises FileFault, also `empty` when the file is no longer kept."""
    path = storage.path_of(batch.stored)
    if not batch.stored or not path.exists():
        raise FileFault("empty")
    return open_file(
        path.read_bytes(), name=batch.file_name, mapping=batch.mapping, register_date=batch.register_date,
        choices=batch.choices,
    )  # fmt: skip


def open_file(
    content: bytes, *, name: str, mapping: Mapped, register_date: date | None, choices: Mapping[str, Any]
) -> Reading:
    plain = {
        sheet: {int(index): field for index, field in columns.items()} for sheet, columns in mapping.items() if columns
    }
    return read(content, plain or None, register_date, reading_choices(choices), name=name, today=clock.today())


def reading_choices(choices: Mapping[str, Any]) -> Choices:
    """The answers that concern how cells are read."""
    return Choices(
        codes=choices.get("codes") or {},
        accepted=frozenset(choices.get("accepted") or ()),
        blank_protection="no" if choices.get("protected") == "no" else "unknown",
    )


def terms_of(reading: Reading, choices: Mapping[str, Any], *, by: Acting) -> Terms:
    """The answers that concern how rows become facts. Posts that have ended since they were chosen fall away."""
    colleagues = set(access.colleagues(by=by).values_list("pk", flat=True))
    wanted = {text: UUID(pk) for text, pk in (choices.get("caseworkers") or {}).items() if pk}
    posts = {text: pk for text, pk in wanted.items() if pk in colleagues}
    fields = {column.field for sheet in reading.sheets for column in sheet.headings.columns if column.field}
    return Terms.of(choices, municipality=by.municipality, today=clock.today(), posts=posts, fields=fields)
