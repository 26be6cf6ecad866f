from matrikel.domain.casework.actions.enrol import enrol
from matrikel.domain.casework.queries import Today, today
from matrikel.domain.casework.recipients import enrolled

__all__ = ["Today", "enrol", "enrolled", "today"]
