"""The board's figures as they may leave it: without units and ages, small numbers hidden."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.figures import catalogue
from matrikel.domain.figures.cubes import reduced
from matrikel.domain.figures.models import Figure
from matrikel.domain.figures.queries import may_read
from matrikel.domain.figures.reader import Reader
from matrikel.domain.figures.rules import SHARED
from matrikel.domain.figures.sources import read
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed
from matrikel_stats import CountTable, Definition, Result, figures_of, protect
from matrikel_stats.exchange.package import is_carried


def results_to_share(by: Acting) -> list[Result]:
    """The current figures of the board on its latest freeze date, protected, in the order of the catalogue.

    Left out is what was counted by another logic than today's definition, and what no package carries.
    Raises NotAllowed.
    """
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    known = catalogue.definitions()
    current = Figure.objects.filter(is_current=True).select_related("run").defer("result", "tables")
    held = {
        figure.indicator: figure
        for figure in current
        if figure.indicator in known
        and figure.logic_hash == known[figure.indicator].logic_hash
        and is_carried(known[figure.indicator])
    }
    latest = max((figure.run.freeze for figure in held.values()), default=None)
    return [_shared(held[name].pk) for name in known if name in held and held[name].run.freeze == latest]


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


@lru_cache(maxsize=256)
def _shared(figure_id: UUID) -> Result:
    """A published figure never changes, so it is protected once. The id is of a row that the reader was just given."""
    figure = Figure.objects.get(pk=figure_id)
    tables = tuple(reduced(CountTable.from_json(table), SHARED) for table in figure.tables)
    found = figures_of(catalogue.definition(figure.indicator), tables)
    result = Result.from_json(figure.result)
    return protect(replace(result, total=found.total, breakdowns=found.breakdowns, count_tables=tables))
