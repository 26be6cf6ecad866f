"""A new name and a new number. What was before stays, dated and findable."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from matrikel.domain.people import checks
from matrikel.domain.people.models import IdentityNumber, PastName, Person
from matrikel.domain.people.queries import own_rows
from matrikel.domain.people.rules import ONE_AT_A_TIME
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock, numbers
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def rename(
    *, person: Person, given_name: str, family_name: str, on: date, by: Acting, version: int | None = None
) -> Person:
    """A person has a new name from a day; the old one is kept as an earlier name and still found.

    Raises RuleBroken: same_name, no_identity, in_future, before_birth, too_long. Conflict as `correct`.
    """
    checks.may_write(by, person)
    names = checks.cleaned(given_name=given_name, family_name=family_name)
    if not any(names.values()):
        raise RuleBroken("no_identity", _("Skriv det nya namnet."), field="given_name")
    if names == {"given_name": person.given_name, "family_name": person.family_name}:
        raise RuleBroken("same_name", _("Personen heter redan så."), field="given_name")
    checks.not_future(on, "on")
    checks.in_life(person, on, "on")
    with trail.writing("people.person.renamed", by=by, person=person.pk) as act:
        if person.name_in_latin:
            act.create(
                PastName(
                    board_id=by.board_id, person=person, given_name=person.given_name, family_name=person.family_name,
                    until=on - timedelta(days=1),
                )
            )  # fmt: skip
        if version is not None:
            person.version = version
        act.change(person, **names, **checks.keys_of(person, **names))
        return person


def give_number(
    *, person: Person, identity: numbers.IdentityNumber, by: Acting, start_date: date | None = None
) -> IdentityNumber:
    """A number for a person, from a day (today unless given). Birth date and sex are filled in when they were unknown.

    A new personal or coordination number ends the earlier one the day before. Raises RuleBroken: number_taken,
    known_elsewhere, birth_date_differs (correct the date of birth first), before_birth.
    """
    checks.may_write(by, person)
    born = checks.birth_of(person.birth_date, identity)
    start = start_date or clock.today()
    with checks.answers_logged(by), trail.writing("people.number.given", by=by, person=person.pk) as act:
        hidden_holders = checks.number_free(by, identity, person)
        if identity.kind in ONE_AT_A_TIME:
            earlier = IdentityNumber.objects.filter(own_rows(person), kind__in=ONE_AT_A_TIME, end_date=None)
            for row in earlier:
                last = start - timedelta(days=1)
                act.change(row, end_date=max(last, row.start_date) if row.start_date else last)
        number = act.create(
            IdentityNumber(
                board_id=by.board_id, person=person, kind=identity.kind, value=identity.value, start_date=start
            )
        )
        checks.collided(act, hidden_holders)
        told: dict[str, object] = {"birth_date": born} if born and not person.birth_date else {}
        if identity.sex and person.sex == "unknown":
            told["sex"] = identity.sex
        act.change(person, **told)
        return number
