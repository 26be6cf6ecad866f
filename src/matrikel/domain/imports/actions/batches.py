"""Handing in a register, saying how it is to be read, and asking for it to be taken in, stopped or taken back."""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.imports import storage, telling
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.rules import INLINE_BYTES, OPEN, SAMPLED, UNDOABLE, Status
from matrikel.domain.imports.surveying import Survey
from matrikel.domain.imports.understanding import Mapped, open_batch, open_file
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken

OF = "imports.batch"


def upload(
    *, content: bytes, file_name: str, by: Acting, register_date: date | None = None,
    mapping: Mapped | None = None, choices: Mapping[str, Any] | None = None,
) -> Batch:  # fmt: skip
    """Take in a file, after looking through it. Nothing is kept of a file that cannot be read.

    Raises FileFault, and NotAllowed without the right to import. A large file is only looked at from its beginning.
    """
    _require(by)
    reading = open_file(
        content, name=file_name, mapping=mapping or {}, register_date=register_date, choices=choices or {}
    )
    small = len(content) <= INLINE_BYTES
    survey = Survey()
    for outcome in islice(reading, None if small else SAMPLED):
        survey.add(outcome)
    batch = Batch(
        board_id=by.board_id, unit_id=by.unit_id, post_id=by.post_id, file_name=file_name[-200:],
        digest=storage.digest(content), size=len(content), register_date=register_date,
        read_against=reading.register_date, mapping=mapping or {}, choices=choices or {},
        total=survey.rows if small else None, found=survey.result(reading),
        notices=[telling.notice_kept(notice) for notice in reading.notices],
    )  # fmt: skip
    batch.choices = _earlier_choices(by) | batch.choices
    batch.stored = storage.keep(content)
    with transaction.atomic():
        batch.save(force_insert=True)
        trail.note("imports.batch.uploaded", by=by, object=batch.pk, of=OF, digest=batch.digest)
    return batch


@transaction.atomic
def map_columns(
    *, batch: Batch, mapping: Mapped, choices: Mapping[str, Any], register_date: date | None, by: Acting
) -> Batch:
    """Keep what a human says about columns, words and persons. Raises FileFault when nothing can be read that way,
    RuleBroken not_open when the import has begun."""
    _require(by)
    _open(batch)
    batch.mapping, batch.choices, batch.register_date = dict(mapping), dict(choices), register_date
    reading = open_batch(batch)
    batch.read_against = reading.register_date
    batch.save(update_fields=["mapping", "choices", "register_date", "read_against"])
    trail.note("imports.batch.mapped", by=by, object=batch.pk, of=OF)
    return batch


@transaction.atomic
def ask_for_preview(*, batch: Batch, by: Acting) -> Batch:
    """A large file is read through by the worker."""
    _require(by)
    _open(batch)
    _go(batch, Status.READING)
    trail.note("imports.batch.asked", by=by, object=batch.pk, of=OF)
    return batch


@transaction.atomic
def begin(*, batch: Batch, by: Acting) -> Batch:
    """Queue a batch that was previewed. Raises RuleBroken not_open when it has begun already."""
    _require(by)
    _open(batch)
    for name in ("rows_read", "good", "refused", "flagged", "skipped", "new", "filled", "unchanged"):
        setattr(batch, name, 0)
    batch.found = {name: what for name, what in batch.found.items() if name != "problems"}
    batch.save()
    _go(batch, Status.QUEUED)
    trail.note("imports.batch.begun", by=by, object=batch.pk, of=OF)
    return batch


@transaction.atomic
def resume(*, batch: Batch, by: Acting, take_over: bool = False) -> Batch:
    """Go on where a stopped or interrupted batch was left. Raises RuleBroken not_resumable.

    `take_over` does not wait to be sure that the run before is dead: if it lives, it ends at its next row.
    """
    _require(by)
    if not batch.can_resume and not (take_over and batch.is_active and batch.stored):
        raise RuleBroken("not_resumable", _("Den här inläsningen har inget kvar att läsa in."))
    never_read = not batch.finished_at and not batch.total and not batch.rows_read
    to = Status.UNDOING if batch.status == Status.UNDOING else Status.QUEUED
    _go(batch, Status.READING if batch.status == Status.READING or never_read else to)
    trail.note("imports.batch.resumed", by=by, object=batch.pk, of=OF)
    return batch


@transaction.atomic
def stop(*, batch: Batch, by: Acting) -> Batch:
    """Let a batch go no further. The rows that were taken in stay. Raises RuleBroken not_running."""
    _require(by)
    if not Batch.objects.filter(pk=batch.pk, status__in=[Status.QUEUED, Status.RUNNING]).update(
        status=Status.STOPPED, runner=None, heard_at=clock.now()
    ):
        raise RuleBroken("not_running", _("Inläsningen pågår inte längre."))
    trail.note("imports.batch.stopped", by=by, object=batch.pk, of=OF)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def undo_batch(*, batch: Batch, by: Acting, take_over: bool = False) -> Batch:
    """Ask for all that a batch wrote to be taken back, `take_over` as for `resume`. Raises RuleBroken not_undoable."""
    _require(by)
    active = batch.is_active and batch.status != Status.READING and (take_over or batch.is_silent)
    if batch.status not in UNDOABLE and not active:
        raise RuleBroken("not_undoable", _("Den här inläsningen går inte att ångra nu."))
    _go(batch, Status.UNDOING)
    trail.note("imports.batch.undoing", by=by, object=batch.pk, of=OF)
    return batch


def discard(*, batch: Batch, by: Acting) -> None:
    """Throw away a file that was handed in and never taken in. Raises RuleBroken not_open."""
    _require(by)
    with transaction.atomic():
        _open(batch)
        Batch.objects.filter(pk=batch.pk).update(status=Status.UNDONE, stored="", found={}, finished_at=clock.now())
        trail.note("imports.batch.discarded", by=by, object=batch.pk, of=OF)
    storage.forget(batch.stored)


def _require(by: Acting) -> None:
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed


def _open(batch: Batch) -> None:
    if batch.status not in OPEN:
        raise RuleBroken("not_open", _("Inläsningen har redan börjat."))


def _go(batch: Batch, status: Status) -> None:
    """Only from the state in which it was seen, so that two who press at once start it once."""
    seen = Batch.objects.filter(pk=batch.pk, status=batch.status, heard_at=batch.heard_at)
    if not seen.update(status=status, runner=None, error="", heard_at=clock.now()):
        raise RuleBroken("changed", _("Någon annan har just ändrat inläsningen. Läs om sidan."))
    batch.refresh_from_db()


def _earlier_choices(by: Acting) -> dict[str, Any]:
    """What the unit has answered before about words and case workers."""
    earlier = Batch.objects.filter(unit_id=by.unit_id, status=Status.DONE).order_by("-made_at")[:5]
    kept: dict[str, Any] = {"codes": {}, "caseworkers": {}}
    for choices in reversed([batch.choices for batch in earlier]):
        for field, words in (choices.get("codes") or {}).items():
            kept["codes"].setdefault(field, {}).update(words)
        kept["caseworkers"].update(choices.get("caseworkers") or {})
    return {name: answers for name, answers in kept.items() if answers}
