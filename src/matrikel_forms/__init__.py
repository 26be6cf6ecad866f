"""Forms as files: plans, assessments, instruments, surveys and checklists. Knows neither Django nor the register.

    from matrikel_forms import load, texts_of

    for form in load(Path("definitions/instruments")):
        texts = texts_of(form, "ar")                  # every text by key, with its state: fresh, draft, stale, missing
        for group in form.groups:                     # Group.items, Group.groups, Group.rows (may be filled in again)
            print(texts[group.key("heading")])
            for item in group.items:                  # Item.type, Item.options, Item.when …
                print(texts[item.key("text")], [str(texts[option.key]) for option in item.options])

    answers = {"frequency": "weekly", "goals": ["r1"], "goals/r1/goal": "Arbete"}     # flat; rows by ids that stay
    for fault in validate(form, answers, complete=False):                              # a draft; complete to sign
        print(fault.place, fault.message("sv"))
    found = evaluate(form, answers, Who("female", 34))    # shown, required, progress, scores with band, what it opens
    kept = asked(form, "ar")                              # JSON: the form and the words as shown; form_asked(kept)
    questionnaire(form)                                   # FHIR R4; questionnaire_response(form, answers, found)

A form is frozen values without text; `form.logic_hash` covers what is asked and scored, `form.text_hash` the Swedish.
"""

from .answering.evaluate import Evaluation, Opened, Progress, due, evaluate
from .answering.scores import Score, Who
from .answering.sheet import Answers, counted
from .answering.validate import validate
from .asked import asked, form_asked
from .characters import cleaned, forbidden
from .declared.catalogue import examine, load
from .declared.form import (
    Band,
    Condition,
    DueAgain,
    Form,
    Group,
    Item,
    Limits,
    Option,
    Rows,
    Scoring,
    Use,
)
from .declared.texts import Shown, Wording, text_of, texts_of
from .declared.wordings import is_notice, with_wording
from .fhir.questionnaire import questionnaire
from .fhir.response import questionnaire_response
from .problems import FormError, Problem
from .translating import coverage, translation_file

__all__ = [
    "Answers",
    "Band",
    "Condition",
    "DueAgain",
    "Evaluation",
    "Form",
    "FormError",
    "Group",
    "Item",
    "Limits",
    "Opened",
    "Option",
    "Problem",
    "Progress",
    "Rows",
    "Score",
    "Scoring",
    "Shown",
    "Use",
    "Who",
    "Wording",
    "asked",
    "cleaned",
    "counted",
    "coverage",
    "due",
    "evaluate",
    "examine",
    "forbidden",
    "form_asked",
    "is_notice",
    "load",
    "questionnaire",
    "questionnaire_response",
    "text_of",
    "texts_of",
    "translation_file",
    "validate",
    "with_wording",
]
