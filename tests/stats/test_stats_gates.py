"""What is promised of every road: shares, curves, stocks, long dependence and hiding, as plain loops find them."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import CountTable, Dataset, figures_of, load, protect, run
from matrikel_stats.data.dataset import strangers_in
from matrikel_stats.disclosure.attack import narrowed
from matrikel_stats.engine.statement import statement
from matrikel_stats.estimates.estimate import kaplan_meier
from matrikel_stats.layer.prepare import prepare
from matrikel_stats.question import parse_period, question_for
from tests.stats import plain_curves, plain_loops
from tests.stats import test_stats_kinds_properties as kinds
from tests.stats import test_stats_properties as worlds
from tests.stats import test_stats_stocks as stocks
from tests.stats.roads import HERE, MASTER, PAIRWISE, ROADS, Road, counted, opened, plan
from tests.stats.test_stats_disclosure import seen
from tests.stats.worlds import CODES, INDICATORS, indicator

roads = pytest.mark.parametrize("road", ROADS)
direct = pytest.mark.parametrize("road", [road for road in ROADS if road != "layer"])
with_reference = pytest.mark.parametrize("road", (("reference", *HERE) if ROADS == HERE else ROADS))
On = Callable[..., Dataset]
CROWDS = {"text": (0, 3, "p"), "numbers": (7, 0, "")}
"""Seed, strangers and what ids begin with: with rows of unknown persons, and with whole numbers and none."""


@pytest.fixture(scope="module")
def crowds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[worlds.World, Path]]:
    """Three hundred histories each, and the folder of CSV they are written in."""
    found = {}
    for name, (seed, strangers, rename) in CROWDS.items():
        (persons, spells, events), folder = worlds.crowd(seed, strangers), tmp_path_factory.mktemp(name)
        drawn = persons, spells, events + _leavings(seed)
        worlds._write(folder, drawn, rename)
        found[name] = (drawn, folder)
    return found


def _leavings(seed: int) -> list[tuple[Any, ...]]:
    """Two ways of leaving on one day, for every third: which of them counts decides where the person ends."""
    chance = random.Random(seed)
    ways = [("death", ""), ("left", "inside"), ("left", "outside")]
    pairs = [(who, chance.choice(worlds.DAYS), chance.sample(ways, 2)) for who in range(0, 300, 3)]
    return [(who, kind, day, "", towards, "", "", "", "") for who, day, pair in pairs for kind, towards in pair]


@pytest.fixture(scope="module")
def on(spark: Any) -> Iterator[On]:
    """Open a folder on a road, once for all tests; only one that is given layers is opened anew."""
    with ExitStack() as stack:

        @cache
        def open_once(road: Road, folder: Path, freeze: dt.date, whole_ids: bool) -> Dataset:
            return stack.enter_context(opened(road, folder, freeze, spark, whole_ids=whole_ids))

        def give(road: Road, folder: Path, freeze: dt.date = worlds.FREEZE, whole_ids: bool = False) -> Dataset:
            find = open_once.__wrapped__ if road == "layer" else open_once
            return find(road, folder, freeze, whole_ids)

        yield give


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    kinds._crowd(folder, random.Random(0), 80)
    return folder


@with_reference
@pytest.mark.parametrize("leaving", [True, False])
def test_a_closed_share_and_its_curves_are_those_of_a_plain_loop(
    road: Road, leaving: bool, crowds: dict[str, Any], tmp_path: Path, on: On
) -> None:
    """Gates 1 and 2: exact integers of one row a person, then curves of each sex to 1e-9."""
    drawn, folder = crowds["text"]
    # Without leaving and long after, nobody is lost before the window ends.
    freeze = worlds.FREEZE if leaving else dt.date(2024, 1, 1)
    definition = indicator(tmp_path, plain_loops.BODY + (plain_loops.LEAVING if leaving else ""))
    rows, excluded = plain_loops.reached(drawn, freeze, leaving=leaving)
    asked = question_for(definition, freeze, None, ("sex",))
    (table,) = counted(road, [(definition, asked)], on(road, folder))[definition.id]
    assert {(row.cell[0], row.mature, row.offset, row.status): row.n for row in table.rows} == Counter(rows)
    assert table.excluded == excluded
    figures = figures_of(definition, (table,), [("sex",)])
    for cell in (figures.total, *figures.breakdowns[0].cells):
        assert cell
        assert cell.aj
        own = [row[1:] for row in rows if cell.values.get("sex", row[0]) == row[0]]
        assert (cell.n, cell.k) == (sum(row[0] for row in own), sum(row[0] and row[2] == "outcome" for row in own))
        assert cell.aj.value == pytest.approx(plain_loops.product_limit(own), abs=1e-9)
        if leaving:
            assert cell.not_mature == len(own) - (cell.n or 0) > 0
            _as_lifelines(table, cell.values.get("sex"), own)
        else:
            assert cell.aj.value == pytest.approx(cell.value, abs=1e-12)


def _as_lifelines(table: CountTable, sex: str | None, own: list[tuple[bool, int, str]]) -> None:
    """Insist that Kaplan-Meier and its log-log limits, where leaving is loss, are those of a second library."""
    from lifelines import KaplanMeierFitter

    group = [row for row in table.rows if sex in (None, row.cell[0])]
    steps, end = kaplan_meier(group)
    assert (steps, end) == plain_curves.kaplan_meier(group)
    fitter = KaplanMeierFitter().fit([day for _, day, _ in own], [status == "outcome" for *_, status in own])
    for step in steps:
        assert step.share == pytest.approx(1 - fitter.predict(step.offset), abs=1e-9)
    low, high = fitter.confidence_interval_.iloc[-1]
    assert end is not None
    assert (end.low, end.high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@roads
@pytest.mark.parametrize("name", CROWDS)
def test_every_definition_gives_the_integers_of_the_plain_engine(
    road: Road, name: str, crowds: dict[str, Any], on: On
) -> None:
    """Gate 3. One crowd is asked for the days as well, the other for shares alone: those are other statements."""
    _, folder = crowds[name]
    offsets = name == "text"
    asked = [(each, question_for(each, worlds.FREEZE, None, worlds.DIMS, offsets)) for each in worlds.DEFINITIONS]
    files, data = on("duckdb", folder), on(road, folder, whole_ids=name == "numbers")
    assert data.unknown_persons == files.unknown_persons
    expected = counted("reference", [(each, worlds.with_days(question)) for each, question in asked], files)
    found = counted(road, asked, data)
    assert len(found) == len(asked) or (road == "layer" and data.layers)
    for key, tables in found.items():
        wanted = expected[key] if offsets else tuple(map(worlds.without_days, expected[key]))
        assert tables == wanted, key
        assert {type(row.n) for table in tables for row in table.rows} <= {int}
    if road not in HERE:
        # The rows themselves come over unchanged too.
        ((key, tables),) = counted("reference", [(asked[0][0], worlds.with_days(asked[0][1]))], data).items()
        assert tables == expected[key]


@direct
def test_every_kind_on_imported_tables_gives_the_integers_of_the_plain_engine(
    road: Road, imported: Path, tmp_path: Path, on: On
) -> None:
    """Gate 3, for the kinds counted by unit and period; every other one in a few years."""
    files, data = on("duckdb", imported, kinds.FREEZE), on(road, imported, kinds.FREEZE)
    for number, definition in enumerate(kinds._definitions(tmp_path)):
        period = parse_period("2022-2023") if number % 2 else None
        asked = [(definition, question_for(definition, kinds.FREEZE, period, kinds.DIMS))]
        expected = counted("reference", asked, files)
        assert expected[definition.id][0].rows
        found = counted(road, asked, data)
        assert found == expected, definition.id
        values = [value for table in found[definition.id] for row in table.rows for value in (row.offset, row.n)]
        assert {type(value) for value in values} <= {int}


@direct
def test_no_plan_compares_every_pair(
    road: Road, crowds: dict[str, Any], imported: Path, tmp_path: Path, on: On
) -> None:
    """Gate 4: a loop over all pairs turns minutes into days at county size. None may be the only way."""
    whole = [each for each in kinds._definitions(tmp_path) if not each.parts]
    asked = [
        (on(road, crowds["text"][1]), worlds.DEFINITIONS, worlds.DIMS, True),
        (on(road, crowds["numbers"][1], whole_ids=True), worlds.DEFINITIONS, worlds.DIMS, False),
        (on(road, imported, kinds.FREEZE), whole, kinds.DIMS, True),
    ]
    for data, definitions, dims, offsets in asked:
        shown = plan(data, strangers_in("spells" if "spells" in data.tables else "assistance_months"))
        assert not [each for each in (*PAIRWISE[data.dialect], "SubPlan") if each in shown], "unknown persons"
        for definition in definitions:
            question = question_for(definition, data.freeze, None, dims, offsets)
            shown = plan(data, statement(definition, data, question))
            for pairwise in PAIRWISE[data.dialect]:
                assert pairwise not in shown, definition.id


@direct
@pytest.mark.parametrize("name", stocks.BODIES)
def test_a_stock_is_what_exploding_every_state_gives(
    road: Road, name: str, crowds: dict[str, Any], tmp_path: Path, on: On
) -> None:
    """Gate 6: running sums, looking at every person at every moment, and exploding states to moments agree."""
    drawn, folder = crowds["text"]
    definition = stocks.drawn(name, tmp_path)
    files, data = on("duckdb", folder), on(road, folder)
    stocks.same_by_every_breakdown(definition, files, data, thoroughly=not MASTER)
    if name == "states_that_meet":
        asked = [(definition, question_for(definition, worlds.FREEZE, None, ("period",)))]
        (table,) = counted(road, asked, data)[definition.id]
        exploded = plain_loops.stock(drawn, ("sfi", "registration", "employment"), worlds.FREEZE)
        assert {row.cell[0]: row.n for row in table.rows} == exploded


@direct
@pytest.mark.parametrize(("at_least", "of", "longest"), [(6, 12, None), (9, 36, 2), (2, 24, 1)])
def test_long_dependence_is_what_exploding_every_month_gives(
    road: Road, at_least: int, of: int, longest: int | None, imported: Path, tmp_path: Path, on: On
) -> None:
    """Gate 6: the bits of a number against a set of months for every window that holds them."""
    body = f'kind = "long_term"\n[long_term]\nat_least = {at_least}\nof = {of}\n'
    definition = indicator(tmp_path, body + (f"longest_break = {longest}\n" if longest is not None else ""))
    asked = [(definition, question_for(definition, kinds.FREEZE, None, ("period",)))]
    (table,) = counted(road, asked, on(road, imported, kinds.FREEZE))[definition.id]
    found = {(row.cell[0], row.mature, row.status): row.n for row in table.rows}
    assert found == plain_loops.long_term(imported, kinds.FREEZE, at_least, of, longest)
    assert {status for _, _, status in found} >= {"outcome", "window_passed"}


@roads
def test_no_hidden_number_can_be_narrowed_on_any_road(road: Road, crowds: dict[str, Any], on: On) -> None:
    """Gate 7: the same result hidden alike, and nothing of it worked out from what is shown."""
    _, folder = crowds["text"]
    goal = load(INDICATORS / "county_goals" / "establishment_12_months.toml", CODES)[0]

    def asked(data: Dataset) -> Any:
        if road == "layer":
            assert prepare([(goal, question_for(goal, data.freeze, None, worlds.DIMS))], data, 1, keep=False)
        return run(goal, data)

    plain, true = run(goal, on("duckdb", folder), engine="reference"), asked(on(road, folder))
    assert (true.total, true.breakdowns, true.excluded) == (plain.total, plain.breakdowns, plain.excluded)
    shown = protect(true)
    small = [cell for breakdown in true.breakdowns for cell in breakdown.cells if cell.suppressed]
    assert small
    visible = [cell for breakdown in shown.breakdowns for cell in breakdown.cells if cell.n is not None]
    assert not [cell for cell in visible if cell.suppressed]
    for number in (0, 1, "not_mature", "inside", "died"):
        assert narrowed(seen(true, shown, number), goal.threshold) == [], number
