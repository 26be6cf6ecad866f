"""How a measure has been counted before, and what the latest run changed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Changed, Definition, Seen
from matrikel.web.results_tables import Number, number_of
from matrikel.web.templatetags.wording import num

WHAT = {
    "first": ("none", gettext_lazy("första körningen")),
    "same": ("done", gettext_lazy("samma räkneregel och ordalydelse")),
    "wording": ("doing", gettext_lazy("ordalydelsen är ändrad, räkneregeln är densamma")),
    "logic": ("soon", gettext_lazy("räkneregeln är ändrad: går inte att jämföra med tidigare")),
}
SAID = {
    "name": gettext_lazy("Namn"),
    "anchor": gettext_lazy("Utgår från"),
    "counts": gettext_lazy("Det som räknas"),
}


@dataclass(frozen=True)
class Line:
    """A year before and after: its cells in the order of `heads`."""

    year: str
    numbers: tuple[Number, ...]
    small: bool = False


@page(Right.FIGURE_READ)
def history(request: StaffRequest, indicator: str) -> HttpResponse:
    """Which definition each run was counted by, what differs between them, and what changed since the run before."""
    found = figures.history(request.by, indicator, area=request.GET.get("omrade", ""))
    definition = found.definition
    return render(
        request,
        "results/history.html",
        {
            "found": found,
            "texts": definition.text(figures.language()),
            "runs": [
                {
                    "run": each,
                    "mark": WHAT[each.what][0],
                    "what": WHAT[each.what][1],
                    "said": [(SAID[name], was, now) for name, was, now in each.said],
                    "current": each.logic_hash == definition.logic_hash,
                }
                for each in found.runs
            ],
            "heads": [*_heads(definition), *([_("Fler med")] if _knows(found.changes) else [])],
            "lines": [_line(definition, each) for each in found.changes],
            "newly": _newly(sum(each.newly or 0 for each in found.changes)) if _knows(found.changes) else "",
        },
    )


def _knows(changes: tuple[Changed, ...]) -> bool:
    return any(each.newly is not None for each in changes)


def _newly(n: int) -> str:
    """How many more or fewer there are in all; people who come and go may cancel out."""
    if n < 0:
        text = ngettext(
            "%(n)s person färre finns med än vid förra körningen, alla år tillsammans.",
            "%(n)s personer färre finns med än vid förra körningen, alla år tillsammans.",
            -n,
        )
    else:
        text = ngettext(
            "%(n)s person fler finns med än vid förra körningen, alla år tillsammans.",
            "%(n)s personer fler finns med än vid förra körningen, alla år tillsammans.",
            n,
        )
    return text % {"n": num(abs(n))}


def _heads(definition: Definition) -> list[Any]:
    if figures.shape(definition) == "share":
        return [_("Räknas före"), _("Räknas nu"), _("Nådde målet före"), _("Nådde målet nu"), _("Andel före"),
                _("Andel nu")]  # fmt: skip
    if figures.shape(definition) == "wait":
        return [_("Har börjat före"), _("Har börjat nu"), _("I snitt före"), _("I snitt nu")]
    if figures.shape(definition) == "value":
        return [_("Underlag före"), _("Underlag nu"), _("Värde före"), _("Värde nu")]
    return [_("Antal före"), _("Antal nu")]


def _line(definition: Definition, change: Changed) -> Line:
    pairs = [_cells(definition, change.before), _cells(definition, change.after)]
    numbers = [number for pair in zip(*pairs, strict=True) for number in pair]
    heads = _heads(definition)
    told = tuple(
        Number(number.text, number.limits, number.hidden, label=head)
        for number, head in zip(numbers, heads, strict=True)
    )
    if change.newly is not None:
        sign = "+" if change.newly > 0 else ""
        told = (*told, Number(f"{sign}{num(change.newly)}", label=_("Fler med")))
    return Line(change.year, told, change.small)


def _cells(definition: Definition, seen: Seen | None) -> list[Number]:
    few = Number(hidden=_("Visas inte: skillnaden är för liten."))
    counts = {"share": 2, "wait": 1, "value": 1}.get(figures.shape(definition), 0)
    if seen is None:
        return [few] * (counts + 1)
    cell = seen.cell
    return [Number(num(n)) for n in (cell.n, cell.k)[:counts]] + [number_of(definition, seen)]
