"""What the head of the person page says, in as few questions as it takes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, CharField, Exists, OuterRef, Q, Value

from matrikel.base import scope
from matrikel.domain.people.models import IdentityNumber, Member, Person, SpokenLanguage
from matrikel.domain.people.queries import own_rows, visible
from matrikel.kernel import clock, numbers
from matrikel.kernel.period import add_months

CHILD_MONTHS = 18 * 12


@dataclass(frozen=True)
class Called:
    """The numbers in force, the one a person is called by first, with the id of their row; and languages spoken."""

    numbers: list[tuple[UUID, numbers.IdentityNumber]]
    languages: list[str]


def called(person: Person) -> Called:
    """Numbers in force and languages (BCP 47, mother tongue first), in one query."""
    held = IdentityNumber.objects.filter(own_rows(person), end_date=None)
    spoken = SpokenLanguage.objects.filter(own_rows(person))
    rows = held.values_list("kind", "value", "pk", Value(False, BooleanField())).union(
        spoken.values_list(Value("", CharField()), "code", "pk", "is_mother_tongue"), all=True
    )
    found, languages = [], []
    for kind, value, pk, first in rows:
        if kind:
            found.append((pk, numbers.IdentityNumber(kind, value)))
        else:
            languages.append((not first, value))
    found.sort(key=lambda row: (numbers.KINDS.index(row[1].kind), row[1].value))
    return Called(found, list(dict.fromkeys(code for _later, code in sorted(languages))))


def children_at_home(person: Person) -> int:
    """How many under 18 live in the person's household today, of those the reader may see."""
    today = clock.today()
    now = Q(start_date__lte=today) & (Q(end_date=None) | Q(end_date__gte=today))
    homes = Member.objects.filter(own_rows(person), now).values("household_id")
    born_after: date = add_months(today, -CHILD_MONTHS)
    there = Member.objects.filter(now, household_id__in=homes).exclude(own_rows(person))
    child = visible(scope.current()).filter(birth_date__gt=born_after, pk=OuterRef("person_id"))
    return int(there.filter(Exists(child)).values("person_id").distinct().count())
