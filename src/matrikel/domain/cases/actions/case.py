"""Opening, closing and reopening a case."""

from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access import door as access
from matrikel.domain.access.door import Ground, Right
from matrikel.domain.cases.actions.assignment import _colleague, _end
from matrikel.domain.cases.models import Assignment, Case, Referral
from matrikel.domain.cases.rules import number, require, require_day, require_open, series
from matrikel.domain.people import door as people
from matrikel.domain.people.door import Person
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def open_case(*, person: Person, on: date, by: Acting, kind: str = "introduction", post_id: UUID | None = None) -> Case:
    """Open a case in the acting unit, worked by `post_id` (the acting post unless named).

    Numbered by board, kind and year of opening. Raises RuleBroken: open_case_exists, unknown_post, outside_circle,
    or a day that cannot be.
    """
    require(by, Right.CASE_WRITE)
    require_day(on, field="on", born=person.birth_date, died=person.death_date)
    with trail.writing("cases.case.opened", by=by, person=person.pk) as act:
        trail.take_turn(by=by)
        _only_open_case(person, kind, by)
        post = _colleague(post_id, person, by) if post_id else by.post_id
        named = series(kind, on)
        serials = trail.memo()
        last = serials.get(("serial", named))
        if last is None:
            last = Case.with_voided.filter(series=named).aggregate(last=Max("serial"))["last"] or 0
        serials["serial", named] = last + 1
        case = act.create(
            Case(
                board_id=by.board_id,
                person=person,
                unit_id=by.unit_id,
                kind=kind,
                series=named,
                serial=last + 1,
                number=number(named, last + 1),
                start_date=on,
            )
        )
        act.create(Assignment(board_id=by.board_id, case=case, post_id=post, start_date=on))
        access.relate(person_id=person.pk, ground=Ground.CASE, source_id=case.pk, by=by)
        return case


def close_case(*, case: Case, on: date, reason: str, by: Acting) -> Case:
    """Close a case on its last day, and end who works it. A reason that counts as referred is also a referral.

    The unit's relation stays, so that a closed case can be read. Raises RuleBroken: case_closed, end_before_start,
    in_future, unknown_code.
    """
    require(by, Right.CASE_WRITE, case.unit_id)
    require_open(case.end_date)
    codes.require("close_reasons", reason, on=on, field="reason")
    if on < case.start_date:
        raise RuleBroken(
            "end_before_start",
            _("Sista dagen ligger före dagen då ärendet öppnades, %(day)s.") % {"day": case.start_date.isoformat()},
            field="on",
        )
    require_day(on, field="on")
    with trail.writing("cases.case.closed", by=by, person=case.person_id) as act:
        if codes.counts_as("close_reasons", reason) == "referred":
            receiver = codes.require("receivers", reason, field="reason")
            referrals = trail.new_rows(Referral, case.pk)
            if referrals is None:
                referrals = Referral.objects.filter(case=case)
            if not any(told.receiver == receiver and told.on == on for told in referrals):
                act.create(
                    Referral(board_id=by.board_id, case=case, person_id=case.person_id, receiver=receiver, on=on)
                )
        assignments = trail.new_rows(Assignment, case.pk)
        if assignments is None:
            assignments = list(Assignment.objects.filter(case=case, end_date=None))
        for assignment in assignments:
            if assignment.end_date is None:
                _end(act, assignment, on)
        return act.change(case, end_date=on, close_reason=reason)


def reopen_case(*, case: Case, by: Acting) -> Case:
    """Open a closed case again as if it had not been closed; those who worked it then and still hold their posts go on.

    Raises RuleBroken: case_open, open_case_exists.
    """
    require(by, Right.CASE_WRITE, case.unit_id)
    if case.is_open:
        raise RuleBroken("case_open", _("Ärendet är redan öppet."))
    with trail.writing("cases.case.reopened", by=by, person=case.person_id) as act:
        _only_open_case(case.person, case.kind, by)
        at_work = set(access.colleagues(by=by).values_list("pk", flat=True))
        closing = Assignment.objects.filter(case=case, end_date=case.end_date)
        back = [assignment for assignment in closing if assignment.post_id in at_work]
        for assignment in back:
            act.change(assignment, end_date=None)
        if not any(assignment.role == "main" for assignment in back):
            today = clock.today()
            act.create(Assignment(board_id=by.board_id, case=case, post_id=by.post_id, start_date=today))
        return act.change(case, end_date=None, close_reason="")


def _only_open_case(person: Person, kind: str, by: Acting) -> None:
    own = trail.new_rows(Case, person.pk)
    if own is None:
        own = list(Case.objects.filter(people.own_rows(person), unit_id=by.unit_id, kind=kind, end_date=None)[:1])
    held = next((case for case in own if case.unit_id == by.unit_id and case.kind == kind and case.is_open), None)
    if held is not None:
        raise RuleBroken(
            "open_case_exists",
            _("Enheten har redan ett öppet ärende, %(number)s. Arbeta i det, eller avsluta det först.")
            % {"number": held.number},
        )
