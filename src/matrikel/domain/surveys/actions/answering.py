"""Taking in an answer: once a code, whole or not at all, and where it is anonymous with nothing that leads back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matrikel.domain.surveys.models import Answer, Invitation
from matrikel.domain.surveys.queries import check_open, form_of
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel_forms import Problem, counted, evaluate


class Unfinished(RuleBroken):
    """The answers cannot be taken in as they are; `problems` say why, each at the path of its answer."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("faults", _("Några svar behöver rättas innan de kan skickas."))
        self.problems = problems


def answer(*, invitation: Invitation, answers: Mapping[str, Any], language: str, by: Acting) -> None:
    """Take in one answer. `by` is `rules.respondent`: nobody.

    The log tells that an answer came to the campaign, not which; the rows are written beside the trail for that
    reason (docs/decisions/0066). Raises RuleBroken: closed, code_used; Unfinished.
    """
    campaign = invitation.campaign
    check_open(campaign)
    form = form_of(campaign)
    found = evaluate(form, answers, at=clock.today())
    if not found.is_complete:
        raise Unfinished(found.faults)
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True):
            raise RuleBroken("code_used", _("Koden är redan använd. Varje kod kan användas en gång."))
        Answer(
            board_id=campaign.board_id, campaign=campaign, anonymous=campaign.is_anonymous,
            recipient=None if campaign.is_anonymous else invitation.recipient,
            language=language if language in campaign.languages else "sv",
            groups=invitation.groups, answers=counted(form, answers),
        ).save(force_insert=True)  # fmt: skip
        trail.note("surveys.answer.given", by=by, of="surveys.campaign", object=campaign.pk)
