"""From what the rooms tell to the tables of the dataset contract (docs/reference/statistics.md).

A board's dataset is about its own municipality: registrations elsewhere are left out, so that a county is the sum of
its boards and nobody is followed twice. What belongs to nobody in the persons table is left out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from matrikel.base.facts import Facts
from matrikel.domain.benefits import facts as benefits
from matrikel.domain.cases import facts as cases
from matrikel.domain.instruments import facts as instruments
from matrikel.domain.people import facts as people
from matrikel.domain.people.door import with_merged
from matrikel.domain.plans import facts as plans
from matrikel.domain.services import facts as services
from matrikel.domain.surveys import facts as surveys
from matrikel.kernel.acting import Acting

PERSONS = ("person_id", "birth_date", "sex", "unit", "municipality", "category")
SPELLS = ("person_id", "kind", "start_date", "end_date", "result", "basis", "unit", "municipality")
EVENTS = (
    "person_id", "kind", "date", "unit", "municipality", "category", "route", "receiver", "reason", "to_county", "plan",
    "area", "outcome",
)  # fmt: skip
ASSISTANCE_MONTHS = ("person_id", "month", "household_id", "amount", "unit", "municipality")
RESPONSES = ("person_id", "instrument", "item", "date", "value", "band", "unit", "municipality")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Home:
    """Where a person belongs for statistics: the unit that received them last, the category they came in first."""

    unit: str = ""
    category: str = ""


class Told:
    """The tables of the acting board, or of a few of its persons, read once each in the order named here."""

    def __init__(self, by: Acting, only: Collection[UUID] | None = None) -> None:
        self.municipality = by.municipality
        self.only = None if only is None else with_merged(only)
        self._homes = self._find_homes()
        self._known: set[UUID] = set()
        self.registered = 0

    def persons(self) -> Iterator[Row]:
        """PERSONS. It and `respondents` must be read to their ends before the others."""
        for person, born, sex in self.read(people.persons, ("person_id", "birth_date", "sex")):
            self._known.add(person)
            self.registered += 1
            home = self._homes.get(person, Home())
            yield person, born, sex or None, home.unit or None, self.municipality, home.category or None

    def respondents(self) -> Iterator[Row]:
        """PERSONS: those who answer surveys, who are nobody of the register. None among a few of its persons."""
        for row in self._of_surveys(surveys.respondents, PERSONS):
            self._known.add(row[0])
            yield row

    def spells(self) -> Iterator[Row]:
        """SPELLS."""
        registered = self.read(people.registrations, SPELLS)
        here = (row for row in registered if row[7] == self.municipality)
        outside = self.read(people.activities, SPELLS)
        offered = self.read(services.spells, SPELLS)
        return self._of_known(chain(here, outside, offered))

    def events(self) -> Iterator[Row]:
        """EVENTS. A move tells whether it went inside the county or out of it."""
        sources = (
            cases.receptions, cases.enrolments, cases.discharges, cases.referrals, services.sfi_applications,
            services.sfi_starts, plans.agreements, plans.goals_reached, plans.steps_overdue, plans.follow_ups_due,
            plans.follow_ups_held,
        )  # fmt: skip
        rows = chain.from_iterable(self.read(source, EVENTS) for source in sources)
        return self._of_known(chain(rows, self._people_events()))

    def assistance_months(self) -> Iterator[Row]:
        """ASSISTANCE_MONTHS."""
        return self._of_known(self.read(benefits.assistance_months, ASSISTANCE_MONTHS))

    def responses(self) -> Iterator[Row]:
        """RESPONSES, also those of surveys."""
        answered = self._of_surveys(surveys.responses, RESPONSES)
        return self._of_known(chain(self.read(instruments.responses, RESPONSES), answered))

    def _of_surveys(self, source: Callable[[], Facts], wanted: Sequence[str]) -> Iterator[Row]:
        return iter(()) if self.only is not None else self.read(lambda _few: source(), wanted)

    def _people_events(self) -> Iterator[Row]:
        names = ("person_id", "kind", "date", "municipality", "moved_to")
        for person, kind, on, municipality, moved_to in self.read(people.events, names):
            if kind == "left" and municipality != self.municipality:
                continue
            inside = bool(moved_to) and moved_to[:2] == self.municipality[:2]
            towards = ("inside" if inside else "outside") if kind == "left" else None
            yield person, kind, on, None, self.municipality, None, None, None, None, towards, None, None, None

    def _find_homes(self) -> dict[UUID, Home]:
        found: dict[UUID, tuple[Any, str, Any, str]] = {}
        for source, lowest in ((cases.enrolments, False), (cases.receptions, True)):
            for person, on, unit, category in self.read(source, ("person_id", "date", "unit", "category")):
                last, own_unit, first, own_category = found.get(person, (None, "", None, ""))
                if last is None or (lowest, on) >= last:
                    last, own_unit = (lowest, on), _text(unit)
                if category and (first is None or on < first):
                    first, own_category = on, category
                found[person] = (last, own_unit, first, own_category)
        return {person: Home(unit, category) for person, (_last, unit, _first, category) in found.items()}

    def _of_known(self, rows: Iterable[Row]) -> Iterator[Row]:
        return (row for row in rows if row[0] in self._known)

    def read(self, source: Callable[[Collection[UUID] | None], Facts], wanted: Sequence[str]) -> Iterator[Row]:
        """The wanted columns of a room's rows, those it does not tell and empty ones as None."""
        told = source(self.only)
        places = [told.columns.index(name) if name in told.columns else None for name in wanted[1:]]
        for row in told.rows:
            yield row[0], *(None if place is None else _plain(row[place]) for place in places)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | Decimal) else None if value == "" else value


def _text(value: Any) -> str:
    return "" if value is None else str(value)
