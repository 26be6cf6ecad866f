"""Figures worked out by loops over the rows of a drawn world, without anything of the engine but its calendar."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from matrikel_stats.dates import add_months

BODY = """
kind = "reached"
breakdowns = [["sex"]]
[cohort]
age = { from = 20, to = 64 }
[cohort.anchor]
spell = ["registration"]
take = "first"
[window]
months = 12
[outcome]
spell = ["employment", "internship"]
"""
LEAVING = """
[leaving]
events = ["left"]
deaths = ["death"]
"""
ONE = dt.timedelta(days=1)
World = tuple[list[Any], list[Any], list[Any]]
Ended = tuple[str, bool, int, str]
"""Sex, mature, days from the anchor and what it ended in, of one person."""


def reached(drawn: World, freeze: dt.date, *, leaving: bool) -> tuple[list[Ended], dict[str, int]]:
    """Return how it ended for each of the cohort, and how many were left out by reason."""
    persons, spells, events = drawn
    anchors: dict[int, dt.date] = {}
    for who, kind, start, *_ in spells:
        if kind == "registration":
            anchors[who] = min(start, anchors.get(who, start))
    ended: list[Ended] = []
    excluded: Counter[str] = Counter()
    for who, anchor in anchors.items():
        birth, sex = persons[who][:2] if who < len(persons) else ("", "")
        if who >= len(persons):
            excluded["unknown_person"] += 1
        elif anchor > freeze:
            excluded["after_freeze"] += 1
        elif not birth:
            excluded["age_unknown"] += 1
        elif not 20 <= _age(dt.date.fromisoformat(birth), anchor) <= 64:
            excluded["age"] += 1
        else:
            left = _left(who, anchor, events) if leaving else []
            found = _ending(anchor, _works(who, anchor, spells), left, freeze)
            ended.append(({"f": "female", "m": "male"}.get(sex, ""), *found))
    return ended, dict(sorted(excluded.items()))


def _age(birth: dt.date, on: dt.date) -> int:
    years = on.year - birth.year
    return years if add_months(birth, 12 * years) <= on else years - 1


def _works(who: int, anchor: dt.date, spells: Sequence[Any]) -> list[dt.date]:
    """Return the days from the anchor on that work began or was running."""
    days = []
    for whose, kind, start, length, *_ in spells:
        if whose == who and kind in ("employment", "internship"):
            last = dt.date.max if length is None else start + dt.timedelta(days=length)
            if last >= anchor:
                days.append(max(start, anchor))
    return days


def _left(who: int, anchor: dt.date, events: Sequence[Any]) -> list[tuple[dt.date, int, str]]:
    """Return the days of leaving with the order that decides on one day, and what each is called."""
    days = []
    for whose, kind, day, _, towards, *_ in events:
        if whose == who and day >= anchor and kind in ("left", "death"):
            order = 0 if kind == "death" else 1 if towards == "inside" else 2
            days.append((day, order, ("died", "left_inside", "left_outside")[order]))
    return days


def _ending(
    anchor: dt.date, works: list[dt.date], left: list[tuple[dt.date, int, str]], freeze: dt.date
) -> tuple[bool, int, str]:
    last = add_months(anchor, 12) - ONE
    stop, mature = min(last, freeze), last <= freeze
    gone, _, how = min(left, default=(dt.date.max, 0, ""))
    work = min(works, default=dt.date.max)
    if work <= min(stop, gone):
        return mature, (work - anchor).days, "outcome"
    if gone <= stop:
        return mature, (gone - anchor).days, how
    return (mature, (last - anchor).days + 1, "window_passed") if mature else (mature, (freeze - anchor).days, "frozen")


def product_limit(ended: Sequence[tuple[bool, int, str]]) -> float:
    """Return the share that has reached it, person by person, where leaving competes."""
    free, share = 1.0, 0.0
    for day in sorted({day for _, day, _ in ended}):
        at_risk = sum(each >= day for _, each, _ in ended)
        today = [status for _, each, status in ended if each == day]
        share += free * today.count("outcome") / at_risk
        free *= 1 - sum(status in ("outcome", "died", "left_inside", "left_outside") for status in today) / at_risk
    return share


def stock(drawn: World, wanted: Sequence[str], freeze: dt.date) -> dict[str, int]:
    """Return how many known persons are in any of the states at the end of each month, by exploding every state."""
    persons, spells, _ = drawn
    there: set[tuple[str, int]] = set()
    for who, kind, start, length, *_ in spells:
        if kind in wanted and who < len(persons):
            last = freeze if length is None else min(freeze, start + dt.timedelta(days=length))
            day = start
            while day <= last:
                if (day + ONE).day == 1:
                    there.add((f"{day:%Y-%m}", who))
                day += ONE
    return dict(sorted(Counter(month for month, _ in there).items()))


def long_term(
    folder: Path, freeze: dt.date, at_least: int, of: int, longest_break: int | None
) -> dict[tuple[str, bool, str], int]:
    """Return by year, mature and status the persons with assistance in the year, every month put in its windows."""
    with (folder / "persons.csv").open(encoding="utf-8") as file:
        known = {row["person_id"] for row in csv.DictReader(file)}
    with (folder / "assistance_months.csv").open(encoding="utf-8") as file:
        months = {(row["person_id"], int(row["month"][:4]) * 12 + int(row["month"][5:7]) - 1)
                  for row in csv.DictReader(file)}  # fmt: skip
    begun = min(month for _, month in months)
    past = {(who, month) for who, month in months if who in known and month <= freeze.year * 12 + freeze.month - 1}
    windows: dict[tuple[str, int], set[int]] = {}
    for who, month in past:
        for year in range(month // 12, (month + of) // 12):
            windows.setdefault((who, year), set()).add(month)
    found: Counter[tuple[str, bool, str]] = Counter()
    for who, year in {(who, month // 12) for who, month in past}:
        if year * 12 + 12 - of < begun:
            continue
        inside = sorted(windows[who, year])
        gaps = [later - earlier - 1 for earlier, later in pairwise(inside)]
        long = len(inside) >= at_least and (longest_break is None or max(gaps, default=0) <= longest_break)
        mature = year < freeze.year
        found[str(year), mature, "outcome" if long else "window_passed" if mature else "frozen"] += 1
    return dict(found)
