"""Forms as files: plans, assessments, instruments, surveys and checklists. Knows neither Django nor the register.

    from matrikel_forms import load, texts_of

    for form in load(Path("definitions/instruments")):
        texts = texts_of(form, "ar")                  # every text by key, with its state: fresh, draft, stale, missing
        for group in form.groups:                     # Group.items, Group.groups, Group.rows (may be filled in again)
            print(texts[group.key("heading")])
            for item in group.items:                  # Item.type, Item.options, Item.when …
                print(texts[item.key("text")], [str(texts[option.key]) for option in item.options])

A form is frozen values without text; `form.logic_hash` covers what is asked and scored, `form.text_hash` the Swedish.
"""

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
from .problems import FormError, Problem
from .translating import coverage, translation_file

__all__ = [
    "Band",
    "Condition",
    "DueAgain",
    "Form",
    "FormError",
    "Group",
    "Item",
    "Limits",
    "Option",
    "Problem",
    "Rows",
    "Scoring",
    "Shown",
    "Use",
    "Wording",
    "cleaned",
    "coverage",
    "examine",
    "forbidden",
    "is_notice",
    "load",
    "text_of",
    "texts_of",
    "translation_file",
    "with_wording",
]
