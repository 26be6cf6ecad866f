"""The engines give the same integers for any world, and figures do not depend on what should not matter."""

import csv
import datetime as dt
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel_stats import CountRow, CountTable, Definition, count, load, open_dataset
from matrikel_stats.dates import EARLIEST, add_months
from matrikel_stats.question import Question, question_for
from tests.stats import plain_loops
from tests.stats.roads import HERE, Road, counted
from tests.stats.worlds import CODES, INDICATORS, indicator

FREEZE = dt.date(2021, 3, 1)
# Edges where engines could differ: turns of year and month, 29 February, window ends, the freeze day and around it.
DAYS = [
    dt.date.fromisoformat(day)
    for day in (
        "2019-02-28", "2019-12-31", "2020-01-01", "2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02", "2020-05-31",
        "2020-08-29", "2020-12-31", "2021-01-01", "2021-02-27", "2021-02-28", "2021-03-01", "2021-03-02", "2021-12-31",
    )
]  # fmt: skip
BIRTHS = ["", "1956-02-29", "1956-03-01", "1980-06-15", "2000-02-29", "2000-03-01", "2001-02-28", "2004-02-29"]
DIMS = ("sex", "age_band", "unit", "municipality")
HAPPENINGS = [
    "reception", "enrolment", "discharge", "sfi_application", "plan_agreed", "follow_up_due", "left", "death",
    "referral",
]  # fmt: skip

day = st.sampled_from(DAYS)
person = st.tuples(st.sampled_from(BIRTHS), st.sampled_from(["f", "m", ""]), st.sampled_from(["", "north", "south"]))
spell = st.tuples(
    st.integers(0, 7),
    st.sampled_from(["registration", "internship", "employment", "sfi", "studies_higher"]),
    day,
    st.one_of(st.none(), st.integers(0, 2), st.integers(0, 400)),
    st.sampled_from(["", "passed", "failed"]),
    st.sampled_from(["", "2380", "2313"]),
    st.sampled_from(["", "quota_refugee", "other_immigrant"]),
    st.sampled_from(["", "yes"]),
)
event = st.tuples(
    st.integers(0, 7),
    st.sampled_from(HAPPENINGS),
    day,
    st.sampled_from(["", "north", "south"]),
    st.sampled_from(["", "inside", "outside"]),
    st.sampled_from(["", "quota_refugee", "relative"]),
    st.sampled_from(["", "social_services"]),
    st.sampled_from(["", "introduction_plan_adult"]),
    st.sampled_from(["", "in_time", "late"]),
)
worlds = st.tuples(st.lists(person, min_size=5, max_size=6), st.lists(spell, max_size=30), st.lists(event, max_size=20))
World = tuple[list[Any], list[Any], list[Any]]
PROPERTY = settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)


def _write(folder: Path, drawn: World, rename: str = "p") -> None:
    persons, spells, events = drawn
    tables = {
        "persons": [
            ["person_id", "birth_date", "sex", "unit"],
            *([f"{rename}{i}", *row] for i, row in enumerate(persons)),
        ],
        "spells": [
            ["person_id", "kind", "start_date", "end_date", "result", "municipality", "category", "basis"],
            *(
                [f"{rename}{who}", kind, start, "" if length is None else start + dt.timedelta(days=length), *rest]
                for who, kind, start, length, *rest in spells
            ),
        ],
        "events": [
            ["person_id", "kind", "date", "unit", "to_county", "category", "receiver", "plan", "outcome"],
            *([f"{rename}{who}", *rest] for who, *rest in events),
        ],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


EXTRA = {
    "every_and_new": """
    kind = "reached"
    [cohort]
    age = { from = 20, to = 64 }
    [cohort.anchor]
    spell = ["registration"]
    take = "every"
    [window]
    days = 366
    [outcome]
    all = [
      { spell = ["employment", "internship"], total_days = 3, starts = "new" },
      { any = [{ event = ["referral"] }, { spell = ["sfi"], completed = true }] },
    ]
    [leaving]
    events = ["left"]
    deaths = ["death"]
    anchor_ends = true
    """,
    "last_with_exclusions": """
    kind = "reached"
    [cohort]
    sex = "female"
    [[cohort.exclude]]
    id = "worked"
    reason = "Arbetade före"
    before = { spell = ["employment"] }
    [[cohort.exclude]]
    id = "south"
    reason = "Södra enheten"
    where = { attribute = "unit", values = ["south"] }
    [cohort.anchor]
    event = ["reception"]
    take = "last"
    [window]
    months = 2
    [outcome]
    spell = { kinds = ["sfi"], where = [{ attribute = "result", values = ["passed"] }] }
    [leaving]
    deaths = ["death"]
    """,
    "completed_whatever_began_before": """
    kind = "reached"
    [cohort.anchor]
    spell = ["registration"]
    take = "every"
    [window]
    days = 200
    [outcome]
    spell = { kinds = ["sfi"], where = [{ attribute = "result", values = ["passed"] }] }
    completed = true
    [leaving]
    events = ["left"]
    deaths = ["death"]
    anchor_ends = true
    """,
    "new_starts_and_no_one_leaves": """
    kind = "reached"
    [cohort.anchor]
    event = ["reception"]
    [window]
    months = 12
    [outcome]
    spell = ["employment", "internship"]
    starts = "new"
    """,
    "an_event_by_any_anchor": """
    kind = "reached"
    [cohort.anchor]
    spell = ["registration", "sfi"]
    take = "every"
    [window]
    months = 6
    [outcome]
    event = ["referral", "discharge"]
    [leaving]
    deaths = ["death"]
    """,
    "at_the_end_without_leavers": """
    kind = "reached"
    [cohort.anchor]
    spell = ["registration"]
    take = "every"
    [window]
    months = 12
    [outcome]
    any = [
      { spell = ["employment"], holds = "at_end" },
      { spell = ["internship"], holds = "at_end", starts = "new" },
      { event = ["referral"] },
    ]
    [leaving]
    events = ["left"]
    deaths = ["death"]
    in_share = "dropped"
    """,
    "state_after_a_year": """
    kind = "state"
    [cohort.anchor]
    event = ["reception"]
    [state]
    at = { months = 12 }
    [outcome]
    all = [{ spell = ["employment"] }, { any = [{ spell = ["sfi"] }, { spell = ["internship"], starts = "new" }] }]
    [leaving]
    events = ["left"]
    """,
    "state_after_days": """
    kind = "state"
    [cohort.anchor]
    spell = ["sfi"]
    take = "last"
    [state]
    at = { days = 90 }
    [outcome]
    spell = { counts_as = ["work"] }
    """,
    "occurrences_by_month": """
    kind = "flow"
    [cohort.anchor]
    spell = ["internship", "sfi"]
    [flow]
    every = "month"
    count = "occurrences"
    """,
    "first_ever_by_year": """
    kind = "flow"
    [cohort.anchor]
    spell = ["internship"]
    take = "first"
    [flow]
    """,
    "stock_by_month": """
    kind = "stock"
    [cohort]
    age = { from = 20, to = 64 }
    where = [{ attribute = "category", counts_as = ["refugee"] }]
    [cohort.anchor]
    spell = ["sfi", "registration"]
    [stock]
    moment = "month_end"
    """,
}


def _definitions() -> Iterator[Definition]:
    # Those on imported tables have crowds of their own: test_stats_kinds_properties.py.
    yield from (each for each in load(INDICATORS, CODES) if not each.cohort.is_imported)
    folder = Path(tempfile.mkdtemp())
    for name, body in EXTRA.items():
        yield indicator(folder, body, name)


DEFINITIONS = list(_definitions())


def _tables(drawn: World, road: Road, rename: str = "p", only: tuple[str, ...] = ()) -> list[CountTable]:
    """Count every definition on a drawn world; from prepared layers, those that layers can say."""
    asked = [(each, question_for(each, FREEZE, None, DIMS)) for each in DEFINITIONS]
    asked = [pair for pair in asked if not only or pair[0].id in only]
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name), drawn, rename)
        with open_dataset(Path(name), codes=CODES, freeze=FREEZE) as dataset:
            return [table for (table, *_) in counted(road, asked, dataset).values()]


def without_days(table: CountTable) -> CountTable:
    """Return the table with its days summed away: what a question without offsets must give."""
    sums: Counter[Any] = Counter()
    for row in table.rows:
        sums[(row.cell, row.mature, 0, row.status)] += row.n
    return replace(table, rows=tuple(CountRow(*key, n) for key, n in sorted(sums.items())))


def with_days(question: Question) -> Question:
    """Return the question as the plain engine is asked it: it knows the days."""
    return replace(question, offsets=True)


@PROPERTY
@given(worlds)
def test_both_engines_count_the_same_integers(drawn: World) -> None:
    for definition, expected, found in zip(
        DEFINITIONS, _tables(drawn, "reference"), _tables(drawn, "duckdb"), strict=True
    ):
        assert found == expected, definition.id


@settings(PROPERTY, max_examples=40)
@given(worlds)
def test_the_plain_engine_is_a_loop_over_rows(drawn: World) -> None:
    """Open ends, single days, overlaps, before, on and after the anchor, 29 February, the freeze day, one day twice."""
    rows, excluded = plain_loops.reached(drawn, FREEZE, leaving=True)
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name), drawn)
        definition = indicator(Path(name) / "definitions", plain_loops.BODY + plain_loops.LEAVING)
        with open_dataset(Path(name), codes=CODES, freeze=FREEZE) as dataset:
            table = count(definition, dataset, question_for(definition, FREEZE, None, ("sex",)), "reference")
    assert {(row.cell[0], row.mature, row.offset, row.status): row.n for row in table.rows} == Counter(rows)
    assert table.excluded == excluded


def crowd(seed: int, strangers: int = 3) -> World:
    """Draw three hundred histories at once: far more combinations a second than drawn worlds, if harder to shrink."""
    ids = 300 + strangers
    chance = random.Random(seed)
    persons = [(chance.choice(BIRTHS), chance.choice("fm"), chance.choice(["", "north", "south"])) for _ in range(300)]
    kinds = ["registration", "internship", "employment", "sfi", "studies_higher"]
    spells = [
        (
            chance.randrange(ids), chance.choice(kinds), chance.choice(DAYS),
            chance.choice([None, 0, 1, 2, chance.randrange(400)]), chance.choice(["", "passed", "failed"]),
            chance.choice(["", "2380", "2313"]), chance.choice(["", "quota_refugee", "other_immigrant"]),
            chance.choice(["", "yes"]),
        )
        for _ in range(1500)
    ]  # fmt: skip
    events = [
        (
            chance.randrange(ids), chance.choice(HAPPENINGS), chance.choice(DAYS),
            chance.choice(["", "north", "south"]),
            chance.choice(["", "inside", "outside"]), chance.choice(["", "quota_refugee", "relative"]),
            chance.choice(["", "social_services"]), chance.choice(["", "introduction_plan_adult"]),
            chance.choice(["", "in_time", "late"]),
        )
        for _ in range(900)
    ]  # fmt: skip
    return persons, spells, events


def test_days_alone_settle_an_age_only_where_the_calendar_agrees() -> None:
    """The compiled ages look at the calendar within days of a birthday only: no birthday may lie outside them."""
    from matrikel_stats.engine.tables import _fewest_days, _most_days

    births = [EARLIEST + dt.timedelta(days=days) for days in range(0, 365 * 201, 97)]
    births += [dt.date(year, 2, 29) for year in range(1904, 2100, 4)]
    for birth in births:
        for years in range(2101 - birth.year):
            lived = (add_months(birth, 12 * years) - birth).days
            assert _fewest_days(years) <= lived <= _most_days(years), (birth, years)


@PROPERTY
@given(drawn=worlds, seed=st.integers(0, 1000))
def test_order_and_names_do_not_matter(drawn: World, seed: int) -> None:
    _order_and_names("reference", drawn, seed)


@PROPERTY
@given(drawn=worlds)
def test_two_cells_made_one_are_their_sum(drawn: World) -> None:
    _cells_made_one("reference", drawn)


@PROPERTY
@given(drawn=worlds)
def test_splitting_a_spell_in_two_adjoining_ones_changes_no_running_state(drawn: World) -> None:
    _spells_split("reference", drawn)


@pytest.mark.parametrize("road", HERE)
def test_nor_do_they_on_the_other_roads(road: Road) -> None:
    """One crowd: what small worlds hold of, and that both engines are alike in them, is drawn above."""
    _order_and_names(road, crowd(3), 3)
    _cells_made_one(road, crowd(3))
    _spells_split(road, crowd(3))


def _order_and_names(road: Road, drawn: World, seed: int) -> None:
    persons, spells, events = drawn
    chance = random.Random(seed)
    mixed = (persons, chance.sample(spells, len(spells)), chance.sample(events, len(events)))
    assert _tables(drawn, road) == _tables(mixed, road, "åäö ")


def _cells_made_one(road: Road, drawn: World) -> None:
    persons, spells, events = drawn
    names = tuple(each.id for each in DEFINITIONS if not each.cohort.sex)
    made_one = ([(birth, "f", unit) for birth, _, unit in persons], spells, events)
    for apart, one in zip(_tables(drawn, road, only=names), _tables(made_one, road, only=names), strict=True):
        place = apart.dims.index("sex")
        sums: Counter[Any] = Counter()
        for cell, *key, n in apart.rows:
            # Of an unknown person no sex is known, and none was given one.
            sums[((*cell[:place], "female", *cell[place + 1 :]), *key)] += n
        assert sums == {(cell, *key): n for cell, *key, n in one.rows}
        assert apart.excluded == one.excluded


def _spells_split(road: Road, drawn: World) -> None:
    persons, spells, events = drawn
    halves = []
    for who, kind, start, length, *rest in spells:
        if kind in ("employment", "internship") and length is not None and length >= 2:
            halves.append((who, kind, start, length // 2, *rest))
            halves.append((who, kind, start + dt.timedelta(days=length // 2 + 1), length - length // 2 - 1, *rest))
        else:
            halves.append((who, kind, start, length, *rest))
    names = ("establishment_12_months", "effect_goal", "effect_goal_other_bracketing")
    assert _tables(drawn, road, only=names) == _tables((persons, halves, events), road, only=names)
