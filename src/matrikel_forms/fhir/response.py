"""Answers to a form as a FHIR R4 QuestionnaireResponse."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from matrikel_forms.answering.evaluate import Evaluation
from matrikel_forms.answering.sheet import Answers, GroupPlace, Sheet
from matrikel_forms.declared.conditions import is_answered
from matrikel_forms.declared.form import Form, Item
from matrikel_forms.declared.texts import text_of

from .elements import SCORES, Json, coding, step_coding, url_of


def questionnaire_response(
    form: Form, answers: Answers, found: Evaluation, lang: str = "sv", authored: dt.datetime | None = None
) -> Json:
    """Return the answers that count for `json.dumps`, in the words of `lang`; `found` is what `evaluate` made of them.

    A row is an item whose `id` is the row's. `authored` must know its time zone. Completed when nothing is at fault.
    """
    sheet = Sheet(form, answers)
    told: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{url_of(form)}|{form.version}",
        "language": lang,
        "status": "completed" if found.is_complete else "in-progress",
    }
    if authored:
        told["authored"] = authored.isoformat(timespec="seconds")
    wrong = {fault.place for fault in found.faults}
    items = [
        item for place in sheet.groups.values() if not place.parent for item in _group(sheet, place, "", wrong, lang)
    ]
    scores = list(_scores(form, found, lang))
    if scores:
        items.append({"linkId": SCORES, "item": scores})
    return told | ({"item": items} if items else {})


def _group(sheet: Sheet, place: GroupPlace, prefix: str, wrong: set[str], lang: str) -> Iterator[Json]:
    if not place.shown:
        return
    group, form = place.group, sheet.form
    for row in place.rows if group.rows else ("",):
        inside = f"{place.path}/{row}/" if row else prefix
        told = [_item(form, item, sheet.answers[inside + item.id], lang) for item in group.items
                if sheet.items[inside + item.id].shown and inside + item.id not in wrong
                and is_answered(sheet.answers.get(inside + item.id))]  # fmt: skip
        for below in group.groups:
            told += _group(sheet, sheet.groups[inside + below.id], inside, wrong, lang)
        if told:
            own = {"id": row} if row else {}
            yield {**own, "linkId": group.id, "text": text_of(form, group.key("heading"), lang).text, "item": told}


def _item(form: Form, item: Item, value: Any, lang: str) -> Json:
    values = value if isinstance(value, list) else [value]
    told = [_answer(form, item, each, lang) for each in values]
    return {"linkId": item.id, "text": text_of(form, item.key("text"), lang).text, "answer": told}


def _answer(form: Form, item: Item, value: Any, lang: str) -> Json:
    option = item.option(value) if isinstance(value, str) else None
    if option is not None:
        return {"valueCoding": coding(form, item, option, {"display": text_of(form, option.key, lang).text})}
    if item.type == "scale":
        return {"valueCoding": step_coding(form, item, int(value))}
    if item.type == "number":
        return {"valueDecimal": value} if item.decimals else {"valueInteger": int(value)}
    return {"valueDate": value} if item.type == "date" else {"valueString": value}


def _scores(form: Form, found: Evaluation, lang: str) -> Iterator[Json]:
    for score in found.scores:
        if score.value is None:
            continue
        declared = form.score(score.id)
        answer: Json = {"valueDecimal": score.value}
        if score.band:
            label = text_of(form, declared.key(f"band.{score.band}.label"), lang).text
            answer["item"] = [{"linkId": f"score.{score.id}.band", "answer": [{"valueString": label}]}]
        yield {
            "linkId": f"score.{score.id}",
            "text": text_of(form, declared.key("name"), lang).text,
            "answer": [answer],
        }
