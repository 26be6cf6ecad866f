"""What holds for any sheet and any bytes."""

import string
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matrikel.domain.imports.reading import FileFault, message, read, remedy, to_xlsx
from tests.imports.reading.registers import HEADINGS, packed, text, xlsx
from tests.imports.reading.test_reading_oracle import BOOK

XLS = Path(__file__).with_name("small.xls").read_bytes()
WORDS = st.sampled_from(
    ["", "Kvot", "Summa", "?", "v 43", "2007-07-12", "070712", "30/8 2007", "19850823-9996", "850823-9995", "Irak",
     "#REF!", "=1+1", "Namn", "Personnr", "Karimi, Laleh", "saknas", " ", "\u00a0", "2 år", "1,5E+11", "Kategori"]
)  # fmt: skip
JUNK = st.one_of(
    WORDS,
    st.text(max_size=20),
    st.floats(),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.integers(-10, 10**13).map(float),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(JUNK, max_size=10), max_size=12), st.booleans())
def test_every_row_comes_out_exactly_once(junk: list[list[Any]], with_date: bool) -> None:
    safe = [
        [cell if not isinstance(cell, str) else "".join(filter(str.isprintable, cell)) for cell in row] for row in junk
    ]
    reading = read(xlsx([HEADINGS, *safe]), register_date=date(2007, 12, 31) if with_date else None)
    found = list(reading)
    numbers = [outcome.source.number for outcome in found]
    start = reading.sheets[0].headings.row
    assert numbers == list(range(start + 1, start + 1 + len(numbers)))
    statuses = Counter(outcome.status for outcome in found)
    tally = reading.tally
    assert (tally.good, tally.refused, tally.flagged, tally.skipped) == tuple(
        statuses[status] for status in ("good", "refused", "flagged", "skipped")
    )
    assert tally.read == len(found)
    for outcome in found:
        assert (outcome.record is not None) == (outcome.status in ("good", "flagged"))
        assert bool(outcome.problems) == (outcome.status in ("refused", "flagged"))
        assert bool(outcome.skipped_as) == (outcome.status == "skipped")
        assert all(message(problem) and remedy(problem, "en") for problem in outcome.problems)
    problems = [problem for outcome in found for problem in outcome.problems]
    again = to_xlsx(problems, [outcome.source for outcome in found if outcome.problems])
    if problems:
        assert read(again).sheets


def _read_to_the_end(data: bytes) -> None:
    try:
        reading = read(data)
        assert sum(1 for _ in reading) == reading.tally.read
    except FileFault as fault:
        said = message(fault), remedy(fault)
    else:
        said = ("read", "")
    assert said[0]


MUTATION = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.sampled_from(["set", "cut", "insert", "end"]), st.binary(max_size=8)
    ),
    min_size=1,
    max_size=6,
)


def _mutated(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    body = bytearray(data)
    for share, how, new in changes:
        place = int(share * len(body))
        if how == "set":
            body[place : place + len(new)] = new
        elif how == "cut":
            del body[place : place + 1 + 8 * len(new)]
        elif how == "insert":
            body[place:place] = new
        elif share > 0.5:
            del body[place:]
    return bytes(body)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MUTATION)
def test_mutated_archives_raise_only_our_faults(changes: list[tuple[float, str, bytes]]) -> None:
    _read_to_the_end(_mutated(xlsx([HEADINGS, ["1", "Karimi", "Laleh", "850823-9996"]]), changes))


@settings(max_examples=100, deadline=None)
@given(
    MUTATION, st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"])
)
def test_mutated_parts_raise_only_our_faults(changes: list[tuple[float, str, bytes]], part: str) -> None:
    archive = zipfile.ZipFile(BytesIO(BOOK.read_bytes()))
    parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = _mutated(archive.read(part)[:20_000], changes)
    _read_to_the_end(packed(parts))


@settings(max_examples=200, deadline=None)
@given(MUTATION, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_mutated_text_raises_only_our_faults(changes: list[tuple[float, str, bytes]], encoding: str) -> None:
    rows = [HEADINGS, ["1", "Ångström", "Örjan", "940807-9953", "Kvot", "2007-01-01"]] * 3
    _read_to_the_end(_mutated(text(rows, encoding=encoding), changes))


@settings(max_examples=12, deadline=None)
@given(MUTATION)
def test_mutated_old_workbooks_raise_only_our_faults(changes: list[tuple[float, str, bytes]]) -> None:
    _read_to_the_end(_mutated(XLS, changes))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(string.printable, max_size=300).map(str.encode)))
def test_any_bytes_raise_only_our_faults(data: bytes) -> None:
    _read_to_the_end(data)
