"""Months with economic assistance, from the system that pays: what the unit was told, and a new list."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.benefits import door as benefits
from matrikel.domain.imports import telling
from matrikel.domain.imports.actions.months import take_in_months
from matrikel.domain.imports.reading import EARLIEST, FileFault, MonthsRead, read_months
from matrikel.domain.imports.web.forms import TableFile
from matrikel.kernel import clock

ON_PAGE = 24
SHOWN = 50
"""Rows with faults that are shown; the others are counted."""
NOTHING = MonthsRead((), ())


class MonthsForm(ActionForm):
    no_draft = True
    file = TableFile(
        help_text=gettext_lazy(
            "Kalkylark (xlsx, xls, ods) eller CSV. En rad per person och månad, med rubriken Personnummer och gärna "
            "Månad, Hushåll och Belopp."
        ),
        error_messages={"empty": gettext_lazy("Filen är tom. Hämta listan på nytt.")},
    )
    month = forms.DateField(
        label=gettext_lazy("Månad"), required=False, input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-06"}),
        help_text=gettext_lazy("Om filen gäller en enda månad och inte själv säger vilken."),
        error_messages={"invalid": gettext_lazy("Skriv månaden som 2026-06.")},
    )  # fmt: skip

    def clean_month(self) -> Any:
        month = self.cleaned_data["month"]
        if month and not EARLIEST <= month <= clock.today():
            raise forms.ValidationError(_("Månaden ligger före 1982 eller har inte börjat än. Rätta den."))
        return month


@page(Right.IMPORT_RUN)
def listed(request: StaffRequest) -> HttpResponse:
    shown = Paginator(benefits.month_lists(request.by), ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "imports/months.html", {"page": shown})


@page(Right.IMPORT_RUN, "GET", "POST")
@transaction.non_atomic_requests
def take_in(request: StaffRequest) -> HttpResponse:
    """The file and, when rows cannot be read, all of them at once: it is taken in whole or not at all."""
    form = MonthsForm(request.POST or None, request.FILES or None)
    read = _read(form) if request.method == "POST" and form.is_valid() else NOTHING
    response = carry_out(
        request, form,
        lambda: take_in_months(rows=read.rows, file_name=form.cleaned_data["file"].name, by=request.by),
        to=reverse("imports-months"), done=_("Listan är inläst."),
    )  # fmt: skip
    if response is not None:
        return response
    told = [telling.problem_in_words(each) for each in read.problems[:SHOWN]]
    context = {"form": form, "told": told, "more": len(read.problems) - len(told)}
    return render(request, "imports/months_new.html", context, status=422 if form.errors else 200)


@page(Right.IMPORT_RUN, "GET", "POST")
def take_back(request: StaffRequest, month_list_id: UUID) -> HttpResponse:
    found = benefits.month_list_for(request.by, month_list_id)
    form, home = ActionForm(request.POST or None), reverse("imports-months")
    context = {
        "form": form, "back_url": home, "submit_label": _("Ta bort"),
        "title": _("Ta bort %(month)s") % {"month": date_format(found.month, "F Y")},
        "lede": _("Månaden räknas inte längre, och ingen tillfrågas efter den."),
    }  # fmt: skip
    return carry_out(
        request, form, lambda: benefits.take_back(month_list=found, by=request.by), to=home,
        done=_("Månaden är borttagen."),
    ) or render(request, "access/form.html", context)  # fmt: skip


def _read(form: MonthsForm) -> MonthsRead:
    """What the file says. Faults become errors of the form, so that nothing is taken in."""
    file, month = form.cleaned_data["file"], form.cleaned_data["month"]
    try:
        read = read_months(file.read(), file.name, today=clock.today(), month=month)
    except FileFault as fault:
        form.add_error("file", telling.fault_in_words(fault))
        return NOTHING
    if wrong := len(read.problems):
        form.add_error(
            "file",
            ngettext(
                "En rad går inte att läsa. Rätta den och läs in filen igen.",
                "%(n)s rader går inte att läsa. Rätta dem och läs in filen igen.", wrong,
            ) % {"n": wrong},
        )  # fmt: skip
    return read
