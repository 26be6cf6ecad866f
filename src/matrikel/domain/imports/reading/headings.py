"""Finding the row of headings, the date a register claims, and what each column holds."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from . import guesses, tables
from .cells import Cell, Row, fold_heading, is_blank, text_of
from .dates import DateReader
from .record import SPELL_KINDS, Notice, Record

SEARCHED = 40  # rows from the top among which the headings are looked for
SAMPLED = 60  # rows below them that are looked at to understand the columns
PERSON_FIELDS = frozenset(
    (
        "family_name",
        "given_name",
        "full_name",
        "identity",
        "lma_number",
        "dossier_number",
        "local_number",
        "birth_date",
    )
)
EXTRA_FIELDS = frozenset(("full_name", "lma_number", "dossier_number", "local_number", "ignored"))
FIELDS = EXTRA_FIELDS | {item.name for item in fields(Record)} - {"other_identities", "spells"}
REPEATED = frozenset(
    {f"{kind}_{end}" for kind in SPELL_KINDS for end in ("start_on", "end_on")} | {"sfi_result"}
)  # fields of which a register may have several groups: 'Praktik 2 fr o m'

Choices = tuple[str, ...]  # the texts a column's heading may be read as, most likely first
How = Literal[
    "heading", "similar", "neighbour", "values", "given", "none", "duplicate", "ambiguous", "contradicted"
]  # fmt: skip

_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_GLUED = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_GROUP = re.compile(r"\b([1-9])(?: [ae]\b)?")
_CLAIM_WORD = re.compile(
    r"uppdat|updat|senast|aktuell|per den|t\.? ?o\.? ?m|avser|datum|\bper\b|as of|gäller", re.IGNORECASE
)
_ANY_DATE = re.compile(
    r"(?<!\d)(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d{6}|\d{1,2}[/.]\d{1,2}[ -/.]\d{4}"
    r"|\d{1,2}(?::?[ae])? [^\W\d]+\.? \d{4}|\d{1,2}/\d{1,2} ?-?\d{2}(?!\d)|(?<=\s)\d{6})(?!\d)"
)
_ANY_YEAR = re.compile(r"(?<![\d:])(19[5-9]\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is taken to hold. `group` numbers repeated fields from 1; `others` are further
    readings.
    """

    index: int
    heading: str
    field: str | None
    group: int = 1
    how: How = "none"
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """The headings of one sheet. `row` is the number of the (last) row of headings, 0 where there is none."""

    row: int
    columns: tuple[Column, ...]
    claimed_on: date | None = None
    title: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The heading of every column, '' where it has none."""
        return tuple(column.heading for column in self.columns)

    @property
    def has_person(self) -> bool:
        """Whether some column can tell who a row is about."""
        return any(column.field in PERSON_FIELDS for column in self.columns)


def find_headings(rows: Sequence[Row], sheet: str = "") -> Headings | None:
    """Look for the headings among the first rows of a sheet; None where no row has any that are known.

    Two rows of headings, groups above names ('SFI' over 'start'), are put together.
    """
    best: tuple[float, int, list[str], list[Choices]] | None = None
    for place, (_, cells) in enumerate(rows[:SEARCHED]):
        texts = [_heading_text(cell) for cell in cells]
        choices: list[Choices] = [(text,) for text in texts]
        above = [_heading_text(cell) for cell in rows[place - 1][1]] if place else []
        candidates = [(0.0, texts, choices)]
        if sum(map(bool, above)) >= 2:
            shown, tried = _two_rows(above, texts)
            candidates.append((0.5, shown, tried))
        for penalty, shown, tried in candidates:
            score = _score(tried) - penalty
            if score > (best[0] if best else 0.0):
                best = (score, place, shown, tried)
    if best is None or not _convincing(best[3]):
        return None
    _, place, shown, tried = best
    title = " ".join(text_of(cell) for _, cells in rows[:place] for cell in cells if not is_blank(cell))
    claimed = claimed_date([cell for _, cells in rows[:place] for cell in cells]) or claimed_date([sheet])
    return Headings(rows[place][0], _columns(shown, tried, rows[place + 1 :][:SAMPLED]), claimed, title[:200])


def with_mapping(headings: Headings, mapping: Mapping[int, str | None]) -> Headings:
    """The same headings with what a human says the columns hold: index from 0 → field, 'field:2' for a second
    group, or None for a column not to be read. Raises ValueError for an unknown field or a column that is not
    there.
    """
    columns = list(headings.columns)
    for index, wanted in mapping.items():
        if not 0 <= index < 2_000:
            raise ValueError(f"column {index} does not exist")
        columns.extend(Column(place, "", None) for place in range(len(columns), index + 1))
        field, _, group = (wanted or "").partition(":")
        if wanted and (field not in FIELDS or (group and not (group.isdecimal() and field in REPEATED))):
            raise ValueError(f"unknown field {wanted!r}")
        columns[index] = Column(index, columns[index].heading, field or None, int(group or 1), "given")
    taken = {(column.field, column.group) for column in columns if column.how == "given" and column.field}
    columns = [
        Column(column.index, column.heading, None, 1, "duplicate", (column.field,))
        if column.how != "given" and column.field and column.field != "note" and (column.field, column.group) in taken
        else column
        for column in columns
    ]
    return Headings(headings.row, tuple(columns), headings.claimed_on, headings.title)


def heading_notices(headings: Headings, sheet: str) -> list[Notice]:
    """What a human should look at: columns not read, headings that may mean several things or stand twice."""
    found = []
    for column in headings.columns:
        if column.field or column.how == "given" or not column.heading:
            continue
        kind = {"duplicate": "duplicate_heading", "ambiguous": "ambiguous_heading"}.get(column.how, "unknown_heading")
        args = {"heading": column.heading, "sheet": sheet, "column": str(column.index)}
        found.append(Notice(kind, sheet, args | {"may_be": ", ".join(column.others)}))
    return found


def claimed_date(cells: Iterable[Cell]) -> date | None:
    """The day a register says it holds for, as in 'uppdaterad 2007-12-31'; failing that the last day of a
    year named.
    """
    reader = DateReader(date(2010, 12, 31))
    said: list[date] = []
    seen: list[date] = []
    years: list[int] = []
    for cell in cells:
        if isinstance(cell, date):
            seen.append(date(cell.year, cell.month, cell.day))
        if not isinstance(cell, str) or not cell:
            continue
        text = text_of(cell)[:500]
        found = [day for match in _ANY_DATE.findall(text) if isinstance(day := reader.read(match), date)]
        (said if _CLAIM_WORD.search(text) else seen).extend(found)
        if not found:
            years.extend(int(year) for year in _ANY_YEAR.findall(text))
    if said or seen:
        return max(said or seen)
    return date(max(years), 12, 31) if years else None


def _heading_text(cell: Cell) -> str:
    return text_of(cell)[:120] if isinstance(cell, str) else ""


def _two_rows(above: list[str], below: list[str]) -> tuple[list[str], list[Choices]]:
    shown: list[str] = []
    tried: list[Choices] = []
    group = ""
    for place, low in enumerate(below + [""] * (len(above) - len(below))):
        high = above[place] if place < len(above) else ""
        group = high or group
        shown.append(f"{group} {low}".strip() if low and _lookup(f"{group} {low}") else low or high)
        tried.append((f"{group} {low}", low, f"{high} {low}") if low else (high,))
    return shown, tried


def _score(tried: list[Choices]) -> float:
    settled: set[tuple[str, int]] = set()
    doubtful = 0
    for texts in tried:
        found, group, _ = _match(texts)
        if len(found) == 1 and found[0] != "ignored":
            settled.add((found[0], group))
        elif found:
            doubtful += 1
    return len(settled) + doubtful * 0.25


def _convincing(tried: list[Choices]) -> bool:
    filled = [texts for texts in tried if any(texts)]
    found = {match[0] for texts in filled if (match := _match(texts)[0])}
    if len(found) >= 2:
        return True
    return bool(found & PERSON_FIELDS) and len(filled) <= 3


def _match(texts: Choices, *, similar: bool = False) -> tuple[tuple[str, ...], int, How]:
    doubtful: tuple[tuple[str, ...], int, How] | None = None
    for text in texts:
        match = _lookup(text) or (_similar(text) if similar else None)
        if match and len(match[0]) == 1:
            return match
        doubtful = doubtful or match
    return doubtful or ((), 1, "none")


@lru_cache(maxsize=20_000)
def _lookup(text: str) -> tuple[tuple[str, ...], int, How] | None:
    known = tables.headings()
    for plain in (fold_heading(text), fold_heading(_BRACKETS.sub(" ", text))):
        if plain in known:
            return known[plain], 1, "heading"
        spaced = _GLUED.sub(" ", plain)
        if numbers := _GROUP.findall(spaced):
            bare = " ".join(_GROUP.sub(" ", spaced).split())
            if bare in known:
                return known[bare], int(numbers[0]), "heading"
    return None


@lru_cache(maxsize=2_000)
def _similar(text: str) -> tuple[tuple[str, ...], int, How] | None:
    plain = fold_heading(text)
    if not 5 <= len(plain) <= 40:
        return None
    near = difflib.get_close_matches(plain, _long_headings(), n=1, cutoff=0.88)
    return (tables.headings()[near[0]], 1, "similar") if near else None


@cache
def _long_headings() -> tuple[str, ...]:
    return tuple(text for text in tables.headings() if len(text) >= 5)


def _columns(shown: list[str], tried: list[Choices], below: Sequence[Row]) -> tuple[Column, ...]:
    taken: set[tuple[str, int]] = set()
    columns: list[Column] = []
    previous = ""
    for index, (heading, texts) in enumerate(zip(shown, tried, strict=True)):
        found, group, how = _match(texts, similar=True)
        sample = [cells[index] for _, cells in below if index < len(cells) and not is_blank(cells[index])]
        if len(found) > 1 and (nearby := _family_of(found, previous)):
            found, how = (nearby,), "neighbour"
        field = found[0] if len(found) == 1 else None
        if field and guesses.contradicts(field, sample):
            previous, field, how = field, None, "contradicted"
        elif len(found) > 1:
            how = "ambiguous"
        if field is None or field == "source_number":
            guess = guesses.field_of(sample, found)
            if guess and (guess, 1) not in taken:
                field, group, how = guess, 1, "values"
        if field in REPEATED:
            while (field, group) in taken:
                group += 1
        if field and (field, group) in taken and field not in ("note", "ignored"):
            columns.append(Column(index, heading, None, 1, "duplicate", (field,)))
            continue
        if field:
            taken.add((field, group))
            previous = field
        columns.append(Column(index, heading, field, group if field in REPEATED else 1, how, () if field else found))
    return tuple(columns)


def _family_of(found: tuple[str, ...], previous: str) -> str | None:
    family = previous.partition("_")[0]
    return next((field for field in found if previous and field.startswith(f"{family}_")), None)
