"""The last day a dataset knows about: given, said by dataset.toml, or the latest in the tables."""

# ruff: noqa: S608 - names of tables and columns are our own; there is no user-written SQL.

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, Literal

from matrikel_stats.dates import EARLIEST, LATEST
from matrikel_stats.problems import Problem, StatsError, Words, problem

from .files import RawTable
from .schema import DATASET_KEYS, TIMED

FreezeSource = Literal["given", "dataset", "latest_date"]


def frozen(
    given: dt.date | None, settings: dict[str, Any], con: Any, tables: dict[str, RawTable], place: Path
) -> tuple[dt.date, FreezeSource]:
    """Return the last day known about and who says so. Raises StatsError when it lies outside 1900-2100."""
    if given:
        return known_day(given), "given"
    said = settings.get("freeze")
    if said:
        return known_day(said, str(place / "dataset.toml")), "dataset"
    return _latest(con, tables, place), "latest_date"


def known_day(day: dt.date, place: str = "--freeze") -> dt.date:
    """Return a freeze date that lies in the years dates may. Raises StatsError."""
    if not EARLIEST <= day <= LATEST:
        raise StatsError([problem("freeze_outside", place, value=day)])
    return day


def settings_of(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return what dataset.toml says, or note what is wrong with it."""
    path = folder / "dataset.toml"
    if not path.exists():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(problem("dataset_toml", str(path), reason=str(error)))
        return {}
    for key, value in settings.items():
        if key not in DATASET_KEYS:
            problems.append(
                problem("dataset_toml", str(path), reason=Words(f"unknown key {key!r}", f"okänd nyckel {key!r}"))
            )
        elif key == "freeze" and isinstance(value, str):
            try:
                settings[key] = dt.date.fromisoformat(value)
            except ValueError:
                problems.append(problem("dataset_toml", str(path), reason=_not_a_date(value)))
        elif key == "freeze" and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
            problems.append(problem("dataset_toml", str(path), reason=_not_a_date(value)))
    return settings


def _not_a_date(value: object) -> Words:
    return Words(
        f"freeze {str(value)!r} is not a date; write 2026-01-31",
        f"freeze {str(value)!r} är inget datum; skriv 2026-01-31",
    )


def _latest(con: Any, tables: dict[str, RawTable], folder: Path) -> dt.date:
    """Return the latest day in the tables that is not in the future."""
    columns = [("spells", "start_date"), ("spells", "end_date"), ("events", "date")]
    columns += [(table, timed.end) for table, timed in TIMED.items()]
    union = " UNION ALL ".join(
        f"SELECT max({c}) AS d FROM {t} WHERE {c} <= current_date" for t, c in columns if t in tables
    )
    row = con.execute(f"SELECT max(d) FROM ({union}) AS days").fetchone()
    if row is None or row[0] is None:
        raise StatsError([problem("freeze_missing", str(folder))])
    latest: dt.date = row[0]
    return latest
