from matrikel.domain.people.actions.activity import begin_activity, correct_activity, end_activity
from matrikel.domain.people.actions.household import form_household, join_household, leave_household, live_with
from matrikel.domain.people.actions.identity import give_number, rename
from matrikel.domain.people.actions.merge import merge
from matrikel.domain.people.actions.protection import protect
from matrikel.domain.people.actions.register import correct, record_birth, record_death, register
from matrikel.domain.people.actions.residence import grant_permit, move_out, register_in_municipality
from matrikel.domain.people.checks import answers_logged, look_up_numbers
from matrikel.domain.people.finding import Found, candidates, search
from matrikel.domain.people.head import Head, head_of, masked_start, title_of
from matrikel.domain.people.models import Activity, Household, IdentityNumber, Member, Person, Registration
from matrikel.domain.people.pages import form_page, home_of, panel_page, status_of
from matrikel.domain.people.queries import (
    Housemate,
    case_numbers,
    current_number,
    get_for,
    holder_of,
    household_of,
    know_case_numbers,
    languages_of,
    named,
    numbers_of,
    own_rows,
    reached_by,
    registered_here,
    visible,
    whereabouts_shown,
)
from matrikel.domain.people.rules import Basis, Sex
from matrikel.domain.people.telling import Persons, told, with_merged
from matrikel.domain.people.timeline import timeline

__all__ = [
    "Activity",
    "Basis",
    "Found",
    "Head",
    "Household",
    "Housemate",
    "IdentityNumber",
    "Member",
    "Person",
    "Persons",
    "Registration",
    "Sex",
    "answers_logged",
    "begin_activity",
    "candidates",
    "case_numbers",
    "correct",
    "correct_activity",
    "current_number",
    "end_activity",
    "form_household",
    "form_page",
    "get_for",
    "give_number",
    "grant_permit",
    "head_of",
    "holder_of",
    "home_of",
    "household_of",
    "join_household",
    "know_case_numbers",
    "languages_of",
    "leave_household",
    "live_with",
    "look_up_numbers",
    "masked_start",
    "merge",
    "move_out",
    "named",
    "numbers_of",
    "own_rows",
    "panel_page",
    "protect",
    "reached_by",
    "record_birth",
    "record_death",
    "register",
    "register_in_municipality",
    "registered_here",
    "rename",
    "search",
    "status_of",
    "timeline",
    "title_of",
    "told",
    "visible",
    "whereabouts_shown",
    "with_merged",
]
