"""What the head of the person page says, in as few questions as it takes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, CharField, Exists, OuterRef, Q, QuerySet, Value

from matrikel.base import scope
from matrikel.domain.people.models import IdentityNumber, Member, Person, SpokenLanguage
from matrikel.domain.people.queries import own_rows, visible
from matrikel.kernel import clock, numbers
from matrikel.kernel.period import add_months

CHILD_MONTHS = 18 * 12


@dataclass(frozen=True)
class Called:
    """The numbers in force, the one a person is called by first, with the id of their row; languages; children."""

    numbers: list[tuple[UUID, numbers.IdentityNumber]]
    languages: list[str]
    children: int


def called(person: Person) -> Called:
    """Numbers in force, languages (BCP 47, mother tongue first) and how many children live at home, in one query."""
    held = IdentityNumber.objects.filter(own_rows(person), end_date=None)
    spoken = SpokenLanguage.objects.filter(own_rows(person))
    no, nothing = Value(False, BooleanField()), Value("", CharField())
    rows = held.values_list(Value("number", CharField()), "kind", "value", "pk", no).union(
        spoken.values_list(Value("language", CharField()), nothing, "code", "pk", "is_mother_tongue"),
        _children_at_home(person).values_list(Value("child", CharField()), nothing, nothing, "person_id", no),
        all=True,
    )
    found, languages, children = [], [], set()
    for what, kind, value, pk, first in rows:
        if what == "number":
            found.append((pk, numbers.IdentityNumber(kind, value)))
        elif what == "language":
            languages.append((not first, value))
        else:
            children.add(pk)
    found.sort(key=lambda row: (numbers.KINDS.index(row[1].kind), row[1].value))
    return Called(found, list(dict.fromkeys(code for _later, code in sorted(languages))), len(children))


def _children_at_home(person: Person) -> QuerySet[Member]:
    """Those under 18 who live in the person's household today and whom the reader may see."""
    today = clock.today()
    now = Q(start_date__lte=today) & (Q(end_date=None) | Q(end_date__gte=today))
    homes = Member.objects.filter(own_rows(person), now).values("household_id")
    born_after: date = add_months(today, -CHILD_MONTHS)
    there: QuerySet[Member] = Member.objects.filter(now, household_id__in=homes).exclude(own_rows(person))
    child = visible(scope.current()).filter(birth_date__gt=born_after, pk=OuterRef("person_id"))
    return there.filter(Exists(child))
