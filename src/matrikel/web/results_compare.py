"""The share beside other municipalities and the years before: picture, table, sentences. Nothing hidden gets here.

Whom to compare with is chosen: the county, everybody who has given a package, or a group that Kolada calls alike.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matrikel.domain.access.door import StaffRequest
from matrikel.domain.exchange import door as exchange
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Compared, Definition, View
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


COUNTY, EVERYBODY = "lan", "alla"


@dataclass(frozen=True)
class Choice:
    """Whom the page compares with, and what there is to choose from (key and label)."""

    key: str
    against: figures.Against | None
    group: exchange.Group | None
    options: tuple[tuple[str, str], ...]


def choice(request: StaffRequest, definition: Definition) -> Choice:
    """As the address asks for (`jamfor`), the county when it asks for nothing known."""
    outside = tuple(exchange.others(request.by, definition))
    groups = {group.id: group for group in exchange.groups(request.by)}
    options = [(COUNTY, _("länets kommuner"))]
    options += [(EVERYBODY, _("alla som har lämnat tal"))] if outside else []
    options += [(group.id, group.title) for group in groups.values()]
    asked = request.GET.get("jamfor", "")
    labels = dict(options)
    key = asked if asked in labels else COUNTY
    group = groups.get(key)
    codes = group.codes if group else None
    against = None if key == COUNTY else figures.Against(labels[key], codes, outside)
    return Choice(key, against, group, tuple(options))


def kolada(request: StaffRequest, view: View, group: exchange.Group | None) -> dict[str, Any] | None:
    """Kolada's values of the same thing, to stand beside and never to be counted together with the own."""
    found = exchange.reference(request.by, view.definition, view.year, group)
    if found is None:
        return None
    rows = [(_("Kommunen"), found.own), (_("Riket"), found.nation)]
    rows[1:1] = [(_("%(group)s, medianen") % {"group": group.title}, found.group)] if group else []
    return {
        "kpi": found.kpi, "year": found.year,
        "rows": [(label, "–" if value is None else num(value, 1)) for label, value in rows],
    }  # fmt: skip


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
