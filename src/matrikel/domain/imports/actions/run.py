"""Taking a batch in: some rows to a transaction, each row whole or not at all, so that it may be stopped anywhere."""

import gc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import monotonic
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.imports import telling
from matrikel.domain.imports.actions.writer import RowWriter
from matrikel.domain.imports.comparing import Compared, compare, in_chunks
from matrikel.domain.imports.matching import full_name
from matrikel.domain.imports.models import Batch, Row
from matrikel.domain.imports.progress import Counts, heard
from matrikel.domain.imports.reading import FileFault, Outcome, Reading, Record
from matrikel.domain.imports.rules import HELD_SECONDS, Effect, Status
from matrikel.domain.imports.steps import Met
from matrikel.domain.imports.understanding import open_batch, terms_of
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from matrikel.kernel.numbers import IdentityNumber

OF = "imports.batch"
Progress = Callable[[Counts], None]


class _Halted(Exception):
    """The batch was stopped, or another run has taken it over."""


def run_batch(*, batch_id: UUID, by: Acting, progress: Progress | None = None) -> Batch:
    """Take in a queued batch from where it is, in this process. Raises Missing when it is not queued.

    A file that goes wrong, or a fault in the program, leaves the batch failed with what was taken in until then; it can
    be resumed or undone.
    """
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed
    token = uuid4()
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch_id, unit_id=by.unit_id, status=Status.QUEUED).update(
            status=Status.RUNNING, runner=token, heard_at=clock.now()
        ):
            raise Missing
        trail.note("imports.batch.running", by=by, object=batch_id, of=OF)
    batch: Batch = Batch.objects.get(pk=batch_id)
    try:
        _Run(batch, token, by, progress).go()
    except _Halted:
        pass
    except FileFault as fault:
        fail(batch_id=batch_id, error=telling.fault_in_words(fault), by=by)
    except (KeyboardInterrupt, SystemExit):
        with transaction.atomic():
            Batch.objects.filter(pk=batch_id, runner=token).update(status=Status.STOPPED, runner=None)
            trail.note("imports.batch.stopped", by=by, object=batch_id, of=OF)
        raise
    except BaseException:
        fail(
            batch_id=batch_id,
            error=_("Inläsningen avbröts av ett fel i programmet. Återuppta den, eller ångra."),
            by=by,
        )
        raise
    batch.refresh_from_db()
    return batch


@transaction.atomic
def fail(*, batch_id: UUID, error: str, by: Acting) -> None:
    """End a batch that could not be finished. What was taken in stands."""
    Batch.objects.filter(pk=batch_id).update(status=Status.FAILED, runner=None, error=error, heard_at=clock.now())
    trail.note("imports.batch.failed", by=by, object=batch_id, of=OF)


class _Run:
    """One run of a batch, from the row after the last one dealt with."""

    def __init__(self, batch: Batch, token: UUID, by: Acting, progress: Progress | None) -> None:
        self.batch, self.token, self.by, self.progress = batch, token, by, progress
        self.reading: Reading = open_batch(batch)
        self.columns = telling.columns_of(self.reading)
        self.terms = terms_of(self.reading, batch.choices, by=by)
        self.accepted = self.reading.choices.accepted
        self.counts = Counts.of(batch)

    def go(self) -> None:
        gc.freeze()  # thousands of rows are made and let go: the collector need not look at all else each time
        try:
            self._go()
        finally:
            gc.unfreeze()

    def _go(self) -> None:
        for chunk in in_chunks(islice(self.reading, self.counts.read, None)):
            left = chunk
            while left:
                left = self._some(left)
                if self.progress:
                    self.progress(self.counts)
        with transaction.atomic():
            ended = Batch.objects.filter(pk=self.batch.pk, runner=self.token).update(
                status=Status.DONE, runner=None, finished_at=clock.now(), heard_at=clock.now(), total=self.counts.read,
                notices=[telling.notice_kept(notice) for notice in self.reading.notices],
            )  # fmt: skip
            if not ended:
                raise _Halted
            trail.note("imports.batch.done", by=self.by, object=self.batch.pk, of=OF, rows=self.counts.read)

    def _some(self, outcomes: list[Outcome]) -> list[Outcome]:
        """As many rows as fit in the time one transaction may take. Returns the rest.

        Rows that the database refuses together are tried one by one.
        """
        try:
            return self._together(outcomes)
        except IntegrityError:
            for outcome in outcomes:
                try:
                    self._together([outcome])
                except IntegrityError as fault:
                    self._together([outcome], broken=fault)
            return []

    def _together(self, outcomes: list[Outcome], broken: Exception | None = None) -> list[Outcome]:
        before = Counts(**vars(self.counts))
        try:
            with trail.together(by=self.by):
                until = monotonic() + HELD_SECONDS
                rows, done = [], 0
                people.look_up_numbers(_new_numbers(outcomes), by=self.by)
                for one in self._fresh(outcomes):
                    rows += self._deal_with(one, broken)
                    done += 1
                    if monotonic() > until:
                        break
                Row.objects.bulk_create(rows)
                shown = [row.person_id for row in rows if row.person_id and row.effect == Effect.UNCHANGED]
                if shown:
                    trail.read("imports.batch.compared", by=self.by, persons=shown, ground="import")
                if not heard(self.batch.pk, self.token, self.counts):
                    raise _Halted
        except BaseException:
            self.counts = before
            raise
        return outcomes[done:]

    def _fresh(self, outcomes: list[Outcome]) -> Iterator[Compared]:
        """Each row compared with what stands when its turn comes, also after a row about the same person."""
        written: set[object] = set()
        for one in compare(outcomes, self.terms, self.accepted, by=self.by):
            if one.outcome.record is None:
                yield one
                continue
            marks = _marks(one.outcome.record)
            if one.match and one.match.person:
                marks.add(one.match.person.pk)
            if not written.isdisjoint(marks):
                one = compare([one.outcome], self.terms, self.accepted, by=self.by)[0]
            written |= marks
            yield one

    def _deal_with(self, one: Compared, broken: Exception | None) -> list[Row]:
        """Write one row, unless it is `broken`, and say what became of it."""
        if one.status == "skipped":
            self.counts.add("skipped", Effect.NONE)
            return []
        status, effect, met = one.status, one.effect, list(one.met)
        person = one.match.person if one.match else None
        writer = RowWriter(self.by, person)
        if effect in (Effect.NEW, Effect.FILLED) and one.plan:
            try:
                if broken:
                    raise Conflict({}, {}) from broken
                writer.write(one.plan.steps)
                person = writer.person
            except (RuleBroken, Conflict, Missing, ValidationError) as fault:
                writer.receipt_id = None
                status, effect, met = "refused", Effect.NONE, [*met, _met(fault)]
        self.counts.add(status, effect)
        source, record = one.outcome.source, one.outcome.record
        kept = telling.keep(one.outcome, met, self.columns.get(source.sheet, {}))
        return [
            Row(
                board_id=self.by.board_id, batch_id=self.batch.pk, place=self.counts.read, sheet=source.sheet[:100],
                number=source.number, digest="" if effect == Effect.NONE else one.digest,
                source_number=record.source_number[:60] if record else "", outcome=status, effect=effect,
                problems=kept, receipt_id=writer.receipt_id,
                person_id=person.pk if person and effect != Effect.NONE else None,
            )
        ]  # fmt: skip


def _new_numbers(outcomes: Iterable[Outcome]) -> list[IdentityNumber]:
    records = [outcome.record for outcome in outcomes if outcome.record]
    return [number for record in records for number in (record.identity, *record.other_identities) if number]


def _marks(record: Record) -> set[object]:
    """What a row may have in common with another about the same person."""
    numbers = {number.value for number in (record.identity, *record.other_identities) if number}
    return numbers | {(full_name(record), record.birth_date)}


_FIELDS = {
    "start_date": "sfi_start_on", "end_date": "sfi_end_on", "on": "enrolled_on", "applied_on": "sfi_applied_on",
    "result": "sfi_result", "title": "sfi_course", "until": "registered_on", "received_on": "enrolled_on",
    "given_name": "given_name", "family_name": "family_name", "identity": "identity", "birth_date": "birth_date",
}  # fmt: skip
"""Arguments of the doors → the columns they most likely come from, to point at a cell."""


def _met(fault: Exception) -> Met:
    """A refusal of a door, as a problem of the row."""
    if isinstance(fault, RuleBroken):
        kind = "known_elsewhere" if fault.code == "known_elsewhere" else "rule"
        return Met(kind, _FIELDS.get(fault.field or "", ""), "refused", {"text": str(fault), "code": fault.code})
    if isinstance(fault, ValidationError):
        return Met("rule", "", "refused", {"text": " ".join(fault.messages), "code": "invalid"})
    return Met("rule", "", "refused", {"text": _("Raden gick inte att spara som den är."), "code": "conflict"})
