"""A form on paper: blank, a draft or signed, in Swedish with the person's language beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from matrikel.base import paper
from matrikel.domain.instruments.phrases import phrases
from matrikel.domain.instruments.said import Words
from matrikel.domain.instruments.shown import Choice, Part, Question, Sheet
from matrikel_forms import Form

State = Literal["blank", "draft", "signed"]


@dataclass(frozen=True)
class Heading:
    """What stands over and under the form. `about` is who and what in a line; `signed` names, each with its day."""

    about: str = ""
    foot: str = ""
    signed: tuple[tuple[str, str], ...] = ()
    scores: tuple[str, ...] = ()


def pdf(sheet: Sheet, state: State, heading: Heading) -> bytes:
    """Return the form as a tagged PDF (PDF/UA-1).

    Raises RuleBroken("typeface_missing") when the letters of the language cannot be set here.
    """
    other = sheet.filled.other
    return paper.pdf("domain/instruments/paper/form.typ", _told(sheet, state, heading), lang=other or sheet.filled.lang)


def _told(sheet: Sheet, state: State, heading: Heading) -> dict[str, Any]:
    lang, other = sheet.filled.lang, sheet.filled.other
    return {
        "lang": lang,
        "other": other,
        "name": _words(sheet.name),
        "purpose": _words(sheet.purpose),
        "state": state,
        "about": heading.about,
        "foot": heading.foot,
        "scores": heading.scores,
        "signed": heading.signed,
        "signers": _signers(sheet.form),
        "say": dict(phrases(lang)),
        "beside": dict(phrases(other)) if other else {},
        "unapproved": bool(sheet.translation - {"fresh"}) and bool(other or lang != "sv"),
        "sections": [
            _part(section.part, state) for section in sheet.sections if section.part.shown or state == "blank"
        ],
    }


def _signers(form: Form) -> tuple[str, ...]:
    """Who has a line to sign on, as phrases: nobody anonymous, and not the person under what a worker notes."""
    person = "person" if form.kind == "plan" else "answered"
    return {"anonymous": (), "worker": ("worker",)}.get(form.filled_in_by, (person, "worker"))


def _words(words: Words | None) -> dict[str, Any] | None:
    if words is None:
        return None
    sides = [side for side in (words.own, words.beside) if (side and side.state != "missing") or side is words.own]
    return {"sides": [{"text": side.text, "lang": side.lang, "state": side.state} for side in sides if side]}


def _part(part: Part, state: State) -> dict[str, Any]:
    return {
        "heading": _words(part.heading),
        "help": _words(part.help),
        "questions": [_question(each, state) for each in part.questions if each.shown or state == "blank"],
        "parts": [_part(each, state) for each in part.parts if each.shown or state == "blank"],
        "one": _words(part.one),
        "rows": [_part(row.body, state) for row in part.rows],
        "blank_row": part.one is not None and not part.rows,
    }


def _question(question: Question, state: State) -> dict[str, Any]:
    beside = question.beside
    asked: Mapping[str, Any] = {}
    if not question.is_answered and state != "signed":
        asked = {
            "choices": [_choice(each) for each in (*question.steps, *question.choices)],
            "many": question.widget == "checks",
            "high": question.widget == "area",
            "unit": _words(question.unit),
            "ends": [_words(end) for end in (question.least, question.most) if end],
        }
    return {
        "label": _words(question.label),
        "help": _words(question.help) if state == "blank" else None,
        "answer": [_words(words) for words in question.answer],
        "text": question.widget in ("area", "text"),
        "beside": {"text": beside.value, "lang": beside.lang} if beside and beside.value else None,
        **asked,
    }


def _choice(choice: Choice) -> dict[str, Any] | None:
    return _words(choice.label)
