from matrikel.domain.surveys.actions.campaigns import Recipient, open_to
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.queries import campaign_for, campaigns, results_of, surveys, to_invite
from matrikel.domain.surveys.rules import Channel, age_band, in_fours

__all__ = [
    "Campaign",
    "Channel",
    "Recipient",
    "age_band",
    "campaign_for",
    "campaigns",
    "in_fours",
    "open_to",
    "results_of",
    "surveys",
    "to_invite",
]
