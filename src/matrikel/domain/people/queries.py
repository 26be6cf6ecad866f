"""Reading persons: every read is fetched, authorised and logged in one call. Out of reach is the same as not there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from matrikel.base import scope
from matrikel.domain.access import door as access
from matrikel.domain.people.models import IdentityNumber, Member, Person, Registration
from matrikel.domain.people.rules import kinds_alike, main_number
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock, numbers
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing

PROTECTED = (access.Protection.MARKED, access.Protection.REGISTRATION)


def visible(by: Acting) -> QuerySet[Person]:
    """Persons within reach, without those merged away. Whoever shows them logs it with `trail.read`."""
    persons: QuerySet[Person] = Person.objects.filter(access.within_reach(by), merged_into=None)
    return persons


def get_for(by: Acting, person_id: UUID, *, purpose: str = "casework") -> Person:
    """One person, logged as opened. A merged-away id leads to the person who was kept.

    Raises Missing when there is none within reach. The log says `emergency` as ground when the post has the person
    open in an emergency.
    """
    person: Any = _opened(by, person_id)
    if person is None:
        kept = Person.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
        person = _opened(by, kept) if kept else None
    if person is None:
        raise Missing
    ground = "emergency" if person.in_emergency else purpose
    trail.read("people.person.opened", by=by, persons=[person.pk], ground=ground)
    return cast(Person, person)


def _opened(by: Acting, person_id: UUID) -> Any:
    """The person with what reading the rest of them asks at once."""
    asked = {
        "in_emergency": access.seen_in_emergency(by),
        "lives_with_protected": _lives_with_protected(),
        "has_merged": Exists(Person.objects.filter(merged_into=OuterRef("pk"))),
    }
    return visible(by).filter(pk=person_id).annotate(**asked).first()


def own_rows(person: Person) -> Q:
    """The condition on rows with a `person` that they are about this one, or about somebody merged into this one."""
    if person.has_merged is False:
        return Q(person_id=person.pk)
    both = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk))
    return Q(person_id__in=both.values("pk"))


def whereabouts_shown(person: Person) -> bool:
    """Address, school, place of work and destination may be shown, printed and exported.

    Not for protected persons, not while protection is unknown, and not for those who live with a protected person.
    """
    if not access.shows_whereabouts(person.protection):
        return False
    known = getattr(person, "lives_with_protected", None)
    return not (lives_with_protected(person) if known is None else known)


def lives_with_protected(person: Person) -> bool:
    """Whether somebody protected, within reach or not, is in the person's current household."""
    return bool(Person.objects.filter(_lives_with_protected(), pk=person.pk).exists())


def _lives_with_protected() -> Exists:
    """Whether somebody protected shares a current household with the person of the outer query."""
    today = clock.today()
    current = Member.objects.filter(Q(end_date=None) | Q(end_date__gte=today), start_date__lte=today)
    own = current.filter(person_id=OuterRef(OuterRef("pk"))).values("household_id")
    others = current.filter(household_id__in=own).exclude(person_id=OuterRef("pk"))
    return Exists(others.filter(person__protection__in=PROTECTED))


def named(ids: Iterable[UUID], *, by: Acting, whereabouts: bool = False) -> dict[UUID, Person]:
    """Persons within reach by the ids asked for, merged-away ids included, ready for a list; the caller logs them.

    `whereabouts`: also ready to be asked whether their whereabouts are shown, without a question to the database each.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Person.objects.filter(pk__in=wanted).values_list("pk", "merged_into_id")
    merged = {key: kept for key, kept in rows if kept is not None}
    found = visible(by).annotate(lives_with_protected=_lives_with_protected()) if whereabouts else visible(by)
    persons = found.in_bulk({merged.get(key, key) for key in wanted})
    labels = case_numbers(by, [key for key, person in persons.items() if person.is_protected])
    for key, text in labels.items():
        persons[key].case_number = text
    return {key: persons[merged.get(key, key)] for key in wanted if merged.get(key, key) in persons}


def registered_here(ids: Iterable[UUID], *, by: Acting) -> dict[UUID, date]:
    """First day of the registration that holds now in the acting municipality, for those who have one."""
    rows = Registration.objects.filter(
        person_id__in=set(ids), municipality=by.municipality, start_date__lte=clock.today()
    )
    current = rows.filter(Q(end_date=None) | Q(end_date__gte=clock.today()))
    return dict(current.order_by("-start_date").values_list("person_id", "start_date"))


# ── case numbers: known to rooms above ──────────────────────────────────────────────────────────────────────────────

Finder = Callable[[Acting, str], Iterable[UUID]]
Labels = Callable[[Acting, Sequence[UUID]], dict[UUID, str]]
_case_numbers: list[tuple[Finder, Labels]] = []


def know_case_numbers(find: Finder, labels: Labels) -> None:
    """Let a room above teach the search what a case number is: `find` persons by it, and `labels` for persons shown."""
    _case_numbers[:] = [(find, labels)]


def case_numbers(by: Acting, persons: Sequence[UUID]) -> dict[UUID, str]:
    """The case number that stands for a person in lists, for those who have one."""
    return (
        {key: text for _find, labels in _case_numbers for key, text in labels(by, persons).items()} if persons else {}
    )


def found_by_case_number(by: Acting, text: str) -> set[UUID]:
    return {key for find, _labels in _case_numbers for key in find(by, text)} if text.strip() else set()


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Holder:
    """Who holds a number, from the whole board; never shown, only judged."""

    person_id: UUID
    protected: bool
    unit: str
    within_reach: bool


def holders_of(by: Acting, identity: numbers.IdentityNumber) -> list[Holder]:
    """Those in the board who hold or held a number, merged-away rows left out. For rules, not for pages."""
    held = IdentityNumber.objects.filter(kind__in=kinds_alike(identity.kind), value=identity.value)
    if not held.exists():
        return []
    rows = held.values(kept=Coalesce("person__merged_into_id", "person_id"))
    reach = Person.objects.filter(access.within_reach(by), pk=OuterRef("pk"))
    persons = Person.objects.filter(pk__in=rows).annotate(reached=Exists(reach)).select_related("registered_by_unit")
    return [Holder(p.pk, p.is_protected, p.registered_by_unit.name, p.reached) for p in persons]


def holder_of(identity: numbers.IdentityNumber, *, by: Acting) -> Person | None:
    """Who holds a number in the own board, within reach or not. For emergency openings: logs nothing."""
    ids = [holder.person_id for holder in holders_of(by, identity)]
    return Person.objects.filter(pk__in=ids[:1]).first() if ids else None


def reached_by(identities: Iterable[numbers.IdentityNumber], *, by: Acting) -> dict[numbers.IdentityNumber, UUID]:
    """Who within reach holds each number, the first recorded of several; one question however many. Logs nothing."""
    wanted = {(kind, each.value): each for each in identities for kind in kinds_alike(each.kind)}
    rows = IdentityNumber.objects.filter(value__in={value for _kind, value in wanted}).order_by("recorded_at", "pk")
    held = rows.annotate(kept=Coalesce("person__merged_into_id", "person_id")).filter(kept__in=visible(by).values("pk"))
    found: dict[numbers.IdentityNumber, UUID] = {}
    for kind, value, kept in held.values_list("kind", "value", "kept"):
        if (kind, value) in wanted:
            found.setdefault(wanted[kind, value], kept)
    return found


def numbers_of(person: Person) -> list[IdentityNumber]:
    """Every number, current ones first and the one the person is called by foremost."""
    rows = list(IdentityNumber.objects.filter(own_rows(person)).order_by("recorded_at", "pk"))
    return sorted(rows, key=lambda row: (row.end_date is not None, numbers.KINDS.index(row.kind)))


def current_number(person: Person) -> numbers.IdentityNumber | None:
    """The number the person is called by now."""
    return main_number([row.number for row in numbers_of(person) if row.end_date is None])


def languages_of(person: Person) -> list[str]:
    """BCP 47 codes, mother tongue first."""
    rows = person.languages.order_by("-is_mother_tongue", "recorded_at", "pk")
    return list(rows.values_list("code", flat=True))


# ── household ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Housemate:
    """One person's time in a household that the person asked about is or was in."""

    member: Member
    person: Person
    is_self: bool
    is_current: bool

    @property
    def role(self) -> str:
        return str(self.member.role)

    @property
    def start_date(self) -> date:
        return self.member.start_date

    @property
    def end_date(self) -> date | None:
        return self.member.end_date


def household_of(person: Person) -> list[Housemate]:
    """Current and former members of the person's households, current first. Those out of reach are not there.

    The caller logs the shown ones.
    """
    by, today = scope.current(), clock.today()
    own = Member.objects.filter(own_rows(person)).values("household_id")
    members = list(
        Member.objects.filter(household_id__in=own)
        .annotate(shown_id=Coalesce("person__merged_into_id", "person_id"))
        .order_by("start_date", "recorded_at", "pk")
    )
    persons = visible(by).in_bulk({member.shown_id for member in members})
    mates = [
        Housemate(
            member, persons[member.shown_id], member.shown_id == person.pk,
            member.start_date <= today and (member.end_date is None or member.end_date >= today),
        )
        for member in members
        if member.shown_id in persons
    ]  # fmt: skip
    order = {"adult": 0, "partner": 1, "child": 2, "other": 3}
    return sorted(mates, key=lambda m: (not m.is_current, order[m.role], m.person.birth_date or date.min, m.start_date))


def row_for(by: Acting, model: Any, row_id: UUID) -> tuple[Any, Person]:
    """One row about a person, and the person, fetched, authorised and logged by `get_for`. Raises Missing."""
    row = model.objects.filter(pk=row_id).first()
    if row is None:
        raise Missing
    return row, get_for(by, row.person_id)
