"""The persons behind the figures: where one stands towards each goal and why, and the lists behind a number.

Recomputed every time from the register, for persons within the reader's reach only; never stored, always logged.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from matrikel.domain.access.door import Right
from matrikel.domain.figures import door as figures
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.extract.dataset import few
from matrikel.extract.wording import told_standing
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel_stats import Definition, Standing
from matrikel_stats import members as engine_members
from matrikel_stats import standing as engine_standing
from matrikel_stats.data.memory import InMemory

SHOWN = 200
"""Persons on a list at most; the rest are reached by narrowing it."""


@dataclass(frozen=True)
class Goal:
    """Where one person stands towards one goal. `mark` is the shape of the state, `days_left` until the window ends."""

    definition: Definition
    name: str
    standing: Standing
    mark: str
    state: str
    why: str

    @property
    def days_left(self) -> int | None:
        return self.standing.days_left


def standing_of(person: people.Person, by: Acting) -> list[Goal]:
    """One entry a goal and anchor, as of today. The person has been fetched for this reader (`people.get_for`)."""
    today = clock.today()
    data = few(by, frozenset({person.pk}), today)
    lang = figures.language()
    goals = []
    for definition in figures.definitions().values():
        if _is_goal_of_a_person(definition):
            for each in engine_standing(definition, data, str(person.pk)):
                mark, state, why = told_standing(definition, each, today, lang)
                goals.append(Goal(definition, definition.text(lang).name, each, mark, state, why))
    return goals


def _is_goal_of_a_person(definition: Definition) -> bool:
    """Something a person reaches once; what is counted each time it happens says how the unit works."""
    return (
        definition.kind == "reached"
        and figures.main_of(definition) == definition.id
        and definition.cohort.anchor.take != "every"
    )


def still_waiting(ids: Collection[UUID], *, by: Acting) -> dict[UUID, set[int]]:
    """For whom a goal's window runs and the goal is not reached: the months of those windows, by person."""
    data = few(by, frozenset(ids), clock.today())
    found: dict[UUID, set[int]] = {}
    for definition in figures.definitions().values():
        if definition.kind == "reached" and figures.main_of(definition) == definition.id and definition.window:
            for each in engine_members(definition, data):
                if each.standing == "waiting" and definition.window.months:
                    found.setdefault(UUID(each.person_id), set()).add(definition.window.months)
    return found


@dataclass(frozen=True)
class Behind:
    """A person on the list behind a figure."""

    person: people.Person
    standing: Standing
    mark: str
    state: str
    why: str


@dataclass(frozen=True)
class List:
    """A list behind a figure: who is on it, and how many there are within reach in all."""

    key: str
    freeze: date
    rows: tuple[Behind, ...]
    total: int
    counts: dict[str, int]


Belongs = Callable[[Standing], bool]
LISTS: dict[str, tuple[object, Belongs]] = {
    "kvar": (_("Inte framme än"), lambda s: s.standing == "waiting"),
    "natt": (_("Nådde målet"), lambda s: s.standing == "reached" and (s.mature or s.last_day is None)),
    "tidigt": (
        _("Redan framme, tiden går ännu"),
        lambda s: s.standing == "reached" and not s.mature and bool(s.last_day),
    ),
    "missat": (_("Nådde inte målet i tid"), lambda s: s.standing == "not_reached"),
    "flyttat": (_("Lämnade innan"), lambda s: s.standing == "left"),
    "raknade": (_("Räknas"), lambda s: s.standing == "counted"),
    "utanfor": (_("Räknas inte"), lambda s: s.standing == "excluded"),
}
"""What a list may hold, by its name in the address. Of a goal natt, missat and the mature of flyttat make up n."""


WAITS = {"kvar": _("Väntar ännu"), "natt": _("Har börjat"), "flyttat": _("Lämnade innan start")}


def list_label(definition: Definition, key: str) -> str:
    """What a list is called; of a waiting time it is not a goal that is reached."""
    return str(WAITS.get(key, LISTS[key][0]) if definition.kind == "duration" else LISTS[key][0])


def lists_for(definition: Definition) -> list[str]:
    """The lists behind a figure; none behind a mean of others and behind what no room keeps."""
    if definition.mean_of > 1 or definition.parts or definition.kind == "ratio" or definition.cohort.is_imported:
        return []
    if definition.kind in ("flow", "stock"):
        return ["raknade", "utanfor"]
    return [
        key for key in LISTS if key != "raknade" and (definition.kind == "reached" or key not in ("tidigt", "missat"))
    ]


def members(
    *, by: Acting, indicator: str, key: str = "", cell: dict[str, str] | None = None, freeze: date | None = None,
    sort: str = "", shown: int = SHOWN,
) -> List:  # fmt: skip
    """The persons behind a figure, within reach. `cell` names values (year, period, sex, category, unit).

    A list of those who are not there yet is sorted by days left, others by anchor day; `sort` may be dagar, namn or
    dag, with a minus before it for the other way. Raises Missing without the right to see persons behind figures.
    """
    if not by.may(Right.FIGURE_PEOPLE):
        raise Missing
    definition = figures.definition(indicator)
    kinds = lists_for(definition)
    key = key if key in kinds else kinds[0]
    day = freeze or clock.today()
    reach = frozenset(people.visible(by).values_list("pk", flat=True))
    found = _behind(definition, few(by, reach, day), dict(cell or {}))
    counts = {kind: sum(LISTS[kind][1](each) for each in found) for kind in kinds}
    chosen = [each for each in found if LISTS[key][1](each)]
    by_days = sort.lstrip("-") == "dagar" or (not sort and key == "kvar")
    chosen.sort(key=lambda each: (_days(each) if by_days else 0, each.anchor or date.min, each.person_id))
    named = people.named([UUID(each.person_id) for each in chosen], by=by) if sort.lstrip("-") == "namn" else None
    if named is not None:
        chosen.sort(key=lambda each: (named[UUID(each.person_id)].is_protected, named[UUID(each.person_id)].sort_key))
    if sort.startswith("-"):
        chosen.reverse()
    page = chosen[:shown]
    ids = [UUID(each.person_id) for each in page]
    persons = named if named is not None else people.named(ids, by=by)
    trail.read("figures.people.listed", by=by, persons=dict.fromkeys(ids), ground=f"figure {definition.id}")
    lang = figures.language()
    rows = tuple(
        Behind(persons[UUID(each.person_id)], each, *told_standing(definition, each, day, lang))
        for each in page
        if UUID(each.person_id) in persons
    )
    return List(key, day, rows, len(chosen), counts)


def _behind(definition: Definition, data: InMemory, cell: dict[str, str]) -> list[Standing]:
    period = cell.get("period")
    wanted = {name: value for name, value in cell.items() if value}
    return list(engine_members(definition, data, cell=wanted, period=period or None))


def _days(standing: Standing) -> int:
    return 10_000 if standing.days_left is None else standing.days_left
