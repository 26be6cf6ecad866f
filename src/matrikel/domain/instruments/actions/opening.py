"""Settling what an answer opened. Nothing follows by itself: the outcome says what somebody has done."""

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel.domain.instruments.models import Opening
from matrikel.domain.instruments.rules import REASON_LENGTH, log_as, require
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


def settle(*, opening: Opening, outcome: str, reason: str, by: Acting) -> Opening:
    """Say what came of a check: a code of opening_outcomes.csv, and why. `opening` is one `opening_for` gave.

    Raises RuleBroken: settled_already, unknown_code, reason_missing.
    """
    require(by, Right.FORM_WRITE, opening.unit_id)
    if opening.settled_at is not None:
        raise RuleBroken("settled_already", _("Kontrollen är redan avslutad."))
    codes.require("opening_outcomes", outcome, on=clock.today(), field="outcome")
    if len(reason.strip()) < REASON_LENGTH:
        raise RuleBroken("reason_missing", _("Skriv vad du har gjort och varför."), field="reason")
    action = log_as("instruments.opening.settled", sensitive=opening.response.is_sensitive)
    with trail.writing(action, by=by, person=opening.person_id) as act:
        return act.change(
            opening, outcome=outcome, reason=reason.strip(), settled_at=clock.now(), settled_by_id=by.post_id
        )
