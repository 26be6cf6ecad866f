"""What holds for cases and the journal: numbers, who may sign and strike, and the limits that the law sets.

Law: SoL (2025:400) 14:3 and 14:6 (documentation, with respect for the person), OSL 26:1 and lag (2001:454) 10 §
(access by need); lag (2016:38) 5 § with förordning (2016:39) (reception within two months of the assignment).
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from matrikel.kernel.period import add_months

PREFIXES = {"introduction": "IE"}
"""Letters that open the number of a case, by kind of case."""

STRIKE_REASON_LENGTH = 5
RECEPTION_MONTHS = 2
RECEPTION_PARAGRAPH = "lag (2016:38) 5 §, förordning (2016:39)"
DOCUMENTATION = "socialtjänstlag (2025:400) 14 kap. 3 §"

_NUMBER = re.compile(r"(?:(?P<prefix>[a-zåäö]{1,4})\s*)?(?P<year>(?:19|20)\d{2})\s*[-–/]\s*(?P<serial>\d{1,7})", re.I)


@dataclass(frozen=True)
class Deadline:
    """The last day on which something may be done and still be in time, and where that is said."""

    on: date
    paragraph: str


def series(kind: str, on: date) -> str:
    """The series a case is numbered in: letters and the year it was opened (`IE 2026`)."""
    return f"{PREFIXES[kind]} {on.year}"


def number(series_name: str, serial: int) -> str:
    """`IE 2026-0412`. Four digits at least; a series does not end at 9999."""
    return f"{series_name}-{serial:04d}"


def parse_number(text: str) -> tuple[str, int] | None:
    """Series and serial of a case number as people write it (`ie2026-412`, `2026-0412`), else None.

    The series has no letters when the text has none.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return f"{(match['prefix'] or '').upper()} {match['year']}", int(match["serial"])


def reception_limit(allocated_on: date) -> Deadline:
    """The municipality receives within two months of the state's assignment."""
    return Deadline(add_months(allocated_on, RECEPTION_MONTHS), RECEPTION_PARAGRAPH)


def draft_id(by: Acting, form: UUID) -> UUID:
    """The id of the draft that an open form writes: no post can name, and so probe for, the draft of another."""
    return uuid5(by.post_id, str(form))


def may_sign(*, author: UUID, post: UUID) -> bool:
    """Only the author answers for a note with their name."""
    return author == post


def may_strike(*, author: UUID, post: UUID, leads: bool) -> bool:
    """The author, or whoever leads the unit's work when the author is away."""
    return author == post or leads


def require(by: Acting, right: Right, unit_id: UUID | None = None) -> None:
    """The acting post's role holds the right, and the row is its own unit's: NotAllowed, and Missing."""
    if not by.may(right):
        raise NotAllowed
    if unit_id is not None and unit_id != by.unit_id:
        raise Missing


def require_day(day: date, *, field: str, born: date | None = None, died: date | None = None) -> None:
    """A day in somebody's life that has come."""
    if day > clock.today():
        raise RuleBroken("in_future", _("Dagen har inte kommit än. Skriv dagen då det hände."), field=field)
    if born is not None and day < born:
        raise RuleBroken("before_birth", _("Dagen ligger före födelsedagen."), field=field)
    if died is not None and day > died:
        raise RuleBroken("after_death", _("Dagen ligger efter dödsdagen."), field=field)


def require_open(end_date: date | None) -> None:
    if end_date is not None:
        raise RuleBroken(
            "case_closed",
            _("Ärendet avslutades %(day)s. Öppna det igen först.") % {"day": end_date.isoformat()},
        )
