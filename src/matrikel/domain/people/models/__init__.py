from matrikel.domain.people.models.household import Household, Member
from matrikel.domain.people.models.person import IdentityNumber, PastName, Person, SpokenLanguage
from matrikel.domain.people.models.spells import Activity, Permit, Registration

__all__ = [
    "Activity",
    "Household",
    "IdentityNumber",
    "Member",
    "PastName",
    "Permit",
    "Person",
    "Registration",
    "SpokenLanguage",
]
