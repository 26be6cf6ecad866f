"""A board's register as a dataset on disk, pseudonymised; and as one in memory, for the few persons of a list."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from matrikel.extract.rows import ASSISTANCE_MONTHS, EVENTS, PERSONS, RESPONSES, SPELLS, Row, Told
from matrikel.kernel.acting import Acting
from matrikel_stats.data.dataset import Person, filled
from matrikel_stats.data.dataset import Row as Known
from matrikel_stats.data.memory import InMemory

BATCH = 20_000
DAYS = frozenset({"birth_date", "start_date", "end_date", "date", "month"})


def write(folder: Path, *, by: Acting, freeze: date) -> int:
    """Write the acting board's tables and return the number of persons of the register.

    Ids are replaced by a hash with a key that nobody keeps: the extract can be counted again, never led back.
    """
    folder.mkdir(mode=0o700, parents=True)
    told, unnamed = Told(by), pseudonyms(secrets.token_bytes(32))
    rows = chain(told.persons(), told.respondents())
    _write(folder / "persons.parquet", PERSONS, rows, unnamed)
    _write(folder / "spells.parquet", SPELLS, told.spells(), unnamed)
    _write(folder / "events.parquet", EVENTS, told.events(), unnamed)
    _write(folder / "responses.parquet", RESPONSES, told.responses(), unnamed)
    months = folder / "assistance_months.parquet"
    if not _write(months, ASSISTANCE_MONTHS, told.assistance_months(), unnamed):
        months.unlink()  # without a month nobody is known to be without assistance
    (folder / "dataset.toml").write_text(f'id = "matrikel"\nfreeze = {freeze.isoformat()}\n', encoding="utf-8")
    return told.registered


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


def few(by: Acting, persons: frozenset[UUID], freeze: date) -> InMemory:
    """The rows of some persons under their own ids, in memory."""
    told = Told(by, only=persons)
    return InMemory(
        "matrikel", freeze, [_person(row) for row in told.persons()],
        rows={
            "spells": (_known(row, row[3], SPELLS[4:]) for row in told.spells()),
            "events": (_known(row, row[2], EVENTS[3:]) for row in told.events()),
            "responses": (_answer(row) for row in told.responses()),
        },
        attributes={"persons": PERSONS[3:], "spells": SPELLS[4:], "events": EVENTS[3:], "responses": RESPONSES[5:]},
    )  # fmt: skip


def _person(row: Row) -> Person:
    return Person(str(row[0]), row[1], row[2] or "", filled(PERSONS[3:], row[3:]))


def _known(row: Row, last: date | None, names: tuple[str, ...]) -> Known:
    """A spell or an event: attributes stand at the end of the row."""
    return Known(str(row[0]), row[1], row[2], last, filled(names, row[-len(names) :]))


def _answer(row: Row) -> Known:
    """A response as the engine has it: without a kind, on a day, its values among the attributes."""
    person, instrument, item, on, *rest = row
    values = (instrument, item, *rest)
    return Known(str(person), "", on, on, filled(("instrument", "item", *RESPONSES[4:]), values))
