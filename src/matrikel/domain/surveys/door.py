from matrikel.domain.surveys.actions.answering import answer
from matrikel.domain.surveys.actions.campaigns import Recipient, close, compare_with, open_to, plan
from matrikel.domain.surveys.indices import Index, index_names
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.queries import (
    campaign_for,
    campaigns,
    closed_for,
    earlier,
    form_of,
    references,
    results_of,
    surveys,
    to_invite,
)
from matrikel.domain.surveys.rules import Channel, age_band, in_fours, respondent
from matrikel.domain.surveys.tally import Results
from matrikel.domain.surveys.wording import (
    GROUP_LABELS,
    index_label,
    item_label,
    language_label,
    option_label,
    reader,
    value_label,
)

__all__ = [
    "GROUP_LABELS",
    "Campaign",
    "Channel",
    "Index",
    "Recipient",
    "Results",
    "age_band",
    "answer",
    "campaign_for",
    "campaigns",
    "close",
    "closed_for",
    "compare_with",
    "earlier",
    "form_of",
    "in_fours",
    "index_label",
    "index_names",
    "item_label",
    "language_label",
    "open_to",
    "option_label",
    "plan",
    "reader",
    "references",
    "respondent",
    "results_of",
    "surveys",
    "to_invite",
    "value_label",
]
