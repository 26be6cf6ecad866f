"""Small worlds drawn as tables in text, and indicators written inline, for specs on both engines."""

import csv
import datetime as dt
import textwrap
from pathlib import Path

from matrikel_stats import CodeLists, CountTable, Dataset, Definition, Result, load, open_dataset, read_codes, run

ROOT = Path(__file__).resolve().parents[2]
INDICATORS = ROOT / "definitions" / "indicators"
CODES: CodeLists = read_codes(ROOT / "definitions" / "codes")
ENGINES = ("reference", "duckdb")

COLUMNS = {
    "persons": ["person_id", "birth_date", "sex"],
    "spells": ["person_id", "kind", "start_date", "end_date", "result", "municipality", "unit", "category", "basis"],
    "events": [
        "person_id",
        "kind",
        "date",
        "unit",
        "municipality",
        "category",
        "to_county",
        "receiver",
        "plan",
        "outcome",
    ],
    "assistance_months": ["person_id", "month", "household_id", "amount", "municipality"],
    "attendance": ["person_id", "date", "planned", "attended"],
    "responses": ["person_id", "instrument", "item", "date", "value"],
    "populations": ["date", "population", "sex", "age", "municipality"],
}
TEXTS = """
version = 1
name = "Namn"
question = "Fråga?"
numerator = "Täljare"
denominator = "Nämnare"
owner = "Ägare"
source = "Källa"
"""


def write_world(folder: Path, drawing: str) -> Path:
    """Write a drawn world as CSV: a line with a table's name, its heading with |, then its rows."""
    tables: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in textwrap.dedent(drawing).strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if cells == [""]:
            continue
        if len(cells) == 1 and cells[0] in COLUMNS:
            rows = tables.setdefault(cells[0], [])
        else:
            rows.append(["" if cell == "-" else cell for cell in cells])
    folder.mkdir(parents=True, exist_ok=True)
    tables.setdefault("spells", [["person_id", "kind", "start_date", "end_date"]])
    for name, lines in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    return folder


def world(folder: Path, drawing: str, freeze: str = "2025-12-31") -> Dataset:
    """Return the drawn world as an opened dataset."""
    return open_dataset(write_world(folder, drawing), codes=CODES, freeze=dt.date.fromisoformat(freeze))


def indicator(folder: Path, body: str, name: str = "example") -> Definition:
    """Return a definition from its structure alone; the texts are filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(f'id = "{name}"\n{TEXTS}\n{textwrap.dedent(body)}', encoding="utf-8")
    return load(path, CODES)[0]


def both(definition: Definition, dataset: Dataset, **options: object) -> Result:
    """Run on both engines, insist that the integers and every figure are the same, and return one of them."""
    first = run(definition, dataset, engine="reference", **options)  # type: ignore[arg-type]
    second = run(definition, dataset, engine="duckdb", **options)  # type: ignore[arg-type]
    assert first.count_tables == second.count_tables
    assert first.total == second.total
    assert first.breakdowns == second.breakdowns
    return second


def statuses(table: CountTable) -> dict[str, int]:
    """Return how many ended in each status."""
    found: dict[str, int] = {}
    for row in table.rows:
        found[row.status] = found.get(row.status, 0) + row.n
    return found


def offsets(table: CountTable) -> list[tuple[int, str, int]]:
    """Return (day, status, number) in order."""
    found: dict[tuple[int, str], int] = {}
    for row in table.rows:
        found[(row.offset, row.status)] = found.get((row.offset, row.status), 0) + row.n
    return [(day, status, n) for (day, status), n in sorted(found.items())]
