"""What every action of the room asks first: may the post, is the person within reach, do the answers make sense."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access import door as access
from matrikel.domain.people.models import IdentityNumber, PastName, Person
from matrikel.domain.people.queries import Holder, holders_of, own_rows, visible
from matrikel.domain.people.rules import NAME_LENGTH, OWN_SCRIPT_LENGTH, clean, search_key, sort_key
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock, numbers
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken

FREE = "people.free_numbers"
"""Under this name the numbers are remembered that nobody in the board holds."""

LENGTHS = {
    "given_name": NAME_LENGTH,
    "family_name": NAME_LENGTH,
    "own_script": OWN_SCRIPT_LENGTH,
    "interpreter_note": 100,
    "place": 120,
}


def may_write(by: Acting, *persons: Person, right: access.Right = access.Right.PERSON_WRITE) -> None:
    """Raises NotAllowed without the right, Missing when one of the persons is out of reach or merged away."""
    if not by.may(right):
        raise NotAllowed
    reached = trail.reached(by)
    wanted = {person.pk for person in persons} - reached
    if wanted and visible(by).filter(pk__in=wanted).count() != len(wanted):
        raise Missing
    reached |= wanted


def cleaned(**texts: str) -> dict[str, str]:
    """Names and notes as they are stored. Raises RuleBroken naming the field that is too long."""
    result = {name: clean(text) for name, text in texts.items()}
    for name, text in result.items():
        if len(text) > LENGTHS[name]:
            raise RuleBroken(
                "too_long", _("Högst %(most)s tecken; nu är det %(length)s.")
                % {"most": LENGTHS[name], "length": len(text)}, field=name,
            )  # fmt: skip
    return result


def known_code(code_list: str, code: str, field: str) -> str:
    """The code, when the list has it; where nothing is known it stays empty."""
    return codes.require(code_list, code, field=field) if code else ""


def one_of(values: Iterable[str], value: str, field: str) -> str:
    if value not in set(values):
        raise RuleBroken("unknown_code", _("Välj ett av alternativen i listan."), field=field)
    return value


def in_order(first: date | None, last: date | None, field: str = "end_date") -> None:
    """Raises RuleBroken when the last day lies before the first."""
    if first is not None and last is not None and last < first:
        raise RuleBroken("end_before_start", _("Sista dagen ligger före första dagen."), field=field)


def not_future(day: date | None, field: str, code: str = "in_future") -> None:
    if day is not None and day > clock.today():
        raise RuleBroken(code, _("Dagen har inte varit än."), field=field)


def in_life(person: Person, day: date, field: str) -> None:
    """Raises RuleBroken for a day before birth or after death."""
    if person.birth_date and day < person.birth_date:
        raise RuleBroken("before_birth", _("Dagen ligger före personens födelse."), field=field)
    if person.death_date and day > person.death_date:
        raise RuleBroken("after_death", _("Personen avled %(day)s.") % {"day": person.death_date}, field=field)


def birth_of(birth_date: date | None, identity: numbers.IdentityNumber | None) -> date | None:
    """The day of birth, from the number when it is not given. Raises RuleBroken when the two differ or lie ahead."""
    told = identity.birth_date if identity else None
    if birth_date and told and birth_date != told:
        raise RuleBroken(
            "birth_date_differs", _("Numret säger att personen är född %(told)s. Kontrollera vilket som stämmer.")
            % {"told": told}, field="birth_date",
        )  # fmt: skip
    born = birth_date or told
    not_future(born, "identity" if told and not birth_date else "birth_date", "born_in_future")
    return born


class KnownElsewhere(RuleBroken):
    """Somebody without protection, in another unit of the board, holds the number."""

    def __init__(self, holder: Holder) -> None:
        text = _("Numret finns redan i förvaltningen. Kontakta enheten %(unit)s innan du går vidare.")
        super().__init__("known_elsewhere", text % {"unit": holder.unit}, field="identity")
        self.person_id = holder.person_id


@contextmanager
def answers_logged(by: Acting) -> Iterator[None]:
    """Log on the person that the board was asked for them by number, after what was refused is rolled back.

    Inside another act it is left to whoever began that: only then is it rolled back.
    """
    try:
        yield
    except KnownElsewhere as fault:
        if trail.under_way():
            raise
        trail.read("people.number.asked", by=by, persons=[fault.person_id], ground="registration")
        raise


def number_free(by: Acting, identity: numbers.IdentityNumber | None, person: Person | None = None) -> list[UUID]:
    """Ids of protected persons out of reach who hold the number, to be told by `collided`; normally none.

    Called inside `trail.writing`. Raises RuleBroken `number_taken` when somebody within reach holds it, KnownElsewhere
    when somebody without protection in another unit does. A protected holder out of reach is answered as nobody
    (decision record 0030). Local numbers are a unit's own, so other units do not matter.
    """
    if identity is None:
        return []
    trail.take_turn(by=by)
    free = trail.memo().get(FREE, set())
    if identity.value in free:
        free.discard(identity.value)
        return []
    holders = holders_of(by, identity)
    if any(holder.within_reach for holder in holders):
        own = person is not None and any(holder.person_id == person.pk for holder in holders)
        text = (
            _("Personen har redan det här numret.") if own
            else _("Numret finns redan i registret. Sök på numret och öppna personen, eller rätta siffrorna.")
        )  # fmt: skip
        raise RuleBroken("number_taken", text, field="identity")
    openly = [holder for holder in holders if not holder.protected]
    if openly and identity.kind != "local":
        raise KnownElsewhere(openly[0])
    return [holder.person_id for holder in holders if holder.protected]


def look_up_numbers(identities: Iterable[numbers.IdentityNumber], *, by: Acting) -> None:
    """Ask for many numbers at once, before acts that share a transaction: those that nobody holds are remembered."""
    trail.take_turn(by=by)
    wanted = {identity.value for identity in identities}
    held = set(IdentityNumber.objects.filter(value__in=wanted).values_list("value", flat=True))
    trail.memo()[FREE] = wanted - held


def collided(act: trail.Writing, holders: Iterable[UUID]) -> None:
    """Tell the circle of a protected person, in the log, that somebody registered the number anew."""
    for person_id in holders:
        act.entry(action="people.number.collision", person=person_id)


def keys_of(person: Person, **names: str) -> dict[str, str]:
    """Search and sort key with these current names, earlier names and the names of those merged in kept searchable."""
    now = {name: names.get(name, getattr(person, name)) for name in ("given_name", "family_name", "own_script")}
    past = PastName.objects.filter(own_rows(person)).values_list("given_name", "family_name")
    merged = Person.objects.filter(merged_into=person.pk).values_list("given_name", "family_name", "own_script")
    rest = [part for row in [*past, *merged] for part in row]
    return {
        "search_key": search_key(now["given_name"], now["family_name"], now["own_script"], *rest),
        "sort_key": sort_key(now["family_name"] or now["own_script"], now["given_name"]),
    }
