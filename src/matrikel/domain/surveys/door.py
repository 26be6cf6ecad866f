from matrikel.domain.surveys.actions.answering import answer
from matrikel.domain.surveys.actions.campaigns import Recipient, open_to, plan
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.queries import campaign_for, campaigns, earlier, form_of, results_of, surveys, to_invite
from matrikel.domain.surveys.rules import Channel, age_band, in_fours, respondent
from matrikel.domain.surveys.tally import Mean, Results
from matrikel.domain.surveys.wording import (
    GROUP_LABELS,
    interval,
    item_label,
    language_label,
    option_label,
    reader,
    score_label,
    value_label,
)

__all__ = [
    "GROUP_LABELS",
    "Campaign",
    "Channel",
    "Mean",
    "Recipient",
    "Results",
    "age_band",
    "answer",
    "campaign_for",
    "campaigns",
    "earlier",
    "form_of",
    "in_fours",
    "interval",
    "item_label",
    "language_label",
    "open_to",
    "option_label",
    "plan",
    "reader",
    "respondent",
    "results_of",
    "score_label",
    "surveys",
    "to_invite",
    "value_label",
]
