"""What a view says in sentences beside its figure: over and under its pictures, and where it comes from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matrikel.domain.figures.shapes import shape
from matrikel.domain.figures.shown import Row, View
from matrikel.domain.figures.wording import date_words, number, share, window_words, within


@dataclass(frozen=True)
class Said:
    """Sentences, each empty where there is nothing to say."""

    places: str
    years: str
    curve: str
    curve_note: str
    estimate: str
    source: str


def said(view: View) -> Said:
    """All that is said of a view."""
    return Said(
        _places(view), _years(view), _curve_words(view), _curve_note(view), estimate_words(view), source_words(view)
    )


def _places(view: View) -> str:
    """Over the picture of places: who reaches the goal more often, and how sure that is."""
    pairs = [
        (row.women.cell.value, row.men.cell.value)
        for row in view.places
        if row.women and row.men and row.women.cell.value is not None and row.men.cell.value is not None
    ]
    men = len([1 for w, m in pairs if m > w])
    women = len([1 for w, m in pairs if w > m])
    by_unit = view.area != "lan"
    text = ""
    most = max(men, women)
    if most and len(pairs) > 1:
        who = {"n": most, "all": len(pairs)}
        if men >= women:
            text = (
                _("I %(n)s av %(all)s enheter når män målet oftare än kvinnor.") if by_unit
                else _("I %(n)s av %(all)s kommuner når män målet oftare än kvinnor.")
            ) % who  # fmt: skip
        else:
            text = (
                _("I %(n)s av %(all)s enheter når kvinnor målet oftare än män.") if by_unit
                else _("I %(n)s av %(all)s kommuner når kvinnor målet oftare än män.")
            ) % who  # fmt: skip
    return f"{text} {_('Strecken visar osäkerheten; där de överlappar går det inte att skilja åt.')}".strip()


def _years(view: View) -> str:
    """Over the small multiples."""
    target, year = view.definition.target, view.year
    rows: list[Row] = [row for row in view.places if not row.seen.hidden and row.seen.cell.value is not None]
    parts = []
    if target and len(rows) > 1 and shape(view.definition) == "share":
        over = sum((row.seen.cell.value or 0) >= target.value for row in rows)
        said = {"n": over, "all": len(rows), "year": year}
        parts.append(
            _("%(n)s av %(all)s kommuner når målet för %(year)s.") % said
            if view.area == "lan"
            else _("%(n)s av %(all)s enheter når målet för %(year)s.") % said
        )
    if view.places:
        parts.append(_("Den grå linjen är hela området."))
    if any(seen.cell.not_mature for _year, seen in view.series):
        parts.append(_("Streckad linje: alla har inte haft sin tid än."))
    return " ".join(parts)


def _curve_words(view: View) -> str:
    curve = view.curve
    if curve is None:
        return ""
    if not curve.moments:
        return _("Kurvan visas inte: för få nådde dit mellan två tidpunkter, eller så går de att räkna ut.")
    first, last = curve.moments[1], curve.moments[-1]
    told = {
        "early": window_words(first.after) if first.after else "",
        "few": share(first.share),
        "late": window_words(last.after) if last.after else "",
        "most": share(last.share),
    }
    if view.definition.kind == "duration":
        return _("Efter %(early)s hade %(few)s börjat, efter %(late)s %(most)s.") % told
    return _("Efter %(early)s var %(few)s framme, efter %(late)s %(most)s.") % told


def _curve_note(view: View) -> str:
    curve = view.curve
    if curve is None or not curve.moments:
        return ""
    if curve.everyone:
        return _(
            "Alla är med så länge deras tid har gått. Flytt och död är konkurrerande händelser (Aalen–Johansen). "
            "Det ljusa bandet är osäkerheten vid 95 procent."
        )
    if view.definition.kind == "duration":
        return _("Av dem som har börjat. Strecken är osäkerheten vid 95 procent.")
    return _(
        "Bara de vars tid har gått ut. Den som har lämnat räknas till dem som inte är framme. "
        "Strecken är osäkerheten vid 95 procent."
    )


def estimate_words(view: View) -> str:
    """The estimate of everyone, also those whose time still runs. It is never held against the goal."""
    estimate = view.total.cell.aj
    if view.definition.kind != "reached" or estimate is None or not view.total.cell.not_mature:
        return ""
    if estimate.low is None or estimate.high is None:
        return ""
    return _(
        "%(within)s: räknas även de med vars tid inte har gått ut är skattningen %(value)s (%(low)s till %(high)s). "
        "Den jämförs inte med målet."
    ) % {
        "within": within(view.definition),
        "value": share(estimate.value),
        "low": number(estimate.low * 100),
        "high": share(estimate.high),
    }


def source_words(view: View) -> str:
    """The line under every picture."""
    if view.freeze is None:
        return ""
    return _("Källa: Matrikel, måttet %(id)s version %(version)s, frysdag %(day)s.") % {
        "id": view.definition.id,
        "version": view.definition.version,
        "day": date_words(view.freeze),
    }
