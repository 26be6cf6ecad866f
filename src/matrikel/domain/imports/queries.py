"""Reading imports: the acting unit's own, and nobody else's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matrikel.domain.imports import telling
from matrikel.domain.imports.comparing import Compared, compare, in_chunks
from matrikel.domain.imports.models import Batch, Row
from matrikel.domain.imports.reading import Problem, Reading, SourceRow, to_xlsx
from matrikel.domain.imports.rules import ACTIVE, CHUNK, OPEN, RESUMABLE, SHOWN, Status
from matrikel.domain.imports.telling import Told
from matrikel.domain.imports.understanding import open_batch, terms_of
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing


@dataclass(frozen=True)
class Waiting:
    """An import that somebody ought to look at, as a line of the page Today. `mark` is the kit's status mark."""

    url: str
    title: str
    note: str
    mark: str
    word: str


@dataclass(frozen=True)
class Line:
    """One problem on a page, with the person the row is about, if there is one to open."""

    told: Told
    person: people.Person | None
    alike: UUID | None
    left: bool = False


def batches(by: Acting) -> QuerySet[Batch]:
    """The unit's imports, newest first; files that were thrown away are not among them."""
    found: QuerySet[Batch] = Batch.objects.filter(unit_id=by.unit_id).exclude(status=Status.UNDONE, stored="")
    return found.select_related("post__user").order_by("-made_at")


def batch_for(by: Acting, batch_id: UUID) -> Batch:
    """An import of the acting unit. Raises Missing."""
    batch = batches(by).filter(pk=batch_id).first()
    if batch is None:
        raise Missing
    return batch


def same_file(batch: Batch) -> Batch | None:
    """The unit's earlier import of exactly the same file."""
    earlier = Batch.objects.filter(unit_id=batch.unit_id, digest=batch.digest, status=Status.DONE)
    found: Batch | None = earlier.exclude(pk=batch.pk).order_by("-made_at").first()
    return found


def first_rows(reading: Reading, batch: Batch, *, by: Acting) -> list[Compared]:
    """What would happen to the first rows, compared with the register; persons found are logged as shown."""
    rows = [outcome for outcome in islice(reading, SHOWN * 3) if outcome.status != "skipped"][:SHOWN]
    found = compare(rows, terms_of(reading, batch.choices, by=by), reading.choices.accepted, by=by)
    trail.read(
        "imports.batch.shown", by=by, ground="import",
        persons=[one.match.person.pk for one in found if one.match and one.match.person],
    )  # fmt: skip
    return found


def foresee(reading: Reading, choices: Mapping[str, Any], *, by: Acting) -> Iterator[Compared]:
    """Every row of a file beside the register; nothing is kept of it. Persons found are logged as compared."""
    terms = terms_of(reading, choices, by=by)
    for chunk in in_chunks(reading, CHUNK * 2):
        found = compare(chunk, terms, reading.choices.accepted, by=by)
        known = [one.match.person.pk for one in found if one.match and one.match.person]
        trail.read("imports.batch.compared", by=by, persons=known, ground="import")
        yield from found


def problem_rows(batch: Batch, outcome: str = "") -> QuerySet[Row]:
    """Rows of a batch with something to tell, in the file's order: refused, flagged, or both."""
    wanted = [outcome] if outcome in ("refused", "flagged") else ["refused", "flagged"]
    rows: QuerySet[Row] = Row.objects.filter(batch=batch, outcome__in=wanted)
    return rows.order_by("place")


def left_rows(batch: Batch) -> QuerySet[Row]:
    """Rows an undo left, because somebody had changed what they wrote."""
    rows: QuerySet[Row] = Row.objects.filter(batch=batch, left=True)
    return rows.order_by("place")


def lines(rows: Iterable[Row], *, by: Acting) -> list[Line]:
    """Problems in words, one line each, with the persons within reach; those are logged as shown."""
    rows = list(rows)
    persons = people.named({row.person_id for row in rows if row.person_id}, by=by)
    trail.read("imports.batch.shown", by=by, persons=persons, ground="import")
    found = []
    for row in rows:
        person = persons.get(row.person_id) if row.person_id else None
        for kept in row.problems:
            told = telling.in_words(row.sheet, row.number, kept)
            other = kept["args"].get("person") if kept["kind"] == "looks_alike" and person else None
            found.append(Line(told, person, UUID(other) if other else None))
    return found


def foretold(batch: Batch) -> list[Told]:
    """The first problems that a preview met, in words."""
    rows = batch.found.get("problems") or []
    return [telling.in_words(sheet, number, kept) for sheet, number, problems in rows for kept in problems]


def workbook(batch: Batch, *, by: Acting) -> bytes:
    """The refused rows as they stand in the file, with what is wrong, to be mended and imported again.

    For a batch that is not taken in yet: the rows that would be refused.
    """
    reading = open_batch(batch)
    found = _would_be_refused(reading, batch, by) if batch.is_open else _refused(reading, batch)
    problems: list[Problem] = []
    rows: list[SourceRow] = []
    for source, kept in found:
        rows.append(source)
        problems += [
            Problem(source.sheet, source.number, k["column"], k["heading"], k["kind"], "", k["severity"], k["args"])
            for k in kept
        ]
    trail.note("imports.batch.fetched", by=by, object=batch.pk, of="imports.batch", rows=len(rows))
    return to_xlsx(problems, rows, register_date=reading.register_date, language=telling.language(), say=telling.said)


def _refused(reading: Reading, batch: Batch) -> Iterator[tuple[SourceRow, list[telling.Kept]]]:
    refused = {(row.sheet, row.number): row.problems for row in problem_rows(batch, "refused")}
    for outcome in reading:
        place = (outcome.source.sheet[:100], outcome.source.number)
        if place in refused:
            yield outcome.source, refused[place]


def _would_be_refused(reading: Reading, batch: Batch, by: Acting) -> Iterator[tuple[SourceRow, list[telling.Kept]]]:
    columns, terms = telling.columns_of(reading), terms_of(reading, batch.choices, by=by)
    for chunk in in_chunks(reading):
        for one in compare(chunk, terms, reading.choices.accepted, by=by):
            if one.status == "refused":
                source = one.outcome.source
                yield source, telling.keep(one.outcome, one.met, columns.get(source.sheet, {}))


def waiting(by: Acting) -> list[Waiting]:
    """Imports of the unit that run, wait, were stopped, or were finished since yesterday."""
    yesterday = clock.now() - timedelta(days=1)
    found = []
    for batch in batches(by)[:20]:
        if batch.status in ACTIVE or batch.status in RESUMABLE:
            note = _("%(read)s av %(total)s rader") % {"read": batch.rows_read, "total": batch.total or "?"}
        elif batch.status in OPEN:
            note = _("%(n)s rader, inget är inläst") % {"n": batch.total or "?"}
        elif batch.status == Status.DONE and batch.finished_at and batch.finished_at > yesterday:
            refused = ngettext("%(n)d avvisad", "%(n)d avvisade", batch.refused) % {"n": batch.refused}
            note = _("%(n)s rader inlästa, %(refused)s") % {"n": batch.to_write, "refused": refused}
        else:
            continue
        mark = "soon" if batch.status == Status.DONE and batch.refused else batch.mark
        url = reverse("imports-batch", args=[batch.pk])
        found.append(Waiting(url, batch.file_name, note, mark, batch.word))
    return found
