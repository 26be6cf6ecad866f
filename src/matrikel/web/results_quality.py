"""How whole the register is: what is missing or odd by unit, what it does to the measures, and whom to mend."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Definition
from matrikel.extract import door as extract
from matrikel.web.results_tables import Number
from matrikel.web.templatetags.wording import num


@dataclass(frozen=True)
class Line:
    """A lack with its numbers in the order of the heads, and the measures it touches."""

    lack: extract.Lack
    numbers: tuple[Number, ...]
    measures: list[dict[str, str]]
    url: str


@page(Right.FIGURE_READ)
def overview(request: StaffRequest) -> HttpResponse:
    """Every lack in a line, with how many it is about and which measures it touches."""
    found = extract.quality(request.by)
    heads = [_("Alla"), *(unit or _("Utan enhet") for unit in found.units)]
    lines = [_line(line, heads, with_list=found.with_people) for line in found.lines]
    persons = [_number(each, head) for each, head in zip([found.whole, *found.persons], heads, strict=True)]
    return render(
        request,
        "results/quality.html",
        {
            "found": found,
            "heads": heads,
            "lines": [line for line in lines if line.numbers[0].text != "0"],
            "whole": [line.lack.label for line in lines if line.numbers[0].text == "0"],
            "persons": persons,
            "hides": any(each.hidden for line in lines for each in line.numbers),
        },
    )


@page(Right.FIGURE_READ)
def lack(request: StaffRequest, lack: str) -> HttpResponse:
    """The persons with one lack, as a list to work through. Without access to persons it does not exist."""
    found = extract.to_mend(lack, by=request.by)
    dated = any(each.on for each in found.rows)
    return render(request, "results/lack.html", {"found": found, "measures": _measures(found.measures), "dated": dated})


def _line(line: extract.Lacking, heads: list[str], *, with_list: bool) -> Line:
    numbers = tuple(_number(each, head) for each, head in zip([line.whole, *line.units], heads, strict=True))
    url = reverse("results-lack", args=[line.lack.key]) if with_list and line.whole.n else ""
    return Line(line.lack, numbers, _measures(line.measures), url)


def _number(each: extract.Number, label: str) -> Number:
    if each.n is None:
        return Number(hidden=_("Visas inte: ett litet tal."), label=label)
    return Number(num(each.n), label=label)


def _measures(found: tuple[Definition, ...]) -> list[dict[str, str]]:
    """The measures by name; a variant only when its main measure is not touched."""
    touched = {each.id for each in found}
    chosen = [each for each in found if figures.main_of(each) == each.id or figures.main_of(each) not in touched]
    return [
        {"name": each.text(figures.language()).name, "url": reverse("results-indicator", args=[each.id])}
        for each in chosen
    ]
