from matrikel.domain.casework.actions.enrol import enrol
from matrikel.domain.casework.queries import Today, today

__all__ = ["Today", "enrol", "today"]
