"""Every kind in a package: what is given is what is read, a county is the sum of its packages, sums tell of nobody."""

import dataclasses
import datetime as dt
import json
import math
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from matrikel_stats import Cell, Definition, Result, StatsError, add, figures_of, load, protect, run
from matrikel_stats.exchange.county import together
from matrikel_stats.exchange.keys import SigningKey, new_key
from matrikel_stats.exchange.package import Area, Package, package_files, signed_message, write_package
from matrikel_stats.exchange.receive import read_package
from matrikel_stats.exchange.table import FIRST, Given
from tests.stats.test_stats_kinds_properties import BODIES
from tests.stats.worlds import CODES, INDICATORS, TEXTS, indicator, world

PLACES = {"2380": "Östersund", "2309": "Krokom", "2321": "Åre"}
BOTH = """
    kind = "composite"
    [composite]
    parts = [{ indicator = "last_score" }, { indicator = "first_score", weight = 2 }]
    """
KINDS = ["ten_of_twelve", "amount_year", "attendance_year", "last_score", "first_score", "recipients"]
KINDS += ["recipients_31_december", "stock_of_months", "both"]


def municipality(chance: random.Random, persons: int) -> str:
    """Two years of assistance, classes, answers and inhabitants of women and men, two to a household."""
    tables: dict[str, list[str]] = {
        "persons | person_id | birth_date | sex": [],
        "assistance_months | person_id | month | household_id | amount | municipality": [],
        "attendance | person_id | date | planned | attended": [],
        "responses | person_id | instrument | item | date | value": [],
        "populations | date | population | sex | age | municipality": [],
    }
    people, months, classes, answers, inhabitants = tables.values()
    for at in range(persons):
        people.append(f"p{at} | 1980-05-05 | {chance.choice('fm')}")
        first = chance.randrange(24)
        for month in range(first, min(24, first + chance.choice((4, 11, 24)))):
            day = f"{2022 + month // 12}-{month % 12 + 1:02d}"
            months.append(f"p{at} | {day} | h{at // 2} | {chance.randrange(3000, 9000)} | 2380")
        for year in (2022, 2023):
            classes.append(f"p{at} | {year}-03-03 | 40 | {chance.randrange(41)}")
            answers += [f"p{at} | A | {item} | {year}-04-04 | {chance.randrange(1, 4)}" for item in ("q1", "q2")]
    for year in (2022, 2023):
        inhabitants += [f"{year}-12-31 | {chance.randrange(400, 900)} | {sex} | 40 | 2380" for sex in "fm"]
    lines = []
    for heading, rows in tables.items():
        name, columns = heading.split(" | ", 1)
        lines += [name, columns, *rows]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> list[Definition]:
    folder = tmp_path_factory.mktemp("definitions")
    bodies = BODIES | {"both": BOTH}
    for name in KINDS:
        text = f'id = "{name}"\n{TEXTS}\nbreakdowns = [["sex"]]\n{bodies[name]}'
        (folder / f"{name}.toml").write_text("\n".join(line.strip() for line in text.splitlines()), encoding="utf-8")
    return load(folder, CODES)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory, definitions: list[Definition]) -> dict[str, list[Result]]:
    found = {}
    for at, code in enumerate(PLACES):
        folder = tmp_path_factory.mktemp(code)
        with world(folder / "data", municipality(random.Random(at), 90 + 30 * at), "2023-12-31") as data:
            found[code] = [run(each, data, by=["sex"]) for each in definitions]
    return found


@pytest.fixture(scope="module")
def packages(
    tmp_path_factory: pytest.TempPathFactory, counted: dict[str, list[Result]], definitions: list[Definition]
) -> list[Package]:
    folder = tmp_path_factory.mktemp("packages")
    found = []
    for code, results in counted.items():
        key = new_key(folder / f"{code}.key", PLACES[code])
        write_package(folder / f"{code}.zip", results, definitions, area=Area(code, PLACES[code]), key=key)
        found.append(read_package(folder / f"{code}.zip", {key.signer: key.public}, definitions))
    return found


def shown(cells: Iterator[Cell]) -> dict[tuple[str, ...], Cell]:
    return {tuple(cell.values.values()): cell for cell in cells if not cell.suppressed and cell.n}


def cells_of(total: Cell | None, breakdowns: object) -> Iterator[Cell]:
    yield from [total] if total else []
    for each in breakdowns:  # type: ignore[attr-defined]
        yield from each.cells


@pytest.mark.parametrize("name", KINDS)
def test_what_is_given_is_what_is_read_with_the_same_limits(
    name: str, counted: dict[str, list[Result]], packages: list[Package], definitions: list[Definition]
) -> None:
    definition = next(each for each in definitions if each.id == name)
    for results, package in zip(counted.values(), packages, strict=True):
        result = protect(next(each for each in results if each.indicator == name))
        read = package.indicator(definition.logic_hash)
        assert read is not None
        ours = shown(cells_of(result.total, result.breakdowns))
        theirs = shown(cells_of(read.total, read.breakdowns))
        assert theirs, "something is shown, or nothing has been tried"
        assert theirs.keys() <= ours.keys()
        for key, cell in theirs.items():
            assert (cell.n, cell.k, cell.inhabitants) == (ours[key].n, ours[key].k, ours[key].inhabitants)
            limits = [(each.value, each.low, each.high) for each in (cell, ours[key])]
            if definition.kind != "stock":
                assert limits[0] == pytest.approx(limits[1], rel=2e-3, abs=2e-3), (name, key)
            assert (cell.low is None) == (definition.kind == "stock")


@pytest.mark.parametrize("name", KINDS)
def test_a_county_is_the_sum_of_its_packages(
    name: str, counted: dict[str, list[Result]], packages: list[Package], definitions: list[Definition]
) -> None:
    """Against the count tables of the three, added up before anything is hidden."""
    definition = next(each for each in definitions if each.id == name)
    results = [next(each for each in found if each.indicator == name) for found in counted.values()]
    tables = [add(parts) for parts in zip(*(each.count_tables for each in results), strict=True)]
    whole = figures_of(definition, tables, [("sex",)])
    truth = {tuple(cell.values.values()): cell for cell in cells_of(whole.total, whole.breakdowns)}
    found = shown(cells_of(*together(packages, definition)))
    assert found
    for key, cell in found.items():
        if name != "both":
            assert (cell.n, cell.k, cell.inhabitants) == (truth[key].n, truth[key].k, truth[key].inhabitants)
        assert cell.value == pytest.approx(truth[key].value)
        if cell.k is not None or cell.inhabitants is not None:
            assert (cell.low, cell.high) == (truth[key].low, truth[key].high)


def test_the_limits_of_a_summed_mean_are_those_of_strata(
    counted: dict[str, list[Result]], packages: list[Package], definitions: list[Definition]
) -> None:
    definition = next(each for each in definitions if each.id == "last_score")
    own = [shown(cells_of(*_read(package, definition))) for package in packages]
    for key, cell in shown(cells_of(*together(packages, definition))).items():
        parts = [each[key] for each in own if key in each]
        halves = [(part.high - part.value) * part.n for part in parts]  # type: ignore[operator]
        assert cell.high is not None
        assert cell.value is not None
        assert cell.high - cell.value == pytest.approx(math.hypot(*halves) / cell.n, rel=1e-3)


def _read(package: Package, definition: Definition) -> tuple[Cell | None, object]:
    found = package.indicator(definition.logic_hash)
    assert found is not None
    return found.total, found.breakdowns


def test_a_cell_that_one_area_hides_is_hidden_in_the_county(
    packages: list[Package], definitions: list[Definition]
) -> None:
    definition = next(each for each in definitions if each.id == "recipients")
    found = packages[0].indicator(definition.logic_hash)
    assert found is not None
    at = next(row for row in found.rows if row.dims == ("period", "sex") and not row.hidden)
    gone = dataclasses.replace(at, numbers=dict.fromkeys(at.numbers), hidden=True)
    less = dataclasses.replace(found, rows=tuple(gone if row is at else row for row in found.rows))
    others = tuple(less if each is found else each for each in packages[0].indicators)
    _total, breakdowns = together([dataclasses.replace(packages[0], indicators=others), *packages[1:]], definition)
    [cell] = [cell for each in breakdowns for cell in each.cells if tuple(cell.values.values()) == at.values]
    assert cell.suppressed
    assert (cell.n, cell.value, cell.inhabitants) == (None, None, None)


def test_a_mean_of_others_needs_them_in_the_package(
    tmp_path: Path, counted: dict[str, list[Result]], definitions: list[Definition]
) -> None:
    key = new_key(tmp_path / "a.key", "A")
    alone = [each for each in counted["2380"] if each.indicator in ("both", "last_score")]
    with pytest.raises(StatsError, match="first_score are not in the package"):
        package_files(alone, definitions, area=Area("2380", "Östersund"), key=key)


def test_a_protected_mean_has_no_sums_to_give(
    tmp_path: Path, counted: dict[str, list[Result]], definitions: list[Definition]
) -> None:
    key = new_key(tmp_path / "a.key", "A")
    result = next(each for each in counted["2380"] if each.indicator == "amount_year")
    with pytest.raises(StatsError, match="before it is protected"):
        package_files([protect(result)], definitions, area=Area("2380", "Östersund"), key=key)
    given = Given(protect(result), result.count_tables)
    area = Area("2380", "Östersund")
    assert package_files([given], definitions, area=area, key=key) == package_files(
        [result], definitions, area=area, key=key
    )


def households(*amounts: int) -> str:
    """One household each with an amount in January 2024: the first half women."""
    half = len(amounts) // 2
    persons = [f"p{at} | 1980-01-01 | {'f' if at < half else 'm'}" for at in range(len(amounts))]
    months = [f"p{at} | 2024-01 | h{at} | {amount} | 2380" for at, amount in enumerate(amounts)]
    heads = ["persons", "person_id | birth_date | sex", *persons]
    return "\n".join([*heads, "assistance_months", "person_id | month | household_id | amount | municipality", *months])


def table_of(tmp_path: Path, definition: Definition, drawing: str) -> list[dict[str, object]]:
    key = new_key(tmp_path / "a.key", "A")
    with world(tmp_path / "data", drawing, "2024-12-31") as data:
        result = run(definition, data, by=["sex"])
    files = package_files([result], [definition], area=Area("2380", "Östersund"), key=key)
    table = json.loads(files[f"tables/{definition.id}.json"])
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


AMOUNT = 'kind = "amount"\nbreakdowns = [["sex"]]\n[amount]\n'


def test_one_household_is_never_half_of_a_sum(tmp_path: Path) -> None:
    """Twelve women with 1 000 and twelve men, one of whom got 50 000: his sum is not there, nor what gives it away."""
    uneven = [1000] * 23 + [50000]
    rows = table_of(tmp_path, indicator(tmp_path / "d", AMOUNT, "one"), households(*uneven))
    assert {row["breakdown"] for row in rows} <= {"period", "period+sex"}
    assert all(row["hidden"] and row["sum"] is None for row in rows)


def test_one_uneven_part_takes_the_others_with_it(tmp_path: Path) -> None:
    """Of 129 000 in all no household has half; of the men's 79 000 one has 50 000, and the women's would tell it."""
    rows = table_of(tmp_path, indicator(tmp_path / "d", AMOUNT, "one"), households(*[1000] * 79, 50000))
    told = {str(row["breakdown"]): row for row in rows}
    assert told["period"]["sum"] == 12_900_000
    assert told["period"]["weight"] == 80
    assert [row["sum"] for row in rows if row["breakdown"] == "period+sex"] in ([], [None, None])


def test_even_parts_are_told_in_ore_and_months(tmp_path: Path) -> None:
    """Ten women with 1 000 and 3 000 by turns: 20 000 kr; the error of the sum is √(10/9 · 10 · 1 000²) kr."""
    rows = table_of(tmp_path, indicator(tmp_path / "d", AMOUNT, "one"), households(*[1000, 3000] * 10))
    women = next(row for row in rows if row.get("sex") == "female")
    assert (women["n"], women["weight"], women["sum"]) == (10, 10, 2_000_000)
    assert women["error"] == round(100 * math.sqrt(10 / 9 * 10 * 100_000**2))
    assert rows[0]["sum"] == 4_000_000


def test_waits_come_with_limits_by_the_normal_approximation(tmp_path: Path) -> None:
    """Waits of 6, 12, 18, 24, 30 and 40, 50, 60, 70, 80 days: mean 39, and 1.96 · 25.32 / √10 = 15.69 beside it."""
    waits = (6, 12, 18, 24, 30, 40, 50, 60, 70, 80)
    definition = next(each for each in load(INDICATORS, CODES) if each.id == "sfi_wait")
    persons = ["persons", "person_id | birth_date | sex"] + [f"p{at} | 1980-01-01 | f" for at in range(10)]
    began = [dt.date(2020, 3, 1) + dt.timedelta(days=wait) for wait in waits]
    spells = ["spells", "person_id | kind | start_date | end_date | municipality"]
    spells += [f"p{at} | registration | 2020-03-01 | - | 2380" for at in range(10)]
    spells += [f"p{at} | sfi | {began[at]} | - | 2380" for at in range(10)]
    events = ["events", "person_id | kind | date", *(f"p{at} | sfi_application | 2020-03-01" for at in range(10))]
    key = new_key(tmp_path / "a.key", "A")
    with world(tmp_path / "data", "\n".join([*persons, *spells, *events])) as data:
        write_package(
            tmp_path / "a.zip", [run(definition, data)], [definition], area=Area("2380", "Östersund"), key=key
        )
    [found] = read_package(tmp_path / "a.zip", {key.signer: key.public}, [definition]).indicators
    assert found.total is not None
    assert (found.total.n, found.total.value) == (10, 39)
    assert found.total.low == pytest.approx(39 - 15.69, abs=0.01)
    assert found.total.high == pytest.approx(39 + 15.69, abs=0.01)
    assert found.total.median is None, "a median is no sum"


def first_format(files: dict[str, bytes], key: SigningKey) -> dict[str, bytes]:
    """The package as programs of format 1 wrote it: without the later columns."""
    import hashlib
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    old = {}
    for name in [name for name in files if name.startswith("tables/") and name.endswith(".json")]:
        table = json.loads(files[name])
        keep = [
            at for at, column in enumerate(table["columns"]) if column not in ("inhabitants", "weight", "sum", "error")
        ]
        table = {
            "columns": [table["columns"][at] for at in keep],
            "rows": [[row[at] for at in keep] for row in table["rows"]],
        }
        old[name] = json.dumps(table).encode()
        columns = dict(zip(table["columns"], zip(*table["rows"], strict=True), strict=True))
        types = dict.fromkeys(FIRST, pa.int64()) | {"hidden": pa.bool_()}
        stream = io.BytesIO()
        pq.write_table(
            pa.table({name: pa.array(of, types.get(name, pa.string())) for name, of in columns.items()}), stream
        )
        old[name.replace(".json", ".parquet")] = stream.getvalue()
    old["csvw-metadata.json"] = files["csvw-metadata.json"]
    listed = {name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in old.items()}
    manifest = json.dumps(json.loads(files["manifest.json"]) | {"format_version": 1, "files": listed}).encode()
    signed = json.loads(files["signature.json"]) | {
        "format_version": 1,
        "signature": key.sign(signed_message(manifest, 1)),
    }
    return old | {"manifest.json": manifest, "signature.json": json.dumps(signed).encode()}


def test_a_package_of_the_first_format_is_still_read(
    tmp_path: Path, counted: dict[str, list[Result]], definitions: list[Definition]
) -> None:
    key = new_key(tmp_path / "a.key", "A")
    results = [each for each in counted["2380"] if each.indicator == "ten_of_twelve"]
    files = package_files(results, definitions, area=Area("2380", "Östersund"), key=key)
    paths = tmp_path / "old.zip", tmp_path / "new.zip"
    for path, content in zip(paths, (first_format(files, key), files), strict=True):
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in content.items():
                archive.writestr(name, data)
    old, new = (read_package(path, {key.signer: key.public}, definitions) for path in paths)
    assert [each.breakdowns for each in old.indicators] == [each.breakdowns for each in new.indicators]
