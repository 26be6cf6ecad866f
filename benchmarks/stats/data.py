"""Invented data by seed, and the indicators that are counted on them."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FREEZE = dt.date(2024, 12, 31)
KINDS = ("employment", "subsidised_employment", "own_business", "internship", "labour_market_programme",
         "studies_upper_secondary", "studies_higher")  # fmt: skip
OTHERS = ("sfi", "civic_orientation", "studies_adult", "validation", "establishment_programme")
TWELVE = [(months, kinds) for months in (6, 12, 24) for kinds in (KINDS, KINDS[:3], KINDS[5:], ("sfi", "validation"))]


def generate(folder: Path, persons: int) -> None:
    """Write an invented dataset: seven spells a person, no one leaves."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute("SELECT setseed(0.42)")
    con.execute(f"""
      CREATE TABLE p AS SELECT i AS person_id, DATE '1945-01-01' + CAST(random() * 22000 AS INT) AS birth_date,
        CASE WHEN random() < 0.5 THEN 'female' ELSE 'male' END AS sex,
        DATE '2018-01-01' + CAST(random() * 2500 AS INT) AS arrived,
        printf('%04d', 2300 + CAST(random() * 289 AS INT)) AS home FROM range({persons}) t(i)""")
    con.execute(f"COPY (SELECT person_id, birth_date, sex FROM p) TO '{folder}/persons.parquet'")
    kinds = [*KINDS, *OTHERS]
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


@cache
def codes() -> Any:
    """Return the shipped code lists."""
    from matrikel_stats import read_codes

    return read_codes(ROOT / "definitions" / "codes")


def goal() -> Any:
    """Return the shipped definition of the 12-month goal."""
    return _shipped("county_goals/establishment_12_months")


def _shipped(name: str) -> Any:
    from matrikel_stats import load

    return load(ROOT / "definitions" / "indicators" / f"{name}.toml", codes())[0]


def opened(folder: Path, memory: str | None = None) -> Any:
    """Return the dataset, opened and checked."""
    from matrikel_stats import open_dataset

    return open_dataset(folder, codes=codes(), freeze=FREEZE, memory=memory)


def twelve() -> list[Any]:
    """Return twelve variants of the goal: three windows and four sets of outcomes."""
    from matrikel_stats.declared.codes import undated
    from matrikel_stats.declared.definition import Condition, Rows, Window

    whole = goal()
    return [
        replace(whole, window=Window(months=months), outcome=Condition(Rows("spells", undated(kinds))))
        for months, kinds in TWELVE
    ]


def stock() -> Any:
    """Return who is in SFI at the end of each month."""
    return replace(_shipped("yearly/in_sfi_31_december"), moment="month_end")


def long_terms() -> list[Any]:
    """Return long-term assistance, ten of twelve months, and very long-term, 27 of 36 with short breaks."""
    return [_shipped(f"assistance/assistance_{name}") for name in ("long_term", "very_long_term")]


def share(table: Any) -> list[list[object]]:
    """Return cell, n and k of the mature, sorted."""
    cells: dict[tuple[str, ...], list[int]] = {}
    for row in table.rows:
        if row.mature:
            nk = cells.setdefault(row.cell, [0, 0])
            nk[0] += row.n
            nk[1] += row.n if row.status == "outcome" else 0
    return [[*cell, *nk] for cell, nk in sorted(cells.items())]


def beside(folder: Path, name: str, make: Callable[[Path, int], None], part: int = 1) -> Path:
    """Return a folder beside the tables that `make` fills for one in `part` of as many persons, unless it is there."""
    import duckdb

    made = folder / name
    if not made.exists():
        (persons,) = duckdb.sql(f"SELECT count(*) FROM '{folder}/persons.parquet'").fetchone()  # type: ignore[misc]
        half = folder / f"{name}-{os.getpid()}"
        make(half, persons // part)
        try:
            half.rename(made)
        except OSError:
            shutil.rmtree(half)  # another method was first
    return made


def generate_months(folder: Path, persons: int) -> None:
    """Write an invented dataset of assistance: three of ten have had it, in one to three spells over six years."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute("SELECT setseed(0.42)")
    con.execute(f"""
      CREATE TABLE p AS SELECT i AS person_id, DATE '1945-01-01' + CAST(random() * 22000 AS INT) AS birth_date,
        CASE WHEN random() < 0.5 THEN 'female' ELSE 'male' END AS sex, random() < 0.3 AS poor,
        printf('%04d', 2300 + CAST(random() * 289 AS INT)) AS home FROM range({persons}) t(i)""")
    con.execute(f"COPY (SELECT person_id, birth_date, sex FROM p) TO '{folder}/persons.parquet'")
    con.execute(f"""
      COPY (SELECT person_id, 'registration' AS kind, DATE '2018-01-01' AS start_date, CAST(NULL AS DATE) AS end_date
        FROM p LIMIT 1) TO '{folder}/spells.parquet'""")
    con.execute(f"""
      COPY (WITH s AS (SELECT person_id, home, CAST(random() * 72 AS INT) AS first, CAST(random() * 24 AS INT) AS length
        FROM p, range(3) t(n) WHERE poor AND (n = 0 OR random() < 0.5))
        SELECT DISTINCT person_id, CAST(DATE '2019-01-01' + to_months(CAST(m AS INT)) AS DATE) AS month,
          home AS municipality FROM s, unnest(range(first, least(first + length, 71) + 1)) t(m)
        ORDER BY person_id, month)
      TO '{folder}/assistance_months.parquet'""")
