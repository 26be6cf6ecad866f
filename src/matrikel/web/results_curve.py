"""The way to a figure over time: its curve, and how many were waited for at each point. Nothing hidden gets here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import View
from matrikel.web.pictures.curve import Curve, Stop
from matrikel.web.results_tables import Number
from matrikel.web.templatetags.wording import num, share


@dataclass(frozen=True)
class RiskRow:
    """One point of time: how many there were to wait for, and what had become of the others."""

    label: str
    numbers: tuple[Number, ...]
    share: Number


@dataclass(frozen=True)
class AtRisk:
    heads: tuple[str, ...]
    rows: tuple[RiskRow, ...]


def picture(view: View) -> Curve | None:
    """The curve of the chosen area and year."""
    curve = view.curve
    if curve is None or not curve.moments:
        return None
    target = view.definition.target if view.definition.kind == "reached" else None
    stops = [
        Stop(
            moment.x,
            _tick(view, at),
            moment.share * 100,
            None if moment.low is None else moment.low * 100,
            None if moment.high is None else moment.high * 100,
        )
        for at, moment in enumerate(curve.moments)
    ]
    return Curve(
        stops,
        steps=[(x, share * 100) for x, share in curve.line],
        band=[(x, low * 100, high * 100) for x, low, high in curve.band],
        target=target.value * 100 if target else None,
        target_label=_("mål %(n)s") % {"n": figures.target_words(view.definition)} if target else "",
        end_label=share(curve.moments[-1].share),
    )


def unit(view: View) -> str:
    """What the axis counts, and from where."""
    in_days = view.curve and any(moment.after and moment.after.days for moment in view.curve.moments)
    return _("dagar från start") if in_days else _("månader från start")


def _tick(view: View, at: int) -> str:
    assert view.curve is not None
    after = view.curve.moments[at].after
    return str(after.months or after.days) if after else "0"


def at_risk(view: View) -> AtRisk | None:
    """The same as a table. The columns of those who left or still wait are there only with everyone in it."""
    curve = view.curve
    if curve is None or not curve.moments:
        return None
    there = _("Har börjat") if view.definition.kind == "duration" else _("Framme")
    heads: tuple[str, ...] = (_("Inte framme"), there)
    if curve.everyone:
        heads = (_("Väntar man på"), there, _("Lämnat"), _("Längre har tiden inte gått"))
    rows = []
    for moment in curve.moments:
        counts = [moment.at_risk, moment.reached, moment.left, moment.waiting][: len(heads)]
        numbers = tuple(Number(num(n), label=label) for n, label in zip(counts, heads, strict=True))
        rows.append(
            RiskRow(
                figures.window_words(moment.after) if moment.after else _("vid start"),
                numbers,
                Number(share(moment.share), _span(moment.low, moment.high), label=_("Andel, spann")),
            )
        )
    return AtRisk(heads, tuple(rows))


def _span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{num(low * 100)}–{num(high * 100)}"
