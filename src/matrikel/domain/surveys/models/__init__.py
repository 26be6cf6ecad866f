from matrikel.domain.surveys.models.answer import Answer, Invitation
from matrikel.domain.surveys.models.campaign import Address, Campaign, Reference
from matrikel.domain.surveys.models.sorting import Sorted, Theme

__all__ = ["Address", "Answer", "Campaign", "Invitation", "Reference", "Sorted", "Theme"]
