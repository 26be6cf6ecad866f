"""Results: the overview, one measure, the persons behind it for those who may see them, and running anew."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.door import DateInput, Right, StaffRequest, page
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import View
from matrikel.domain.people import door as people
from matrikel.extract import door as extract
from matrikel.kernel import clock
from matrikel.kernel.errors import Missing, RuleBroken
from matrikel.web import results_compare as compare
from matrikel.web import results_curve as curves
from matrikel.web import results_pictures as pictures
from matrikel.web import results_tables as tables
from matrikel.web.results_files import asked

FAMILIES = {
    "county_goals": gettext_lazy("Länets mål"),
    "afterwards": gettext_lazy("Efter en tid"),
    "effect_goal": gettext_lazy("Effektmål"),
    "sfi": gettext_lazy("Svenska för invandrare"),
    "assistance": gettext_lazy("Ekonomiskt bistånd"),
    "yearly": gettext_lazy("Årliga tal"),
    "instruments": gettext_lazy("Bedömningar"),
    "surveys": gettext_lazy("Enkäter"),
    "plans": gettext_lazy("Planer och uppföljning"),
}
SPLITS = {
    "sex": gettext_lazy("kvinnor och män"),
    "category": gettext_lazy("kategori"),
}
SORTS = ("dagar", "namn", "dag")


@page(Right.FIGURE_READ)
def overview(request: StaffRequest) -> HttpResponse:
    """Every goal and yearly count in a line; variants stand on the page of their goal."""
    by = request.by
    lines = [line for line in figures.overview(by) if figures.main_of(line.definition) == line.definition.id]
    groups: dict[str, list[Any]] = {}
    for line in lines:
        groups.setdefault(figures.family(line.definition), []).append(_told_line(line))
    return render(
        request,
        "results/overview.html",
        {
            "groups": [
                {
                    "key": key,
                    "title": FAMILIES.get(key, key),
                    "lines": [line for line in found if not line["nothing"]],
                    "nothing": [line for line in found if line["nothing"]],
                    "count": len(found),
                    "has_target": any(line["target"] for line in found),
                }
                for key, found in groups.items()
            ],
            "any": any(not line.empty for line in lines),
            "areas": _columns(lines),
            "freezes": sorted({line.freeze for line in lines if line.freeze}, reverse=True)[:1],
            "run": figures.latest_run(by),
            "may_run": by.may(Right.FIGURE_RUN),
            "sees_quality": by.role not in figures.COUNTY_ONLY,
            "may_exchange": by.may(Right.FIGURE_EXCHANGE),
        },
    )


def _columns(lines: list[figures.Line]) -> list[dict[str, str]]:
    labels = {figures.UNIT: _("Enheten"), figures.BOARD: _("Kommunen"), figures.COUNTY: _("Länet")}
    shown = {area for line in lines for area, seen in line.areas if seen is not None}
    return [{"key": key, "label": label} for key, label in labels.items() if key in shown]


def _told_line(line: figures.Line) -> dict[str, Any]:
    seen_here = [seen for _area, seen in line.areas if seen]
    first = next((seen for seen in seen_here if not seen.hidden), None) or line.areas[-1][1]
    return {
        "id": line.definition.id,
        "name": line.definition.text(figures.language()).name,
        "year": line.year,
        "unfinished": line.unfinished,
        "outdated": line.outdated,
        "empty": line.empty,
        "nothing": not line.outdated and bool(seen_here) and all(seen.counts_nobody for seen in seen_here),
        "sentence": figures.headline(line.definition, first) if first else "",
        "target": figures.target_words(line.definition),
        "numbers": {area: tables.number_of(line.definition, seen) for area, seen in line.areas if seen is not None},
    }


@page(Right.FIGURE_READ)
def indicator(request: StaffRequest, indicator: str) -> HttpResponse:
    """One measure: sentence, picture, table, years, definition."""
    chosen = figures.definition(indicator)
    partners = [each for each in figures.partners_of(chosen) if each.id != chosen.id]
    variants = [each for each in figures.variants_of(chosen) if each.id != chosen.id]
    known = {each.id: each for each in [*partners[:1], *variants]}
    choice = compare.choice(request, chosen)
    found = figures.show_all(request.by, [chosen, *known.values()], **asked(request), against=choice.against)
    by_id = {view.definition.id: view for view in found}
    main = found[0]
    if main.empty:
        return render(request, "results/nothing.html", {"view": main, **_texts(main), "may_run": _may_run(request)})
    side = [by_id[each.id] for each in figures.partners_of(chosen) if each.id in by_id] or [main]
    side = [view for view in side if not view.empty]
    said = figures.said(main)
    return render(
        request,
        "results/indicator.html",
        {
            "view": main,
            **_texts(main),
            "figs": [_fig(view) for view in side],
            "intervals": pictures.intervals(side),
            "said": said,
            "places_say": said.places if pictures.with_sexes(main) else "",
            "table": tables.table(side),
            "years": pictures.years(main),
            "bars": pictures.bars(main),
            "periods": pictures.intervals_of_years(main),
            "has_all_years": figures.is_followed(chosen),
            **_curve(main),
            **compare.section(main),
            "choice": choice,
            "kolada": compare.kolada(request, main, choice.group),
            "variants": [_fig(by_id[each.id]) for each in [chosen, *variants]] if variants else [],
            "source": said.source,
            "splits": [{"key": key, "label": _split_label(main, key)} for key in main.splits],
            "lists": _lists(main),
            "query": request.GET.urlencode(),
            "may_run": _may_run(request),
        },
    )


def _curve(view: View) -> dict[str, Any]:
    return {
        "curve": curves.picture(view),
        "curve_unit": curves.unit(view),
        "at_risk": curves.at_risk(view),
    }


def _may_run(request: StaffRequest) -> bool:
    return request.by.may(Right.FIGURE_RUN)


def _texts(view: View) -> dict[str, Any]:
    return {
        "texts": view.definition.text(figures.language()),
        "explained": figures.explained(view),
    }


def _fig(view: View) -> dict[str, Any]:
    return {
        "view": view,
        "name": view.definition.text(figures.language()).name,
        "value": "··" if view.total.hidden else figures.value_words(view.definition, view.total.cell),
        "limits": figures.limits_words(view.definition, view.total.cell),
        "of": _("av %(n)s") % {"n": figures.target_words(view.definition)} if view.definition.target else "",
        "first": figures.headline(view.definition, view.total),
        "rest": figures.detail(view.definition, view.total),
        "estimate": figures.said(view).estimate,
    }


def _split_label(view: View, key: str) -> Any:
    if key == figures.PLACE:
        return _("kommun") if view.area == figures.COUNTY else _("enhet")
    return SPLITS[key]


def _lists(view: View) -> list[dict[str, str]]:
    if not view.with_people:
        return []
    return [
        {"label": extract.list_label(view.definition, key), "url": tables.people_url(view, key)}
        for key in extract.lists_for(view.definition)
    ]


@page(Right.FIGURE_READ)
def people_behind(request: StaffRequest, indicator: str) -> HttpResponse:
    """The list behind a figure, which is also a work list. To those without access to persons it does not exist."""
    if not request.by.may(Right.FIGURE_PEOPLE):
        raise Missing
    chosen = figures.definition(indicator)
    key, year, sort = (request.GET.get(name, "") for name in ("lage", "ar", "ordna"))
    lists = extract.lists_for(chosen)
    if not lists:
        raise Missing
    key = key if key in lists else lists[0]
    view = figures.show(request.by, indicator, **asked(request))
    cell = {"unit": str(request.by.unit_id)} if view.area == figures.UNIT else {}
    if year in view.years:
        cell["period" if chosen.is_periodic else "year"] = year
    live = key == "kvar"
    found = extract.members(
        by=request.by,
        indicator=indicator,
        key=key,
        cell=cell,
        freeze=None if live or view.freeze is None else view.freeze,
        sort=sort if sort.lstrip("-") in SORTS else "",
    )
    kept = {name: value for name in ("ar", "omrade") if (value := request.GET.get(name, ""))}
    return render(
        request,
        "results/people.html",
        {
            "view": view,
            "texts": chosen.text(figures.language()),
            "found": found,
            "title": extract.list_label(chosen, found.key),
            "tabs": [
                {
                    "key": each,
                    "label": extract.list_label(chosen, each),
                    "count": found.counts[each],
                    "url": tables.asked_url(request.path, {**kept, "lage": each}),
                    "current": each == found.key,
                }
                for each in lists
            ],
            "sorts": {name: tables.sort_url(request, kept, found.key, name) for name in SORTS},
            "sorted": tables.sort_state(sort, found.key),
            "year": year if year in view.years else "",
        },
    )


class RunForm(forms.Form):
    """Until which day the register is counted."""

    freeze = forms.DateField(
        label=gettext_lazy("Frysdag"),
        widget=DateInput,
        initial=clock.today,
        help_text=gettext_lazy("Det som hände senare räknas inte. Länet läggs ihop när kommunerna har samma frysdag."),
    )


@page(Right.FIGURE_RUN, "GET", "POST")
def run(request: StaffRequest) -> HttpResponse:
    """Ask for a run, and see how far it has come. The page tells by itself, or when it is opened again."""
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _ask(request, form.cleaned_data["freeze"])
        except RuleBroken as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        else:
            messages.info(request, _("Körningen är beställd."))
            return redirect("results-run")
    run = figures.latest_run(request.by)
    if request.htmx:
        return render(request, "results/run_state.html", {"run": run})
    return render(request, "results/run.html", {"run": run, "form": form})


def _ask(request: StaffRequest, freeze: date) -> None:
    run = figures.ask_for_run(freeze=freeze, by=request.by)
    extract.run_of_board.enqueue(post_id=str(request.by.post_id), run_id=str(run.pk))


@page(Right.PERSON_READ)
def standing(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel of the person page: where the person stands towards each goal, and why they are not counted."""
    person = people.get_for(request.by, person_id, purpose="panel")
    context = {"person": person, "goals": extract.standing_of(person, request.by)}
    return people.panel_page(request, person, "results/standing.html", _("Mål"), context)
