"""Referring a person onward."""

from datetime import date

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel.domain.cases.models import Case, Referral
from matrikel.domain.cases.rules import require, require_day, require_open
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def refer(*, case: Case, receiver: str, on: date, by: Acting) -> Referral:
    """Refer the person to a receiver of receivers.csv. The case goes on.

    Raises RuleBroken: case_closed, unknown_code, before_start, in_future, referred_already.
    """
    require(by, Right.CASE_WRITE, case.unit_id)
    require_open(case.end_date)
    codes.require("receivers", receiver, on=on, field="receiver")
    require_day(on, field="on")
    if on < case.start_date:
        raise RuleBroken("before_start", _("Dagen ligger före dagen då ärendet öppnades."), field="on")
    if Referral.objects.filter(case=case, receiver=receiver, on=on).exists():
        raise RuleBroken("referred_already", _("Den hänvisningen är redan antecknad."), field="receiver")
    with trail.writing("cases.case.referred", by=by, person=case.person_id) as act:
        return act.create(Referral(board_id=by.board_id, case=case, person_id=case.person_id, receiver=receiver, on=on))
