"""A view as plain values for the shell: the same numbers as on the page, the same ones hidden."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.queries import Line
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT
from matrikel.domain.figures.shapes import shape
from matrikel.domain.figures.shown import Row, Seen, View
from matrikel.domain.figures.wording import detail, headline, hidden_words, limits_words, value_words
from matrikel_stats import Definition

PLACES = {UNIT: gettext_lazy("enhet"), BOARD: gettext_lazy("kommun"), COUNTY: gettext_lazy("län")}


def view_json(view: View) -> dict[str, Any]:
    """One indicator for one area and year."""
    definition = view.definition
    return {
        "indicator": definition.id,
        "version": definition.version,
        "kind": definition.kind,
        "name": definition.text(catalogue.language()).name,
        "logic_hash": definition.logic_hash,
        "text_hash": definition.text_hash,
        "freeze": view.freeze.isoformat() if view.freeze else None,
        "run": str(view.run_id) if view.run_id else None,
        "digest": view.digest,
        "area": view.area,
        "area_name": view.area_label,
        "year": view.year or None,
        "target": definition.target.value if definition.target else None,
        "protected": view.protected,
        "total": figure_json(view.total),
        "years": {year: figure_json(seen) for year, seen in view.series},
        "breakdown": view.split,
        "rows": [{"key": row.key, "name": row.label, **figure_json(row.seen)} for row in view.rows],
        "places": [_place(row) for row in view.places if not row.silent],
        "not_published": list(view.silent),
        "excluded": [{"reason": reason, "n": n} for reason, n in view.excluded],
    }


def figure_json(seen: Seen) -> dict[str, Any]:
    """One figure; every number is null when it is hidden, and `hidden` says why."""
    cell = seen.cell
    left = cell.left_before
    return {
        "n": cell.n,
        "k": cell.k,
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "not_mature": cell.not_mature,
        "left_before": {"inside": left.inside, "outside": left.outside, "died": left.died} if left else None,
        "estimate": cell.aj.value if cell.aj else None,
        "open": cell.open,
        "median": cell.median,
        "inhabitants": cell.inhabitants,
        "limits": [{"months": each.months, "days": each.days, "n": each.n, "k": each.k} for each in cell.limits],
        "hidden": seen.why or None,
    }


def line_json(line: Line) -> dict[str, Any]:
    """One indicator of the overview."""
    return {
        "indicator": line.definition.id,
        "name": line.definition.text(catalogue.language()).name,
        "year": line.year,
        "areas": [
            {"area": area, "place": str(PLACES[area]), "text": figure_words(line.definition, seen), **figure_json(seen)}
            for area, seen in line.areas
            if seen is not None
        ],
    }


def view_lines(view: View) -> list[str]:
    """The view as text for a terminal."""
    definition = view.definition
    lines = [
        definition.text(catalogue.language()).name,
        f"{view.area_label}, {view.year or _('alla år')}",
        "",
        figure_words(definition, view.total),
        f"{headline(definition, view.total)} {detail(definition, view.total)}".strip(),
        "",
    ]
    rows = [(row.label, row.seen) for row in (view.places or view.rows) if not row.silent]
    rows += [(year, seen) for year, seen in view.series]
    width = max((len(label) for label, _seen in rows), default=0)
    return lines + [f"  {label:<{width}}  {figure_words(definition, seen)}" for label, seen in rows]


def figure_words(definition: Definition, seen: Seen) -> str:
    """A figure with its size and interval, or why it is hidden."""
    if seen.hidden:
        return f"·· {hidden_words(seen)}"
    cell = seen.cell
    if shape(definition) == "share" and cell.n:
        return f"{value_words(definition, cell)} ({cell.k}/{cell.n}, {limits_words(definition, cell)})"
    if shape(definition) == "value" and (span := limits_words(definition, cell)):
        return f"{value_words(definition, cell)} ({span})"
    return value_words(definition, cell)


def _place(row: Row) -> dict[str, Any]:
    sexes = {"women": row.women, "men": row.men}
    return {
        "key": row.key.removeprefix("unit:"),
        "name": row.label,
        **figure_json(row.seen),
        **{name: figure_json(seen) for name, seen in sexes.items() if seen is not None},
    }
