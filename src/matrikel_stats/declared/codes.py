"""Code lists: dated codes with a label in two languages and what each counts as. Read from CSV files in one folder."""

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from matrikel_stats.dates import FAR
from matrikel_stats.problems import Lang, Problem, StatsError, problem

HEADING = ("code", "sv", "en", "counts_as", "valid_from", "valid_to", "source")
LIST_FOR_ATTRIBUTE = {
    "sex": "sexes",
    "category": "categories",
    "route": "routes",
    "receiver": "receivers",
    "result": "sfi_results",
    "reason": "close_reasons",
    "permit_ground": "permit_grounds",
    "basis": "yes_no",
    "first_in_sweden": "yes_no",
}
_BEGINNING = dt.date.min


@dataclass(frozen=True)
class Code:
    """One line of a code list; both validity days are included, open ends are the limits of the calendar."""

    code: str
    sv: str
    en: str
    counts_as: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date
    source: str


@dataclass(frozen=True)
class DatedValue:
    """A value that counts from `first` to `last`, both days included."""

    value: str
    first: dt.date
    last: dt.date

    def holds(self, value: str, day: dt.date) -> bool:
        """Return whether `value` on `day` is this value within its validity."""
        return value == self.value and self.first <= day <= self.last


def undated(values: Iterable[str]) -> tuple[DatedValue, ...]:
    """Return the values as counting at all times, sorted."""
    return tuple(DatedValue(value, _BEGINNING, FAR) for value in sorted(set(values)))


@dataclass(frozen=True)
class CodeLists:
    """All code lists of one folder, by file name without ending."""

    lists: Mapping[str, tuple[Code, ...]]
    digest: str

    def has(self, name: str) -> bool:
        """Return whether there is such a list."""
        return name in self.lists

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of a list, each once, in order of the file."""
        return tuple(dict.fromkeys(code.code for code in self.lists.get(name, ())))

    def meanings(self, name: str) -> tuple[str, ...]:
        """Return everything that something in the list counts as."""
        return tuple(sorted({meaning for code in self.lists.get(name, ()) for meaning in code.counts_as}))

    def counting_as(self, name: str, meanings: Iterable[str]) -> tuple[DatedValue, ...]:
        """Return the codes that count as any of `meanings`, with the days on which they do."""
        wanted = set(meanings)
        found = {
            DatedValue(code.code, code.valid_from, code.valid_to)
            for code in self.lists.get(name, ())
            if code.counts_as & wanted
        }
        return tuple(sorted(found, key=lambda dated: (dated.value, dated.first)))

    def label(self, name: str, value: str, lang: Lang) -> str:
        """Return the label of a code, or the code itself when it is not in the list."""
        for code in reversed(self.lists.get(name, ())):
            if code.code == value:
                return code.sv if lang == "sv" else code.en
        return value


def read_codes(folder: Path) -> CodeLists:
    """Read every code list in `folder`. Raises StatsError with all problems found."""
    problems: list[Problem] = []
    lists: dict[str, tuple[Code, ...]] = {}
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode() + path.read_bytes())
        lists[path.stem] = tuple(_read_list(path, problems))
    if not problems and not {"activities", "events"} <= lists.keys():
        problems.append(problem("codes_missing", str(folder)))
    if problems:
        raise StatsError(problems)
    return CodeLists(lists, digest.hexdigest()[:16])


def _read_list(path: Path, problems: list[Problem]) -> Iterable[Code]:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        problems.append(problem("not_utf8", str(path)))
        return
    found = tuple(rows[0].keys()) if rows else ()
    if not set(HEADING) <= set(found):
        # Lists of other shape (municipalities, languages …) may lie in the same folder and are none of our business.
        if path.stem in {"activities", "events", *LIST_FOR_ATTRIBUTE.values()}:
            problems.append(problem("codes_heading", str(path), columns=", ".join(HEADING), found=", ".join(found)))
        return
    seen: list[Code] = []
    for line, row in enumerate(rows, start=2):
        place = f"{path}:{line}"
        first = _read_day(row["valid_from"], _BEGINNING, place, problems)
        last = _read_day(row["valid_to"], FAR, place, problems)
        if last < first:
            problems.append(problem("codes_order", place, start=first, end=last))
        meanings = frozenset((row["counts_as"] or "").replace("|", " ").split())
        code = Code(row["code"], row["sv"], row["en"], meanings, first, last, row["source"] or "")
        if any(o.code == code.code and o.valid_from <= last and first <= o.valid_to for o in seen):
            problems.append(problem("codes_twice", place, value=code.code))
        seen.append(code)
        yield code


def _read_day(text: str | None, otherwise: dt.date, place: str, problems: list[Problem]) -> dt.date:
    if not text:
        return otherwise
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        problems.append(problem("codes_date", place, value=text))
        return otherwise


def find_codes(near: Path) -> Path:
    """Return the nearest folder of code lists seen from `near`, else the one shipped beside this package.

    Raises StatsError when there is none.
    """
    start = near.resolve()
    for folder in (start, *start.parents):
        if (folder / "codes" / "activities.csv").is_file():
            return folder / "codes"
    shipped = Path(__file__).resolve().parents[3] / "definitions" / "codes"
    if (shipped / "activities.csv").is_file():
        return shipped
    raise StatsError([problem("codes_missing", str(near))])
