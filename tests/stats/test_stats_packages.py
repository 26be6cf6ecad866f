"""Packages: what a municipality gives is what another reads, and every way of spoiling one is told."""

import base64
import dataclasses
import datetime as dt
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from matrikel_stats import Definition, Result, StatsError, compare, load, open_dataset, protect, run
from matrikel_stats.exchange.checks import faults
from matrikel_stats.exchange.county import parts_from
from matrikel_stats.exchange.figures import figures_from
from matrikel_stats.exchange.keys import SigningKey, is_signed, new_key, read_key, read_trust, trust_line
from matrikel_stats.exchange.package import Area, package_files, signed_message, write_package
from matrikel_stats.exchange.receive import read_package
from matrikel_stats.exchange.table import NUMBERS, Given, PackageRow, from_plain, rows_of, to_plain
from tests.stats.worlds import CODES, INDICATORS, write_world

HOME = Area("2380", "Östersund")


def drawing() -> str:
    """40 women of whom 22 work, 30 men of whom 6 work, three of unknown sex, one registered too late."""
    persons = ["persons", "person_id | birth_date | sex"]
    spells = ["spells", "person_id | kind | start_date | end_date | municipality"]
    events = ["events", "person_id | kind | date"]
    for at in range(74):
        name = f"p{at}"
        sex = "f" if at < 40 else "m" if at < 70 else "-"
        persons.append(f"{name} | 1980-01-01 | {sex}")
        start = "2020-03-01" if at < 73 else "2021-11-01"
        spells.append(f"{name} | registration | {start} | - | 2380")
        events.append(f"{name} | sfi_application | {start}")
        if at < 22 or 40 <= at < 46:
            spells.append(f"{name} | employment | 2020-0{4 + at % 5}-01 | - | -")
        if at % 2:
            spells.append(f"{name} | sfi | 2020-0{4 + at % 3}-11 | - | -")
    return "\n".join([*persons, *spells, *events])


@pytest.fixture(scope="module")
def definitions() -> list[Definition]:
    return load(INDICATORS, CODES)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, definitions: list[Definition]) -> list[Result]:
    folder = write_world(tmp_path_factory.mktemp("world") / "data", drawing())
    found = []
    with open_dataset(folder, codes=CODES, freeze=dt.date(2022, 1, 31)) as data:
        for definition in definitions:
            if (
                definition.id in {"establishment_12_months", "sfi_waiting", "registered_by_year"}
                or "sfi" in definition.id
            ):
                found.append(run(definition, data))
    assert {each.kind for each in found} == {"reached", "duration", "stock"}
    return found


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return new_key(tmp_path / "own.key", "Östersunds kommun")


@pytest.fixture
def package(tmp_path: Path, results: list[Result], definitions: list[Definition], key: SigningKey) -> Path:
    path = tmp_path / "ostersund.zip"
    write_package(path, results, definitions, area=HOME, key=key)
    return path


def goal(definitions: list[Definition]) -> Definition:
    return next(each for each in definitions if each.id == "establishment_12_months")


def test_what_is_given_is_what_is_read(
    package: Path, key: SigningKey, results: list[Result], definitions: list[Definition]
) -> None:
    found = read_package(package, {key.signer: key.public}, definitions)
    assert (found.area, found.signer, str(found.freeze), found.left_out) == (HOME, key.signer, "2022-01-31", ())
    assert len(found.indicators) == len(results)
    for result, indicator in zip(results, found.indicators, strict=True):
        shown = protect(result)
        kept = [each for each in shown.breakdowns if not each.withheld and each.cells]
        assert [each.dimensions for each in indicator.breakdowns] == [each.dimensions for each in kept]
        if shown.total is None:
            assert indicator.total is None
            continue
        assert indicator.total is not None
        for name in ("n", "k", "value", "low", "high", "not_mature", "left_before", "open", "suppressed"):
            # The error of a mean comes in hundredths.
            exact = 1e-3 if name in ("low", "high") and result.kind == "duration" else 1e-12
            there = pytest.approx(getattr(shown.total, name), abs=exact)
            assert getattr(indicator.total, name) == there, (result.indicator, name)
        assert indicator.total.limits == shown.total.limits


def test_a_package_holds_no_person_no_day_and_no_small_number(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {
            "manifest.json", "signature.json", "csvw-metadata.json", "tables",
        }  # fmt: skip
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "ignore")
            assert '"p1"' not in text
            if name.startswith("tables/") and name.endswith(".json"):
                table = json.loads(text)
                places = [table["columns"].index(column) for column in ("n", "k", "not_mature", "open")]
                numbers = [row[place] for row in table["rows"] for place in places]
                assert not [number for number in numbers if number in (1, 2, 3, 4)]
                assert "offset" not in table["columns"]


def test_both_forms_hold_the_same_and_are_described(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        described = {
            each["url"]: each["tableSchema"] for each in json.loads(archive.read("csvw-metadata.json"))["tables"]
        }
        tables = [name for name in archive.namelist() if name.startswith("tables/")]
        assert sorted(described) == sorted(tables)
        for name in tables:
            columns = [each["name"] for each in described[name]["columns"]]
            if name.endswith(".parquet"):
                table = pq.read_table(io.BytesIO(archive.read(name)))
                plain = json.loads(archive.read(name.replace(".parquet", ".json")))
                assert table.column_names == columns == plain["columns"]
                assert [list(row.values()) for row in table.to_pylist()] == plain["rows"]


def test_the_same_figures_give_the_same_bytes(
    results: list[Result], definitions: list[Definition], key: SigningKey
) -> None:
    assert package_files(results, definitions, area=HOME, key=key) == package_files(
        results, definitions, area=HOME, key=key
    )


def test_a_folder_does_as_well_as_a_file(
    tmp_path: Path, package: Path, results: list[Result], definitions: list[Definition], key: SigningKey
) -> None:
    folder = tmp_path / "as_folder"
    write_package(folder, results, definitions, area=HOME, key=key)
    trust = {key.signer: key.public}
    assert read_package(folder, trust, definitions) == read_package(package, trust, definitions)
    with pytest.raises(StatsError, match="nothing is written over"):
        write_package(folder, results, definitions, area=HOME, key=key)


def changed_catalogue(tmp_path: Path, change: Callable[[str], str]) -> list[Definition]:
    folder = tmp_path / "catalogue"
    shutil.copytree(INDICATORS, folder)
    path = folder / "county_goals" / "establishment_12_months.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return load(folder, CODES)


def test_correcting_a_text_changes_no_figure_and_breaks_no_signature(
    tmp_path: Path, package: Path, key: SigningKey, results: list[Result], definitions: list[Definition]
) -> None:
    name = goal(definitions).text("sv").name
    corrected = changed_catalogue(tmp_path, lambda text: text.replace(name, f"{name}, rättad"))
    before, after = goal(definitions), goal(corrected)
    assert before.text_hash != after.text_hash
    assert before.logic_hash == after.logic_hash
    trust = {key.signer: key.public}
    assert read_package(package, trust, corrected) == read_package(package, trust, definitions)
    again = [
        dataclasses.replace(each, text_hash=after.text_hash) if each.logic_hash == after.logic_hash else each
        for each in results
    ]
    one, other = (
        {name: data for name, data in package_files(found, own, area=HOME, key=key).items() if "tables/" in name}
        for found, own in ((results, definitions), (again, corrected))
    )
    assert one == other


def test_a_translation_changes_no_figure_and_breaks_no_signature(
    tmp_path: Path, package: Path, key: SigningKey, definitions: list[Definition]
) -> None:
    folder = tmp_path / "untranslated"
    shutil.copytree(INDICATORS, folder, ignore=lambda _, names: [name for name in names if name.endswith(".en.toml")])
    bare = load(folder, CODES)
    assert "en" not in goal(bare).texts
    assert "en" in goal(definitions).texts
    trust = {key.signer: key.public}
    assert read_package(package, trust, bare) == read_package(package, trust, definitions)


def test_another_logic_is_refused_and_an_unknown_indicator_left_out(
    tmp_path: Path, package: Path, key: SigningKey, definitions: list[Definition]
) -> None:
    trust = {key.signer: key.public}
    other = changed_catalogue(tmp_path, lambda text: text.replace("months = 12", "months = 13"))
    with pytest.raises(StatsError, match=r"establishment_12_months: counts by other logic"):
        read_package(package, trust, other)
    fewer = [each for each in definitions if each.id != "establishment_12_months"]
    found = read_package(package, trust, fewer)
    assert found.left_out == ("establishment_12_months",)
    renamed = [dataclasses.replace(each, id=f"our_{each.id}") for each in definitions]
    assert read_package(package, trust, renamed).left_out == ()


def spoil(package: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    path = package.with_name("spoilt.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


TABLE = "tables/establishment_12_months.json"


def more(files: dict[str, bytes], resign: SigningKey | None = None) -> None:
    """One more reached the goal: the table is rewritten, and signed anew if a key is given."""
    table = json.loads(files[TABLE])
    at = table["columns"].index("k")
    table["rows"][0][at] += 1
    files[TABLE] = json.dumps(table).encode()
    if resign:
        signed_anew(files, resign)


def signed_anew(files: dict[str, bytes], key: SigningKey, **fields: object) -> None:
    manifest = json.loads(files["manifest.json"]) | fields
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in files.items()
        if name not in ("manifest.json", "signature.json")
    }
    files["manifest.json"] = json.dumps(manifest).encode()
    signature = json.loads(files["signature.json"])
    signature["signature"] = key.sign(signed_message(files["manifest.json"]))
    files["signature.json"] = json.dumps(signature).encode()


def rewrite(name: str, **fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files[name] = json.dumps(json.loads(files[name]) | fields).encode()

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (more, rf"{TABLE}: changed since it was signed"),
        (rewrite("manifest.json", freeze="2023-01-01"), r"manifest.json: changed since it was signed"),
        (rewrite("signature.json", signature="AAAA"), r"manifest.json: changed since it was signed"),
        (rewrite("signature.json", signer="Åre kommun"), r"signed by 'Åre kommun', who is not in the trust list"),
        (rewrite("signature.json", signer="Åre kommun", public_key=None), r"who is not in the trust list"),
        (
            rewrite("signature.json", public_key=base64.b64encode(bytes(32)).decode()),
            r"not in the trust list with this key",
        ),
        (rewrite("signature.json", format_version=3), r"made in format 3, this program knows 2; upgrade"),
        (rewrite("signature.json", format="other"), r"no package of figures"),
        (lambda files: files.pop("signature.json"), r"the file signature.json is missing"),
        (lambda files: files.pop(TABLE), rf"the file {TABLE} is missing"),
        (lambda files: files.update({"tables/more.json": b"{}"}), r"tables/more.json was not signed"),
        (lambda files: files.update({"signature.json": b"[]"}), r"signature.json: not in the shape"),
        (lambda files: files.update({"signature.json": b"\xff"}), r"signature.json: not in the shape"),
        (lambda files: files.update({"../outside.txt": b"x"}), r"would end up outside"),
        (lambda files: files.update({"/etc/outside.txt": b"x"}), r"would end up outside"),
        (lambda files: files.update({"a\\..\\b": b"x"}), r"would end up outside"),
    ],
)
def test_a_spoilt_package_is_refused(
    package: Path, key: SigningKey, definitions: list[Definition],
    change: Callable[[dict[str, bytes]], None], words: str,
) -> None:  # fmt: skip
    with pytest.raises(StatsError, match=words):
        read_package(spoil(package, change), {key.signer: key.public}, definitions)


def with_rows(
    change: Callable[[list[list[object]], list[str]], None], key: SigningKey
) -> Callable[[dict[str, bytes]], None]:
    def spoilt(files: dict[str, bytes]) -> None:
        table = json.loads(files[TABLE])
        change(table["rows"], table["columns"])
        files[TABLE] = json.dumps(table).encode()
        signed_anew(files, key)

    return spoilt


def put(place: int, column: str, value: object) -> Callable[[list[list[object]], list[str]], None]:
    def change(rows: list[list[object]], columns: list[str]) -> None:
        rows[place][columns.index(column)] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(0, "k", 40), r"JSON and Parquet forms of the table differ|the parts make"),
        (put(0, "k", 5000), r"5000 of \d+ is not possible"),
        (put(0, "k", 3), r"holds a number under 5"),
        (put(0, "k", -6), r"not in the shape"),
        (put(0, "k", True), r"not in the shape"),
        (put(0, "k", 28.0), r"not in the shape"),
        (put(0, "breakdown", "hat"), r"not in the shape"),
        (lambda rows, _: rows.append(rows[0]), r"there twice"),
    ],
)
def test_even_a_known_signer_must_add_up(
    package: Path, key: SigningKey, definitions: list[Definition],
    change: Callable[[list[list[object]], list[str]], None], words: str,
) -> None:  # fmt: skip
    with pytest.raises(StatsError, match=words):
        read_package(spoil(package, with_rows(change, key)), {key.signer: key.public}, definitions)


def row(dims: str, values: str, n: int | None, k: int | None) -> PackageRow:
    numbers = dict.fromkeys(NUMBERS) | {"n": n, "k": k}
    return PackageRow(tuple(dims.split()), tuple(values.split()), "", numbers, n is None)


def test_totals_must_add_up_and_hidden_parts_leave_room(definitions: list[Definition]) -> None:
    known = goal(definitions)
    total = row("", "", 60, 30)
    good = [total, row("sex", "f", 40, 20), row("sex", "m", 20, 10)]
    assert faults(good, "x", known) == []
    assert faults([total, row("sex", "f", 40, 20), row("sex", "m", None, None)], "x", known) == []
    assert [each.code for each in faults([total, row("sex", "f", 40, 21), row("sex", "m", 20, 10)], "x", known)] == [
        "package_sum"
    ]
    assert [
        each.code for each in faults([total, row("sex", "f", 70, 30), row("sex", "m", None, None)], "x", known)
    ] == ["package_sum"]
    fine = [row("sex unit", "f a", 40, 20), row("sex unit", "m a", 19, 10)]
    assert {each.code for each in faults([*good, *fine], "x", known)} == {"package_sum"}
    assert "m" in faults([*good, *fine], "x", known)[-1].place
    stray = [total, row("sex", "f", 40, 20), row("sex", "m", 20, 10), row("sex unit", "u a", 10, 5)]
    assert "package_sum" in {each.code for each in faults(stray, "x", known)}


def test_rows_survive_their_plain_form(results: list[Result], definitions: list[Definition]) -> None:
    by_logic = {each.logic_hash: each for each in definitions}
    for result in results:
        known = by_logic[result.logic_hash]
        rows = rows_of(Given(protect(result), result.count_tables), known)
        again, problems = from_plain(json.loads(json.dumps(to_plain(rows))), "x")
        assert (again, problems) == (rows, [])
        assert figures_from(again, known)[0] is not None or result.total is None


def test_truncated_bombs_and_links(
    tmp_path: Path, package: Path, key: SigningKey, definitions: list[Definition], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = {key.signer: key.public}
    for length in (0, 10, package.stat().st_size // 2, package.stat().st_size - 1):
        broken = tmp_path / "broken.zip"
        broken.write_bytes(package.read_bytes()[:length])
        with pytest.raises(StatsError, match="no whole zip file"):
            read_package(broken, trust, definitions)
    flipped = bytearray(package.read_bytes())
    flipped[200] ^= 255
    broken.write_bytes(bytes(flipped))
    with pytest.raises(StatsError):
        read_package(broken, trust, definitions)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/big.json", bytes(70 * 1024 * 1024))
    with pytest.raises(StatsError, match="more than 64 MB"):
        read_package(bomb, trust, definitions)
    crowd = tmp_path / "crowd.zip"
    with zipfile.ZipFile(crowd, "w") as archive:
        for at in range(1001):
            archive.writestr(f"{at}", b"")
    with pytest.raises(StatsError, match="too many files"):
        read_package(crowd, trust, definitions)
    folder = tmp_path / "linked"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    (folder / "tables" / "link.json").symlink_to("/etc/hostname")
    with pytest.raises(StatsError, match=r"link\.json"):
        read_package(folder, trust, definitions)
    with pytest.raises(StatsError, match="no such file"):
        read_package(tmp_path / "nowhere.zip", trust, definitions)


def test_nothing_is_written_when_something_is_wrong(
    tmp_path: Path, results: list[Result], definitions: list[Definition], key: SigningKey
) -> None:
    out = tmp_path / "out.zip"
    before = sorted(tmp_path.iterdir())
    other = dataclasses.replace(results[0], period="2020")
    for bad, area, words in (
        ([], HOME, "no result"),
        ([results[0], other], HOME, "another freeze date or period"),
        (results, Area("Östersund", "2380"), "SCB code"),
    ):
        with pytest.raises(StatsError, match=words):
            write_package(out, bad, definitions, area=area, key=key)
    with pytest.raises(StatsError, match="cannot be written"):
        write_package(tmp_path / "no" / "such" / "out.zip", results, definitions, area=HOME, key=key)
    assert sorted(tmp_path.iterdir()) == before


def test_packages_are_compared_by_area(
    tmp_path: Path, package: Path, results: list[Result], definitions: list[Definition], key: SigningKey
) -> None:
    trust = {key.signer: key.public}
    second = tmp_path / "krokom.zip"
    write_package(second, results, definitions, area=Area("2309", "Krokom"), key=key)
    packages = [read_package(path, trust, definitions) for path in (package, second)]
    found = compare(parts_from(packages, goal(definitions)))
    assert [(row.name, row.k, row.n) for row in found.rows] == [("Östersund", 28, 73), ("Krokom", 28, 73)]
    late = dataclasses.replace(packages[1], period="2020")
    with pytest.raises(StatsError, match=r"Krokom: freeze date and period 2022-01-31, 2020"):
        parts_from([packages[0], late], goal(definitions))
    empty = dataclasses.replace(packages[1], indicators=())
    with pytest.raises(StatsError, match="does not hold the indicator"):
        parts_from([packages[0], empty], goal(definitions))


def test_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    key = new_key(path, 'Ängby "norra"')
    assert "private" not in repr(key)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path) == key
    assert is_signed(b"message", key.sign(b"message"), key.public)
    assert not is_signed(b"messagf", key.sign(b"message"), key.public)
    assert not is_signed(b"message", "not base64!", key.public)
    assert not is_signed(b"message", key.sign(b"message"), "short")
    trust = tmp_path / "trust.toml"
    trust.write_text(f"[signers]\n{trust_line(key)}\n", encoding="utf-8")
    assert read_trust(trust) == {key.signer: key.public}
    assert base64.b64encode(key.private).decode() not in trust.read_text(encoding="utf-8")
    with pytest.raises(StatsError, match="never written over"):
        new_key(path, "b")
    with pytest.raises(StatsError, match="needs the name"):
        new_key(tmp_path / "b.key", " ")
    path.chmod(0o640)
    with pytest.raises(StatsError, match="chmod 600"):
        read_key(path)
    for text, words in (("signer = 1\n", "not a private key"), ("= 1", "not valid TOML")):
        bad = tmp_path / "bad.key"
        bad.write_text(text, encoding="utf-8")
        bad.chmod(0o600)
        with pytest.raises(StatsError, match=words):
            read_key(bad)
    for text in ("", "signers = 1", '[signers]\n"a" = "short"'):
        trust.write_text(text, encoding="utf-8")
        with pytest.raises(StatsError, match=r"needs a table \[signers\]"):
            read_trust(trust)
