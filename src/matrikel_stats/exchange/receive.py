"""Taking in a package from elsewhere: nothing is believed before its signature, nothing written before all checks."""

import datetime as dt
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Problem, StatsError, problem

from .checks import faults
from .figures import composite_from, figures_from
from .keys import is_signed
from .package import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    SIGNATURE,
    Area,
    Package,
    PackagedIndicator,
    parts_lacking,
    signed_message,
)
from .table import PackageRow, from_plain

MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 1000
"""A package holds at most so much when unpacked; a county's figures are a hundredth of it."""


def read_package(path: Path, trust: Mapping[str, str], definitions: Sequence[Definition]) -> Package:
    """Return the package at `path` (zip file or folder) after all checks.

    In order: shape and size, format, known signer, signature, file hashes, own logic, numbers that add up. Only the
    logic hash decides what is comparable: names and texts may differ. Raises StatsError with place and remedy.
    """
    files = _files(path)
    signed = _object(files, SIGNATURE, path)
    if signed.get("format") != FORMAT or type(signed.get("format_version")) is not int:
        raise _fault("package_not", path)
    if signed["format_version"] > FORMAT_VERSION:
        raise _fault("package_newer", path, version=signed["format_version"], known=FORMAT_VERSION)
    signer = signed.get("signer")
    if not isinstance(signer, str) or signer not in trust or trust[signer] != signed.get("public_key"):
        raise _fault("package_signer", path, signer=signer, key=signed.get("public_key"))
    if not is_signed(
        signed_message(files.get(MANIFEST, b""), signed["format_version"]), str(signed.get("signature")), trust[signer]
    ):
        raise _fault("package_changed", f"{path}: {MANIFEST}")
    manifest = _object(files, MANIFEST, path)
    _hashes(files, manifest, path)
    try:
        return _package(files, manifest, signer, definitions, path)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _fault("package_shape", f"{path}: {MANIFEST}") from None


def _fault(code: str, place: Path | str, **values: object) -> StatsError:
    return StatsError([problem(code, str(place), **values)])


def _files(path: Path) -> dict[str, bytes]:
    if not path.exists():
        raise _fault("file_missing", path)
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_symlink() or not each.is_dir())
        if odd := [each.name for each in found if each.is_symlink() or not each.is_file()]:
            raise _fault("package_path", path, name=odd[0])
        if len(found) > MOST_FILES or sum(each.stat().st_size for each in found) > MOST_BYTES:
            raise _fault("package_large", path, most=MOST_BYTES // 1024 // 1024)
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in found}
    try:
        with zipfile.ZipFile(path) as archive:
            return _unzipped(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _fault("package_unreadable", path, reason=error) from None


def _unzipped(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise _fault("package_large", path, most=MOST_BYTES // 1024 // 1024)
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or entry.filename in files:
            raise _fault("package_path", path, name=entry.filename)
        # What the heading says of the size is not believed: no more than what is left is ever unpacked.
        with archive.open(entry) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise _fault("package_large", path, most=MOST_BYTES // 1024 // 1024)
        files[entry.filename] = data
    return files


def _object(files: Mapping[str, bytes], name: str, path: Path) -> dict[str, Any]:
    if name not in files:
        raise _fault("package_missing", path, name=name)
    try:
        found = json.loads(files[name])
    except (ValueError, RecursionError):
        raise _fault("package_shape", f"{path}: {name}") from None
    if not isinstance(found, dict):
        raise _fault("package_shape", f"{path}: {name}")
    return found


def _hashes(files: Mapping[str, bytes], manifest: Mapping[str, Any], path: Path) -> None:
    listed = manifest.get("files")
    if not isinstance(listed, dict):
        raise _fault("package_shape", f"{path}: {MANIFEST}")
    problems = []
    for name in sorted(listed.keys() | files.keys() - {MANIFEST, SIGNATURE}):
        if name not in files:
            problems.append(problem("package_missing", str(path), name=name))
        elif name not in listed:
            problems.append(problem("package_extra", str(path), name=name))
        elif listed[name] != {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])}:
            problems.append(problem("package_changed", f"{path}: {name}"))
    if problems:
        raise StatsError(problems)


def _package(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], signer: str, definitions: Sequence[Definition], path: Path
) -> Package:
    own = {definition.logic_hash: definition for definition in definitions}
    named = {definition.id: definition for definition in definitions}
    found: dict[str, PackagedIndicator] = {}
    left_out: list[str] = []
    problems: list[Problem] = []
    # The means of others last: they are made of what has been read.
    known = [entry for entry in manifest["indicators"] if entry["logic_hash"] in own]
    for entry in sorted(known, key=lambda entry: bool(own[entry["logic_hash"]].parts)):
        indicator, faults_of_it = _indicator(files, entry, own[entry["logic_hash"]], found, path)
        problems += faults_of_it
        found |= {entry["logic_hash"]: indicator} if indicator else {}
    for entry in manifest["indicators"]:
        if entry["logic_hash"] in own:
            continue
        if entry["id"] in named:
            mine = named[entry["id"]]
            place = f"{path}: {entry['id']}"
            problems.append(problem("package_logic", place, theirs=entry["logic_hash"], own=mine.logic_hash))
        else:
            left_out.append(str(entry["id"]))
    if problems:
        raise StatsError(problems)
    return Package(
        signer=signer,
        area=Area(str(manifest["area"]["code"]), str(manifest["area"]["name"])),
        producer=str(manifest["producer"]),
        freeze=dt.date.fromisoformat(manifest["freeze"]),
        period=None if manifest["period"] is None else str(manifest["period"]),
        codes_digest=str(manifest["codes_digest"]),
        code_lists={str(name): str(digest) for name, digest in manifest["code_lists"].items()},
        indicators=tuple(found[entry["logic_hash"]] for entry in known),
        left_out=tuple(left_out),
        digest=hashlib.sha256(files[MANIFEST]).hexdigest()[:16],
    )


def _indicator(
    files: Mapping[str, bytes], entry: Mapping[str, Any], known: Definition, read: Mapping[str, PackagedIndicator],
    path: Path,
) -> tuple[PackagedIndicator | None, list[Problem]]:  # fmt: skip
    name = f"tables/{entry['id']}.json"
    place = f"{path}: {name}"
    if entry["kind"] != known.kind:
        return None, [problem("package_shape", place)]
    rows: list[PackageRow] = []
    if known.parts:
        if lacking := parts_lacking(known, read):
            return None, [problem("package_parts", f"{path}: {entry['id']}", parts=", ".join(lacking))]
        parts = [read[part.definition.logic_hash] for part in known.parts]
        total, breakdowns = composite_from(known, [(part.total, part.breakdowns) for part in parts])
    else:
        data = json.loads(files[name])
        rows, problems = from_plain(data, place)
        problems = problems or faults(rows, place, known)
        if not problems and _from_parquet(files[name.replace(".json", ".parquet")], data["columns"]) != data["rows"]:
            problems = [problem("package_forms", place)]
        if problems:
            return None, problems
        total, breakdowns = figures_from(rows, known)
    names = {lang: str(text) for lang, text in entry["name"].items() if lang in ("sv", "en")}
    return (
        PackagedIndicator(
            str(entry["id"]), int(entry["version"]), known.kind, names, known.logic_hash, str(entry["text_hash"]),
            known.threshold, total, breakdowns, tuple(rows),
        ),
        [],
    )  # fmt: skip


def _from_parquet(data: bytes, columns: Sequence[str]) -> list[list[Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except pa.ArrowException as error:
        raise ValueError(str(error)) from None
    return [[row.get(column) for column in columns] for row in table.to_pylist()]
