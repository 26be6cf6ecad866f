"""Files in the shape of Kolada's API v3: key figures, their values, groups of municipalities; read and written.

Shape: {"count", "next_page", "previous_page", "values"}. A value is by key figure, municipality (0000 is the nation),
year and gender (T all, K women, M men). Shares are per cent there and 0-1 here.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import StatsError, problem
from matrikel_stats.result import Cell, Result

GENDERS = {"": "T", "female": "K", "male": "M"}
SUPPRESSED = "Suppressed"
NATION = "0000"
"""The status of a value that is hidden here, and the code of the whole nation."""


@dataclass(frozen=True)
class Value:
    """One value; None with a status where it is missing or hidden. `count` says how many values are there, 1 or 0."""

    kpi: str
    municipality: str
    period: int
    gender: str
    value: float | None
    count: int = 1
    status: str = ""


@dataclass(frozen=True)
class Group:
    """A group of municipalities by code and name, such as those that are alike."""

    id: str
    title: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kpi:
    """A key figure."""

    id: str
    title: str
    description: str


def read_data(path: Path) -> list[Value]:
    """Return the values of a `/data` file. Raises StatsError with the place of the first fault of each entry."""
    found: list[Value] = []
    problems = []
    for at, entry in _entries(path):
        try:
            found += _values(entry)
        except (KeyError, TypeError, ValueError) as error:
            problems.append(problem("kolada_value", f"{path}: values[{at}]", reason=_reason(error)))
    if problems:
        raise StatsError(problems[:10])
    return found


def read_kpis(path: Path) -> list[Kpi]:
    """Return the key figures of a `/kpi` file."""
    return [
        Kpi(_text(path, at, each, "id"), _text(path, at, each, "title"), str(each.get("description") or ""))
        for at, each in _entries(path)
    ]


def read_groups(path: Path) -> list[Group]:
    """Return the groups of a `/municipality_groups` file (`/kpi_groups` has the same shape)."""
    found = []
    for at, each in _entries(path):
        members = each.get("members")
        if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
            raise StatsError([problem("kolada_value", f"{path}: values[{at}]", reason="members")])
        named = tuple(
            (
                str(member.get("member_id", member.get("id", ""))),
                str(member.get("member_title", member.get("title", ""))),
            )
            for member in members
        )
        if not all(code for code, _ in named):
            raise StatsError([problem("kolada_value", f"{path}: values[{at}]", reason="member_id")])
        found.append(Group(_text(path, at, each, "id"), _text(path, at, each, "title"), named))
    return found


def group(groups: Sequence[Group], name: str) -> Group:
    """Return the group with this id or title. Raises StatsError when there is none."""
    for each in groups:
        if name in (each.id, each.title):
            return each
    known = ", ".join(each.id for each in groups[:8])
    raise StatsError([problem("kolada_group", name, known=known)])


def value_at(values: Iterable[Value], kpi: str, municipality: str, period: int, gender: str = "T") -> float | None:
    """Return one value as Kolada tells it (per cent for shares), None when missing."""
    wanted = (kpi, municipality, period, gender)
    return next((v.value for v in values if (v.kpi, v.municipality, v.period, v.gender) == wanted), None)


def group_median(values: Sequence[Value], kpi: str, members: Group, period: int, gender: str = "T") -> float | None:
    """Return the median of a group's municipalities, each counting once, None when no value is there."""
    import statistics

    found = [value_at(values, kpi, code, period, gender) for code, _ in members.members]
    known = [value for value in found if value is not None]
    return statistics.median(known) if known else None


def values_of(result: Result, kpi: str, municipality: str) -> list[Value]:
    """Return a protected result as values by year and gender. What is hidden is null with the status `Suppressed`.

    The year is that of the breakdown by `year` or `period`, or of a run for one year. What has no single year, or no
    known sex, has no place there and is left out.
    """
    _id(kpi)
    if not re.fullmatch(r"\d{4}", municipality):
        raise StatsError([problem("kolada_municipality", municipality)])
    if not result.protected:
        raise StatsError([problem("kolada_protect", result.indicator)])
    found: dict[tuple[int, str], Value] = {}
    tables: list[tuple[set[str], Sequence[Cell]]] = [(set(each.dimensions), each.cells) for each in result.breakdowns]
    tables += [(set(), [result.total])] if result.total else []
    for dims, cells in tables:
        if not dims <= {"year", "period", "sex"}:
            continue
        for cell in cells:
            year = cell.values.get("year") or cell.values.get("period") or result.period or ""
            gender = GENDERS.get(cell.values.get("sex", ""))
            if not re.fullmatch(r"\d{4}", year) or gender is None or ("sex" in dims and gender == "T"):
                continue
            value = _told(result, cell)
            status = "" if value is not None else SUPPRESSED if cell.suppressed else "Missing"
            key = (int(year), gender)
            found.setdefault(key, Value(kpi, municipality, key[0], gender, value, int(value is not None), status))
    return [found[key] for key in sorted(found, key=lambda key: (key[0], "TKM".index(key[1])))]


def _told(result: Result, cell: Cell) -> float | None:
    if cell.suppressed or cell.value is None:
        return None
    return cell.value * 100 if result.unit == "share" else cell.value / 7 if result.unit == "weeks" else cell.value


def data_file(values: Iterable[Value]) -> dict[str, Any]:
    """Return values in the shape of a `/data` answer."""
    entries: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for each in values:
        row = {"gender": each.gender, "count": each.count, "status": each.status, "value": each.value}
        entries.setdefault((each.kpi, each.municipality, each.period), []).append(row)
    return _envelope([
        {"kpi": kpi, "municipality": municipality, "period": period, "values": rows}
        for (kpi, municipality, period), rows in sorted(entries.items())
    ])  # fmt: skip


def kpi_file(kpis: Iterable[tuple[str, Definition]], municipality_type: str = "K") -> dict[str, Any]:
    """Return definitions in the shape of a `/kpi` answer, each under the id it has there."""
    return _envelope([
        {
            "id": _id(kpi), "title": definition.text("sv").name,
            "description": f"{definition.text('sv').numerator} {definition.text('sv').denominator}".strip(),
            "is_divided_by_gender": any("sex" in each for each in definition.breakdowns),
            "municipality_type": municipality_type, "auspice": definition.owner, "operating_area": "",
            "perspective": "", "prel_publication_date": None, "publication_date": None, "publ_period": None,
            "has_ou_data": False,
        }
        for kpi, definition in kpis
    ])  # fmt: skip


def _envelope(values: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": len(values), "next_page": None, "previous_page": None, "values": values}


def _id(kpi: str) -> str:
    if not re.fullmatch(r"[NU]\d{5}", kpi):
        raise StatsError([problem("kolada_id", kpi)])
    return kpi


def _entries(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise StatsError([problem("file_missing", str(path))]) from None
    except OSError as error:
        raise StatsError([problem("cannot_read", str(path), reason=error.strerror)]) from None
    except (ValueError, RecursionError) as error:
        raise StatsError([problem("kolada_json", str(path), reason=error)]) from None
    entries = data.get("values") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise StatsError([problem("kolada_shape", str(path))])
    if data.get("next_page") or data.get("next_url"):
        raise StatsError([problem("kolada_page", str(path))])
    if type(data.get("count")) is int and data["count"] != len(entries):
        raise StatsError([problem("kolada_count", str(path), count=data["count"], found=len(entries))])
    return list(enumerate(entries))


def _values(entry: dict[str, Any]) -> list[Value]:
    kpi, municipality, period = entry["kpi"], entry["municipality"], entry["period"]
    if not (isinstance(kpi, str) and isinstance(municipality, str)):
        raise ValueError("kpi, municipality")
    if type(period) is not int or not 1900 <= period <= 2100:
        raise ValueError("period")
    found = []
    for row in entry["values"]:
        value, gender, count = row["value"], row["gender"], row.get("count", 1)
        if gender not in GENDERS.values():
            raise ValueError("gender")
        if value is not None and (type(value) not in (int, float) or not math.isfinite(value)):
            raise ValueError("value")
        if count is not None and (type(count) is not int or count < 0):
            raise ValueError("count")
        status = str(row.get("status") or "")
        found.append(
            Value(kpi, municipality, period, gender, None if value is None else float(value), count or 0, status)
        )
    return found


def _reason(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, KeyError | ValueError) and error.args else "values"


def _text(path: Path, at: int, entry: dict[str, Any], key: str) -> str:
    if not isinstance(entry.get(key), str) or not entry[key]:
        raise StatsError([problem("kolada_value", f"{path}: values[{at}]", reason=key)])
    return str(entry[key])
