"""One result as a file: a workbook for reading, CSV and JSON for other programs. Protected and logged like the page."""

import json

from django.http import HttpResponse

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import View
from matrikel.domain.trail import door as trail
from matrikel.kernel.errors import Missing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(Right.FIGURE_READ)
def sheet(request: StaffRequest, indicator: str) -> HttpResponse:
    """The same as a workbook, with the definition on a sheet of its own."""
    view = _fetched(request, indicator)
    trail.note("figures.sheet.fetched", by=request.by, of=indicator)
    return _file(view, figures.workbook(view), XLSX, "xlsx")


@page(Right.FIGURE_READ)
def table(request: StaffRequest, indicator: str) -> HttpResponse:
    """The same as CSV, one figure a line."""
    view = _fetched(request, indicator)
    trail.note("figures.table.fetched", by=request.by, of=indicator)
    return _file(view, figures.csv_text(view).encode(), "text/csv; charset=utf-8", "csv")


@page(Right.FIGURE_READ)
def structure(request: StaffRequest, indicator: str) -> HttpResponse:
    """The same as JSON, as `matrikel figures show --json` gives it."""
    view = _fetched(request, indicator)
    trail.note("figures.structure.fetched", by=request.by, of=indicator)
    text = json.dumps(figures.view_json(view), ensure_ascii=False, indent=2, default=str)
    return _file(view, text.encode(), "application/json", "json")


def asked(request: StaffRequest) -> dict[str, str]:
    """Area, year and breakdown as the address asks for them."""
    return {name: request.GET.get(key, "") for name, key in (("area", "omrade"), ("year", "ar"), ("split", "dela"))}


def _fetched(request: StaffRequest, indicator: str) -> View:
    view = figures.show(request.by, indicator, **asked(request))
    if view.empty:
        raise Missing
    return view


def _file(view: View, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"{view.definition.id}-{view.year or 'alla'}-{view.freeze}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
