"""Imports under way and done: the list, progress, what was refused, and the way back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.imports import queries, tasks, telling
from matrikel.domain.imports.actions import batches
from matrikel.domain.imports.reading import FileFault
from matrikel.domain.imports.rules import Status
from matrikel.domain.imports.web.steps import many_sheets, steps

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_PAGE = 50


@page(Right.IMPORT_RUN)
def listed(request: StaffRequest) -> HttpResponse:
    shown = Paginator(queries.batches(request.by), ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/list.html", {"page": shown})


@page(Right.IMPORT_RUN)
def batch(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    found = queries.batch_for(request.by, batch_id)
    if request.htmx and (not found.is_active or found.is_silent):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.status == Status.UPLOADED:
        return redirect("imports-mapping", found.pk)
    if found.status == Status.PREVIEWED:
        return redirect("imports-preview", found.pk)
    rows = list(queries.problem_rows(found, "refused")[:10])
    context = {
        "batch": found, "steps": steps(), "many_sheets": many_sheets(found),
        "lines": queries.lines(rows, by=request.by),
        "notices": [telling.notice_in_words(notice) for notice in found.notices],
        "left": queries.lines(list(queries.left_rows(found)[:20]), by=request.by) if found.left else [],
    }  # fmt: skip
    return render(request, "imports/progress.html" if request.htmx else "imports/batch.html", context)


@page(Right.IMPORT_RUN)
def problems(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    found = queries.batch_for(request.by, batch_id)
    which = request.GET.get("vilka", "")
    shown = Paginator(queries.problem_rows(found, which), ON_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(list(shown.object_list), by=request.by)
    context = {"batch": found, "page": shown, "lines": lines, "which": which, "many_sheets": many_sheets(found)}
    return render(request, "imports/problems.html", context)


@page(Right.IMPORT_RUN)
@transaction.non_atomic_requests
def problems_file(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    found = queries.batch_for(request.by, batch_id)
    try:
        content = queries.workbook(found, by=request.by)
    except FileFault:
        messages.error(request, _("Filen finns inte kvar. Raderna står i listan, men går inte att hämta."))
        return redirect("imports-problems", found.pk)
    name = f"{found.file_name.rsplit('.', 1)[0]} {_('att rätta')}.xlsx"
    attached = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": attached})


@page(Right.IMPORT_RUN, "POST")
def stop(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    batches.stop(batch=queries.batch_for(request.by, batch_id), by=request.by)
    return redirect("imports-batch", batch_id)


@page(Right.IMPORT_RUN, "POST")
def resume(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    found = batches.resume(batch=queries.batch_for(request.by, batch_id), by=request.by)
    task = {Status.READING: tasks.read_through, Status.UNDOING: tasks.take_back}
    task.get(Status(found.status), tasks.take_in).enqueue(str(request.by.post_id), str(found.pk))
    return redirect("imports-batch", batch_id)


@page(Right.IMPORT_RUN, "POST")
def undo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    found = batches.undo_batch(batch=queries.batch_for(request.by, batch_id), by=request.by)
    tasks.take_back.enqueue(str(request.by.post_id), str(found.pk))
    return redirect("imports-batch", batch_id)
