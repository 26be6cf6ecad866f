"""The same questions by hand: DuckDB SQL, Polars, pandas. Written as their users would, and no slower than need be."""

from pathlib import Path
from typing import Any

from .data import FREEZE, KINDS

SHARE = """
WITH person AS (
  SELECT person_id, sex, birth_date,
         year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS b FROM {persons}),
first AS (
  SELECT person_id, municipality, min(start_date) AS a FROM {spells}
  WHERE kind = 'registration' AND start_date <= DATE '{freeze}' GROUP BY 1, 2),
cohort AS (
  SELECT first.*, sex, CAST(a + INTERVAL '12 MONTH' AS DATE) AS h FROM first JOIN person USING (person_id)
  WHERE year(a) * 10000 + month(a) * 100 + day(a) - b BETWEEN 200000 AND 649999
    AND a + INTERVAL '12 MONTH' <= DATE '{freeze}' + INTERVAL '1 DAY'),
met AS (
  SELECT cohort.person_id, a, min(greatest(s.start_date, a)) AS f
  FROM cohort JOIN {spells} s ON s.person_id = cohort.person_id
  WHERE s.kind IN {kinds} AND s.start_date < h AND coalesce(s.end_date, DATE '9999-12-31') >= a
  GROUP BY 1, 2)
SELECT municipality, sex, count(*) AS n, count(f) AS k
FROM cohort LEFT JOIN met USING (person_id, a) GROUP BY 1, 2 ORDER BY 1, 2
"""
SEMI = (
    SHARE[: SHARE.index("met AS")]
    + """
n AS (SELECT municipality, sex, count(*) AS n FROM cohort GROUP BY 1, 2),
k AS (
  SELECT municipality, sex, count(*) AS k FROM cohort
  WHERE EXISTS (SELECT 1 FROM {spells} s WHERE s.person_id = cohort.person_id AND s.kind IN {kinds}
                AND s.start_date < h AND coalesce(s.end_date, DATE '9999-12-31') >= a)
  GROUP BY 1, 2)
SELECT municipality, sex, n, coalesce(k, 0) FROM n LEFT JOIN k USING (municipality, sex) ORDER BY 1, 2
"""
)
# Sums, since DuckDB knows the least and the greatest without reading.
SCAN = """
SELECT sum(person_id), sum(start_date - DATE '1970-01-01'), sum(end_date - DATE '1970-01-01'), sum(len(municipality))
FROM {spells} WHERE list_contains(list_append({kinds_list}, 'registration'), kind)
UNION ALL SELECT sum(person_id), sum(birth_date - DATE '1970-01-01'), 0, sum(len(sex)) FROM {persons}
"""
IN_POSTGRESQL = "extract({part} FROM {of})"
EXPLODED = """
SELECT month, sex, count(DISTINCT person_id) FROM (
  SELECT person_id, unnest(generate_series(date_trunc('month', start_date),
    least(coalesce(end_date, DATE '{freeze}'), DATE '{freeze}'), INTERVAL 1 MONTH)) AS month, end_date
  FROM '{folder}/spells.parquet' WHERE kind = 'sfi' AND start_date <= DATE '{freeze}')
JOIN '{folder}/persons.parquet' USING (person_id)
WHERE last_day(month) <= least(coalesce(end_date, DATE '{freeze}'), DATE '{freeze}')
GROUP BY 1, 2 ORDER BY 1, 2
"""

LONG = """
WITH months AS (
  SELECT DISTINCT person_id, year(month) * 12 + month(month) - 1 AS i FROM '{folder}/assistance_months.parquet'
  WHERE month <= DATE '{freeze}'),
windows AS (SELECT person_id, i, unnest(range(i // 12, (i + {of} - 12) // 12 + 1)) AS y FROM months),
gaps AS (
  SELECT person_id, y, i // 12 = y AS here, i - lag(i) OVER (PARTITION BY person_id, y ORDER BY i) - 1 AS gap
  FROM windows WHERE y * 12 + 12 - {of} >= (SELECT min(i) FROM months)),
years AS (
  SELECT person_id, y, count(*) AS months, coalesce(max(gap), 0) AS longest FROM gaps
  GROUP BY 1, 2 HAVING bool_or(here))
SELECT CAST(y AS VARCHAR), sex, count(*), count(*) FILTER (WHERE months >= {least} AND longest <= {longest})
FROM years JOIN '{folder}/persons.parquet' USING (person_id)
WHERE y - year(birth_date) >= 18 AND y <= year(DATE '{freeze}') GROUP BY 1, 2 ORDER BY 1, 2
"""


def by_hand(folder: Path, text: str = SHARE, **words: int) -> Any:
    """Return the share in SQL written for this one question."""
    import duckdb

    con = duckdb.connect()
    places = {"persons": f"'{folder}/persons.parquet'", "spells": f"'{folder}/spells.parquet'"}
    sql = text.format(folder=folder, freeze=FREEZE, kinds=KINDS, kinds_list=list(KINDS), **places, **words)
    return lambda: [list(row) for row in con.execute(sql).fetchall()]


def in_postgresql(text: str) -> str:
    """Return hand-written SQL for PostgreSQL, which takes parts of a day in other words."""
    for part in ("year", "month", "day"):
        for of in ("birth_date", "a"):
            text = text.replace(f"{part}({of})", IN_POSTGRESQL.format(part=part, of=of))
    return text.format(freeze=FREEZE, kinds=KINDS, persons="persons", spells="spells")


def polars_share(folder: Path, months: int = 12, kinds: tuple[str, ...] = KINDS) -> list[list[object]]:
    """Return the share by Polars' streaming engine."""
    import polars as pl

    persons = pl.scan_parquet(folder / "persons.parquet")
    spells = pl.scan_parquet(folder / "spells.parquet")

    def number(column: str) -> pl.Expr:
        day = pl.col(column).dt
        return day.year() * 10000 + day.month().cast(pl.Int32) * 100 + day.day().cast(pl.Int32)

    home = spells.filter((pl.col("kind") == "registration") & (pl.col("start_date") <= FREEZE))
    first = home.group_by("person_id", "municipality").agg(a=pl.col("start_date").min())
    cohort = first.join(persons, on="person_id").with_columns(h=pl.col("a").dt.offset_by(f"{months}mo"))
    cohort = cohort.filter(
        (number("a") - number("birth_date")).is_between(200000, 649999)
        & (pl.col("h") <= pl.lit(FREEZE).dt.offset_by("1d"))
    )
    wanted = spells.filter(pl.col("kind").is_in(kinds)).select("person_id", "start_date", "end_date")
    pairs = cohort.select("person_id", "a", "h").join(wanted, on="person_id")
    pairs = pairs.filter(
        (pl.col("start_date") < pl.col("h")) & (pl.col("end_date").is_null() | (pl.col("end_date") >= pl.col("a")))
    )
    met = pairs.group_by("person_id", "a").agg(f=pl.col("start_date").min())
    joined = cohort.join(met, on=["person_id", "a"], how="left")
    found = joined.group_by("municipality", "sex").agg(n=pl.len(), k=pl.col("f").count()).sort("municipality", "sex")
    return [list(row) for row in found.collect(engine="streaming").rows()]


def pandas_share(folder: Path) -> list[list[object]]:
    """Return the share in pandas."""
    import pandas as pd

    persons, spells = (pd.read_parquet(folder / f"{name}.parquet") for name in ("persons", "spells"))
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


def polars_curves(table: Any) -> Any:
    """Return the Aalen-Johansen share of every cell and its limits, null where it has none, in Polars."""
    import polars as pl

    of = pl.col("n")
    left = pl.col("status").is_in(["died", "left_inside", "left_outside"])
    days = table.lazy().group_by("cell", "offset").agg(
        d=of.filter(pl.col("status") == "outcome").sum(), e=of.filter((pl.col("status") == "outcome") | left).sum(),
        all=of.sum(),
    )  # fmt: skip
    days = days.sort("cell", "offset").with_columns(r=pl.col("all").cum_sum(reverse=True).over("cell"))
    days = days.with_columns(after=(1 - pl.col("e") / pl.col("r")).cum_prod().over("cell"))
    days = days.with_columns(free=pl.col("after").shift(1, fill_value=1.0).over("cell"))
    days = days.with_columns(so_far=(pl.col("free") * pl.col("d") / pl.col("r")).cum_sum().over("cell"))
    days = days.with_columns(rest=pl.col("so_far").last().over("cell") - pl.col("so_far"))
    d, e, r, free, rest = (pl.col(name) for name in ("d", "e", "r", "free", "rest"))
    between = pl.when(e < r).then(rest * rest * e / (r * (r - e))).otherwise(0.0)
    variance = between + free * free * d * (r - d) / r.cast(pl.Float64) ** 3 - 2 * rest * free * d / (r * r)
    ends = days.group_by("cell").agg(share=pl.col("so_far").last(), variance=variance.sum())
    share = pl.when(pl.col("share") > 1 - 1e-9).then(1.0).otherwise(pl.col("share"))
    known = (pl.col("share") > 0) & (pl.col("share") < 1) & (pl.col("variance") > 0)
    spread = 1.959963984540054 * pl.col("variance").sqrt() / (pl.col("share") * pl.col("share").log())
    low, high = (pl.when(known).then(pl.col("share") ** side.exp()) for side in (-spread, spread))
    return ends.with_columns(share=share).select("share", low=low, high=high).collect()
