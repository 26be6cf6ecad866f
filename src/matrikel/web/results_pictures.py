"""From a view of figures to its pictures. Nothing hidden reaches this far."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Definition, Row, Seen, View
from matrikel.web.pictures.bars import Bars, Count
from matrikel.web.pictures.intervals import Group, Intervals, Line, Panel, Value
from matrikel.web.pictures.years import Point, Series, Years

MULTIPLES = 12
"""Small multiples at most; more places are read in the table."""
PERIODS = 24
"""Years or months in a picture at most; all are in the table."""


def with_sexes(view: View) -> bool:
    """Women and men stand apart within every place."""
    return view.split == "sex" and figures.shape(view.definition) == "share" and bool(view.places)


def intervals(views: Sequence[View]) -> Intervals | None:
    """Dots with their uncertainty: a row a place (women and men apart), else a row a value; a panel a goal."""
    main = views[0]
    form = figures.shape(main.definition)
    if form == "count":
        return None
    names = [row.label for row in rows_of(main)]
    panels = [_panel(view, names) for view in views]
    if not names or not any(line.values for panel in panels for line in panel.rows):
        return None
    if main.definition.measure == "share":
        return Intervals(panels)
    return _from_nought(main.definition, panels)


def intervals_of_years(view: View) -> Intervals | None:
    """A value with its uncertainty, a row a year or month, the latest first."""
    if figures.shape(view.definition) != "value" or len(view.series) < 2:
        return None
    rows = [Row(year, year, seen, own=year == view.year) for year, seen in reversed(view.series)][:PERIODS]
    panel = Panel(figures.value_heads(view.definition)[1], tuple(_line(view, row) for row in rows))
    if not any(line.values for line in panel.rows):
        return None
    return Intervals([panel]) if view.definition.measure == "share" else _from_nought(view.definition, [panel])


def _from_nought(definition: Definition, panels: Sequence[Panel]) -> Intervals:
    highest = max(value.high or value.share for panel in panels for line in panel.rows for value in line.values)
    most = float(int(highest * 1.1) + 1)
    units = {"days": _("veckor"), "amount": _("kr")}
    if definition.measure == "index":
        return Intervals(panels, low=0.0, high=100.0, unit="")
    return Intervals(panels, low=0.0, high=most, unit=units.get(definition.measure, ""))


def rows_of(view: View) -> list[Row]:
    """The rows of picture and table: places where there are any, else the values of the split, else the area itself."""
    if view.places and view.split != "category":
        return list(view.places)
    return list(view.rows) or [Row("", view.area_label, view.total, own=True)]


def _panel(view: View, names: Sequence[str]) -> Panel:
    found = {row.label: row for row in rows_of(view)}
    lines = tuple(_line(view, found[name]) if name in found else Line(name) for name in names)
    target = view.definition.target
    if figures.shape(view.definition) == "wait":
        return Panel(_("Veckor från anmälan till start"), lines)
    if figures.shape(view.definition) == "value":
        return Panel(figures.value_heads(view.definition)[1], lines)
    goal = target.value * 100 if target else None
    label = _("mål %(n)s") % {"n": figures.target_words(view.definition)} if target else ""
    return Panel(figures.within(view.definition), lines, target=goal, target_label=label)


def _line(view: View, row: Row) -> Line:
    if row.silent:
        return Line(row.label, hidden=_("inte publicerat"))
    groups: dict[str, Group] = {"female": "women", "male": "men"}
    pairs: list[tuple[Seen | None, Group, str]] = [(row.seen, groups.get(row.key, "all"), "")]
    if with_sexes(view) and row.women and row.men and not (row.women.hidden and row.men.hidden):
        pairs = [(row.women, "women", _("kvinnor")), (row.men, "men", _("män"))]
    values = tuple(
        _value(view, seen, group, label) for seen, group, label in pairs if seen and seen.cell.value is not None
    )
    hidden = "" if values or not row.seen.hidden else _short(row.seen)
    return Line(row.label, values, own=row.own, hidden=hidden)


def _value(view: View, seen: Seen, group: Group, label: str) -> Value:
    cell, each = seen.cell, {"share": 100.0, "days": 1 / 7}.get(view.definition.measure, 1.0)
    low, high = (None if limit is None else limit * each for limit in (cell.low, cell.high))
    return Value((cell.value or 0.0) * each, low, high, group, label)


def _short(seen: Seen) -> str:
    return _("visas inte, för få personer") if seen.why == "small" else _("visas inte, går att räkna ut")


def years(view: View) -> Years | None:
    """Year by year: a small multiple a place with the whole area as reference, or the area alone."""
    if figures.shape(view.definition) != "share" or len(view.years) < 2:
        return None
    whole = _points(view.series)
    places = [row for row in view.places if not row.silent][:MULTIPLES]
    series = [Series(row.label, _points(row.years), hidden=_gone(row)) for row in places]
    if not any(point.share is not None for point in [*whole, *(p for each in series for p in each.points)]):
        return None
    target = view.definition.target
    return Years(
        series or [Series(view.area_label, whole)],
        reference=whole if series else (),
        target=target.value * 100 if target else None,
        target_label=_("mål %(n)s") % {"n": figures.target_words(view.definition)} if target else "",
    )


def _points(found: Sequence[tuple[str, Seen]]) -> tuple[Point, ...]:
    return tuple(
        Point(
            int(year),
            None if seen.cell.value is None else seen.cell.value * 100,
            None if seen.cell.low is None else seen.cell.low * 100,
            None if seen.cell.high is None else seen.cell.high * 100,
            mature=seen.cell.not_mature == 0 or seen.hidden,
        )
        for year, seen in found
    )


def _gone(row: Row) -> str:
    if any(not seen.hidden for _year, seen in row.years):
        return ""
    return _("Visas inte. För få personer varje år.")


def bars(view: View) -> Bars | None:
    """Counts by year."""
    if figures.shape(view.definition) != "count":
        return None
    counts = [
        Count(
            year,
            seen.cell.n,
            own=year == view.year,
            unfinished=view.runs_on(year),
            hidden=figures.hidden_words(seen),
        )
        for year, seen in view.series[-PERIODS:]
    ]
    return Bars(counts, kind="stock" if view.definition.moment in ("31 december", "month_end") else "flow")
