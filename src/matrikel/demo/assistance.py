"""Four years of economic assistance in the unit that is shown first, as the system that pays it would list them.

All chances and amounts are invented. Who works or studies needs none; most others do, in nearly every month.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from matrikel.base.scope import acting_as
from matrikel.demo.plan import Individual
from matrikel.demo.ways import STUDIES, WORK
from matrikel.domain.benefits import door as benefits
from matrikel.kernel.acting import Acting
from matrikel.kernel.period import add_months

MONTHS = 48
OTHERS = range(3, 15)
"""How many of a month's rows are about persons the unit has nothing to do with."""
ADULT, CHILD, RENT = 5_100, 3_600, range(5_500, 9_500, 250)

Member = tuple[Individual, UUID]


def read_in(households: Iterable[Sequence[Member]], *, by: Acting, today: date, chance: Random) -> None:
    """Record the months that have ended, of the households the unit knows."""
    this = today.replace(day=1)
    found: dict[date, list[benefits.Assisted]] = {add_months(this, -back): [] for back in range(1, MONTHS + 1)}
    for members in households:
        household, rent, needs = UUID(int=chance.getrandbits(128)), chance.choice(RENT), chance.random() < 0.75
        for month, rows in found.items():
            here = [each for each in members if _lives_here(each[0], month)]
            adults = [each for each in here if each[0].role == "adult"]
            if needs and adults and not any(_earns(member, month) for member, _id in here) and chance.random() > 0.05:
                kronor = Decimal(rent + ADULT * len(adults) + CHILD * (len(here) - len(adults)))
                rows += [
                    benefits.Assisted(person, household, kronor if (member, person) == adults[0] else Decimal(0))
                    for member, person in here
                ]
    unreached = {month: chance.choice(OTHERS) for month in found}
    with acting_as(by):
        benefits.record(months=found, unreached=unreached, file_name=f"ekonomiskt-bistand-{today:%Y-%m}.csv", by=by)


def _lives_here(member: Individual, month: date) -> bool:
    """Registered in the municipality the whole month, and born before it."""
    way, last = member.way, add_months(month, 1) - timedelta(days=1)
    since = max(member.born, way.registered if way else member.born)
    return since <= month and not (way and way.gone and way.gone <= last)


def _earns(member: Individual, month: date) -> bool:
    """In work or studies any day of the month."""
    last = add_months(month, 1) - timedelta(days=1)
    return any(
        doing.kind in WORK | STUDIES and doing.first and doing.first <= last and (doing.last or last) >= month
        for doing in (member.way.doings if member.way else ())
    )
