"""Disclosure: attacks made by hand, brute force as oracle for the linear programs, and nothing narrowed afterwards."""

import dataclasses
import datetime as dt
import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matrikel_stats import CountRow, CountTable, Result, figures_of, load, protect, run
from matrikel_stats.disclosure.attack import Narrowed, Shown, narrowed, secure
from matrikel_stats.disclosure.hiding import beside_of, numbers_of, small
from matrikel_stats.result import Cell, Left
from tests.stats.worlds import CODES, INDICATORS, world

GOAL = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]


def total(*numbers: int) -> Shown:
    return Shown((), {(): numbers})


def by(dims: str, cells: dict[str, int | tuple[int, ...]], *, withheld: bool = False) -> Shown:
    """A table whose small numbers are hidden, cells written as `f·north`."""
    keyed = {tuple(key.split("·")): each if isinstance(each, tuple) else (each,) for key, each in cells.items()}
    hidden = frozenset(key for key, each in keyed.items() if any(small(n, 5) for n in (*each, sum(each))))
    return Shown(tuple(dims.split("·")), keyed, hidden, withheld)


def withheld(tables: Sequence[Shown], threshold: int = 5) -> list[str]:
    return ["·".join(table.dims) for table in secure(tables, threshold) if table.withheld]


def test_total_minus_the_others() -> None:
    tables = [total(30), by("sex", {"f": 27, "m": 3})]
    assert narrowed(tables, 5) == [Narrowed(("sex",), ("m",), 0, 3, 3)]
    assert withheld(tables) == ["sex"]


def test_one_year_is_all_years_minus_the_rest() -> None:
    assert withheld([total(90), by("year", {"2022": 44, "2023": 43, "2024": 3})]) == ["year"]
    assert withheld([total(93), by("year", {"2022": 44, "2023": 43, "2024": 3, "2025": 3})]) == []


def test_two_hidden_that_hold_less_than_five_together() -> None:
    assert withheld([total(34), by("unit", {"a": 30, "b": 2, "c": 2})]) == ["unit"]
    assert withheld([total(35), by("unit", {"a": 30, "b": 2, "c": 3})]) == []


def test_two_hidden_that_can_only_be_four_each() -> None:
    """Whoever knows that only 1-4 is hidden reads eight as four and four."""
    tables = [total(38), by("unit", {"a": 30, "b": 4, "c": 4})]
    assert {(each.low, each.high) for each in narrowed(tables, 5)} == {(4, 4)}
    assert withheld(tables) == ["unit"]
    assert withheld([total(37), by("unit", {"a": 30, "b": 4, "c": 3})]) == []


def test_reached_and_not_reached_are_attacked_each_for_itself() -> None:
    """The hidden hold 40 persons, but only two of them did not reach: one each, as whoever knows the rule sees."""
    tables = [total(68, 32), by("unit", {"a": (30, 30), "b": (19, 1), "c": (19, 1)})]
    assert {(each.cell, each.number, each.low, each.high) for each in narrowed(tables, 5)} == {
        (("b",), 1, 0, 2),
        (("c",), 1, 0, 2),
        (("b",), 1, 1, 1),
        (("c",), 1, 1, 1),
    }
    assert withheld(tables) == ["unit"]


def test_all_reached_in_two_hidden_cells_of_four() -> None:
    """Eight of eight reached: whoever knows that only 1-4 is hidden reads four of four in both."""
    tables = [total(8, 0), by("unit", {"a": (4, 0), "b": (4, 0)})]
    assert {(each.number, each.low, each.high) for each in narrowed(tables, 5)} == {(0, 4, 4)}
    assert withheld(tables) == ["unit"]


def test_differencing_over_two_breakdowns() -> None:
    """The finer table hides two cells that hold enough; the margin of the coarser takes them apart."""
    fine = by("sex·unit", {"f·n": 3, "m·n": 20, "f·s": 20, "m·s": 3})
    assert withheld([total(46), fine]) == []
    assert withheld([total(46), by("sex", {"f": 23, "m": 23}), fine]) == ["sex·unit"]


def test_three_margins_close_in_where_no_two_do() -> None:
    """Two-way margins of a cube: every margin is safe alone, together they settle the hidden cells (Fréchet)."""
    cube = {"".join(each): 6 for each in itertools.product("ab", repeat=3)}
    cube |= {"aaa": 1, "abb": 1, "bab": 1, "bba": 1}
    fine = by("x·y·z", {"·".join(key): n for key, n in cube.items()})

    def margin(first: int, second: int) -> Shown:
        sums: dict[str, int | tuple[int, ...]] = {}
        for key, n in cube.items():
            name = f"{key[first]}·{key[second]}"
            sums[name] = sums.get(name, 0) + n  # type: ignore[operator]
        return by(f"{'xyz'[first]}·{'xyz'[second]}", sums)

    tables = [total(sum(cube.values())), margin(0, 1), margin(0, 2), margin(1, 2), fine]
    assert withheld(tables[:1] + tables[4:]) == ["x·y·z"]  # four ones are four together
    found = secure(tables, 5)
    assert [table.withheld for table in found] == [False, False, False, False, True]
    assert narrowed(found, 5) == []


def test_breakdowns_without_common_dimensions_say_nothing_of_one_another() -> None:
    tables = [total(60), by("sex", {"f": 30, "m": 30}), by("unit", {"a": 54, "b": 3, "c": 3})]
    assert withheld(tables) == []


def test_surveys_ask_for_ten() -> None:
    table = Shown(("unit",), {("a",): (50,), ("b",): (6,), ("c",): (3,)}, frozenset({("b",), ("c",)}))
    assert withheld([total(59), table], 10) == ["unit"]
    assert withheld([total(59), table], 5) == []


CELLS = tuple(itertools.product("fm", "nsv"))


@st.composite
def grids(draw: st.DrawFn) -> list[Shown]:
    """Sex by unit with both margins and the total, each table there or not, small numbers hidden."""
    numbers = dict(
        zip(CELLS, draw(st.lists(st.sampled_from([0, 1, 1, 2, 3, 4, 6]), min_size=6, max_size=6)), strict=True)
    )
    tables = [total(sum(numbers.values()))]
    for place, dim in enumerate(("sex", "unit")):
        sums: dict[str, int | tuple[int, ...]] = {}
        for key, n in numbers.items():
            sums[key[place]] = sums.get(key[place], 0) + n  # type: ignore[operator]
        tables += [by(dim, sums)] if draw(st.booleans()) else []
    return [*tables, by("sex·unit", {"·".join(key): n for key, n in numbers.items()}, withheld=draw(st.booleans()))]


def fitting(tables: Sequence[Shown]) -> list[dict[tuple[str, str], int]]:
    """Every grid of whole numbers that fits what is shown, found by trying all. None of them knows of programs."""
    whole = next(table.cells[()][0] for table in tables if not table.dims)
    shown = [table for table in tables if table.dims and not table.withheld]
    fixed = {
        key: table.cells[key][0] for table in shown if len(table.dims) == 2 for key in CELLS if key not in table.hidden
    }
    free = [key for key in CELLS if key not in fixed]
    grids_: list[dict[tuple[str, str], int]] = []

    def fill(at: int, left: int, grid: dict[tuple[str, str], int]) -> None:
        if at == len(free):
            if left == 0:
                grids_.append(dict(grid))
            return
        for n in range(left + 1) if at < len(free) - 1 else [left]:
            fill(at + 1, left - n, {**grid, free[at]: n})

    fill(0, whole - sum(fixed.values()), fixed)
    for table in shown:
        if len(table.dims) == 1:
            place = ("sex", "unit").index(table.dims[0])
            for (value,), (n,) in table.cells.items():
                if (value,) not in table.hidden:
                    grids_ = [g for g in grids_ if sum(m for key, m in g.items() if key[place] == value) == n]
    return grids_


def _value(dims: tuple[str, ...], cell: tuple[str, ...], grid: dict[tuple[str, str], int]) -> int:
    places = [("sex", "unit").index(dim) for dim in dims]
    return sum(n for key, n in grid.items() if all(key[p] == v for p, v in zip(places, cell, strict=True)))


@settings(max_examples=25, deadline=None)
@given(tables=grids())
def test_the_programs_find_what_trying_every_table_finds(tables: list[Shown]) -> None:
    assume(5 <= sum(n for (n,) in tables[-1].cells.values()) <= 16)
    grids_ = fitting(tables)
    expected = set()
    for table in tables[1:]:
        for cell, (n,) in table.cells.items():
            if small(n, 5) and (table.withheld or cell in table.hidden):
                values = [_value(table.dims, cell, grid) for grid in grids_]
                if max(values) - min(values) < 5:
                    expected.add((table.dims, cell, min(values), max(values)))
    found = {(each.dims, each.cell, each.low, each.high) for each in narrowed(tables, 5)}
    by_rule = {each for each in found - expected if each[2] == each[3]}
    assert expected <= found
    assert found - expected <= by_rule


@settings(max_examples=40, deadline=None)
@given(tables=grids())
def test_nothing_is_narrowed_once_secured(tables: list[Shown]) -> None:
    after = secure(tables, 5)
    if not small(sum(n for (n,) in tables[-1].cells.values()), 5):
        assert narrowed(after, 5) == []
    for before, now in zip(tables, after, strict=True):
        assert now in (before, dataclasses.replace(before, withheld=True))
        assert now.dims or not now.withheld


STATUSES = ("outcome", "window_passed", "frozen", "left_inside", "died")


@st.composite
def results(draw: st.DrawFn, base: Result) -> Result:
    """A result as a run gives it, from a drawn count table by sex, unit and year."""
    cells = itertools.product(("female", "male"), ("a", "b", "c"), ("2022", "2023"))
    rows = []
    for cell in cells:
        for status in STATUSES:
            n = draw(
                st.sampled_from([0, 0, 1, 2, 3, 6, 9, 14] if status in ("outcome", "window_passed") else [0, 0, 1, 6])
            )
            rows += [CountRow(cell, status != "frozen", 30, status, n)] if n else []  # type: ignore[arg-type]
    dims = ("sex", "unit", "year")
    table = CountTable(GOAL.logic_hash, "main", dt.date(2025, 1, 1), dims, tuple(rows), {})
    chosen = draw(
        st.lists(st.sampled_from([("sex",), ("unit",), ("year",), ("sex", "unit"), ("unit", "year")]), unique=True)
    )
    figures = figures_of(GOAL, [table], chosen)
    return dataclasses.replace(
        base, total=figures.total, breakdowns=figures.breakdowns, population=figures.population,
        not_mature=figures.not_mature, left_before=figures.left_before,
    )  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Result:
    drawing = """
    persons
    person_id | birth_date | sex
    a | 1980-01-01 | f
    spells
    person_id | kind | start_date | end_date
    a | registration | 2020-01-01 | -
    """
    with world(tmp_path_factory.mktemp("base") / "data", drawing, "2025-01-01") as data:
        return run(GOAL, data, by=["sex"])


def seen(true: Result, shown: Result, number: int | str) -> list[Shown]:
    """What a reader of a protected result sees of one number, beside the truth."""

    def read(cell: Cell) -> int | None:
        if isinstance(number, int):
            return None if cell.n is None else numbers_of(cell)[number]
        return None if cell.n is None and number != "not_mature" else beside_of(cell).get(number)

    def table(dims: tuple[str, ...], cells: Sequence[Cell], visible: Sequence[Cell]) -> Shown:
        keys = [tuple(cell.values[name] for name in dims) for cell in cells]
        truth = {key: (read(cell) or 0,) for key, cell in zip(keys, cells, strict=True)}
        told = {tuple(cell.values[name] for name in dims): read(cell) for cell in visible}
        assert all(truth[key] == (n,) for key, n in told.items() if n is not None)
        hidden = frozenset(key for key in keys if told.get(key) is None)
        # Beside a figure nothing tells numbers that are few from those closed with them.
        closed = bool(dims) and not isinstance(number, int) and len(hidden) == len(keys)
        return Shown(dims, truth, hidden, closed or not visible)

    assert true.total
    assert shown.total
    tables = [table((), [true.total], [shown.total])]
    return tables + [
        table(before.dimensions, before.cells, after.cells)
        for before, after in zip(true.breakdowns, shown.breakdowns, strict=True)
    ]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_hidden_number_of_a_protected_result_can_be_narrowed(data: st.DataObject, base: Result) -> None:
    true = data.draw(results(base))
    shown = protect(true)
    for number in (0, 1, "not_mature", "inside", "died"):
        tables = seen(true, shown, number)
        assert narrowed(tables, 5) == [], number
    for each in (shown.total, *(cell for breakdown in shown.breakdowns for cell in breakdown.cells)):
        assert each is not None
        assert not any(small(n, 5) for n in (each.n, each.k, *beside_of(each).values()))
        assert each.n is None or each.k is None or not small(each.n - each.k, 5)
    assert protect(shown) == shown


def _cell(n: int, k: int, waiting: int, **values: str) -> Cell:
    left = Left(0, 0, 0)
    return Cell(values, n, k, k / n, 0.1, 0.9, None, waiting, left, None, None, None, (), False)


def test_what_stands_beside_a_figure_is_not_told_by_subtraction_either(base: Result) -> None:
    """36 wait, 33 women: then 3 men. The shares stand, the waiting of both are hidden."""
    from matrikel_stats.result import Breakdown

    cells = (_cell(50, 20, 33, sex="female"), _cell(40, 20, 3, sex="male"))
    true = dataclasses.replace(
        base, total=_cell(90, 40, 36), breakdowns=(Breakdown(("sex",), cells, False),), population=126, not_mature=36
    )
    (shown,) = protect(true).breakdowns
    assert [(cell.n, cell.k, cell.not_mature) for cell in shown.cells] == [(50, 20, None), (40, 20, None)]
    alone = dataclasses.replace(true, total=_cell(90, 40, 3), breakdowns=(), population=93, not_mature=3)
    assert (protect(alone).population, protect(alone).not_mature) == (None, None)


def test_what_is_too_large_to_check_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    import matrikel_stats.disclosure.cells as cells

    fine = by("sex·unit", {f"{sex}·{unit}": 3 if unit < 2 else 20 for sex in "fm" for unit in range(40)})  # type: ignore[misc]
    tables = [total(12 + 20 * 76), fine]
    assert withheld(tables) == []
    monkeypatch.setattr(cells, "MOST_CELLS", 50)
    assert withheld(tables) == ["sex·unit"]
    monkeypatch.undo()
    monkeypatch.setattr(cells, "MOST_UNKNOWN", 3)
    assert withheld(tables) == ["sex·unit"]


def test_a_large_publication_is_checked_in_seconds() -> None:
    """30 units, 10 years and 2 sexes with nearly every cell hidden: 600 unknowns, both numbers."""
    cells = {
        f"{unit}·{year}·{sex}": ((unit + year) % 4 + 1, (unit * year) % 5)
        for unit, year, sex in itertools.product(range(30), range(10), "fm")
    }
    units: dict[str, int | tuple[int, ...]] = {}
    for key, (k, rest) in cells.items():
        unit = key.split("·")[0]
        units[unit] = tuple(map(sum, zip(units.get(unit, (0, 0)), (k, rest), strict=True)))  # type: ignore[arg-type]
    tables = [
        total(sum(k for k, _ in cells.values()), sum(rest for _, rest in cells.values())),
        by("unit", units),
        by("unit·year·sex", cells),  # type: ignore[arg-type]
    ]
    began = time.perf_counter()
    assert narrowed(secure(tables, 5), 5) == []
    assert time.perf_counter() - began < 20


def test_the_attack_is_only_loaded_when_something_is_hidden(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import sys, matrikel_stats; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
