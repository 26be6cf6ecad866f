from matrikel.domain.services.actions.participation import apply, begin, correct, end, start_applied, withdraw
from matrikel.domain.services.models import Participation
from matrikel.domain.services.queries import (
    Waiting,
    limits_of,
    participation_for,
    participations_of,
    timeline,
    waiting_for_sfi,
)
from matrikel.domain.services.rules import OFFERS, Limit, sfi_start_limit

__all__ = [
    "OFFERS",
    "Limit",
    "Participation",
    "Waiting",
    "apply",
    "begin",
    "correct",
    "end",
    "limits_of",
    "participation_for",
    "participations_of",
    "sfi_start_limit",
    "start_applied",
    "timeline",
    "waiting_for_sfi",
    "withdraw",
]
