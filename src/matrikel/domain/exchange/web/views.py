"""Figures that leave as a package and those that come: one page, and one a package."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import ActionForm, Right, StaffRequest, carry_out, page
from matrikel.domain.exchange import keys, queries
from matrikel.domain.exchange.actions import kolada, packages, signers
from matrikel.domain.figures import door as figures
from matrikel.kernel.errors import RuleBroken
from matrikel_stats.comparison.compare import difference
from matrikel_stats.result import Cell
from matrikel_stats.telling.comparison_prose import gap as gap_words


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
            "freeze": ready[0].shown.freeze if ready else None,
            "signers": queries.signers(by),
            "packages": queries.packages(by),
            "kolada": queries.kolada_files(by),
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
        name, content = packages.give(by=request.by)
    except RuleBroken as fault:
        messages.error(request, str(fault))
        return redirect("exchange")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


class PackageForm(ActionForm):
    no_draft = True
    file = forms.FileField(
        label=gettext_lazy("Paket"), help_text=gettext_lazy("En zip-fil från en avsändare ni litar på.")
    )


class KoladaForm(ActionForm):
    no_draft = True
    file = forms.FileField(
        label=gettext_lazy("Fil"), help_text=gettext_lazy("JSON som Kolada lämnar den: municipality_groups eller data.")
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
    return _form_page(
        request,
        form,
        lambda: packages.receive(content=form.cleaned_data["file"].read(), by=request.by),
        title=_("Ta emot ett paket"),
        lede=_("Avsändare, innehåll och räkneregler prövas först. Stämmer något inte tas inget emot."),
        submit=_("Ta emot"),
        done=_("Paketet är mottaget."),
        to=lambda found: reverse("exchange-package", args=[found.pk]),
    )


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def trust(request: StaffRequest) -> HttpResponse:
    form = SignerForm(request.POST or None)
    return _form_page(
        request,
        form,
        lambda: signers.trust(**form.asked(), by=request.by),
        title=_("Lägg till en avsändare"),
        lede=_("Paket som är signerade med nyckeln kan sedan tas emot."),
        submit=_("Lägg till"),
        done=_("Avsändaren är tillagd."),
    )


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def distrust(request: StaffRequest, signer_id: UUID) -> HttpResponse:
    signer = queries.signer_for(request.by, signer_id)
    return _form_page(
        request,
        ActionForm(request.POST or None),
        lambda: signers.distrust(signer=signer, by=request.by),
        title=_("Ta bort %(name)s") % {"name": signer.name},
        lede=_("Nya paket från avsändaren avvisas. De som redan är mottagna står kvar."),
        submit=_("Ta bort"),
        done=_("Avsändaren är borttagen."),
    )


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def take_in(request: StaffRequest) -> HttpResponse:
    form = KoladaForm(request.POST or None, request.FILES or None)

    def action() -> Any:
        file = form.cleaned_data["file"]
        return kolada.take_in(content=file.read(), name=file.name, by=request.by)

    return _form_page(
        request,
        form,
        action,
        title=_("Läs in en fil från Kolada"),
        lede=_("Grupper av liknande kommuner, eller värden att ställa bredvid. En ny fil ersätter den förra."),
        submit=_("Läs in"),
        done=_("Filen är inläst."),
    )


@page(Right.FIGURE_EXCHANGE)
def package(request: StaffRequest, package_id: UUID) -> HttpResponse:
    """The figures of a package beside the own ones."""
    found = queries.package_for(request.by, package_id)
    given = queries.beside(found, by=request.by)
    rows = [_row(each) for each in given if any(cell and not cell.suppressed for cell in (each.own, each.theirs))]
    context = {"package": found, "rows": rows, "gone": len(given) - len(rows)}
    return render(request, "exchange/package.html", context)


@page(Right.FIGURE_EXCHANGE, "GET", "POST")
def withdraw(request: StaffRequest, package_id: UUID) -> HttpResponse:
    package = queries.package_for(request.by, package_id)
    return _form_page(
        request,
        ActionForm(request.POST or None),
        lambda: packages.withdraw(package=package, by=request.by),
        title=_("Ta bort paketet från %(name)s") % {"name": package.area_name},
        lede=_("Dess tal jämförs inte längre med era."),
        submit=_("Ta bort"),
        done=_("Paketet är borttaget."),
    )


def _form_page(
    request: StaffRequest, form: ActionForm, action: Callable[[], Any], *, title: str, lede: str, submit: str,
    done: str, to: Callable[[Any], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Carry out the action of a form and go back to the page of exchange (or `to`), or show the form."""
    home = reverse("exchange")
    context = {"form": form, "title": title, "submit_label": submit, "lede": lede, "back_url": home}
    return carry_out(request, form, action, to=to or home, done=done) or render(
        request, "access/form.html", context, status=422 if form.errors else 200
    )


def _row(given: queries.Given) -> dict[str, Any]:
    definition, own, theirs = given.definition, given.own, given.theirs
    gap = None
    if own and own.k is not None and theirs.k is not None and own.n and theirs.n:
        gap = difference(own.k, own.n, theirs.k, theirs.n)
    return {
        "id": definition.id,
        "name": definition.text(figures.language()).name,
        "year": given.year,
        "sides": (_words(definition, own), _words(definition, theirs)),
        "gap": gap_words(gap, figures.language(), definition.decimals) if gap else "",
        "beyond": gap is not None and gap.beyond_chance,
    }


def _words(definition: figures.Definition, cell: Cell | None) -> dict[str, Any] | None:
    if cell is None or cell.suppressed:
        return None if cell is None else {"hidden": True}
    return {"value": figures.value_words(definition, cell), "limits": figures.limits_words(definition, cell)}
