"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md).

No name and no number leaves.
"""

from itertools import chain

from django.db.models import CharField, QuerySet, Value

from matrikel.base.facts import Facts
from matrikel.domain.people.models import Activity, IdentityNumber, Permit, Person, Registration
from matrikel.domain.people.telling import CHUNK, Persons, told

EMPTY = Value("", CharField())


def persons(only: Persons = None) -> Facts:
    """One row a person: birth_date, sex (empty when unknown), country, first registration in Sweden, day of death."""
    columns = ("person_id", "birth_date", "sex", "country", "first_registered_on", "death_date")
    rows = _kept(only).order_by("pk").values_list("pk", *columns[1:]).iterator(chunk_size=CHUNK)
    return Facts(columns, ((*row[:2], "" if row[2] == "unknown" else row[2], *row[3:]) for row in rows))


def registrations(only: Persons = None) -> Facts:
    """One row a time registered in a municipality, with its four-digit code. `kind` is `registration`."""
    columns = {
        "kind": Value("registration", CharField()),
        "start_date": "start_date",
        "end_date": "end_date",
        "municipality": "municipality",
    }
    return told(Registration.objects.order_by("start_date", "pk"), only, columns)


def activities(only: Persons = None) -> Facts:
    """One row a time in work, studies or a programme outside the municipality; `kind` is a code of activities.csv.

    `extent` is in percent, empty when unknown; `basis` says yes, no or unknown: builds on what the person did before.
    """
    names = ("kind", "start_date", "end_date", "extent", "basis")
    return told(Activity.objects.order_by("start_date", "pk"), only, {name: name for name in names})


def permits(only: Persons = None) -> Facts:
    """One row a residence permit; `ground` is a code of permit_grounds.csv."""
    names = ("ground", "start_date", "end_date")
    return told(Permit.objects.order_by("start_date", "pk"), only, {name: name for name in names})


def numbers(only: Persons = None) -> Facts:
    """One row a number in force, by its kind alone: that there is one, never which."""
    return told(IdentityNumber.objects.filter(end_date=None).order_by("pk"), only, {"kind": "kind"})


def events(only: Persons = None) -> Facts:
    """One row a thing that happened on a day: `left` (last day registered before a move out of the municipality,
    with the code of the new one, empty when abroad or unknown) and `death`."""
    moved = Registration.objects.exclude(end_date=None).exclude(moved_to="", moved_abroad=False)
    left = told(
        moved.order_by("end_date", "pk"),
        only,
        {
            "kind": Value("left", CharField()),
            "date": "end_date",
            "municipality": "municipality",
            "moved_to": "moved_to",
        },
    )
    dead = _kept(only).exclude(death_date=None).order_by("death_date", "pk")
    deaths = dead.values_list("pk", Value("death", CharField()), "death_date", EMPTY, EMPTY)
    return Facts(left.columns, chain(left.rows, deaths.iterator(chunk_size=CHUNK)))


def _kept(only: Persons) -> QuerySet[Person]:
    rows: QuerySet[Person] = Person.objects.filter(merged_into=None)
    return rows if only is None else rows.filter(pk__in=only)
