from matrikel.domain.cases.actions.assignment import assign, release
from matrikel.domain.cases.actions.case import close_case, open_case, reopen_case
from matrikel.domain.cases.actions.journal import (
    discard_draft,
    edit_note,
    save_note,
    sign_note,
    strike_note,
    write_note,
)
from matrikel.domain.cases.actions.reception import correct_reception, receive
from matrikel.domain.cases.actions.referral import refer
from matrikel.domain.cases.models import Assignment, Case, Note, Reception, Referral
from matrikel.domain.cases.queries import (
    case_for,
    case_numbers,
    cases_of,
    current_case,
    introduced,
    journal_of,
    my_cases,
    note_for,
    notes_of,
    person_ids_of_case_number,
    reception_for,
    receptions_of,
    referrals_of,
    timeline,
    unit_cases,
)
from matrikel.domain.cases.rules import reception_limit

__all__ = [
    "Assignment",
    "Case",
    "Note",
    "Reception",
    "Referral",
    "assign",
    "case_for",
    "case_numbers",
    "cases_of",
    "close_case",
    "correct_reception",
    "current_case",
    "discard_draft",
    "edit_note",
    "introduced",
    "journal_of",
    "my_cases",
    "note_for",
    "notes_of",
    "open_case",
    "person_ids_of_case_number",
    "receive",
    "reception_for",
    "reception_limit",
    "receptions_of",
    "refer",
    "referrals_of",
    "release",
    "reopen_case",
    "save_note",
    "sign_note",
    "strike_note",
    "timeline",
    "unit_cases",
    "write_note",
]
