"""Taking in who had economic assistance in which month."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from matrikel.domain.access.door import Right
from matrikel.domain.benefits import door as benefits
from matrikel.domain.imports.reading import MonthRow
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed
from matrikel.kernel.numbers import IdentityNumber

CHUNK = 5_000


def take_in_months(*, rows: Iterable[MonthRow], file_name: str, by: Acting) -> list[benefits.MonthList]:
    """Keep the rows that are about persons within reach, and take the place of what stood about their months.

    Rows about the same person and month are one: amounts are summed, the first household holds. A household is known
    by what the file calls it; a row that names none is a household alone. Raises NotAllowed.
    """
    if not by.may(Right.IMPORT_RUN):
        raise NotAllowed
    given = list(rows)
    reached = _reached({row.number for row in given}, by)
    called: dict[str, UUID] = {}
    found: dict[date, dict[UUID, benefits.Assisted]] = {row.month: {} for row in given}
    unreached: Counter[date] = Counter()
    for row in given:
        person = reached.get(row.number)
        if person is None:
            unreached[row.month] += 1
            continue
        household = called.setdefault(row.household, uuid4()) if row.household else uuid4()
        persons, told = found[row.month], benefits.Assisted(person, household, row.amount)
        persons[person] = persons[person].plus(row.amount) if person in persons else told
    months = {month: list(persons.values()) for month, persons in found.items()}
    return benefits.record(months=months, unreached=unreached, file_name=file_name, by=by)


def _reached(numbers: set[IdentityNumber], by: Acting) -> dict[IdentityNumber, UUID]:
    found: dict[IdentityNumber, UUID] = {}
    wanted = list(numbers)
    for start in range(0, len(wanted), CHUNK):
        found |= people.reached_by(wanted[start : start + CHUNK], by=by)
    return found
