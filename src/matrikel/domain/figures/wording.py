"""Figures as sentences. The sentence comes first; the picture and the table only show it again."""

from datetime import date
from math import ceil

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.shown import Row, Seen, View
from matrikel_stats import Definition
from matrikel_stats.declared.definition import Window
from matrikel_stats.result import Cell

HIDDEN = {
    "small": gettext_lazy("Visas inte: färre än fem personer."),
    "withheld": gettext_lazy("Visas inte: en liten grupp skulle gå att räkna ut."),
}
NBSP = "\u00a0"


def hidden_words(seen: Seen) -> str:
    return str(HIDDEN[seen.why]) if seen.why else ""


def number(value: float | None, decimals: int = 0) -> str:
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=_locale()))


def share(value: float | None, decimals: int = 0) -> str:
    """A share 0-1 in percent."""
    if value is None:
        return "–"
    spaced = "" if _locale().startswith("en") else NBSP
    pattern = "0" + ("." + "0" * decimals if decimals else "") + spaced + "%"
    return str(format_percent(value, format=pattern, locale=_locale()))


def date_words(value: date) -> str:
    """19 november 2026."""
    return str(format_date(value, "d MMMM y", locale=_locale()))


def value_words(definition: Definition, cell: Cell) -> str:
    """The figure itself, with its unit."""
    if cell.value is None:
        return "–"
    if definition.kind == "reached":
        return share(cell.value)
    if definition.kind == "duration":
        return (
            _("%(n)s veckor") % {"n": number(cell.value / 7, 1)}
            if definition.unit == "weeks"
            else _("%(n)s dagar") % {"n": number(cell.value, 1)}
        )
    return number(cell.value)


def limits_words(definition: Definition, cell: Cell) -> str:
    """The interval in quiet type after the value: 65–72."""
    if cell.low is None or cell.high is None:
        return ""
    if definition.kind == "reached":
        return f"{number(cell.low * 100)}–{number(cell.high * 100)}"
    each = 7 if definition.unit == "weeks" else 1
    return f"{number(cell.low / each, 1)}–{number(cell.high / each, 1)}"


def within(definition: Definition) -> str:
    """Inom 12 månader, or for a state at a time: Efter 12 månader."""
    if definition.at is not None:
        return _("Efter %(window)s") % {"window": window_words(definition.at)}
    return _("Inom %(window)s") % {"window": window_words(definition.window)} if definition.window else ""


def window_words(window: Window) -> str:
    if window.months:
        return ngettext("%(n)s månad", "%(n)s månader", window.months) % {"n": window.months}
    return ngettext("%(n)s dag", "%(n)s dagar", window.days) % {"n": window.days}


def target_words(definition: Definition) -> str:
    """`70` of a goal of 70 percent."""
    return number(definition.target.value * 100) if definition.target and definition.kind == "reached" else ""


def headline(definition: Definition, seen: Seen, year: str = "") -> str:
    """The first sentence: how far it is to the goal, or what was counted."""
    cell = seen.cell
    if seen.hidden:
        return hidden_words(seen)
    if definition.kind == "reached":
        return _to_goal(definition, cell)
    if definition.kind == "duration":
        if not cell.n:
            return _("Ingen har börjat än.")
        return _("Den som har börjat väntade i snitt %(time)s.") % {"time": value_words(definition, cell)}
    counted = ngettext("%(n)s person.", "%(n)s personer.", cell.n or 0) % {"n": number(cell.n)}
    return f"{year}: {counted}" if year else counted


def _to_goal(definition: Definition, cell: Cell) -> str:
    start = within(definition)
    if not cell.n or cell.k is None:
        return _("Ingens tid har gått ut än.") if cell.not_mature != 0 else _("Ingen att räkna.")
    target = definition.target
    if target is None:
        return _("%(within)s är %(k)s av %(n)s framme.") % {"within": start, "k": number(cell.k), "n": number(cell.n)}
    missing = ceil(target.value * cell.n - 1e-9) - cell.k
    if missing <= 0:
        return _("%(within)s är målet nått.") % {"within": start}
    return ngettext(
        "%(within)s fattas %(n)s person till målet.", "%(within)s fattas %(n)s personer till målet.", missing
    ) % {"within": start, "n": number(missing)}


def detail(definition: Definition, seen: Seen) -> str:
    """What stands behind the first sentence: counts, uncertainty, those whose time has not run out."""
    if seen.hidden:
        return ""
    cell = seen.cell
    if definition.kind == "reached":
        return " ".join(filter(None, [_counted(definition, cell), _uncertainty(definition, cell), _not_yet(cell)]))
    if definition.kind == "duration":
        return _waits(definition, cell)
    return definition.text(catalogue.language()).numerator


def _counted(definition: Definition, cell: Cell) -> str:
    if not cell.n or definition.target is None:
        return ""
    return _("%(k)s av %(n)s är framme.") % {"k": number(cell.k), "n": number(cell.n)}


def _uncertainty(definition: Definition, cell: Cell) -> str:
    if cell.low is None or cell.high is None:
        return ""
    span = {"low": number(cell.low * 100), "high": share(cell.high)}
    target = definition.target
    if target is None:
        return _("Osäkerheten är %(low)s till %(high)s.") % span
    if cell.low <= target.value <= cell.high:
        return _("Osäkerheten, %(low)s till %(high)s, rymmer målet.") % span
    if cell.high < target.value:
        return _("Osäkerheten, %(low)s till %(high)s, ligger under målet.") % span
    return _("Osäkerheten, %(low)s till %(high)s, ligger över målet.") % span


def _not_yet(cell: Cell) -> str:
    if not cell.not_mature:
        return ""
    return ngettext(
        "För %(n)s person har tiden inte gått ut än.", "För %(n)s personer har tiden inte gått ut än.", cell.not_mature
    ) % {"n": number(cell.not_mature)}


def _waits(definition: Definition, cell: Cell) -> str:
    parts = []
    if cell.n:
        half = number(cell.median / 7, 1) if cell.median is not None else "–"
        parts.append(_("%(n)s har börjat, hälften inom %(half)s veckor.") % {"n": number(cell.n), "half": half})
    if cell.open:
        parts.append(
            ngettext("%(n)s person väntar ännu.", "%(n)s personer väntar ännu.", cell.open) % {"n": number(cell.open)}
        )
    for limit, each in zip(definition.limits, cell.limits, strict=True):
        if each.n:
            parts.append(
                _("Inom %(limit)s började %(k)s av %(n)s, %(share)s.")
                % {
                    "limit": window_words(limit),
                    "k": number(each.k),
                    "n": number(each.n),
                    "share": share(each.value),
                }
            )
    return " ".join(parts)


def places_words(view: View) -> str:
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


def years_words(view: View) -> str:
    """Over the small multiples."""
    target, year = view.definition.target, view.year
    rows: list[Row] = [row for row in view.places if not row.seen.hidden and row.seen.cell.value is not None]
    parts = []
    if target and len(rows) > 1 and view.definition.kind == "reached":
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


def curve_texts(view: View) -> tuple[str, str]:
    """Over the curve: how far they had come, or why it is not shown. Under it: whom it is about."""
    return _curve_words(view), _curve_note(view)


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


def _locale() -> str:
    return "sv" if catalogue.language() == "sv" else "en_GB"
