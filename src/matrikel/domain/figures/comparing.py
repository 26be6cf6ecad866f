"""One's own share against the other municipalities of the county and against the years before, with what chance does.

Only numbers that this reader sees take part: a hidden one is neither in the picture nor in the table or the sentence.
"""

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT, Reader
from matrikel.domain.figures.shown import Compared, Seen, View, YearChange
from matrikel_stats.comparison.compare import Part, changes, compare
from matrikel_stats.comparison.funnel import curve
from matrikel_stats.telling.comparison_prose import by_chance, gap, verdict

FEWEST = 2
"""Municipalities that must be seen beside each other before there is anything to compare."""
SIZES = 40
"""Sizes at which the limits of the funnel are worked out."""


def compared(reader: Reader, view: View) -> Compared | None:
    """The comparison that belongs to a view of a share in one year; None where there is none to make."""
    if view.definition.kind != "reached" or not view.year or reader.county is None:
        return None
    parts, own = _parts(reader, view)
    years = _years(view)
    if sum(part.k is not None for part in parts) < FEWEST:
        return Compared(None, own, (), years=years)
    whole = reader.seen(COUNTY, view.year)
    centre = None if whole.hidden or not whole.cell.n else whole.cell.value
    found = compare(parts, centre=centre)
    lang = catalogue.language()
    decimals = view.definition.decimals
    says = [verdict(found, own, lang, decimals=decimals)] if own else []
    largest, smallest = max(row.n for row in found.rows), min(row.n for row in found.rows)
    first, last = max(1, int(smallest * 0.8)), int(largest * 1.08) + 1
    sizes = sorted({round(first * (last / first) ** (n / SIZES)) for n in range(SIZES + 1)})
    return Compared(found, own, (*says, by_chance(found, lang)), tuple(curve(found.centre, sizes)), years)


def _parts(reader: Reader, view: View) -> tuple[list[Part], str]:
    """Every municipality of the county that has published, and the own unit beside them when it is the one shown."""
    parts = [
        _part(name, reader.seen(key, view.year)) for key, name in reader.names.items() if key in reader.held.boards
    ]
    if view.area == UNIT:
        taken = {part.name for part in parts}
        name = view.area_label if view.area_label not in taken else f"{view.area_label} ·"
        return [*parts, _part(name, view.total)], name
    if view.area == COUNTY:
        own = reader.around.board if reader.held.own is not None else ""
        return parts, reader.names.get(own, "") if own in reader.held.boards else ""
    return parts, view.area_label if view.area != BOARD else reader.names.get(reader.around.board, "")


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
