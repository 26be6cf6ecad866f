"""Whom a survey is sent to: a cohort of the register, or numbers from another system, as recipients."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matrikel.domain.benefits import door as benefits
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.surveys import door as surveys
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.numbers import NumberFault, parse
from matrikel.kernel.period import age_on


@dataclass(frozen=True)
class Chosen:
    """Who is to be asked. `unread` are lines that are no numbers; of a number that is nobody's nothing is said.

    `without_letter` counts those within reach whose whereabouts are not shown: they are asked in person, or not at all.
    """

    recipients: tuple[surveys.Recipient, ...] = ()
    without_letter: int = 0
    unread: tuple[str, ...] = ()


def discharged(since: date, until: date, *, by: Acting) -> Chosen:
    """Those whose introduction in the acting unit ended in a stretch of days, both counted."""
    return _chosen(cases.introduced(by, since=since, until=until), by=by)


def enrolled(*, by: Acting) -> Chosen:
    """Those with an open introduction case in the acting unit."""
    return _chosen(cases.introduced(by), by=by)


def assisted(month: date, *, by: Acting) -> Chosen:
    """Those with economic assistance in a month, by its first day, as the acting unit has read it in."""
    return _chosen(benefits.assisted(by, month), by=by)


def listed(lines: Iterable[str], *, by: Acting) -> Chosen:
    """Those within reach among numbers from another system."""
    numbers, unread = [], []
    for line in filter(None, map(str.strip, lines)):
        try:
            numbers.append(parse(line, register_date=clock.today()))
        except NumberFault:
            unread.append(line)
    chosen = _chosen(people.reached_by(numbers, by=by).values(), by=by)
    return Chosen(chosen.recipients, chosen.without_letter, tuple(unread))


def handed(count: int) -> Chosen:
    """Codes for so many, to be handed out: nobody knows who gets which."""
    return Chosen(tuple(surveys.Recipient(channel=surveys.Channel.HANDED) for _ in range(count)))


def _chosen(ids: Iterable[UUID], *, by: Acting) -> Chosen:
    """The living among persons within reach, with what answers are compared by; logged."""
    persons = [person for person in people.named(ids, by=by, whereabouts=True).values() if person.death_date is None]
    within = {person.pk: person for person in persons if people.whereabouts_shown(person)}
    trail.read("casework.recipients.chosen", by=by, persons=within)
    today = clock.today()
    recipients = tuple(
        surveys.Recipient(
            person=person.pk,
            groups={
                **({"sex": person.sex} if person.sex in ("female", "male") else {}),
                **({"age_band": surveys.age_band(age_on(person.birth_date, today))} if person.birth_date else {}),
            },
        )
        for person in within.values()
    )
    return Chosen(recipients, without_letter=len(persons) - len(within))
