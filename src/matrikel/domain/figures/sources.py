"""Reading what has been published: the board's own figures, and what the boards of the county have given."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from matrikel.domain.access.door import Municipality, Right, Unit
from matrikel.domain.figures import catalogue
from matrikel.domain.figures.attacked import Kept
from matrikel.domain.figures.cubes import DIMENSIONS, Cube
from matrikel.domain.figures.models import Figure, Published
from matrikel.domain.figures.rules import COUNTY_ONLY
from matrikel.kernel.acting import Acting
from matrikel_stats import Definition

KEPT = 400
OWN_DIMENSIONS = ("period", "year", "unit", *DIMENSIONS)
_cubes: OrderedDict[UUID, Cube] = OrderedDict()
"""Published rows never change, so what is worked out from one holds as long as the process. Keys are ids of rows that
the reader has just been allowed to read."""


@dataclass(frozen=True)
class Place:
    """A board of the county or a unit of the board, with what it is called; `town` and `code` its municipality."""

    key: str
    label: str
    own: bool
    town: str = ""
    code: str = ""


@dataclass(frozen=True)
class Given:
    """What one board has published of an indicator for the county's freeze date."""

    id: UUID
    board: str
    at: datetime


@dataclass
class Held:
    """Everything there is to show of one indicator. Cubes are read only when they are asked for."""

    definition: Definition
    surroundings: "Surroundings"
    figure: Figure | None = None
    outdated: bool = False
    given: list[Given] = field(default_factory=list)
    county_freeze: date | None = None
    kept: Kept = field(default_factory=dict)
    """What runs have worked out of what must be held back (`attacked.held_back`)."""
    whole: "Held | None" = None
    """The goal that this one counts a part of, shown beside it (decision 0058)."""

    @property
    def own(self) -> Cube | None:
        return _cubes.get(self.figure.pk) if self.figure else None

    @property
    def boards(self) -> dict[str, Cube]:
        return {each.board: _cubes[each.id] for each in self.given if each.id in _cubes}

    def part(self, definition: Definition) -> "Held":
        """The same of one part of a composite."""
        return _Part(definition, self.surroundings, kept=self.kept, composite=self)


@dataclass
class _Part(Held):
    composite: Held | None = None

    @property
    def own(self) -> Cube | None:
        cube = self.composite.own if self.composite else None
        return cube.part(self.definition) if cube else None

    @property
    def boards(self) -> dict[str, Cube]:
        of = self.composite.boards if self.composite else {}
        return {key: cube.part(self.definition) for key, cube in of.items()}


@dataclass(frozen=True)
class Surroundings:
    """Where a reader stands: its unit and the other units of its board, the boards of its county.

    `with_people`: the reader works with the persons of the unit, whose numbers stand open to it.
    """

    unit: str
    board: str
    county: str
    units: tuple[Place, ...]
    boards: tuple[Place, ...]
    with_people: bool


def surroundings(by: Acting) -> Surroundings:
    """One query: the units of the county with their boards. Of other boards' units nothing is kept."""
    county = Municipality.objects.filter(code=by.municipality).values("county_code")
    units = list(
        Unit.objects.filter(board__municipality__county_code__in=county)
        .select_related("board__municipality")
        .order_by("board__municipality__name", "board__name", "name")
    )
    boards = {unit.board_id: unit.board for unit in units}
    return Surroundings(
        unit=str(by.unit_id),
        board=str(by.board_id),
        county=units[0].board.municipality.county_name if units else "",
        units=tuple(
            Place(str(unit.pk), unit.name, unit.pk == by.unit_id) for unit in units if unit.board_id == by.board_id
        ),
        boards=tuple(
            Place(str(board.pk), board.name, board.pk == by.board_id, board.municipality.name, board.municipality_id)
            for board in boards.values()
        ),
        with_people=by.may(Right.FIGURE_PEOPLE),
    )


def read(by: Acting, definitions: Sequence[Definition]) -> dict[str, Held]:
    """What there is of each indicator, with at most five queries whatever their number."""
    around = surroundings(by)
    goals = {each.id: catalogue.contains(each) for each in definitions}
    every = {each.id: each for each in (*definitions, *(goal for goal in goals.values() if goal))}
    held = {name: Held(each, around) for name, each in every.items()}
    own = [] if by.role in COUNTY_ONLY else list(held)
    figures = Figure.objects.filter(is_current=True, indicator__in=own).select_related("run").defer("tables", "result")
    for figure in figures:
        fits = figure.logic_hash == held[figure.indicator].definition.logic_hash
        held[figure.indicator].figure = figure if fits else None
        held[figure.indicator].outdated = not fits
        held[figure.indicator].kept = dict(figure.attacked) if fits else {}
    _give(held, around)
    _fetch(
        {each.figure.pk: each.definition for each in held.values() if each.figure},
        OWN_DIMENSIONS,
        lambda ids: Figure.objects.filter(pk__in=ids).values_list("pk", "tables"),
    )
    _fetch(
        {given.id: each.definition for each in held.values() for given in each.given},
        OWN_DIMENSIONS,
        lambda ids: Published.objects.filter(pk__in=ids).values_list("pk", "tables"),
    )
    # Own and given together: what was fetched first must not have to make room for the rest.
    used = sum(len(each.given) + (each.figure is not None) for each in held.values())
    while len(_cubes) > max(KEPT, used):
        _cubes.popitem(last=False)
    for name, goal in goals.items():
        held[name].whole = held[goal.id] if goal else None
    return {name: held[name] for name in goals}


def before(held: Held) -> Held | None:
    """The same as the own board's run before counted it; None when there is none, or it was counted by other logic."""
    if held.figure is None:
        return None
    earlier = (
        Figure.objects.filter(indicator=held.definition.id, run__finished_at__lt=held.figure.run.finished_at)
        .select_related("run")
        .defer("tables", "result")
        .order_by("-run__finished_at")
        .first()
    )
    if earlier is None or earlier.logic_hash != held.definition.logic_hash:
        return None
    _fetch(
        {earlier.pk: held.definition},
        OWN_DIMENSIONS,
        lambda ids: Figure.objects.filter(pk__in=ids).values_list("pk", "tables"),
    )
    whole = before(held.whole) if held.whole else None
    return Held(held.definition, held.surroundings, figure=earlier, kept=dict(earlier.attacked), whole=whole)


def _give(held: dict[str, Held], around: Surroundings) -> None:
    """The county's freeze date is the one most boards have published for, the latest of several."""
    logic = Q(pk__in=[])
    for each in held.values():
        logic |= Q(indicator=each.definition.id, logic_hash=each.definition.logic_hash)
    boards = [UUID(place.key) for place in around.boards]
    rows = list(
        Published.objects.filter(logic, board_id__in=boards).values_list(
            "indicator", "freeze", "pk", "board_id", "at", "attacked"
        )
    )
    for indicator, each in held.items():
        days = Counter(freeze for name, freeze, *_rest in rows if name == indicator)
        if days:
            day = max(days, key=lambda freeze: (days[freeze], freeze))
            each.county_freeze = day
            each.given = [
                Given(pk, str(board), at)
                for name, freeze, pk, board, at, _kept in rows
                if (name, freeze) == (indicator, day)
            ]
            for name, freeze, *_row, kept in rows:
                each.kept |= kept if (name, freeze) == (indicator, day) else {}


def _fetch(
    wanted: dict[UUID, Definition], keep: Iterable[str], tables_of: Callable[[list[UUID]], Iterable[tuple[UUID, Any]]]
) -> None:
    missing = [pk for pk in wanted if pk not in _cubes]
    if missing:
        for pk, tables in tables_of(missing):
            _cubes[pk] = Cube.from_json(wanted[pk], tables, keep)
    for pk in wanted:
        if pk in _cubes:
            _cubes.move_to_end(pk)
