from matrikel.domain.cases.models.case import Assignment, Case, Referral
from matrikel.domain.cases.models.note import Note
from matrikel.domain.cases.models.reception import Reception

__all__ = ["Assignment", "Case", "Note", "Reception", "Referral"]
