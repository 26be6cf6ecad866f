"""Reading a whole file beside the register without writing to it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction

from matrikel.domain.access.door import Right
from matrikel.domain.imports import telling
from matrikel.domain.imports.comparing import Compared, compare, in_chunks
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.progress import Counts, heard
from matrikel.domain.imports.reading import Reading
from matrikel.domain.imports.rules import CHUNK, OPEN, TOLD, Effect, Status
from matrikel.domain.imports.surveying import Survey
from matrikel.domain.imports.understanding import open_batch, terms_of
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed

Progress = Callable[[Counts], None]
Seen = Callable[[Compared], None]


def preview(*, batch: Batch, by: Acting, progress: Progress | None = None, seen: Seen | None = None) -> Batch:
    """Count what an import would do. Nothing is written to the register; whose rows were compared is logged.

    Raises FileFault where the file goes wrong further down, Missing when the batch is past this. Numbers that other
    units hold come out only when the rows are written.
    """
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed
    if batch.status not in (*OPEN, Status.READING):
        raise Missing
    token = uuid4()
    Batch.objects.filter(pk=batch.pk).update(runner=token, heard_at=clock.now())
    reading, survey, counts = open_batch(batch), Survey(), Counts()
    terms = terms_of(reading, batch.choices, by=by)
    accepted, columns, told = reading.choices.accepted, telling.columns_of(reading), list[Any]()
    for chunk in in_chunks(reading, CHUNK * 4):
        compared = compare(chunk, terms, accepted, by=by)
        for one in compared:
            survey.add(one.outcome)
            counts.add(one.status, Effect.UNCHANGED if one.repeats and one.effect == Effect.NEW else one.effect)
            if one.status in ("refused", "flagged") and len(told) < TOLD:
                source = one.outcome.source
                kept = telling.keep(one.outcome, one.met, columns.get(source.sheet, {}))
                told.append([source.sheet, source.number, kept])
            if seen:
                seen(one)
        known = [one.match.person.pk for one in compared if one.match and one.match.person]
        if known:
            trail.read("imports.batch.compared", by=by, persons=known, ground="import")
        if batch.status == Status.READING:
            heard(batch.pk, token, counts)
        if progress:
            progress(counts)
    with transaction.atomic():
        batch.total, batch.found, batch.read_against = (
            counts.read,
            _found(batch, survey, reading, told),
            reading.register_date,
        )
        batch.notices = [telling.notice_kept(notice) for notice in reading.notices]
        batch.status, batch.heard_at, batch.runner = Status.PREVIEWED, clock.now(), None
        for name, value in counts.fields().items():
            setattr(batch, name, value)
        batch.save()
        trail.note("imports.batch.previewed", by=by, object=batch.pk, of="imports.batch", rows=counts.read)
    return batch


def _found(batch: Batch, survey: Survey, reading: Reading, told: list[Any]) -> dict[str, Any]:
    """What was met this time, with the words that were asked about before, and the first problems."""
    return {**survey.result(reading), "asked": batch.found.get("asked") or [], "problems": told}
