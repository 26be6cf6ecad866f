"""What the register already holds about some persons, read at once, so that a row can be compared with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from matrikel.domain.cases.door import Case, Reception
from matrikel.domain.people import door as people
from matrikel.domain.services.door import Participation
from matrikel.kernel.acting import Acting


@dataclass
class Standing:
    """One person with dated rows in time order; cases and referrals are the acting unit's own."""

    person: people.Person
    numbers: list[people.IdentityNumber] = field(default_factory=list)
    registrations: list[people.Registration] = field(default_factory=list)
    activities: list[people.Activity] = field(default_factory=list)
    receptions: list[Reception] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)


def standing_of(persons: Sequence[people.Person], *, by: Acting) -> dict[UUID, Standing]:
    """By person id. Rows of those merged into a person count as the person's. Six queries whatever the number."""
    if not persons:
        return {}
    found = {person.pk: Standing(person) for person in persons}
    kept: dict[UUID, UUID] = dict(
        people.Person.objects.filter(merged_into__in=found).values_list("pk", "merged_into_id")
    )
    about = Q(person_id__in=[*found, *kept])

    def spread(name: str, rows: Any) -> None:
        for row in rows:
            owner = found[kept.get(row.person_id, row.person_id)]
            if row.person_id == owner.person.pk:
                row.person = owner.person
            getattr(owner, name).append(row)

    spread("numbers", people.IdentityNumber.objects.filter(about, end_date=None))
    spread("registrations", people.Registration.objects.filter(about).order_by("start_date"))
    spread("activities", people.Activity.objects.filter(about).order_by("start_date"))
    spread("receptions", Reception.objects.filter(about).order_by("received_on"))
    own = Case.objects.filter(about, unit_id=by.unit_id, kind="introduction")
    spread("cases", own.order_by("start_date"))
    spread("participations", Participation.objects.filter(about).order_by("start_date", "applied_on"))
    return found
