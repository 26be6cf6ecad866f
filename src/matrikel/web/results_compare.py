"""The share beside other municipalities and the years before: picture, table, sentences. Nothing hidden gets here."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matrikel.domain.figures.door import Compared, View
from matrikel.web.pictures.funnel import Funnel, Limit, Place
from matrikel.web.results_tables import Number
from matrikel.web.templatetags.wording import num, share


@dataclass(frozen=True)
class Line:
    """A municipality, or the own unit: counts, share with its interval, and whether chance explains the difference."""

    name: str
    counted: Number
    value: Number
    word: str
    mark: str
    own: bool


def section(view: View) -> dict[str, Any]:
    """What the page needs to show the comparison; empty values where there is none."""
    compared = view.compared
    found = compared.comparison if compared else None
    if compared is None or found is None:
        return {"compared": compared, "funnel": None, "comparison": (), "compared_years": _years(compared)}
    return {
        "compared": compared,
        "funnel": _funnel(compared),
        "centre": (_("länet %(share)s") if found.given else _("tillsammans %(share)s"))
        % {"share": share(found.centre)},
        "comparison": _lines(compared),
        "not_compared": found.hidden,
        "compared_years": _years(compared),
    }


def _funnel(compared: Compared) -> Funnel:
    found = compared.comparison
    assert found is not None
    places = [Place(row.name, int(row.n), row.value * 100, row.name == compared.own, row.outside) for row in found.rows]
    limits = [
        Limit(p.size, p.warning.low * 100, p.warning.high * 100, p.alarm.low * 100, p.alarm.high * 100)
        for p in compared.funnel
    ]
    return Funnel(places, limits, centre=found.centre * 100)


def _lines(compared: Compared) -> list[Line]:
    found = compared.comparison
    assert found is not None
    lines = []
    for row in found.rows:
        span = f"{num(row.low * 100)}–{num(row.high * 100)}"
        lines.append(
            Line(
                row.name,
                Number(_("%(k)s av %(n)s") % {"k": num(row.k), "n": num(row.n)}, label=_("Nådde målet")),
                Number(share(row.value), span),
                _word(row.direction, row.outside),
                "soon" if row.outside else "done",
                row.name == compared.own,
            )
        )
    return lines


def _word(direction: int, outside: float) -> str:
    if not outside:
        return _("inom det slumpen gör")
    if direction < 0:
        return _("lägre än slumpen gör")
    return _("högre än slumpen gör")


def _years(compared: Compared | None) -> list[dict[str, Any]]:
    if compared is None:
        return []
    return [
        {
            "year": each.year,
            "before": each.before,
            "words": each.words,
            "word": _("mer än slumpen gör") if each.beyond_chance else _("inom det slumpen gör"),
            "mark": "soon" if each.beyond_chance else "done",
        }
        for each in compared.years
    ]
