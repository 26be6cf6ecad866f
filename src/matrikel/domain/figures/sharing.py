"""The board's figures as they may leave it: without units and ages, and no number that a page hides (decision 0056)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.figures import catalogue
from matrikel.domain.figures.cubes import DIMENSIONS, reduced
from matrikel.domain.figures.models import Figure
from matrikel.domain.figures.queries import may_read
from matrikel.domain.figures.reader import BOARD, Reader
from matrikel.domain.figures.rules import SHARED
from matrikel.domain.figures.shapes import is_followed
from matrikel.domain.figures.shown import only_shown
from matrikel.domain.figures.sources import Held, read
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed
from matrikel_stats import CountTable, Definition, Result, figures_of, protect
from matrikel_stats.exchange.package import parts_lacking
from matrikel_stats.exchange.table import Given
from matrikel_stats.result import Cell


def results_to_share(by: Acting) -> list[Given]:
    """The current figures of the board on its latest freeze date, protected, in the order of the catalogue.

    A number is there only where the board's own page and the county's page show it to those who work with nobody's
    persons. Left out is what was counted by another logic than today's definition, and the mean of others that are.
    Raises NotAllowed.
    """
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    held = read(by, list(catalogue.definitions().values()))
    latest = max((each.figure.run.freeze for each in held.values() if each.figure), default=None)
    ready = [each for each in held.values() if each.figure and each.figure.run.freeze == latest]
    there = {each.definition.logic_hash for each in ready}
    return [_as_on_pages(each) for each in ready if not parts_lacking(each.definition, there)]


def withheld_here(by: Acting, definitions: Sequence[Definition], code: str) -> set[tuple[str, str]]:
    """What this reader's county page hides of the municipality `code`: measure and year, for all years together too.

    A package of a board that publishes here as well must not show it. Raises NotAllowed.
    """
    may_read(by)
    found = set()
    for held in read(by, definitions).values():
        reader = Reader(held)
        keys = {place.key for place in reader.around.boards if place.code == code and not place.own}
        for key in keys & held.boards.keys():
            years = [year for year in held.boards[key].years if year and reader.why(key, year)]
            found |= {(held.definition.id, year) for year in [*years, *([""] if years else [])]}
    return found


def _as_on_pages(held: Held) -> Given:
    """The protected figure with only those numbers that every page shows of it."""
    assert held.figure is not None
    given = _protected(held.figure.pk)
    shared = given.shown
    pages = _pages(held, held.figure.run.freeze)
    when = pages[0][1].held.own.when if pages[0][1].held.own else ""

    def shown(cell: Cell) -> Cell:
        year = cell.values.get(when, "")
        [(dim, value)] = [(dim, value) for dim, value in cell.values.items() if dim != when] or [("", "")]
        return only_shown(cell, [reader.seen(area, year, dim, value) for area, reader in pages])

    total = shared.total if is_followed(held.definition) else None
    breakdowns = tuple(replace(each, cells=tuple(map(shown, each.cells))) for each in shared.breakdowns)
    return replace(given, shown=replace(shared, total=total and shown(total), breakdowns=breakdowns))


def _pages(held: Held, freeze: object) -> list[tuple[str, Reader]]:
    """Where the board's numbers are shown to those who work with nobody's persons: on its own page, on the county's."""
    around = replace(held.surroundings, with_people=False)
    pages = [(BOARD, Reader(replace(held, surroundings=around)))]
    if held.county_freeze == freeze and around.board in held.boards:
        pages.append((around.board, Reader(replace(held, surroundings=around, figure=None))))
    return pages


@lru_cache(maxsize=256)
def _protected(figure_id: UUID) -> Given:
    """A published figure never changes, so it is protected once. The id is of a row that the reader was just given.

    Its breakdowns are those of the pages: by year or month, and in each by one thing more.
    """
    figure = Figure.objects.get(pk=figure_id)
    tables = tuple(reduced(CountTable.from_json(table), SHARED) for table in figure.tables)
    lead = ("year",) if "year" in tables[0].dims else ()
    splits = [lead, *((*lead, dim) for dim in DIMENSIONS if dim in tables[0].dims)]
    found = figures_of(catalogue.definition(figure.indicator), tables, [each for each in splits if each])
    result = replace(Result.from_json(figure.result), total=found.total, breakdowns=found.breakdowns)
    return Given(protect(result), tables)
