"""The kinds counted by unit and period, in crowds of edge cases; on every road in test_stats_gates.py."""

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

from matrikel_stats import CountTable, Dataset, Definition, add, figures_of, load, open_dataset
from matrikel_stats.counting import EngineName, count_tables
from matrikel_stats.question import parse_period, question_for
from tests.stats.worlds import CODES, INDICATORS, indicator

FREEZE = dt.date(2023, 9, 15)
DIMS = ("sex", "age_band", "municipality")
SCORES = [each.score for each in load(INDICATORS, CODES) if each.score]
BODIES = {
    "ten_of_twelve": 'kind = "long_term"\n[cohort]\nage = { from = 18 }\n[long_term]\nat_least = 10\nof = 12\n',
    "two_of_24": 'kind = "long_term"\n[long_term]\nat_least = 2\nof = 24\nlongest_break = 1\n',
    "many_of_36": """
        kind = "long_term"
        [cohort]
        sex = "female"
        [long_term]
        at_least = 9
        of = 36
        longest_break = 2
        """,
    "nine_of_48": 'kind = "long_term"\n[long_term]\nat_least = 9\nof = 48\nlongest_break = 14\n',
    "amount_year": 'kind = "amount"\n[cohort]\nage = { from = 20, to = 64 }\n[amount]\n',
    "amount_month": 'kind = "amount"\n[amount]\nevery = "month"\n',
    "attendance_year": 'kind = "attendance"\n[attendance]\n',
    "attendance_month": """
        kind = "attendance"
        [cohort]
        where = [{ attribute = "municipality", values = ["2380"] }]
        [[cohort.exclude]]
        id = "worked"
        reason = "Arbetade före"
        before = { spell = ["employment"] }
        [attendance]
        every = "month"
        """,
    "last_score": 'kind = "score"\n[score]\ninstrument = "A"\nitems = ["q1", "q2"]\nleast = 0\nmost = 4\n',
    "first_score": """
        kind = "score"
        [cohort]
        sex = "male"
        [score]
        instrument = "A"
        items = ["q2"]
        least = 1
        most = 3
        take = "first"
        """,
    "part_score": """
        kind = "score"
        [score]
        instrument = "A"
        items = ["q1", "q2"]
        least = 0
        most = 4
        index = true
        at_least = 1
        """,
    "recipients": """
        kind = "ratio"
        [cohort]
        age = { from = 18, to = 64 }
        [cohort.anchor]
        table = "assistance_months"
        [ratio]
        [flow]
        """,
    "recipients_31_december": """
        kind = "ratio"
        [cohort.anchor]
        table = "assistance_months"
        [ratio]
        per = 1000
        [stock]
        moment = "31 december"
        """,
    "stock_of_months": """
        kind = "stock"
        [cohort.anchor]
        table = "assistance_months"
        [stock]
        moment = "month_end"
        mean_of = 12
        """,
    "first_assistance_then_work": """
        kind = "reached"
        [cohort.anchor]
        table = "assistance_months"
        per = "municipality"
        [window]
        months = 6
        [outcome]
        spell = ["employment"]
        """,
}


def _crowd(folder: Path, chance: random.Random, persons: int, prefix: str = "p") -> None:
    births = ["", "1956-02-29", "1980-06-15", "2004-02-29", "2005-12-31", "2006-01-01"]
    places = ["", "2380", "2313"]

    def who() -> str:
        return f"{prefix}{chance.randrange(persons + 3)}"

    def day() -> dt.date:
        return dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(1500))

    months = set()
    for _ in range(persons * 2):
        key, start, length = who(), chance.randrange(2020 * 12, 2024 * 12), chance.choice([1, 2, 5, 10, 12, 27, 30])
        months |= {(key, month) for month in range(start, start + length) if chance.random() < 0.9}
    spells = [["person_id", "kind", "start_date", "end_date"]]
    spells += [[who(), "employment", str(day()), ""] for _ in range(persons // 2)]
    items = [(who(), day()) for _ in range(persons * 3)]
    tables: dict[str, list[list[Any]]] = {
        "persons": [["person_id", "birth_date", "sex"]],
        "spells": spells,
        "assistance_months": [["person_id", "month", "household_id", "amount", "municipality"]],
        "attendance": [["person_id", "date", "planned", "attended", "municipality"]],
        "responses": [["person_id", "instrument", "item", "date", "value", "municipality"]],
        "populations": [["date", "population", "sex", "age", "municipality"]],
    }
    tables["persons"] += [[f"{prefix}{n}", chance.choice(births), chance.choice("fm")] for n in range(persons)]
    for key, month in sorted(months):
        for _ in range(chance.choice([1, 1, 1, 2])):
            household = chance.choice(["", f"{prefix}h{int(key[1:]) % 5}", f"{prefix}h{chance.randrange(5)}"])
            amount = chance.choice(["", "0", f"{chance.randrange(20000)}.{chance.randrange(100):02d}", "7000"])
            row = [key, f"{month // 12}-{month % 12 + 1:02d}", household, amount, chance.choice(places)]
            tables["assistance_months"].append(row)
    for _ in range(persons * 4):
        planned = chance.choice([0, 1, 15, 40])
        row = [who(), day(), planned, chance.randint(0, planned), chance.choice(places)]
        tables["attendance"].append(row)
    for _ in range(persons * 8):
        key, on = chance.choice(items)
        value = chance.choice(["0", "1", "2", "3", "4", "5", "", "x", " 2 ", "1.0"])
        row = [key, chance.choice("AAB"), chance.choice(["q1", "q2", "q3"]), on, value, chance.choice(places)]
        tables["responses"].append(row)
    for score in SCORES:
        for _ in range(persons):
            key, on = chance.choice(items)
            for item in score.items:
                answer = chance.randint(score.least, score.most)
                tables["responses"].append([key, score.instrument, item, on, answer, chance.choice(places)])
    for year in range(2020, 2025):
        for sex in "fm":
            for age in (10, 18, 30, 64, 65):
                row = [f"{year}-12-31", chance.randrange(1000), sex, age, chance.choice(places)]
                tables["populations"].append(row)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


def _definitions(folder: Path) -> list[Definition]:
    shipped = [each for each in load(INDICATORS, CODES) if each.cohort.is_imported]
    return [*shipped, *(indicator(folder, body, name) for name, body in BODIES.items())]


def _tables(definition: Definition, data: Dataset, engine: EngineName, period: str = "") -> tuple[CountTable, ...]:
    asked = parse_period(period) if period else None
    return count_tables(definition, data, question_for(definition, FREEZE, asked, DIMS), engine)


def test_a_county_is_the_sum_of_its_municipalities(tmp_path: Path) -> None:
    chance = random.Random(9)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _crowd(tmp_path / name, chance, 40, name)
    (tmp_path / "both").mkdir()
    for file in (tmp_path / "a").iterdir():
        rest = (tmp_path / "b" / file.name).read_text().split("\n", 1)[1]
        (tmp_path / "both" / file.name).write_text(file.read_text() + rest)
    definitions = _definitions(tmp_path / "definitions")
    found: dict[str, list[tuple[CountTable, ...]]] = {}
    for name in ("a", "b", "both"):
        with open_dataset(tmp_path / name, codes=CODES, freeze=FREEZE) as data:
            for definition in definitions:
                found.setdefault(definition.id, []).append(_tables(definition, data, "duckdb"))
    for definition in definitions:
        first, second, whole = found[definition.id]
        summed = [add(pair) for pair in zip(first, second, strict=True)]
        assert summed == list(whole), definition.id
        assert figures_of(definition, summed) == figures_of(definition, whole)
