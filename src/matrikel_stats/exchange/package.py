"""Exchange without persons: a signed package of figures after disclosure control. Shape: docs/reference/packages.md.

key = new_key(Path("ostersund.key"), "Östersunds kommun")
write_package(Path("out.zip"), results, definitions, area=Area("2380", "Östersund"), key=key)
package = read_package(Path("out.zip"), read_trust(Path("trust.toml")), definitions)
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matrikel_stats.declared.codes import CodeLists
from matrikel_stats.declared.definition import Definition
from matrikel_stats.disclosure.hiding import protect
from matrikel_stats.problems import Lang, StatsError, problem
from matrikel_stats.result import Breakdown, Cell, Result

from .keys import SigningKey
from .table import NUMBERS, Given, PackageRow, rows_of, to_plain

FORMAT, FORMAT_VERSION = "matrikel-package", 2
MANIFEST, SIGNATURE, METADATA = "manifest.json", "signature.json", "csvw-metadata.json"


@dataclass(frozen=True)
class Area:
    """What a package is about: an SCB code (municipality or county) and a name."""

    code: str
    name: str


@dataclass(frozen=True)
class PackagedIndicator:
    """One indicator of a package, its figures computed anew from the numbers of its `rows`.

    Hidden cells are `suppressed`. A composite has no rows of its own.
    """

    id: str
    version: int
    kind: str
    names: Mapping[Lang, str]
    logic_hash: str
    text_hash: str
    threshold: int
    total: Cell | None
    breakdowns: tuple[Breakdown, ...]
    rows: tuple[PackageRow, ...] = ()


@dataclass(frozen=True)
class Package:
    """A package that has passed every check.

    `left_out` names its indicators that the receiver has no definition of; they could not be checked and are not there.
    """

    signer: str
    area: Area
    producer: str
    freeze: dt.date
    period: str | None
    codes_digest: str
    code_lists: Mapping[str, str]
    indicators: tuple[PackagedIndicator, ...]
    left_out: tuple[str, ...]
    digest: str

    def indicator(self, logic_hash: str) -> PackagedIndicator | None:
        """Return the indicator that counts by this logic, whatever it is called there."""
        return next((each for each in self.indicators if each.logic_hash == logic_hash), None)


def signed_message(manifest: bytes, version: int = FORMAT_VERSION) -> bytes:
    """Return the bytes that are signed: the manifest, marked so that the signature fits nothing else."""
    return f"{FORMAT} {version}\n".encode() + manifest


def write_package(
    out: Path,
    results: Sequence[Result | Given],
    definitions: Sequence[Definition],
    *,
    area: Area,
    key: SigningKey,
    producer: str = "",
) -> None:
    """Protect the results and write them as a signed package: one zip file if `out` ends in .zip, else a new folder.

    All results share freeze date and period. Raises StatsError; then nothing has been written.
    """
    if out.exists():
        raise StatsError([problem("package_exists", str(out))])
    files = package_files(results, definitions, area=area, key=key, producer=producer)
    try:
        _write(out, files)
    except OSError as error:
        raise StatsError([problem("cannot_write", str(out), reason=error.strerror)]) from None


def package_files(
    results: Sequence[Result | Given], definitions: Sequence[Definition], *, area: Area, key: SigningKey,
    producer: str = "",
) -> dict[str, bytes]:  # fmt: skip
    """Return the files of a signed package by path. The same results and key give the same bytes.

    A result is protected here; one that is protected already comes as `Given`, with its count tables beside it.
    """
    if not results:
        raise StatsError([problem("package_empty", "package")])
    given = [each if isinstance(each, Given) else Given(protect(each), each.count_tables) for each in results]
    by_logic = {definition.logic_hash: definition for definition in definitions}
    first = given[0].shown
    there = {each.shown.logic_hash for each in given}
    for each in given:
        if (each.shown.freeze, each.shown.period) != (first.freeze, first.period):
            raise StatsError([problem("package_mixed", each.shown.indicator)])
        if lacking := parts_lacking(by_logic[each.shown.logic_hash], there):
            raise StatsError([problem("package_parts", each.shown.indicator, parts=", ".join(lacking))])
    if not (area.code.isdigit() and len(area.code) in (2, 4) and area.name.strip()):
        raise StatsError([problem("package_area", area.code)])
    tables, entries = {}, []
    for each in given:
        definition = by_logic[each.shown.logic_hash]
        rows = rows_of(each, definition)
        if not definition.parts:
            tables[each.shown.indicator] = rows
        entries.append(_entry(each.shown, definition))
    files = {f"tables/{name}.json": _json(to_plain(rows)) for name, rows in tables.items()}
    files |= {f"tables/{name}.parquet": _parquet(rows) for name, rows in tables.items()}
    files[METADATA] = _json(_csvw(tables))
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "area": {"code": area.code, "name": area.name},
        "producer": producer or key.signer,
        "freeze": first.freeze.isoformat(),
        "period": first.period,
        "codes_digest": first.codes_digest,
        "code_lists": _digests(by_logic[first.logic_hash].codes),
        "indicators": entries,
        "files": {
            path: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for path, data in files.items()
        },
    }
    files[MANIFEST] = _json(manifest)
    signature = key.sign(signed_message(files[MANIFEST]))
    files[SIGNATURE] = _json(
        {"format": FORMAT, "format_version": FORMAT_VERSION, "algorithm": "Ed25519", "signer": key.signer,
         "public_key": key.public, "signature": signature}
    )  # fmt: skip
    return dict(sorted(files.items()))


def parts_lacking(definition: Definition, there: Collection[str]) -> list[str]:
    """Return the parts of a composite that are not among these logic hashes; none of anything else."""
    return [part.definition.id for part in definition.parts if part.definition.logic_hash not in there]


def _entry(result: Result, definition: Definition) -> dict[str, Any]:
    return {
        "id": result.indicator,
        "version": result.version,
        "kind": result.kind,
        "name": {lang: texts.name for lang, texts in sorted(definition.texts.items())},
        "logic_hash": result.logic_hash,
        "text_hash": result.text_hash,
        "unit": result.unit,
        "threshold": result.threshold,
        "withheld": [list(each.dimensions) for each in result.breakdowns if each.withheld],
    }


def _digests(codes: CodeLists) -> dict[str, str]:
    """Return 16 hex digits over the lines of every code list."""
    return {
        name: hashlib.sha256(repr([(*vars(code).values(),) for code in lines]).encode()).hexdigest()[:16]
        for name, lines in sorted(codes.lists.items())
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _parquet(rows: Sequence[PackageRow]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = to_plain(rows)
    columns = list(zip(*plain["rows"], strict=True)) or [()] * len(plain["columns"])
    types = {**dict.fromkeys(NUMBERS, pa.int64()), "hidden": pa.bool_()}
    table = pa.table({
        name: pa.array(column, types.get(name, pa.string()))
        for name, column in zip(plain["columns"], columns, strict=True)
    })  # fmt: skip
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


_TITLES = {
    "breakdown": (
        "uppdelning, + mellan delarna; tom för totalen",
        "breakdown, + between its parts; empty for the total",
    ),
    "part": ("gräns för en väntetid; tom för måttet självt", "limit of a wait; empty for the figure itself"),
    "n": ("antal", "number"),
    "k": ("antal som nått målet", "number who reached"),
    "days": ("summan av väntetiderna i dagar", "sum of the waits in days"),
    "not_mature": ("antal ännu inte mogna", "number not yet mature"),
    "open": ("antal som väntar", "number waiting"),
    "left_inside": ("antal som flyttat inom länet", "number who moved inside the county"),
    "left_outside": ("antal som flyttat ut ur länet", "number who moved out of the county"),
    "died": ("antal avlidna", "number who died"),
    "inhabitants": ("antal invånare", "number of inhabitants"),
    "weight": ("hushållsmånader, eller planerade timmar", "household months, or hours planned"),
    "sum": (
        "öre, timmar med närvaro, eller poäng över den lägsta",
        "öre, hours attended, or scores above the lowest",
    ),
    "error": ("summans medelfel i hundradelar", "standard error of the sum, in hundredths"),
    "hidden": ("dold: små tal", "hidden: small numbers"),
}


def _csvw(tables: Mapping[str, Sequence[PackageRow]]) -> dict[str, Any]:
    """Describe the columns in the vocabulary of CSV on the Web (W3C 2015), for both forms of every table."""
    described = []
    for name, rows in tables.items():
        columns = []
        for column in to_plain(rows)["columns"]:
            swedish, english = _TITLES.get(column, (column, column))
            kind = "nonNegativeInteger" if column in NUMBERS else "boolean" if column == "hidden" else "string"
            columns.append({"name": column, "titles": {"sv": swedish, "en": english}, "datatype": kind})
        schema = {"columns": columns}
        described += [
            {"url": f"tables/{name}.parquet", "dc:format": "application/vnd.apache.parquet", "tableSchema": schema},
            {"url": f"tables/{name}.json", "dc:format": "application/json", "tableSchema": schema},
        ]
    return {"@context": "http://www.w3.org/ns/csvw", "tables": described}


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write beside the target and move into place, so that a half-written package is never there."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".package-") as name:
        draft = Path(name) / "draft"
        if out.suffix == ".zip":
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, data in files.items():
                    archive.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
            os.replace(draft, out)
            return
        for path, data in files.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).write_bytes(data)
        shutil.move(draft, out)


def copy_package(path: Path, target: Path) -> Path:
    """Copy a package beside others under a name of its own; one that is there already is left as it is."""
    out = target if path.is_dir() else target.with_name(f"{target.name}.zip")
    if out.exists():
        return out
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".package-") as name:
            draft = Path(name) / "draft"
            shutil.copytree(path, draft) if path.is_dir() else shutil.copyfile(path, draft)
            os.replace(draft, out)
    except OSError as error:
        raise StatsError([problem("cannot_write", str(out), reason=error.strerror)]) from None
    return out
