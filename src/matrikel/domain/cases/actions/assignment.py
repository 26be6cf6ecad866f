"""Who works a case."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right
from matrikel.domain.cases.models import Assignment, Case
from matrikel.domain.cases.rules import require, require_day, require_open
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken


def assign(*, case: Case, post_id: UUID, on: date, by: Acting, role: str = "main") -> Assignment:
    """Give a case to a post of the unit from a day; who had it before leaves it the day before.

    Without the right to distribute cases one may take a case over, and hand on or share one's own.
    Raises NotAllowed, and RuleBroken: case_closed, unknown_post, assigned_already, before_start, in_future.
    """
    require(by, Right.CASE_WRITE, case.unit_id)
    require_open(case.end_date)
    now = {(held.role, held.post_id): held for held in Assignment.objects.filter(case=case, end_date=None)}
    if not by.may(Right.CASE_ASSIGN) and post_id != by.post_id and ("main", by.post_id) not in now:
        raise NotAllowed
    _colleague(post_id, case.person, by)
    if (role, post_id) in now:
        raise RuleBroken("assigned_already", _("Medarbetaren arbetar redan i ärendet."), field="post_id")
    require_day(on, field="on")
    first = max([case.start_date, *(held.start_date for held in now.values() if role == held.role == "main")])
    if on < first:
        raise RuleBroken(
            "before_start",
            _("Välj en dag från och med %(day)s.") % {"day": first.isoformat()},
            field="on",
        )
    with trail.writing("cases.case.assigned", by=by, person=case.person_id) as act:
        for (held_role, held_post), held in now.items():
            if role == "main" and (held_role == "main" or held_post == post_id):
                _end(act, held, on - timedelta(days=1))
        return act.create(Assignment(board_id=by.board_id, case=case, post_id=post_id, role=role, start_date=on))


def release(*, assignment: Assignment, on: date, by: Acting) -> Assignment:
    """Let somebody who works a case together with the one responsible leave it, on their last day.

    Raises RuleBroken: main_caseworker (hand the case on instead), end_before_start.
    """
    require(by, Right.CASE_WRITE, assignment.case.unit_id)
    if assignment.end_date is not None:
        raise Missing
    if assignment.role == "main":
        raise RuleBroken("main_caseworker", _("Ett öppet ärende har en ansvarig. Lämna över det i stället."))
    if on < assignment.start_date:
        raise RuleBroken("end_before_start", _("Sista dagen ligger före första dagen."), field="on")
    with trail.writing("cases.case.released", by=by, person=assignment.case.person_id) as act:
        return act.change(assignment, end_date=on)


def _end(act: trail.Writing, assignment: Assignment, last: date) -> None:
    """End an assignment; one that would not have lasted a day never was."""
    if last < assignment.start_date:
        act.void(assignment)
    else:
        act.change(assignment, end_date=last)


def _colleague(post_id: UUID, person: Person, by: Acting) -> UUID:
    """A post that may be given the case: of the unit, held today, and able to see the person."""
    post = access.colleagues(by=by).select_related("unit__board").filter(pk=post_id).first()
    if post is None:
        raise RuleBroken("unknown_post", _("Välj en medarbetare som arbetar i enheten."), field="post_id")
    if (
        person.is_protected
        and not Person.objects.filter(access.within_reach(access.acting(post)), pk=person.pk).exists()
    ):
        raise RuleBroken(
            "outside_circle",
            _("Personen har skyddade uppgifter och %(name)s hör inte till kretsen. Lägg till i kretsen först.")
            % {"name": post.user.name},
            field="post_id",
        )
    return post_id
