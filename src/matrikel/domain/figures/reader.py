"""One reader looking at one indicator: which figure may be seen, judged once for all pages alike.

The board's numbers are judged over its units, the county's over its boards; what a reader sees of the own board on one
page counts as seen on every other, so that no two pages together tell what neither may.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property

from matrikel.domain.figures.attacked import held_back
from matrikel.domain.figures.cubes import BESIDE, NOTHING, Cube, keyed, together
from matrikel.domain.figures.rules import TOTAL, Key, concealed, reveals
from matrikel.domain.figures.shapes import is_followed
from matrikel.domain.figures.shown import Seen, careful, hide, without
from matrikel.domain.figures.sources import Held

UNIT, BOARD, COUNTY = "enhet", "kommun", "lan"


class Reader:
    """What the post that read what is held may see of it."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.definition = held.definition
        self.threshold = held.definition.threshold
        self.around = held.surroundings
        self.with_people = self.around.with_people
        self._board: dict[tuple[str, int], dict[Key, str]] = {}
        self._county: dict[tuple[str, int], dict[Key, str]] = {}
        self._beside: dict[tuple[bool, str, str], dict[Key, str]] = {}

    @cached_property
    def units(self) -> dict[str, Cube]:
        """Every unit that anybody was counted in; the empty key holds those without a unit."""
        own = self.held.own
        if own is None or "unit" not in own.dims:
            return {}
        return {f"unit:{value}": own.only("unit", value) for value in own.values("unit")}

    @cached_property
    def county(self) -> Cube | None:
        boards = self.held.boards
        return together(tuple(boards[key] for key in sorted(boards))) if boards else None

    @cached_property
    def names(self) -> dict[str, str]:
        """Boards that have published, by the name of their municipality; with their own where it has several."""
        boards = [place for place in self.around.boards if place.key in self.held.boards or place.own]
        towns = Counter(place.town for place in boards)
        return {place.key: place.town if towns[place.town] == 1 else f"{place.town}, {place.label}" for place in boards}

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """Municipalities of the county from which nothing has been published for the day."""
        told = {place.town for place in self.around.boards if place.key in self.held.boards}
        return tuple(sorted({place.town for place in self.around.boards} - told))

    @property
    def areas(self) -> list[str]:
        """The areas this reader may choose from, own unit first."""
        whole = self.held.own
        own = [] if whole is None else [UNIT, BOARD] if "unit" in whole.dims else [BOARD]
        others = [key for key in self.held.boards if not own or key != self.around.board]
        return own + ([COUNTY, *sorted(others, key=lambda key: self.names[key])] if self.held.boards else [])

    def cube(self, area: str) -> Cube | None:
        """The counts of an area. For judging only: nothing of it is shown but through `seen`."""
        if area == UNIT:
            own = self.held.own
            return self.units.get(self.own_unit) or (
                own.only("unit", self.around.unit) if own and "unit" in own.dims else own
            )
        if area == BOARD:
            return self.held.own
        return self.county if area == COUNTY else self.held.boards.get(area)

    @property
    def own_unit(self) -> str:
        return f"unit:{self.around.unit}"

    def is_open(self, area: str) -> bool:
        """The area's numbers are those of persons the reader works with, and nothing of it is hidden."""
        return area == UNIT and self.with_people

    def seen(self, area: str, year: str, dim: str = "", value: str = "") -> Seen:
        """One figure of an area, a unit (`unit:…`) or a board."""
        cube = self.units.get(area) if area.startswith("unit:") else self.cube(area)
        assert cube is not None
        if self.is_open(area) or (area == self.own_unit and self.with_people):
            return Seen(cube.cell(dim, value, year))
        why = self.why(area, year, dim, value)
        cell = cube.cell(dim, value, year)
        if why:
            return hide(cell, why)
        parts = range(1, 1 + len(self.definition.limits))
        key = (self.place(area), dim, value)
        found = careful(
            cell, self.threshold, limits_hidden=[not year or key in self._why(area, year, part) for part in parts]
        )
        if not is_followed(self.definition):
            return found
        return without(found, {name for name in BESIDE if self._tells_beside(area, year, name, key)})

    def why(self, area: str, year: str, dim: str = "", value: str = "") -> str:
        """Why a figure is hidden, empty when it is not. A composite tells of a part what another part leaves."""
        if self.parts:
            return next((why for part in self.parts if (why := part.why(area, year, dim, value))), "")
        why = self._why(area, year).get((self.place(area), dim, value), "")
        if why or year or not is_followed(self.definition):
            return why
        cube = self.units.get(area) if area.startswith("unit:") else self.cube(area)
        assert cube is not None
        return self._over_years(area, cube, dim)

    @cached_property
    def parts(self) -> tuple["Reader", ...]:
        """One reader a part of a composite, each judged as the indicator it is."""
        return tuple(Reader(self.held.part(part.definition)) for part in self.definition.parts)

    def place(self, area: str) -> str:
        """The key under which an area is judged."""
        if area == UNIT:
            return self.own_unit
        return "" if area in (BOARD, COUNTY) else area

    def _why(self, area: str, year: str, part: int = 0) -> dict[Key, str]:
        inside = area in (UNIT, BOARD) or area.startswith("unit:")
        return self.board_why(year, part) if inside else self.county_why(year, part)

    def board_why(self, year: str, part: int = 0) -> dict[Key, str]:
        """What is hidden of the own board and its units in a year. The board's own totals stay."""
        if (year, part) not in self._board:
            own = self.held.own
            assert own is not None
            numbers = self.judged(True, year, part)
            open_ = {key for key in numbers if key[0] == self.own_unit} if self.with_people else set()
            few = self._few({**self.units, "": own}, year, numbers, open_)
            why = concealed(numbers, self.threshold, open_=open_, hidden=few, keep_totals=True)
            self._board[year, part] = held_back(numbers, why, self.threshold, open_=open_, kept=self.held.kept)
        return self._board[year, part]

    def county_why(self, year: str, part: int = 0) -> dict[Key, str]:
        """What is hidden of the county and its boards in a year, given what the reader sees of the own board."""
        if (year, part) not in self._county:
            assert self.county is not None
            numbers = self.judged(False, year, part)
            here = self.around.board
            known = self.held.own is not None and here in self.held.boards
            own = self.board_why(year, part) if known else {}
            hidden = {(here, *key[1:]): why for key, why in own.items() if not key[0] and (here, *key[1:]) in numbers}
            open_ = {key for key in numbers if key[0] == here and key not in hidden} if known else set()
            hidden |= self._few({**self.held.boards, "": self.county}, year, numbers, open_)
            why = concealed(numbers, self.threshold, open_=open_, hidden=hidden)
            self._county[year, part] = held_back(numbers, why, self.threshold, open_=open_, kept=self.held.kept)
        return self._county[year, part]

    def _tells_beside(self, area: str, year: str, name: str, key: Key) -> bool:
        """Whether a number beside a figure, with others of its sum, would tell of few: a place's, a year's."""
        inside = area in (UNIT, BOARD) or area.startswith("unit:")
        if year:
            return key in self._beside_why(inside, year, name)
        cube = self.units.get(area) if area.startswith("unit:") else self.cube(area)
        assert cube is not None
        parts = [(cube.beside(each)["", ""][name],) for each in cube.years]
        shown = [key not in self._beside_why(inside, each, name) for each in cube.years]
        return reveals(parts, shown, self.threshold)

    def _beside_why(self, inside: bool, year: str, name: str) -> dict[Key, str]:
        """What is hidden of one of the numbers beside a figure, over units or over boards together."""
        if (inside, year, name) not in self._beside:
            whole = self.held.own if inside else self.county
            assert whole is not None
            cubes = {"": whole, **(self.units if inside else self.held.boards)}
            keys = whole.beside(year)
            numbers = {
                (place, *key): (cube.beside(year).get(key, {}).get(name, 0),)
                for place, cube in cubes.items()
                for key in keys
            }
            hidden = {
                key: why for key, why in (self.board_why if inside else self.county_why)(year).items() if key in numbers
            }
            mine, here = self.own_unit if inside and self.with_people else "", self.around.board
            if not inside and self.held.own is not None and here in self.held.boards:
                mine, of_own = here, self._beside_why(True, year, name)
                hidden |= {
                    (here, *key[1:]): why for key, why in of_own.items() if not key[0] and (here, *key[1:]) in numbers
                }
            open_ = {key for key in numbers if mine and key[0] == mine and key not in hidden}
            self._beside[inside, year, name] = concealed(
                numbers, self.threshold, open_=open_, hidden=hidden, keep_totals=inside
            )
        return self._beside[inside, year, name]

    def judged(self, inside: bool, year: str, part: int = 0) -> dict[Key, tuple[int, ...]]:
        """The numbers that must not be small: of a part of a goal also how many reached the goal and not the part.

        The goal stands beside it on the page, and the difference of two shown numbers is a number too.
        """
        whole = self.held.own if inside else self.county
        assert whole is not None
        numbers: dict[Key, tuple[int, ...]] = {**keyed(self.units if inside else self.held.boards, whole, year, part)}
        goal = None if part else self._goal
        if goal is None or not goal.is_beside(self, inside):
            return numbers
        beside = goal.judged(inside, year)
        if any(beside[key][0] != each[0] for key, each in numbers.items() if key in beside):
            return numbers
        return {key: (*each, beside[key][1] - each[1] if key in beside else 0) for key, each in numbers.items()}

    @cached_property
    def _goal(self) -> "Reader | None":
        return Reader(self.held.whole) if self.held.whole else None

    def is_beside(self, other: "Reader", inside: bool) -> bool:
        """Whether both have been counted until the same day, of the board or of the same boards of the county."""
        cubes = (self.held.own, other.held.own) if inside else (self.county, other.county)
        same = inside or self.held.boards.keys() == other.held.boards.keys()
        return same and cubes[0] is not None and cubes[1] is not None and cubes[0].freeze == cubes[1].freeze

    @property
    def is_variant(self) -> bool:
        """Whether it counts a part of a goal that is shown beside it."""
        return self._goal is not None and any(self._goal.is_beside(self, inside) for inside in (True, False))

    def judge_everything(self) -> None:
        """Judge every number there is, so that all that linear programs are asked of is asked (`Held.kept`)."""
        whole = {year for cube in (self.held.own, self.county) if cube is not None for year in cube.years if year}
        for reader in self.parts or (self,):
            asked = [(year, part) for year in sorted(whole) for part in range(1 + len(reader.definition.limits))]
            for year, part in asked + [("", 0)] * is_followed(reader.definition):
                if reader.held.own is not None:
                    reader.board_why(year, part)
                if reader.county is not None:
                    reader.county_why(year, part)

    def _few(
        self, cubes: Mapping[str, Cube], year: str, numbers: Collection[Key], open_: Collection[Key]
    ) -> dict[Key, str]:
        """Also what a figure rests on must not be small: the months of a rolling mean, the units that make a sum."""
        if self.definition.mean_of == 1 and self.definition.kind not in ("amount", "attendance"):
            return {}
        asked = [key for key in numbers if key not in open_]
        found = {key: cubes[key[0]].cell(key[1], key[2], year).fewest or 0 for key in asked}
        return {key: "small" for key, fewest in found.items() if 0 < fewest < self.threshold}

    def _over_years(self, area: str, cube: Cube, dim: str) -> str:
        """Over all years only the total is shown, and only when it does not tell of a year that is hidden."""
        if dim or area.startswith("unit:"):
            return "withheld"
        place = self.place(area)
        inside = area in (UNIT, BOARD)
        parts = [self.judged(inside, year).get((place, *TOTAL[1:]), NOTHING) for year in cube.years]
        shown = [(place, *TOTAL[1:]) not in self._why(area, year) for year in cube.years]
        return "withheld" if reveals(parts, shown, self.threshold) else ""
