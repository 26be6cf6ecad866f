"""Published figures of several measures, areas and years at once, as one reader may see them: for other programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matrikel.domain.figures.queries import area_label, may_read
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT, Reader
from matrikel.domain.figures.shown import Seen
from matrikel.domain.figures.sources import read
from matrikel.kernel.acting import Acting
from matrikel_stats import Definition


@dataclass(frozen=True)
class Area:
    """Where a figure is from. `code` is SCB's for a municipality or a county, empty for a unit."""

    key: str
    kind: str
    code: str
    name: str


@dataclass(frozen=True)
class Datum:
    """One measure, area and year: the figure itself, and by the values of a dimension. `sexes` are female and male."""

    definition: Definition
    area: Area
    year: str
    freeze: date
    total: Seen
    sexes: tuple[tuple[str, Seen], ...]
    categories: tuple[tuple[str, Seen], ...] = ()


def published(
    by: Acting, definitions: Sequence[Definition], *, kinds: Sequence[str] = (), years: Sequence[str] = (),
    categories: bool = False,
) -> Iterator[Datum]:  # fmt: skip
    """Every figure there is, the small ones hidden; of `kinds` of areas (unit, board, county) and `years` if given.

    Raises NotAllowed without the right to read figures.
    """
    may_read(by)
    held = read(by, definitions)
    for definition in definitions:
        reader = Reader(held[definition.id])
        for area in _areas(reader):
            if not kinds or area.kind in kinds:
                yield from _of_area(reader, area, years, categories=categories)


def _areas(reader: Reader) -> Iterator[Area]:
    """The county, the boards that have published, the own board and its units; the own unit once, under its own id."""
    around = reader.around
    codes = {place.key: place.code for place in around.boards}
    for key in reader.areas:
        if key == COUNTY:
            yield Area(COUNTY, "county", codes.get(around.board, "")[:2], around.county)
        elif key == BOARD:
            yield Area(BOARD, "board", codes.get(around.board, ""), area_label(reader, key))
        elif key != UNIT:
            yield Area(key, "board", codes.get(key, ""), area_label(reader, key))
    names = {f"unit:{place.key}": place.label for place in around.units}
    for key in reader.units if BOARD in reader.areas else ():
        if key in names:
            yield Area(key, "unit", "", names[key])


def _of_area(reader: Reader, area: Area, years: Sequence[str], *, categories: bool) -> Iterator[Datum]:
    cube = reader.units[area.key] if area.kind == "unit" else reader.cube(area.key)
    assert cube is not None
    for year in cube.years:
        if year and (not years or year in years):
            sexes = [sex for sex in ("female", "male") if "sex" in cube.dims]
            values = cube.values("category") if categories else []
            yield Datum(
                reader.definition, area, year, cube.freeze, reader.seen(area.key, year),
                tuple((sex, reader.seen(area.key, year, "sex", sex)) for sex in sexes),
                tuple((value, reader.seen(area.key, year, "category", value)) for value in values if value),
            )  # fmt: skip
