"""How a room tells its facts to statistics: plain tuples in named columns, each under the person who was kept.

Voided rows and rows of voided persons are left out; rows of a merged-away person stand under the one who was kept.
Person ids are the register's own: extract replaces them before anything is stored. Never model instances.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from matrikel.base.facts import Facts
from matrikel.domain.people.models import Person

CHUNK = 5000
Persons = Collection[UUID] | None
"""Only rows of these persons (`with_merged` adds those merged into them); None is everybody in the board."""


def with_merged(persons: Collection[UUID]) -> list[UUID]:
    """The ids and those of the rows merged into them: what a person's facts may stand under."""
    merged = Person.objects.filter(merged_into_id__in=persons).values_list("pk", flat=True)
    return [*persons, *merged]


def told(rows: QuerySet[Any], persons: Persons, columns: Mapping[str, Any]) -> Facts:
    """Rows of a table with a `person`, as the columns named: a field, a path or an expression each."""
    standing = rows.filter(person__voided_at=None)
    if persons is not None:
        standing = standing.filter(person_id__in=persons)
    kept = Coalesce(F("person__merged_into_id"), F("person_id"))
    found = standing.values_list(kept, *columns.values()).iterator(chunk_size=CHUNK)
    return Facts(("person_id", *columns), found)
