"""One's own share against other municipalities and against the years before, with what chance does.

Beside the county's municipalities may stand those whose figures have come in packages, counted by the same logic.

Only numbers that this reader sees take part: a hidden one is neither in the picture nor in the table or the sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT, Reader
from matrikel.domain.figures.shapes import shape
from matrikel.domain.figures.shown import Compared, Seen, View, YearChange
from matrikel_stats.comparison.compare import Part, changes, compare
from matrikel_stats.comparison.funnel import curve
from matrikel_stats.result import Cell
from matrikel_stats.telling.comparison_prose import by_chance, gap, verdict

FEWEST = 2
"""Municipalities that must be seen beside each other before there is anything to compare."""
SIZES = 40
"""Sizes at which the limits of the funnel are worked out."""


@dataclass(frozen=True)
class Outside:
    """An area whose figures have come in a package: its cells by year. Small ones are hidden there already."""

    name: str
    code: str
    freeze: date
    years: Mapping[str, Cell]


@dataclass(frozen=True)
class Against:
    """Whom to compare with: those with some codes, or all when `codes` is None."""

    title: str
    codes: frozenset[str] | None = None
    outside: tuple[Outside, ...] = ()


def compared(reader: Reader, view: View, against: Against | None = None) -> Compared | None:
    """The comparison that belongs to a view of a share in one year; None where there is none to make."""
    outside = () if against is None else against.outside
    if shape(view.definition) != "share" or not view.year or (reader.county is None and not outside):
        return None
    parts, own = _parts(reader, view, against)
    title = against.title if against else ""
    years = _years(view)
    if sum(part.k is not None for part in parts) < FEWEST:
        return Compared(None, own, (), years=years, title=title)
    centre = None if against else _centre(reader, view)
    found = compare(parts, centre=centre)
    lang = catalogue.language()
    decimals = view.definition.decimals
    says = [verdict(found, own, lang, decimals=decimals)] if own else []
    largest, smallest = max(row.n for row in found.rows), min(row.n for row in found.rows)
    first, last = max(1, int(smallest * 0.8)), int(largest * 1.08) + 1
    sizes = sorted({round(first * (last / first) ** (n / SIZES)) for n in range(SIZES + 1)})
    return Compared(found, own, (*says, by_chance(found, lang)), tuple(curve(found.centre, sizes)), years, title)


def _centre(reader: Reader, view: View) -> float | None:
    whole = reader.seen(COUNTY, view.year)
    return None if whole.hidden or not whole.cell.n else whole.cell.value


def _parts(reader: Reader, view: View, against: Against | None) -> tuple[list[Part], str]:
    """The municipalities to compare with, and the own unit beside them when it is the one shown.

    Of a municipality that has published here its package is left alone, so that nothing is shown in two ways.
    """
    codes = {place.key: place.code for place in reader.around.boards}
    wanted = None if against is None else against.codes
    chosen = {view.area, reader.around.board}
    parts = [
        _part(name, reader.seen(key, view.year))
        for key, name in reader.names.items()
        if key in reader.held.boards and (wanted is None or codes[key] in wanted or key in chosen)
    ]
    here = {codes[key] for key in reader.held.boards}
    taken = {part.name for part in parts}
    for each in against.outside if against else ():
        if each.code not in here and (wanted is None or each.code in wanted):
            name = each.name if each.name not in taken else f"{each.name}, {each.code}"
            taken.add(name)
            parts.append(_of_package(name, each.years.get(view.year)))
    if view.area == UNIT:
        taken = {part.name for part in parts}
        name = view.area_label if view.area_label not in taken else f"{view.area_label} ·"
        return [*parts, _part(name, view.total)], name
    if view.area == COUNTY:
        own = reader.around.board if reader.held.own is not None else ""
        return parts, reader.names.get(own, "") if own in reader.held.boards else ""
    return parts, view.area_label if view.area != BOARD else reader.names.get(reader.around.board, "")


def _of_package(name: str, cell: Cell | None) -> Part:
    """A year whose time had not run out is not compared: it is told by those who were quickest."""
    if cell is None or cell.suppressed or cell.not_mature != 0 or cell.k is None or not cell.n:
        return Part(name, None, None)
    return Part(name, cell.k, cell.n)


def _part(name: str, seen: Seen) -> Part:
    cell = seen.cell
    hidden = seen.hidden or cell.k is None or not cell.n
    return Part(name, None, None) if hidden else Part(name, cell.k, cell.n)


def _years(view: View) -> tuple[YearChange, ...]:
    """Only finished years: one whose time still runs would be compared by those who were quickest."""
    finished = [(year, seen) for year, seen in view.series if seen.cell.not_mature == 0]
    lang = catalogue.language()
    decimals = view.definition.decimals
    found = [
        YearChange(each.name, each.before, gap(each.difference, lang, decimals), each.difference.beyond_chance)
        for each in changes([_part(year, seen) for year, seen in finished])
    ]
    return tuple(reversed(found))
