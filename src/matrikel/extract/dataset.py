"""A board's register as a dataset on disk, pseudonymised; and as one in memory, for the few persons of a list."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from matrikel.extract.rows import EVENTS, PERSONS, RESPONSES, SPELLS, Row, Told
from matrikel.kernel.acting import Acting
from matrikel_stats.data.dataset import Dataset, Person
from matrikel_stats.data.dataset import Row as Known

ANSWERED = ("person_id", "kind", "date", "instrument", "item", *RESPONSES[4:])
BATCH = 20_000
DAYS = frozenset({"birth_date", "start_date", "end_date", "date"})


def write(folder: Path, *, by: Acting, freeze: date) -> int:
    """Write the acting board's tables and return the number of persons.

    Ids are replaced by a hash with a key that nobody keeps: the extract can be counted again, never led back.
    """
    folder.mkdir(mode=0o700, parents=True)
    told, unnamed = Told(by), pseudonyms(secrets.token_bytes(32))
    persons = _write(folder / "persons.parquet", PERSONS, told.persons(), unnamed)
    _write(folder / "spells.parquet", SPELLS, told.spells(), unnamed)
    _write(folder / "events.parquet", EVENTS, told.events(), unnamed)
    _write(folder / "responses.parquet", RESPONSES, told.responses(), unnamed)
    (folder / "dataset.toml").write_text(f'id = "matrikel"\nfreeze = {freeze.isoformat()}\n', encoding="utf-8")
    return persons


def pseudonyms(key: bytes) -> Callable[[UUID], int]:
    """Ids as whole numbers of 63 bits, the same for the same key."""

    def unnamed(person: UUID) -> int:
        return int.from_bytes(hashlib.blake2b(person.bytes, key=key, digest_size=8).digest()) >> 1

    return unnamed


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[Row], unnamed: Callable[[UUID], int]) -> int:
    fields = [(name, pa.date32() if name in DAYS else pa.string()) for name in columns[1:]]
    schema = pa.schema([("person_id", pa.int64()), *fields])
    count = 0
    with pq.ParquetWriter(path, schema) as file:
        while batch := list(islice(rows, BATCH)):
            ids = [unnamed(row[0]) for row in batch]
            rest = list(zip(*(row[1:] for row in batch), strict=True))
            file.write_batch(pa.record_batch([ids, *rest], schema=schema))
            count += len(batch)
    return count


class Few(Dataset):
    """The rows of some persons under their own ids, in memory; what the reference engine asks of a dataset."""

    def __init__(self, by: Acting, persons: frozenset[UUID], freeze: date) -> None:
        told = Told(by, only=persons)
        self.freeze, self.folder, self.id = freeze, Path("-"), "matrikel"
        self.freeze_source, self.title, self.key_is_whole = "given", "", False
        self._persons = {str(row[0]): _person(row) for row in told.persons()}
        self._rows = {
            "spells": _by_person(told.spells(), SPELLS),
            "events": _by_person(told.events(), EVENTS),
            "responses": _by_person((_without_kind(row) for row in told.responses()), ANSWERED),
        }

    def close(self) -> None:
        """Nothing is open."""

    def has(self, table: str) -> bool:
        return table in ("persons", *self._rows)

    def attributes(self, table: str) -> tuple[str, ...]:
        return {"persons": PERSONS[3:], "spells": SPELLS[4:], "events": EVENTS[3:], "responses": RESPONSES[5:]}.get(
            table, ()
        )

    def persons(self, only: Iterable[str] | None = None) -> Iterator[Person]:
        wanted = self._persons if only is None else [key for key in only if key in self._persons]
        return (self._persons[key] for key in wanted)

    def rows(self, table: str, only: Iterable[str] | None = None) -> Iterator[Known]:
        held = self._rows[table]
        return (row for key in (held if only is None else only) for row in held.get(key, ()))


def _person(row: Row) -> Person:
    return Person(str(row[0]), row[1], row[2] or "", _filled(PERSONS[3:], row[3:]))


def _without_kind(row: Row) -> Row:
    """A response as the engine has it: without a kind, on a day, its values among the attributes."""
    person, instrument, item, on, *rest = row
    return person, "", on, instrument, item, *rest


def _by_person(rows: Iterator[Row], columns: tuple[str, ...]) -> dict[str, list[Known]]:
    first = 4 if "end_date" in columns else 3
    found: dict[str, list[Known]] = {}
    for row in rows:
        key = str(row[0])
        last = row[3] if first == 4 else row[2]
        found.setdefault(key, []).append(Known(key, row[1], row[2], last, _filled(columns[first:], row[first:])))
    return found


def _filled(names: tuple[str, ...], values: tuple[Any, ...]) -> dict[str, str]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
