"""The 12-month goal direct from Parquet: this package against hand-written DuckDB SQL and pandas.

    .venv/bin/python benchmarks/stats/goal12.py --persons 100000 --pairs 5
    .venv/bin/python benchmarks/stats/goal12.py --persons 1000000 --pairs 3

Every run is a fresh process, taken in turn (A B C, A B C …); the cells must agree before a time is printed. Two
figures a run: the steady time (files opened and checked, statement compiled, second count) and the whole process.
"""

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FREEZE = dt.date(2024, 12, 31)
METHODS = ("ours", "duckdb_sql", "pandas")
KINDS = ("employment", "subsidised_employment", "own_business", "internship", "labour_market_programme",
         "studies_upper_secondary", "studies_higher")  # fmt: skip

SQL = """
WITH person AS (
  SELECT person_id, sex, birth_date,
         year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS b FROM '{folder}/persons.parquet'),
first AS (
  SELECT person_id, municipality, min(start_date) AS a FROM '{folder}/spells.parquet'
  WHERE kind = 'registration' AND start_date <= DATE '{freeze}' GROUP BY ALL),
cohort AS (
  SELECT first.*, sex, a + INTERVAL 12 MONTH AS h FROM first JOIN person USING (person_id)
  WHERE (year(a) * 10000 + month(a) * 100 + day(a) - b) // 10000 BETWEEN 20 AND 64
    AND a + INTERVAL 12 MONTH <= DATE '{freeze}' + INTERVAL 1 DAY),
met AS (
  SELECT cohort.person_id, a, min(greatest(s.start_date, a)) AS f
  FROM cohort JOIN '{folder}/spells.parquet' s ON s.person_id = cohort.person_id
  WHERE s.kind IN {kinds} AND s.start_date < h AND coalesce(s.end_date, DATE '9999-12-31') >= a
  GROUP BY ALL)
SELECT municipality, sex, count(*) AS n, count(f) AS k
FROM cohort LEFT JOIN met USING (person_id, a) GROUP BY ALL ORDER BY ALL
"""


def generate(folder: Path, persons: int) -> None:
    """Write an invented dataset by seed: about seven spells a person, no one leaves."""
    import duckdb

    con = duckdb.connect()
    con.execute("SELECT setseed(0.42)")
    con.execute(f"""
      CREATE TABLE p AS SELECT i AS person_id, DATE '1945-01-01' + CAST(random() * 22000 AS INT) AS birth_date,
        CASE WHEN random() < 0.5 THEN 'female' ELSE 'male' END AS sex,
        DATE '2018-01-01' + CAST(random() * 2500 AS INT) AS arrived,
        printf('%04d', 2300 + CAST(random() * 289 AS INT)) AS home FROM range({persons}) t(i)""")
    con.execute(f"COPY (SELECT person_id, birth_date, sex FROM p) TO '{folder}/persons.parquet'")
    kinds = [*KINDS, "sfi", "civic_orientation", "studies_adult", "validation", "establishment_programme"]
    con.execute(f"""
      CREATE TABLE s AS SELECT person_id, {kinds}[1 + CAST(floor(random() * {len(kinds)}) AS INT)] AS kind,
        arrived - 400 + CAST(random() * 3000 AS INT) AS start_date, CAST(random() * 400 AS INT) AS length,
        random() < 0.3 AS open, home FROM p, range(6)""")
    con.execute(f"""
      COPY (SELECT * FROM (
        SELECT person_id, 'registration' AS kind, arrived AS start_date, CAST(NULL AS DATE) AS end_date,
               home AS municipality FROM p
        UNION ALL SELECT person_id, kind, start_date, CASE WHEN open THEN NULL ELSE start_date + length END, home FROM s
      ) ORDER BY person_id) TO '{folder}/spells.parquet'""")


def ours(folder: Path) -> Callable[[], list[list[object]]]:
    """Return the goal counted by this package."""
    from matrikel_stats import load, open_dataset, read_codes
    from matrikel_stats.question import question_for
    from matrikel_stats.run import count

    codes = read_codes(ROOT / "definitions" / "codes")
    definition = load(ROOT / "definitions" / "indicators" / "county_goals" / "establishment_12_months.toml", codes)[0]
    dataset = open_dataset(folder, codes=codes, freeze=FREEZE)
    question = question_for(definition, FREEZE, None, ("municipality", "sex"))

    def work() -> list[list[object]]:
        table = count(definition, dataset, question)
        cells: dict[tuple[str, ...], list[int]] = {}
        for row in table.rows:
            if row.mature:
                nk = cells.setdefault(row.cell, [0, 0])
                nk[0] += row.n
                nk[1] += row.n if row.status == "outcome" else 0
        return [[*cell, *nk] for cell, nk in sorted(cells.items())]

    return work


def duckdb_sql(folder: Path) -> Callable[[], list[list[object]]]:
    """Return the goal in SQL written by hand for this one question."""
    import duckdb

    con = duckdb.connect()
    text = SQL.format(folder=folder, freeze=FREEZE, kinds=KINDS)
    return lambda: [list(row) for row in con.execute(text).fetchall()]


def pandas(folder: Path) -> Callable[[], list[list[object]]]:
    """Return the goal in pandas."""
    import pandas as pd

    def work() -> list[list[object]]:
        persons = pd.read_parquet(folder / "persons.parquet")
        spells = pd.read_parquet(folder / "spells.parquet")
        for column in ("start_date", "end_date"):
            spells[column] = pd.to_datetime(spells[column])
        persons["birth_date"] = pd.to_datetime(persons["birth_date"])
        freeze = pd.Timestamp(FREEZE)
        home = spells[(spells["kind"] == "registration") & (spells["start_date"] <= freeze)]
        home = home.groupby(["person_id", "municipality"], as_index=False)["start_date"].min()
        cohort = home.rename(columns={"start_date": "a"}).merge(persons, on="person_id")
        number = [c.dt.year * 10000 + c.dt.month * 100 + c.dt.day for c in (cohort["a"], cohort["birth_date"])]
        cohort = cohort[((number[0] - number[1]) // 10000).between(20, 64)]
        cohort = cohort.assign(h=cohort["a"] + pd.DateOffset(months=12))
        cohort = cohort[cohort["h"] <= freeze + pd.Timedelta(days=1)]
        wanted = spells[spells["kind"].isin(KINDS)][["person_id", "start_date", "end_date"]]
        wanted = wanted.assign(end_date=wanted["end_date"].fillna(pd.Timestamp("2262-01-01")))
        pairs = cohort[["person_id", "a", "h"]].merge(wanted, on="person_id")
        met = pairs[(pairs["start_date"] < pairs["h"]) & (pairs["end_date"] >= pairs["a"])]
        met = met[["person_id", "a"]].drop_duplicates().assign(k=1)
        joined = cohort.merge(met, on=["person_id", "a"], how="left")
        table = joined.groupby(["municipality", "sex"]).agg(n=("person_id", "size"), k=("k", "count")).reset_index()
        return [[str(m), str(s), int(n), int(k)] for m, s, n, k in table.itertuples(index=False)]

    return work


def one(method: str, folder: Path) -> None:
    """Do one method once cold and once warm, and print cells and times as JSON."""
    began = time.perf_counter()
    work = {"ours": ours, "duckdb_sql": duckdb_sql, "pandas": pandas}[method](folder)
    cells = work()
    cold = time.perf_counter() - began
    cpu_before, wall_before = time.process_time(), time.perf_counter()
    assert work() == cells
    warm, cpu = time.perf_counter() - wall_before, time.process_time() - cpu_before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cells": cells, "warm": warm, "cpu": cpu, "cold": cold, "peak": peak}))


def compare(persons: int, pairs: int) -> str:
    """Run every method in turn and return the Markdown report."""
    load_before = os.getloadavg()[0]
    runs: dict[str, list[dict[str, float]]] = {method: [] for method in METHODS}
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: a child starts with the peak memory of its parent.
        subprocess.run([sys.executable, __file__, "--generate", name, "--persons", str(persons)], check=True)
        for _ in range(pairs + 1):
            cells: object = None
            for method in METHODS:
                command = [sys.executable, __file__, "--one", method, "--folder", name]
                made = subprocess.run(command, capture_output=True, text=True, check=True)
                found = json.loads(made.stdout)
                if cells is not None and cells != found["cells"]:
                    raise SystemExit(f"{method} counts other cells: no time is worth printing")
                cells = found.pop("cells")
                runs[method].append(found)
    return _report(persons, pairs, load_before, runs)


def _report(persons: int, pairs: int, load_before: float, runs: dict[str, list[dict[str, float]]]) -> str:
    noisy = " (noisy: the machine was not idle)" if load_before > 1.5 else ""
    lines = [f"### {persons:,} persons, {pairs} rounds after one to warm up, load before {load_before:.1f}{noisy}", ""]
    lines += ["| method | steady s | CPU s | whole process s | peak MiB | ours / method, steady (min-median-max) |",
              "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for method, found in runs.items():
        kept = found[1:]
        mid = {key: statistics.median(run[key] for run in kept) for key in kept[0]}
        ratios = sorted(a["warm"] / b["warm"] for a, b in zip(runs["ours"][1:], kept, strict=True))
        ratio = "" if method == "ours" else f"{ratios[0]:.2f}-**{statistics.median(ratios):.2f}**-{ratios[-1]:.2f}"
        lines.append(
            f"| {method} | {mid['warm']:.3f} | {mid['cpu']:.2f} | {mid['cold']:.2f} | {mid['peak']:.0f} | {ratio} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--one", choices=METHODS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--generate", type=Path)
    arguments = parser.parse_args()
    if arguments.generate:
        generate(arguments.generate, arguments.persons)
    elif arguments.one:
        one(arguments.one, arguments.folder)
    else:
        print(compare(arguments.persons, arguments.pairs))


if __name__ == "__main__":
    main()
