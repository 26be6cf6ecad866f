"""Protected personal data: raised by anybody at once, lowered only by a second person."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.people import checks
from matrikel.domain.people.models import Person
from matrikel.domain.people.queries import lives_with_protected
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken

RAISED = "people.protection.raised"
LOWERED = "people.protection.lowered"
NOTED = "people.protection.noted"


def protect(*, person: Person, level: str, by: Acting, circle: Iterable[UUID] = ()) -> Person:
    """Set how a person's data are protected, and who may see a protected person.

    `circle` are posts of the board; the acting post is always one of them. Anybody who may write raises the level at
    once. It is lowered by another post than the one that raised it, and whereabouts are not opened while somebody
    protected lives in the household. Raises RuleBroken: unknown_code, raised_by_you, still_true; NotAllowed without
    the right to lower; Missing for a post outside the board.
    """
    checks.may_write(by, person)
    checks.one_of(access.STRENGTH, level, "level")
    protects = level in (access.Protection.MARKED, access.Protection.REGISTRATION)
    lowers = person.is_protected and _strength(level) < _strength(person.protection)
    if lowers:
        _may_lower(person, level, by)
    action = LOWERED if lowers else RAISED if protects else NOTED
    with trail.writing(action, by=by, person=person.pk) as act:
        act.change(person, protection=level)
        if protects:
            for post in _posts({*circle, by.post_id}, by):
                access.relate(
                    person_id=person.pk, ground=access.Ground.CIRCLE, unit_id=post.unit_id, post_id=post.pk, by=by
                )
        return person


def _strength(level: str) -> int:
    return access.STRENGTH[access.Protection(level)]


def _posts(ids: set[UUID], by: Acting) -> list[access.Post]:
    posts = list(access.staff_of_board(by=by).filter(pk__in=ids))
    if len(posts) != len(ids):
        raise Missing
    return posts


def _may_lower(person: Person, level: str, by: Acting) -> None:
    if not by.may(access.Right.PROTECTION_WRITE):
        raise NotAllowed
    raised = trail.of_person(person.pk, by=by).filter(action=RAISED).first()
    if raised is not None and raised.post_id == by.post_id:
        raise RuleBroken(
            "raised_by_you", _("Du höjde skyddet själv. Be en kollega som ser personen att sänka det."), field="level"
        )
    if access.shows_whereabouts(level) and lives_with_protected(person):
        raise RuleBroken("still_true", _("Skyddet kan inte tas bort helt just nu."), field="level")
