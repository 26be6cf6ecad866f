"""Every job: what is timed, against whom, and the goal. A method takes the folder and returns what is timed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import peers
from .data import FREEZE, ROOT, TWELVE, generate_months, goal, long_terms, opened, share, stock, twelve

Work = Callable[[], object]
DIMS = ("municipality", "sex")
CELLS = ("municipality", "sex", "age_band", "year")


@dataclass(frozen=True)
class Job:
    """One row of the table of goals. `goals` are ratios, ours to the peer's; what a method returns must be alike."""

    title: str
    ours: str
    methods: Mapping[str, Callable[[Path], Work]]
    goals: Mapping[str, float]
    note: str = ""
    needs_server: bool = False


def _question(definition: Any, dims: tuple[str, ...] = DIMS, offsets: bool = False) -> Any:
    from matrikel_stats.question import question_for

    return question_for(definition, FREEZE, None, dims, offsets)


def _share(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder)
    return lambda: share(count(definition, dataset, _question(definition)))


def _share_within(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder, memory="400MB")
    return lambda: share(count(definition, dataset, _question(definition)))


def _whole(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder)
    return lambda: share(count(definition, dataset, _question(definition, offsets=True)))


COLD_OURS = """
import sys; from pathlib import Path
from benchmarks.stats.jobs import _share
print(len(_share(Path(sys.argv[1]))()))
"""
COLD_SCRIPT = """
import sys; from pathlib import Path
from benchmarks.stats.peers import by_hand
print(len(by_hand(Path(sys.argv[1]))()))
"""


def _cold(script: str) -> Callable[[Path], Work]:
    def prepared(folder: Path) -> Work:
        command = [sys.executable, "-c", script, str(folder)]
        return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    return prepared


def _twelve_from_layer(folder: Path) -> Work:
    from matrikel_stats import count
    from matrikel_stats.layer.prepare import prepare

    os.environ["MATRIKEL_STATS_CACHE"] = "off"
    dataset, asked = opened(folder), [(each, _question(each)) for each in twelve()]

    def work() -> object:
        dataset.layers = ()
        prepare(asked, dataset)
        return [share(count(definition, dataset, question)) for definition, question in asked]

    return work


def _twelve_direct(folder: Path) -> Work:
    from matrikel_stats import count

    dataset, asked = opened(folder), [(each, _question(each)) for each in twelve()]
    return lambda: [share(count(definition, dataset, question)) for definition, question in asked]


def _twelve_polars(folder: Path) -> Work:
    return lambda: [peers.polars_share(folder, months, kinds) for months, kinds in TWELVE]


def _layer(folder: Path) -> tuple[Any, Any, Any]:
    from matrikel_stats.layer.prepare import prepare

    dataset, definition = opened(folder), goal()
    (layer,) = prepare([(definition, _question(definition))], dataset, 1)
    return dataset, definition, layer


def _one_from_layer(folder: Path) -> Work:
    from matrikel_stats.layer.count import count

    _, definition, layer = _layer(folder)
    return lambda: share(count(layer, definition, _question(definition)))


def _layer_as_columns(folder: Path) -> tuple[Any, Any]:
    """Return the layer's outcome columns and what one indicator needs besides, as Polars and numpy would have them."""
    import numpy as np

    from matrikel_stats.layer.count import _frame
    from matrikel_stats.layer.spec import columns_of

    _, definition, layer = _layer(folder)
    frame = _frame(layer, definition, _question(definition))
    columns = {f"c{n}": layer.column(column) for n, column in enumerate(columns_of(definition.outcome))}
    inside = frame.key < len(frame.place)
    place = np.where(inside, np.append(frame.place, 0)[frame.key], 0)
    cell = np.where(inside & (place % 2 == 1), place // 2, -1).astype(np.int32)
    return {"cell": cell, "until": frame.until, **columns}, frame.cells


def _layer_polars(folder: Path) -> Work:
    import polars as pl

    columns, cells = _layer_as_columns(folder)
    table = pl.DataFrame(columns)
    days = [name for name in columns if name.startswith("c") and name != "cell"]

    def work() -> object:
        found = (
            table.lazy()
            .filter(pl.col("cell") >= 0)
            .group_by("cell")
            .agg(n=pl.len(), k=(pl.min_horizontal(days) <= pl.col("until")).sum())
            .sort("cell")
            .collect(engine="streaming")
        )
        return [[*cells[cell], n, k] for cell, n, k in found.rows()]

    return work


def _layer_read(folder: Path) -> Work:
    columns, _ = _layer_as_columns(folder)
    return lambda: [int(values.sum()) for values in columns.values()] and None


def _count_table(folder: Path) -> Any:
    from matrikel_stats import count

    definition, dataset = _in_narrow_bands(), opened(folder)
    return count(definition, dataset, _question(definition, CELLS, offsets=True))


def _in_narrow_bands() -> Any:
    """Return the goal with four ages a band: 48 720 groups by municipality, sex, band and year."""
    return replace(goal(), age_bands=tuple((age, age + 3) for age in range(20, 65, 4)))


def _curves(folder: Path) -> Work:
    from matrikel_stats.estimates.incidence import incidences

    table = _count_table(folder)

    def work() -> object:
        ends = incidences(list(table.cells(CELLS).values())).ends()
        known = [(end.value, end.low, end.high) for end in ends if end is not None and end.low is not None]
        return [len(ends), len(known), *(round(sum(column), 6) for column in zip(*known, strict=True))]

    return work


def _figures(folder: Path) -> Work:
    from matrikel_stats import cells_of

    definition, table = _in_narrow_bands(), _count_table(folder)
    return lambda: len(cells_of(definition, [table], CELLS)) and None


def _curves_polars(folder: Path) -> Work:
    import polars as pl

    rows = _count_table(folder).rows
    cells = {cell: place for place, cell in enumerate(sorted({row.cell for row in rows}))}
    columns = [(cells[row.cell], row.offset, row.status, row.n) for row in rows]
    table = pl.DataFrame(columns, ["cell", "offset", "status", "n"], orient="row")
    return lambda: peers.polars_curves(table)


def _curves_lifelines(folder: Path) -> Work:
    """Fit three hundred groups and scale the time to all; the time of one call is returned by the runner as it is."""
    import numpy as np
    from lifelines import KaplanMeierFitter

    cells = _count_table(folder).cells(CELLS)
    some = list(cells.values())[:: max(1, len(cells) // 300)][:300]
    persons = [
        (
            np.repeat([row.offset for row in rows], [row.n for row in rows]),
            np.repeat([row.status == "outcome" for row in rows], [row.n for row in rows]),
        )
        for rows in some
    ]

    def work() -> object:
        for days, reached in persons:
            KaplanMeierFitter().fit(days, reached).predict(365)
        return None

    work.scale = len(cells) / len(some)  # type: ignore[attr-defined]
    return work


def _stock(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = stock(), opened(folder)
    question = _question(definition, ("sex",))
    return lambda: [[*row.cell, row.n] for row in count(definition, dataset, question).rows]


def _stock_exploded(folder: Path) -> Work:
    work = peers.by_hand(folder, peers.EXPLODED)
    return lambda: [[f"{month:%Y-%m}", sex, n] for month, sex, n in work()]


def _months(folder: Path) -> Path:
    """Return the folder of months of assistance, made where it is missing, as large as the other."""
    import duckdb

    made = folder / "months"
    if not made.exists():
        (persons,) = duckdb.sql(f"SELECT count(*) FROM '{folder}/persons.parquet'").fetchone()  # type: ignore[misc]
        half = folder / f"months-{os.getpid()}"
        generate_months(half, persons)
        try:
            half.rename(made)
        except OSError:
            shutil.rmtree(half)  # another method was first
    return made


def _long(folder: Path) -> Work:
    from matrikel_stats import count

    dataset, definitions = opened(_months(folder)), long_terms()
    return lambda: [share(count(each, dataset, _question(each, ("sex",)))) for each in definitions]


def _long_exploded(folder: Path) -> Work:
    place = _months(folder)
    rules = ((12, 10, 12), (36, 27, 2))
    works = [peers.by_hand(place, peers.LONG, of=of, least=least, longest=longest) for of, least, longest in rules]
    return lambda: [work() for work in works]


def _server(folder: Path) -> str:
    """Put the tables in PostgreSQL once, with the keys and indexes such a database has."""
    import duckdb
    import psycopg

    url = os.environ["MATRIKEL_OWNER_DATABASE"]
    with psycopg.connect(url, autocommit=True) as con:
        con.execute("SELECT pg_advisory_lock(1)")  # the methods begin at once
        there = con.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'spells'")
        if not there.fetchone()[0]:  # type: ignore[index]
            for table, columns, key in (
                ("persons", "person_id bigint, birth_date date, sex text", "UNIQUE"),
                ("spells", "person_id bigint, kind text, start_date date, end_date date, municipality text", ""),
            ):
                con.execute(f"CREATE TABLE {table} ({columns})")
                path = folder / f"{table}.csv"
                duckdb.sql(f"COPY (SELECT * FROM '{folder}/{table}.parquet') TO '{path}' (HEADER false)")
                with con.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy, path.open("rb") as file:
                    while block := file.read(1 << 20):
                        copy.write(block)
                path.unlink()
                con.execute(f"CREATE {key} INDEX ON {table} (person_id)")
                con.execute(f"ANALYZE {table}")
    return url


def _in_server(folder: Path) -> Work:
    from matrikel_stats import count, open_database, read_codes

    definition = goal()
    database = open_database(_server(folder), codes=read_codes(ROOT / "definitions" / "codes"), freeze=FREEZE)
    return lambda: share(count(definition, database, _question(definition)))


def _rows_scanned(folder: Path) -> Work:
    from matrikel_stats.data.pulled import attached

    con, _ = attached(_server(folder), "server")
    return lambda: con.execute("SELECT * FROM server.public.spells").to_arrow_table().num_rows


def _rows_by_adbc(folder: Path) -> Work:
    from adbc_driver_postgresql import dbapi

    con = dbapi.connect(_server(folder))

    def work() -> object:
        with con.cursor() as cursor:
            cursor.execute("SELECT * FROM spells")
            return cursor.fetch_arrow_table().num_rows

    return work


def _rows_by_psycopg(folder: Path) -> Work:
    import psycopg

    con = psycopg.connect(_server(folder), autocommit=True)
    return lambda: len(con.execute("SELECT * FROM spells").fetchall())


def _by_hand_in_server(text: str) -> Callable[[Path], Work]:
    def prepared(folder: Path) -> Work:
        import psycopg

        con = psycopg.connect(_server(folder), autocommit=True)
        return lambda: [list(row) for row in con.execute(peers.in_postgresql(text)).fetchall()]

    return prepared


JOBS: dict[str, Job] = {
    "share": Job(
        "One share, direct from Parquet, steady",
        "share",
        {
            "share": _share,
            "with every day": _whole,
            "DuckDB by hand": lambda folder: peers.by_hand(folder),
            "DuckDB by hand, semi-join": lambda folder: peers.by_hand(folder, peers.SEMI),
            "Polars streaming": lambda folder: lambda: peers.polars_share(folder),
            "pandas": lambda folder: lambda: peers.pandas_share(folder),
        },
        {"DuckDB by hand": 1.10, "Polars streaming": 1.05, "pandas": 0.35},
    ),
    "memory": Job(
        "The same share within 400 MB",
        "400 MB",
        {"400 MB": _share_within, "no limit": _share},
        {"no limit": 1.6},
        "The limit is DuckDB's: the peak also holds Python and what is being read.",
    ),
    "cold": Job(
        "Cold command, compiled SQL cached",
        "command",
        {"command": _cold(COLD_OURS), "plain DuckDB script": _cold(COLD_SCRIPT)},
        {"plain DuckDB script": 1.2},
        "Whole processes; CPU and memory are those of the process that starts them and say nothing.",
    ),
    "twelve": Job(
        "Twelve indicators, the layer built in the time",
        "layer",
        {"layer": _twelve_from_layer, "one by one": _twelve_direct, "Polars one by one": _twelve_polars},
        {"Polars one by one": 0.3},
    ),
    "layer": Job(
        "One indicator from the layer",
        "layer",
        {"layer": _one_from_layer, "Polars on the same columns": _layer_polars, "reading the bytes": _layer_read},
        {"Polars on the same columns": 0.8, "reading the bytes": 3},
        "Second and later indicators of a cohort; peers get cell and last day ready made, as the layer's frame has.",
    ),
    "curves": Job(
        "Aalen-Johansen with limits for every group, from the count table",
        "curves",
        {
            "curves": _curves,
            "every figure of every cell": _figures,
            "lifelines, scaled": _curves_lifelines,
            "Polars on the same table": _curves_polars,
        },
        {"lifelines, scaled": 0.001, "Polars on the same table": 0.7},
        "48 720 groups, from the rows of the count table. lifelines fits Kaplan-Meier in 300 groups, its time scaled to"
        " all; Polars gets the table as columns, its cells already numbers.",
    ),
    "stock": Job(
        "Monthly stock",
        "stock",
        {"stock": _stock, "explode and count in DuckDB": _stock_exploded},
        {"explode and count in DuckDB": 0.35},
    ),
    "long": Job(
        "Ten of twelve months, and 27 of 36 with breaks",
        "long-term",
        {"long-term": _long, "explode to windows in DuckDB": _long_exploded},
        {"explode to windows in DuckDB": 0.15},
        "From a table of months, as the engine takes them; the peer explodes each to the years whose windows hold it.",
    ),
    "postgresql": Job(
        "The same declaration in PostgreSQL",
        "declaration",
        {
            "declaration": _in_server,
            "SQL by hand": _by_hand_in_server(peers.SHARE),
            "SQL by hand, semi-join": _by_hand_in_server(peers.SEMI),
        },
        {"SQL by hand": 1.10},
        "CPU is that of the client.",
        needs_server=True,
    ),
    "rows": Job(
        "Rows from PostgreSQL to Arrow",
        "pulled",
        {"pulled": _rows_scanned, "ADBC": _rows_by_adbc, "psycopg, tuples": _rows_by_psycopg},
        {"ADBC": 0.65},
        "All spells, seven a person. CPU is that of the client.",
        needs_server=True,
    ),
}
