"""Taking a batch back: receipt by receipt, the newest first; what somebody has changed since is left and named."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID, uuid4

from django.db import transaction

from matrikel.domain.access.door import Right
from matrikel.domain.imports.models import Batch, Row
from matrikel.domain.imports.rules import CHUNK, HELD_SECONDS, Status
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken

Progress = Callable[[int], None]


def run_undo(*, batch_id: UUID, by: Acting, progress: Progress | None = None) -> Batch:
    """Take back what a batch wrote, in this process. Raises Missing when nobody has asked for it.

    Rows about the same person are taken back together, so that one is never left between two of them.
    """
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed
    token = uuid4()
    asked = Batch.objects.filter(pk=batch_id, unit_id=by.unit_id, status=Status.UNDOING)
    if not asked.update(runner=token, heard_at=clock.now()):
        raise Missing
    while _some(batch_id, token, by):
        if progress:
            progress(Row.objects.filter(batch_id=batch_id, undone_at__isnull=False).count())
    with transaction.atomic():
        left = Row.objects.filter(batch_id=batch_id, left=True).count()
        Batch.objects.filter(pk=batch_id, runner=token).update(
            status=Status.UNDONE, runner=None, left=left, finished_at=clock.now(), heard_at=clock.now()
        )
        trail.note("imports.batch.undone", by=by, object=batch_id, of="imports.batch", left=left)
    batch: Batch = Batch.objects.get(pk=batch_id)
    return batch


def _some(batch_id: UUID, token: UUID, by: Acting) -> bool:
    """As many receipts as fit in the time one transaction may take. False when none is left."""
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch_id, runner=token).update(heard_at=clock.now()):
            return False
        until = monotonic() + HELD_SECONDS
        standing = Row.objects.filter(batch_id=batch_id, receipt_id__isnull=False, undone_at=None, left=False)
        seen: set[UUID] = set()
        for row in standing.order_by("-place")[:CHUNK]:
            if row.pk in seen:
                continue
            together = [row]
            if row.person_id:
                together = list(standing.filter(person_id=row.person_id).order_by("-place"))
            seen |= {one.pk for one in together}
            _take_back(together, by)
            if monotonic() > until:
                break
        return bool(seen)


def _take_back(rows: list[Row], by: Acting) -> None:
    """The receipts of one person, all or none."""
    restored: dict[str, int] = {}
    ids = [row.pk for row in rows]
    try:
        with transaction.atomic():
            for row in rows:
                _undo(row, restored, by)
    except (Conflict, Missing):
        Row.objects.filter(pk__in=ids).update(left=True)
        return
    Row.objects.filter(pk__in=ids).update(undone_at=clock.now())


def _undo(row: Row, restored: dict[str, int], by: Acting) -> None:
    """One receipt; one that somebody has undone by itself is in order already."""
    assert row.receipt_id is not None
    try:
        trail.undo(row.receipt_id, by=by, late=True, restored=restored)
    except RuleBroken as fault:
        if fault.code != "already_undone":
            raise Conflict({}, {}) from fault
