from matrikel.domain.exchange.actions.packages import give, make_key, receive, withdraw
from matrikel.domain.exchange.actions.signers import distrust, trust
from matrikel.domain.exchange.queries import others

__all__ = ["distrust", "give", "make_key", "others", "receive", "trust", "withdraw"]
