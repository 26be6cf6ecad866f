from matrikel.domain.exchange.actions.kolada import take_in
from matrikel.domain.exchange.actions.packages import give, make_key, receive, withdraw
from matrikel.domain.exchange.actions.signers import distrust, trust
from matrikel.domain.exchange.queries import Group, Reference, groups, others, reference

__all__ = [
    "Group",
    "Reference",
    "distrust",
    "give",
    "groups",
    "make_key",
    "others",
    "receive",
    "reference",
    "take_in",
    "trust",
    "withdraw",
]
