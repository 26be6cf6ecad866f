"""How whole the register is: what is missing or odd, how many it is about in each unit, and the persons to mend.

Those who work with the persons see their own, read from the register as it stands today and never stored. Others see
the numbers by unit that were kept with the latest run, the small ones hidden.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right
from matrikel.domain.cases import facts as cases
from matrikel.domain.figures import door as figures
from matrikel.domain.people import door as people
from matrikel.domain.people import facts as of_people
from matrikel.domain.services import facts as services
from matrikel.domain.trail import door as trail
from matrikel.extract.lacks import LACKS, NO_DAY, Known, Lack
from matrikel.extract.rows import Told
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel_stats import Definition

SHOWN = 200
"""Persons on a list at most; they grow fewer as they are mended."""


@dataclass(frozen=True)
class Number:
    """How many in one unit. `why` says why a number is hidden: it is None then."""

    n: int | None
    why: str = ""


@dataclass(frozen=True)
class Lacking:
    """One lack: how many in all and in each unit, and the measures it touches."""

    lack: Lack
    whole: Number
    units: tuple[Number, ...]
    measures: tuple[Definition, ...]


@dataclass(frozen=True)
class Quality:
    """`units` names the columns of `Lacking.units` and `persons`; empty for those who see their own persons.

    `day` is the day it is about: today, or that of the latest run; None when nothing has been run.
    """

    day: date | None
    lines: tuple[Lacking, ...]
    whole: Number
    units: tuple[str, ...] = ()
    persons: tuple[Number, ...] = ()
    with_people: bool = False


@dataclass(frozen=True)
class ToMend:
    person: people.Person
    on: date | None


@dataclass(frozen=True)
class WorkList:
    """The persons within reach with one lack, `total` in all."""

    lack: Lack
    measures: tuple[Definition, ...]
    rows: tuple[ToMend, ...]
    total: int


def quality(by: Acting) -> Quality:
    """What lacks today. Raises Missing for posts that read only what boards have published."""
    if not by.may(Right.FIGURE_READ) or by.role in figures.COUNTY_ONLY:
        raise Missing
    trail.note("figures.quality.opened", by=by)
    if by.may(Right.FIGURE_PEOPLE):
        today = clock.today()
        known, _units = _register(by, _reach(by))
        lines = [Lacking(lack, Number(len(_with(lack, known, today))), (), measures_of(lack)) for lack in LACKS]
        return Quality(today, tuple(lines), Number(len(known)), with_people=True)
    run = figures.latest_run(by, done=True)
    return _by_units(run.lacks, by) if run and run.lacks else Quality(None, (), Number(0))


def counted(by: Acting) -> dict[str, Any]:
    """What lacks today by unit, to be kept with a run: day, persons and those with each lack; numbers alone."""
    today = clock.today()
    known, homes = _register(by, None)
    lacks = {lack.key: dict(Counter(homes[person] for person in _with(lack, known, today))) for lack in LACKS}
    return {"day": today.isoformat(), "persons": dict(Counter(homes.values())), "lacks": lacks}


def _by_units(kept: Mapping[str, Any], by: Acting) -> Quality:
    names = {str(unit.pk): unit.name for unit in access.units_of_board(by=by)}
    units = sorted(kept["persons"], key=lambda unit: (not unit, names.get(unit, "")))
    everybody = _in_units(kept["persons"], units)
    persons = _judged(everybody, None)
    lines = []
    for lack in LACKS:
        numbers = _judged(_in_units(kept["lacks"].get(lack.key, {}), units), everybody)
        lines.append(Lacking(lack, numbers[0], numbers[1:], measures_of(lack)))
    day = date.fromisoformat(kept["day"])
    return Quality(day, tuple(lines), persons[0], tuple(names.get(unit, "") for unit in units), persons[1:])


def to_mend(key: str, *, by: Acting) -> WorkList:
    """The persons within reach with a lack, longest ago first. Raises Missing without the right and for other lacks."""
    if not by.may(Right.FIGURE_PEOPLE):
        raise Missing
    lack = next((each for each in LACKS if each.key == key), None)
    if lack is None:
        raise Missing
    known, _homes = _register(by, _reach(by))
    found = sorted(_with(lack, known, clock.today()).items(), key=lambda each: (each[1], str(each[0])))
    ids = [person for person, _on in found[:SHOWN]]
    persons = people.named(ids, by=by)
    trail.read("figures.lack.listed", by=by, persons=dict.fromkeys(ids), ground=f"lack {lack.key}")
    rows = tuple(
        ToMend(persons[person], None if on == NO_DAY else on) for person, on in found[:SHOWN] if person in persons
    )
    return WorkList(lack, measures_of(lack), rows, len(found))


def measures_of(lack: Lack) -> tuple[Definition, ...]:
    """The measures that the lack touches, in the order of the overview."""
    known = figures.definitions().values()
    return tuple(each for each in known if figures.is_kept_here(each) and lack.concerns(each))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reach(by: Acting) -> frozenset[UUID]:
    return frozenset(people.visible(by).values_list("pk", flat=True))


def _register(by: Acting, only: frozenset[UUID] | None) -> tuple[dict[UUID, Known], dict[UUID, str]]:
    """What is told of everybody, or of some, and the unit each belongs to."""
    told = Told(by, only)
    known, homes = {}, {}
    for person, born, sex, unit, *_rest in told.persons():
        known[person], homes[person] = Known(born=born, sex=sex or ""), unit or ""
    of = known.get
    for person, on, category in told.read(cases.receptions, ("person_id", "date", "category")):
        if (each := of(person)) is not None:
            each.receptions.append((on, category or ""))
    for person, on in told.read(cases.enrolments, ("person_id", "date")):
        if (each := of(person)) is not None:
            each.enrolled.append(on)
    for person, on in told.read(services.sfi_applications, ("person_id", "date")):
        if (each := of(person)) is not None:
            each.applied.append(on)
    names = ("person_id", "kind", "start_date", "end_date", "result", "basis")
    for source in (of_people.activities, services.spells):
        for person, kind, start, end, result, basis in told.read(source, names):
            if (each := of(person)) is not None:
                each.spells.append((kind, start, end, result or "", basis or ""))
    for person, start, end, place in told.read(
        of_people.registrations, ("person_id", "start_date", "end_date", "municipality")
    ):
        if (each := of(person)) is not None and place == by.municipality:
            each.registered.append((start, end))
    for person, kind, on in told.read(of_people.events, ("person_id", "kind", "date")):
        if (each := of(person)) is not None and kind == "left":
            each.left.append(on)
        elif each is not None:
            each.died = on
    for (person,) in told.read(of_people.numbers, ("person_id",)):
        if (each := of(person)) is not None:
            each.has_number = True
    return known, homes


def _with(lack: Lack, known: Mapping[UUID, Known], today: date) -> dict[UUID, date]:
    found = ((person, lack.find(each, today)) for person, each in known.items())
    return {person: on for person, on in found if on is not None}


# ── hiding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _in_units(found: Mapping[str, int], units: Sequence[str]) -> list[int]:
    """How many in all, then in each unit."""
    return [sum(found.values()), *(found.get(unit, 0) for unit in units)]


def _threshold() -> int:
    """The strictest of the measures that the register is counted for."""
    return max(each.threshold for each in figures.definitions().values() if figures.is_kept_here(each))


def _judged(counts: Sequence[int], of: Sequence[int] | None) -> tuple[Number, ...]:
    """The whole and the units with what must be hidden gone: few with the lack, few without it, few in all."""
    places = ["", *(f"unit:{at}" for at in range(1, len(counts)))]
    numbers = {
        (place, "", ""): (n,) if of is None else (n, of[at] - n, of[at])
        for at, (place, n) in enumerate(zip(places, counts, strict=True))
    }
    why = figures.concealed(numbers, _threshold(), keep_totals=True)
    hidden = [why.get((place, "", ""), "") for place in places]
    return tuple(Number(None if gone else n, gone) for n, gone in zip(counts, hidden, strict=True))
