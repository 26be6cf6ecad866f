"""Figures as sentences. The sentence comes first; the picture and the table only show it again."""

from datetime import date
from math import ceil

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.shapes import shape
from matrikel.domain.figures.shown import Seen
from matrikel_stats import Definition
from matrikel_stats.declared.definition import Window
from matrikel_stats.result import Cell

HIDDEN = {
    "small": gettext_lazy("Visas inte: för få personer."),
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
    if shape(definition) == "count":
        return number(cell.value)
    if definition.measure == "share":
        return share(cell.value)
    if definition.measure == "days":
        return (
            _("%(n)s veckor") % {"n": number(cell.value / 7, 1)}
            if definition.unit == "weeks"
            else _("%(n)s dagar") % {"n": number(cell.value, 1)}
        )
    text = number(cell.value, definition.decimals)
    if definition.measure == "amount":
        return _("%(n)s kr") % {"n": text}
    if definition.measure == "per" and not definition.parts:
        return _("%(n)s per %(per)s") % {"n": text, "per": number(definition.per)}
    return text


def limits_words(definition: Definition, cell: Cell) -> str:
    """The interval in quiet type after the value: 65–72."""
    if cell.low is None or cell.high is None:
        return ""
    if definition.measure == "share":
        return f"{number(cell.low * 100)}–{number(cell.high * 100)}"
    if definition.measure == "days":
        each = 7 if definition.unit == "weeks" else 1
        return f"{number(cell.low / each, 1)}–{number(cell.high / each, 1)}"
    return f"{number(cell.low, definition.decimals)}–{number(cell.high, definition.decimals)}"


def value_heads(definition: Definition) -> tuple[str, str]:
    """What stands over the number of units and over the value in a table."""
    if definition.parts:
        return _("Minsta underlag"), _("Vägt medel")
    if definition.mean_of > 1:
        return _("Personmånader"), _("Medel i månaden")
    if definition.kind == "ratio":
        return _("Personer"), _("Per %(n)s invånare") % {"n": number(definition.per)}
    if definition.kind == "amount":
        return pgettext("flera", "Hushåll"), _("Kronor i månaden")
    if definition.kind == "attendance":
        return _("Personer"), _("Närvaro")
    if _is_yes_or_no(definition):
        return _("Personer"), _("Procent")
    return _("Svarande"), _("Index") if definition.measure == "index" else _("Medelpoäng")


def _is_yes_or_no(definition: Definition) -> bool:
    """Whether an index is of one answer that is 0 or 1: then it is a percentage, such as a response rate."""
    score = definition.score
    return score is not None and score.index and len(score.items) == 1 and (score.least, score.most) == (0, 1)


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
    return number(definition.target.value * 100) if definition.target and shape(definition) == "share" else ""


def headline(definition: Definition, seen: Seen, year: str = "") -> str:
    """The first sentence: how far it is to the goal, or what was counted."""
    cell = seen.cell
    if seen.hidden:
        return hidden_words(seen)
    if shape(definition) == "share":
        return _to_goal(definition, cell)
    if shape(definition) == "value":
        return _of_value(definition, cell)
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
    if not start:
        return _("%(k)s av %(n)s, %(share)s.") % {"k": number(cell.k), "n": number(cell.n), "share": share(cell.value)}
    if target is None:
        return _("%(within)s är %(k)s av %(n)s framme.") % {"within": start, "k": number(cell.k), "n": number(cell.n)}
    missing = ceil(target.value * cell.n - 1e-9) - cell.k
    if missing <= 0:
        return _("%(within)s är målet nått.") % {"within": start}
    return ngettext(
        "%(within)s fattas %(n)s person till målet.", "%(within)s fattas %(n)s personer till målet.", missing
    ) % {"within": start, "n": number(missing)}


def _of_value(definition: Definition, cell: Cell) -> str:
    if not cell.n or cell.value is None:
        return _("Inget att räkna.")
    told = {"n": number(cell.n), "value": value_words(definition, cell), "all": number(cell.inhabitants)}
    if definition.parts:
        told["n"] = str(len(definition.parts))
        return _("Vägt medel av %(n)s mått: %(value)s.") % told
    if definition.mean_of > 1:
        months = {"months": definition.mean_of, **told}
        return _("I snitt %(value)s i månaden under de %(months)s senaste månaderna.") % months
    if definition.kind == "ratio":
        return _("%(n)s av %(all)s invånare.") % told
    if definition.kind == "amount":
        return _("%(n)s hushåll fick i snitt %(value)s i månaden.") % told
    if definition.kind == "attendance":
        return _("%(n)s personer var med %(value)s av den planerade tiden.") % told
    if _is_yes_or_no(definition):
        return _("%(value)s procent av %(n)s.") % told
    return _("%(n)s personer svarade: i snitt %(value)s.") % told


def detail(definition: Definition, seen: Seen) -> str:
    """What stands behind the first sentence: counts, uncertainty, those whose time has not run out."""
    if seen.hidden:
        return ""
    cell = seen.cell
    if shape(definition) == "share":
        return " ".join(filter(None, [_counted(definition, cell), _uncertainty(definition, cell), _not_yet(cell)]))
    if definition.kind == "duration":
        return _waits(definition, cell)
    told = definition.text(catalogue.language()).numerator
    if shape(definition) == "count" or cell.low is None or cell.high is None:
        return told
    span = limits_words(definition, cell).split("–")
    sure = _("Osäkerheten är %(low)s till %(high)s.") % {"low": span[0], "high": span[1]}
    return f"{sure} {told}"


def _counted(definition: Definition, cell: Cell) -> str:
    if not cell.n or definition.target is None or not within(definition):
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


def _locale() -> str:
    return "sv" if catalogue.language() == "sv" else "en_GB"
