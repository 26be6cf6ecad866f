"""From a view of figures to its pictures. Nothing hidden reaches this far."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Row, Seen, View
from matrikel.web.pictures.bars import Bars, Count
from matrikel.web.pictures.intervals import Group, Intervals, Line, Panel, Value
from matrikel.web.pictures.years import Point, Series, Years

MULTIPLES = 12
"""Small multiples at most; more places are read in the table."""


def with_sexes(view: View) -> bool:
    """Women and men stand apart within every place."""
    return view.split == "sex" and view.definition.kind == "reached" and bool(view.places)


def intervals(views: Sequence[View]) -> Intervals | None:
    """Dots with their uncertainty: a row a place (women and men apart), else a row a value; a panel a goal."""
    main = views[0]
    kind = main.definition.kind
    if kind not in ("reached", "duration"):
        return None
    names = [row.label for row in rows_of(main)]
    panels = [_panel(view, names) for view in views]
    if not names or not any(line.values for panel in panels for line in panel.rows):
        return None
    if kind == "reached":
        return Intervals(panels)
    highest = max(value.high or value.share for panel in panels for line in panel.rows for value in line.values)
    return Intervals(panels, low=0.0, high=float(int(highest) + 2), unit=_("veckor"))


def rows_of(view: View) -> list[Row]:
    """The rows of picture and table: places where there are any, else the values of the split, else the area itself."""
    if view.places and view.split != "category":
        return list(view.places)
    return list(view.rows) or [Row("", view.area_label, view.total, own=True)]


def _panel(view: View, names: Sequence[str]) -> Panel:
    found = {row.label: row for row in rows_of(view)}
    lines = tuple(_line(view, found[name]) if name in found else Line(name) for name in names)
    target = view.definition.target
    if view.definition.kind == "duration":
        return Panel(_("Veckor från anmälan till start"), lines)
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
    cell, each = seen.cell, 100.0 if view.definition.kind == "reached" else 1 / 7
    low, high = (None if limit is None else limit * each for limit in (cell.low, cell.high))
    return Value((cell.value or 0.0) * each, low, high, group, label)


def _short(seen: Seen) -> str:
    return _("visas inte, färre än fem personer") if seen.why == "small" else _("visas inte, går att räkna ut")


def years(view: View) -> Years | None:
    """Year by year: a small multiple a place with the whole area as reference, or the area alone."""
    if view.definition.kind != "reached" or len(view.years) < 2:
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
    return _("Visas inte. Färre än fem personer varje år.")


def bars(view: View) -> Bars | None:
    """Counts by year."""
    if view.definition.kind not in ("flow", "stock"):
        return None
    counts = [
        Count(
            year,
            seen.cell.n,
            own=year == view.year,
            unfinished=view.definition.moment != "31 december"
            and view.freeze is not None
            and int(year[:4]) == view.freeze.year,
            hidden=figures.hidden_words(seen),
        )
        for year, seen in view.series
    ]
    return Bars(counts, kind="stock" if view.definition.moment == "31 december" else "flow")
