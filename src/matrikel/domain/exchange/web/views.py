"""Figures that leave as a package and those that come: one page, and one a package."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.exchange import keys, queries
from matrikel.domain.exchange.actions import packages, signers
from matrikel.domain.figures import door as figures
from matrikel.kernel.errors import RuleBroken
from matrikel_stats.comparison.compare import difference


@page(Right.FIGURE_EXCHANGE)
def exchange(request: StaffRequest) -> HttpResponse:
    """The board's key, what it can give, whom it trusts and what it has been given."""
    by = request.by
    ready = figures.results_to_share(by)
    return render(
        request,
        "exchange/exchange.html",
        {
            "key": keys.own_key(by),
            "ready": len(ready),
            "freeze": ready[0].freeze if ready else None,
            "signers": queries.signers(by),
            "packages": queries.packages(by),
        },
    )


@page(Right.FIGURE_EXCHANGE, "POST")
def make_key(request: StaffRequest) -> HttpResponse:
    try:
        packages.make_key(by=request.by)
    except RuleBroken as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Nyckeln är gjord. Lämna den öppna nyckeln till dem som ska läsa era paket."))
    return redirect("exchange")


@page(Right.FIGURE_EXCHANGE, "POST")
def give(request: StaffRequest) -> HttpResponse:
    """The package as a file."""
    try:
        content = packages.give(by=request.by)
    except RuleBroken as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("exchange"))
    freeze = figures.results_to_share(request.by)[0].freeze
    name = f"matrikel-{request.by.municipality}-{freeze}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


class PackageForm(ActionForm):
    no_draft = True
    file = forms.FileField(
        label=gettext_lazy("Paket"), help_text=gettext_lazy("En zip-fil från en avsändare ni litar på.")
    )


class SignerForm(ActionForm):
    name = forms.CharField(
        label=gettext_lazy("Avsändarens namn"), max_length=120,
        help_text=gettext_lazy("Som det står i paketet, tecken för tecken."),
    )  # fmt: skip
    public_key = forms.CharField(
        label=gettext_lazy("Öppen nyckel"), max_length=60,
        help_text=gettext_lazy("44 tecken. Jämför den på telefon eller vid ett möte innan du sparar."),
    )  # fmt: skip


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def receive(request: StaffRequest) -> HttpResponse:
    form = PackageForm(request.POST or None, request.FILES or None)
    response = carry_out(
        request,
        form,
        lambda: packages.receive(content=form.cleaned_data["file"].read(), by=request.by),
        to=lambda found: reverse("exchange-package", args=[found.pk]),
        done=_("Paketet är mottaget."),
    )
    return response or _form(
        request, form, _("Ta emot ett paket"), _("Ta emot"),
        _("Avsändare, innehåll och räkneregler prövas först. Stämmer något inte tas inget emot."),
    )  # fmt: skip


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def trust(request: StaffRequest) -> HttpResponse:
    form = SignerForm(request.POST or None)
    response = carry_out(
        request,
        form,
        lambda: signers.trust(**form.asked(), by=request.by),
        to=reverse("exchange"),
        done=_("Avsändaren är tillagd."),
    )
    return response or _form(
        request, form, _("Lägg till en avsändare"), _("Lägg till"),
        _("Paket som är signerade med nyckeln kan sedan tas emot."),
    )  # fmt: skip


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def distrust(request: StaffRequest, signer_id: UUID) -> HttpResponse:
    signer, form = queries.signer_for(request.by, signer_id), ActionForm(request.POST or None)
    response = carry_out(
        request,
        form,
        lambda: signers.distrust(signer=signer, by=request.by),
        to=reverse("exchange"),
        done=_("Avsändaren är borttagen."),
    )
    return response or _form(
        request, form, _("Ta bort %(name)s") % {"name": signer.name}, _("Ta bort"),
        _("Nya paket från avsändaren avvisas. De som redan är mottagna står kvar."),
    )  # fmt: skip


@page(Right.FIGURE_EXCHANGE)
def package(request: StaffRequest, package_id: UUID) -> HttpResponse:
    """The figures of a package beside the own ones."""
    found = queries.package_for(request.by, package_id)
    given = queries.beside(found, by=request.by)
    return render(request, "exchange/package.html", {"package": found, "rows": [_row(each) for each in given]})


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def withdraw(request: StaffRequest, package_id: UUID) -> HttpResponse:
    found, form = queries.package_for(request.by, package_id), ActionForm(request.POST or None)
    response = carry_out(
        request,
        form,
        lambda: packages.withdraw(package=found, by=request.by),
        to=reverse("exchange"),
        done=_("Paketet är borttaget."),
    )
    return response or _form(
        request, form, _("Ta bort paketet från %(name)s") % {"name": found.area_name}, _("Ta bort"),
        _("Dess tal jämförs inte längre med era."),
    )  # fmt: skip


def _form(request: StaffRequest, form: ActionForm, title: str, submit: str, lede: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "submit_label": submit, "lede": lede, "back_url": reverse("exchange"),
    }  # fmt: skip
    return render(request, "access/form.html", context, status=422 if form.errors else 200)


def _row(given: queries.Given) -> dict[str, Any]:
    definition, own, theirs = given.definition, given.own, given.theirs
    shown = [None if cell is None or cell.suppressed or cell.n is None else cell for cell in (own, theirs)]
    gap = None
    if all(cell and cell.k is not None and cell.n for cell in shown):
        gap = difference(shown[0].k, shown[0].n, shown[1].k, shown[1].n)  # type: ignore[union-attr, arg-type]
    return {
        "id": definition.id,
        "name": definition.text(figures.language()).name,
        "year": given.year,
        "own": _words(definition, shown[0]),
        "theirs": _words(definition, shown[1]),
        "says": "" if gap is None else _compared(gap.beyond_chance, gap.value > 0),
        "beyond": gap is not None and gap.beyond_chance,
    }


def _words(definition: figures.Definition, cell: Any) -> dict[str, str] | None:
    if cell is None:
        return None
    return {"value": figures.value_words(definition, cell), "limits": figures.limits_words(definition, cell)}


def _compared(beyond: bool, more: bool) -> str:
    if not beyond:
        return _("Skiljer sig inte mer än slumpen kan göra.")
    return (
        _("Er andel är högre än deras, mer än slumpen brukar göra.")
        if more
        else _("Er andel är lägre än deras, mer än slumpen brukar göra.")
    )
