"""The figures of several areas together, from their packages: a county as the sum of its municipalities."""

import math
from collections.abc import Iterable, Sequence

from matrikel_stats.comparison.compare import Part, part
from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import StatsError, problem

from .figures import Figures, composite_from, figures_from
from .package import Package, PackagedIndicator
from .table import NUMBERS, Numbers, PackageRow

_OF_SOMEBODY = ("days", "weight", "sum", "error")
"""Numbers that a row of nobody does not have."""
_Place = tuple[tuple[str, ...], tuple[str, ...], str]
"""Dimensions, values and part of a row."""


def parts_from(packages: Sequence[Package], definition: Definition) -> list[Part]:
    """Return the totals of one indicator by area, for `compare`. Hidden ones come as None.

    Raises StatsError when a package lacks the indicator or when freeze dates or periods differ.
    """
    found = zip(packages, _of_each(packages, definition), strict=True)
    return [part(package.area.name, indicator.total) for package, indicator in found]


def together(packages: Sequence[Package], definition: Definition) -> Figures:
    """Return total and breakdowns of all areas together; a cell that one of them hides is hidden.

    Breakdowns that not all have are left out. Counts and sums are added; the limits of a mean are those of strata, each
    area with its own mean (Cochran 1977, Sampling Techniques, section 5.3). Raises StatsError as `parts_from` does.
    """
    indicators = _of_each(packages, definition)
    if definition.parts:
        return composite_from(definition, [together(packages, part.definition) for part in definition.parts])
    dims = set.intersection(*({row.dims for row in each.rows} for each in indicators))
    areas = [_placed(row for row in each.rows if row.dims in dims) for each in indicators]
    places = dict.fromkeys(place for area in areas for place in area)
    return figures_from([_sum(place, [area.get(place) for area in areas]) for place in places], definition)


def _of_each(packages: Sequence[Package], definition: Definition) -> list[PackagedIndicator]:
    first = packages[0]
    found = []
    for package in packages:
        indicator = package.indicator(definition.logic_hash)
        if indicator is None:
            raise StatsError([problem("package_without", package.area.name, indicator=definition.id)])
        if (package.freeze, package.period) != (first.freeze, first.period):
            there, expected = (f"{each.freeze}, {each.period or '–'}" for each in (package, first))
            raise StatsError([problem("package_freeze", package.area.name, found=there, expected=expected)])
        found.append(indicator)
    return found


def _placed(rows: Iterable[PackageRow]) -> dict[_Place, PackageRow]:
    return {(row.dims, row.values, row.part): row for row in rows}


def _sum(place: _Place, rows: Sequence[PackageRow | None]) -> PackageRow:
    """Add up the rows of one place; an area without the row has nobody there."""
    there = [row for row in rows if row is not None]
    if any(row.hidden for row in there):
        return PackageRow(*place, dict.fromkeys(NUMBERS), True)
    somebody = [row for row in there if row.numbers["n"] != 0] or there
    numbers: Numbers = {}
    for name in NUMBERS:
        told = [row.numbers[name] for row in (somebody if name in _OF_SOMEBODY else there)]
        known = [number for number in told if number is not None]
        power = 2 if name == "error" else 1
        total = sum(number**power for number in known)
        numbers[name] = None if len(known) < len(told) else round(math.sqrt(total)) if power == 2 else total
    return PackageRow(*place, numbers, False)
