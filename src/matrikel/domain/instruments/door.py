from matrikel.domain.instruments.actions.opening import settle
from matrikel.domain.instruments.actions.response import begin, discard, replace
from matrikel.domain.instruments.actions.section import Saved, save_section
from matrikel.domain.instruments.actions.signing import sign
from matrikel.domain.instruments.actions.wording import approve_translation, load_wording
from matrikel.domain.instruments.catalogue import name_in_words, name_of, purpose_in_words
from matrikel.domain.instruments.differing import Difference, Met, differing
from matrikel.domain.instruments.models import FormVersion, Opening, Response, Score, Section
from matrikel.domain.instruments.pages import Place, fill_page, filled, saved_part
from matrikel.domain.instruments.phrases import phrases
from matrikel.domain.instruments.printed import Heading
from matrikel.domain.instruments.printed import pdf as print_form
from matrikel.domain.instruments.queries import (
    DueAgain,
    answers_of,
    due_again,
    form_for,
    form_in_words,
    form_of,
    history_of,
    opening_for,
    openings_of,
    openings_waiting,
    response_for,
    response_to_write,
    responses_of,
    sections_of,
    signed_rows,
    title_of,
    usable_forms,
)
from matrikel.domain.instruments.rules import Unfinished, by_place, chooses_limits, differences, own
from matrikel.domain.instruments.sent import read as read_sent
from matrikel.domain.instruments.showing import direction, show
from matrikel.domain.instruments.shown import Filled, Sheet

__all__ = [
    "Difference",
    "DueAgain",
    "Filled",
    "FormVersion",
    "Heading",
    "Met",
    "Opening",
    "Place",
    "Response",
    "Saved",
    "Score",
    "Section",
    "Sheet",
    "Unfinished",
    "answers_of",
    "approve_translation",
    "begin",
    "by_place",
    "chooses_limits",
    "differences",
    "differing",
    "direction",
    "discard",
    "due_again",
    "fill_page",
    "filled",
    "form_for",
    "form_in_words",
    "form_of",
    "history_of",
    "load_wording",
    "name_in_words",
    "name_of",
    "opening_for",
    "openings_of",
    "openings_waiting",
    "own",
    "phrases",
    "print_form",
    "purpose_in_words",
    "read_sent",
    "replace",
    "response_for",
    "response_to_write",
    "responses_of",
    "save_section",
    "saved_part",
    "sections_of",
    "settle",
    "show",
    "sign",
    "signed_rows",
    "title_of",
    "usable_forms",
]
