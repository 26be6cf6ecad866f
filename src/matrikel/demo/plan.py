"""What is going to be registered about invented people: dates and codes only, before anything is written."""

from dataclasses import dataclass, field
from datetime import date, datetime

from matrikel.kernel.numbers import IdentityNumber


@dataclass
class Doing:
    """A participation or an activity. Without `first` it is an application that nobody has answered yet."""

    kind: str
    first: date | None = None
    last: date | None = None
    applied: date | None = None
    title: str = ""
    place: str = ""
    extent: int | None = None
    basis: str = "unknown"
    result: str = ""


@dataclass(frozen=True)
class Entry:
    """A journal note: `state` is signed, draft or struck."""

    kind: str
    at: datetime
    text: str
    state: str = "signed"


@dataclass
class Way:
    """What becomes of one person in one municipality."""

    received: date
    registered: date
    category: str
    route: str
    permit: tuple[str, date, date | None] | None = None
    previous_municipality: str = ""
    allocation: tuple[str, date] | None = None
    first_registered: date | None = None
    opened: date | None = None
    closed: tuple[date, str] | None = None
    handed_over: date | None = None
    referrals: list[tuple[str, date]] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    left: tuple[date, str] | None = None
    died: date | None = None

    @property
    def gone(self) -> date | None:
        """The day of moving out or of death."""
        return self.left[0] if self.left else self.died


@dataclass
class Individual:
    """One invented person. `born_here` means that the birth is registered, not a reception."""

    given: str
    family: str
    born: date
    sex: str
    country: str
    role: str = "adult"
    own_script: str = ""
    script: str = ""
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    interpreter_note: str = ""
    number: IdentityNumber | None = None
    later_number: tuple[IdentityNumber, date] | None = None
    later_family: tuple[str, date] | None = None
    born_here: bool = False
    way: Way | None = None


@dataclass
class Family:
    """A household in one municipality, from a day. `protection` holds for all its members."""

    place: str
    formed: date
    members: list[Individual]
    protection: str = "none"
    second_unit: bool = False
    worker: str = ""

    @property
    def size(self) -> int:
        return len(self.members)
