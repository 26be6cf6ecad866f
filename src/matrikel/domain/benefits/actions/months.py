"""Keeping who had assistance in which month, and no longer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.benefits.models import AssistanceMonth, MonthList
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed

CHUNK = 1_000


@dataclass(frozen=True)
class Assisted:
    """A person with assistance in a month: with whom it was got, and how much in kronor, None where not told."""

    person: UUID
    household: UUID
    amount: Decimal | None = None

    def plus(self, amount: Decimal | None) -> "Assisted":
        """The same with another payment."""
        return self if amount is None else replace(self, amount=(self.amount or Decimal(0)) + amount)


def record(
    *, months: Mapping[date, Sequence[Assisted]], unreached: Mapping[date, int], file_name: str, by: Acting
) -> list[MonthList]:
    """Keep what a file tells of some months, each by its first day; what the unit was told of them before is taken
    back. No person stands twice in a month. Undone as a whole. Raises NotAllowed."""
    _require(by)
    with trail.writing("benefits.months.recorded", by=by) as act:
        gone = [_taken_back(before, act) for before in MonthList.objects.filter(unit_id=by.unit_id, month__in=months)]
        made = [
            act.create(
                MonthList(
                    board_id=by.board_id, unit_id=by.unit_id, post_id=by.post_id, month=month,
                    file_name=file_name[-200:], unreached=unreached.get(month, 0),
                )
            )
            for month in sorted(months)
        ]  # fmt: skip
        rows = [
            AssistanceMonth(
                board_id=by.board_id, month_list=each, person_id=told.person, household=told.household,
                amount=told.amount,
            )
            for each in made
            for told in months[each.month]
        ]  # fmt: skip
        AssistanceMonth.objects.bulk_create(rows, batch_size=CHUNK)
        _tell(act, *gone, [row.person_id for row in rows])
        return made


def take_back(*, month_list: MonthList, by: Acting) -> None:
    """Take a month back, with all who stood in it. Raises NotAllowed."""
    _require(by)
    with trail.writing("benefits.month.taken_back", by=by) as act:
        _tell(act, _taken_back(month_list, act))


def _taken_back(month_list: MonthList, act: trail.Writing) -> list[UUID]:
    """Void a list; who stood in it."""
    act.void(month_list)
    return list(AssistanceMonth.objects.filter(month_list=month_list).values_list("person_id", flat=True))


def _tell(act: trail.Writing, *persons: Iterable[UUID]) -> None:
    """Say once of each person in the log that the act was about a month of theirs."""
    for person in dict.fromkeys(chain(*persons)):
        act.entry(person=person, of="benefits.assistancemonth")


def _require(by: Acting) -> None:
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed
