"""The way of a file: chosen, paired, reviewed. Reading takes long, so these views hold no transaction of their own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matrikel.base import codes
from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.imports import queries, tasks, telling
from matrikel.domain.imports.actions import batches
from matrikel.domain.imports.actions.preview import preview as read_through
from matrikel.domain.imports.comparing import Compared, would
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.reading import FileFault, Reading
from matrikel.domain.imports.reading.cells import text_of
from matrikel.domain.imports.rules import INLINE_BYTES, Status
from matrikel.domain.imports.understanding import open_batch
from matrikel.domain.imports.web.forms import AnswersForm, UploadForm
from matrikel.domain.imports.web.labels import HAPPENS, HOW, UNREAD, WORDS_OF


@page(Right.IMPORT_RUN, "GET", "POST")
@transaction.non_atomic_requests
def upload(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.upload(
                content=file.read(),
                file_name=file.name,
                register_date=form.cleaned_data["register_date"],
                by=request.by,
            )
        except FileFault as fault:
            form.add_error("file", telling.fault_in_words(fault))
        else:
            return redirect("imports-mapping", batch.pk)
    return render(request, "imports/upload.html", {"form": form, "steps": steps()}, status=422 if form.errors else 200)


@page(Right.IMPORT_RUN, "GET", "POST")
@transaction.non_atomic_requests
def mapping(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_for(request.by, batch_id)
    if not batch.is_open:
        return redirect("imports-batch", batch.pk)
    reading = open_batch(batch)
    form = AnswersForm(request.POST or None, batch=batch, reading=reading, posts=_posts(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _keep_answers(request, batch, form)
        except FileFault as fault:
            form.add_error(None, telling.fault_in_words(fault))
    context = {
        "batch": batch, "form": form, "steps": steps(), "lede": _lede(batch), "sheets": _sheets(form, reading),
        "same": queries.same_file(batch),
        "words": [_Word(form[name], WORDS_OF[f], shown, n) for name, (f, _p, shown, n) in form.words.items()],
        "workers": [_Word(form[name], "", text, n) for name, (text, n) in form.workers.items()],
        "notices": [telling.notice_in_words(notice) for notice in batch.notices],
        "duplicates": batch.found.get("kinds", {}).get("duplicate_person", 0),
    }  # fmt: skip
    return render(request, "imports/mapping.html", context, status=422 if form.errors else 200)


def _keep_answers(request: StaffRequest, batch: Batch, form: AnswersForm) -> HttpResponse:
    found = batch.found | {"asked": [list(word) for word in form.words.values()]}
    Batch.objects.filter(pk=batch.pk).update(found=found)
    batches.map_columns(
        batch=batch, mapping=form.mapping, choices=form.answers, register_date=form.last_day, by=request.by
    )
    if batch.size <= INLINE_BYTES:
        read_through(batch=batch, by=request.by)
        return redirect("imports-preview", batch.pk)
    with transaction.atomic():
        batches.ask_for_preview(batch=batch, by=request.by)
        tasks.read_through.enqueue(str(request.by.post_id), str(batch.pk))
    return redirect("imports-batch", batch.pk)


@page(Right.IMPORT_RUN)
@transaction.non_atomic_requests
def preview(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_for(request.by, batch_id)
    if batch.status == Status.UPLOADED:
        return redirect("imports-mapping", batch.pk)
    if batch.status != Status.PREVIEWED:
        return redirect("imports-batch", batch.pk)
    first = queries.first_rows(open_batch(batch), batch, by=request.by)
    context = {
        "batch": batch, "steps": steps(), "lede": _lede(batch), "rows": [_First(one) for one in first],
        "same": queries.same_file(batch),
        "told": queries.foretold(batch), "many_sheets": many_sheets(batch),
        "notices": [telling.notice_in_words(notice) for notice in batch.notices],
    }  # fmt: skip
    return render(request, "imports/preview.html", context)


@page(Right.IMPORT_RUN, "POST")
def run(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    batch = batches.begin(batch=queries.batch_for(request.by, batch_id), by=request.by)
    tasks.take_in.enqueue(str(request.by.post_id), str(batch.pk))
    return redirect("imports-batch", batch.pk)


@page(Right.IMPORT_RUN, "POST")
def discard(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    batches.discard(batch=queries.batch_for(request.by, batch_id), by=request.by)
    return redirect("imports")


def steps() -> list[str]:
    return [_("Välj fil"), _("Para ihop"), _("Granska"), _("Resultat")]


def many_sheets(batch: Batch) -> bool:
    """Whether a cell has to be told with its sheet."""
    return len(batch.found.get("sheets") or []) > 1


def _lede(batch: Batch) -> str:
    parts = [batch.file_name]
    if batch.total:
        parts.append(ngettext("%(n)s rad", "%(n)s rader", batch.total) % {"n": batch.total})
    if batch.read_against:
        parts.append(_("läses per %(day)s") % {"day": batch.read_against.isoformat()})
    return ", ".join(parts)


def _posts(request: StaffRequest) -> list[tuple[str, str]]:
    return [(str(post.pk), post.user.name) for post in access.colleagues(by=request.by)]


@dataclass(frozen=True)
class _Word:
    """A word of the file and what it means."""

    field: Any
    column: object
    text: str
    count: int


@dataclass(frozen=True)
class _Column:
    """A line of the table in which columns are paired."""

    heading: str
    first: str
    field: Any
    mark: str
    word: object


def _sheets(form: AnswersForm, reading: Reading) -> list[tuple[str, list[_Column]]]:
    first = {sheet.name: _first_values(reading, place) for place, sheet in enumerate(reading.sheets)}
    found: dict[str, list[_Column]] = {sheet.name: [] for sheet in reading.sheets}
    for name, (sheet, column) in form.columns.items():
        how = "none" if column.how == "given" and not column.field else column.how
        mark, word = HOW[how][0], str(HOW[how][1])
        if column.field in UNREAD:
            mark, word = "none", str(UNREAD[str(column.field)])
        unknown = sum(1 for f, *_rest in form.words.values() if f == column.field)
        if unknown:
            mark, word = "soon", _("%(n)s okända ord") % {"n": unknown}
        value = first[sheet].get(column.index, "")
        shown = telling.shown(value, column.field in telling.SECRET)
        found[sheet].append(_Column(column.heading, shown, form[name], mark, word))
    return list(found.items())


def _first_values(reading: Reading, place: int) -> dict[int, str]:
    """The first thing that stands in each column below its heading."""
    sheet = reading.sheets[place]
    found: dict[int, str] = {}
    wanted = {column.index for column in sheet.headings.columns}
    for looked, (number, cells) in enumerate(sheet.sheet.rows()):
        if looked > 100 or len(found) == len(wanted):
            break
        if number > sheet.headings.row:
            for index, cell in enumerate(cells):
                if index in wanted and index not in found and (text := text_of(cell)):
                    found[index] = text
    return found


class _First:
    """One of the first rows as it would become."""

    def __init__(self, one: Compared) -> None:
        self.number = one.outcome.source.number
        record = one.outcome.record
        self.hidden = bool(one.match and one.match.person and one.match.person.is_protected) or bool(
            record and record.protected == "yes"
        )
        self.name = f"{record.given_name} {record.family_name}".strip() if record and not self.hidden else ""
        self.registered_on = record.registered_on if record else None
        self.enrolled_on = record.enrolled_on if record else None
        self.category = codes.label("categories", record.category) if record and record.category else ""
        self.sfi_on = record.sfi_start_on if record else None
        self.mark, self.word = HAPPENS[would(one)]
        problems = telling.keep(one.outcome, one.met, {})
        self.told = [telling.in_words(one.outcome.source.sheet, self.number, kept) for kept in problems]
