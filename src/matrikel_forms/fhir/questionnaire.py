"""A form as a FHIR R4 Questionnaire, with the extensions of HL7 for what R4 itself has no element for."""

from collections.abc import Iterator

from matrikel_forms.declared.form import Form, Group, Item, Scoring
from matrikel_forms.declared.texts import SOURCE

from .conditions import enabling
from .elements import HL7, SCORES, Json, coding, extension, step_coding, steps, url_of, worded

TYPES = {
    "text": "string",
    "long_text": "text",
    "choice": "choice",
    "multi_choice": "choice",
    "scale": "choice",
    "date": "date",
    "person": "string",
    "offer": "string",
}


def questionnaire(form: Form) -> Json:
    """Return the form for `json.dumps`.

    A scale is a choice among its steps, so that "do not know" can stand beside them. Scores are read-only items in a
    group of their own at the end. What R4 cannot say is left out: `required_when`, bands, and who may use the form.
    """
    told: Json = {
        "resourceType": "Questionnaire",
        "url": url_of(form),
        "version": str(form.version),
        "name": "".join(part.capitalize() for part in form.id.split("_")),
        **worded(form, "title", "name"),
        "status": "active",
        "language": SOURCE,
        "subjectType": ["Patient"],
        **worded(form, "description", "purpose"),
    }
    if form.licence:
        told["copyright"] = form.licence
    told["item"] = [_group(form, group) for group in form.groups]
    if form.scores:
        told["item"].append(
            {"linkId": SCORES, "type": "group", "readOnly": True, "item": [_score(form, each) for each in form.scores]}
        )
    return told


def _group(form: Form, group: Group) -> Json:
    told: Json = {
        "linkId": group.id,
        **worded(form, "text", group.key("heading")),
        "type": "group",
        **enabling(form, group.when),
    }
    if group.rows:
        occurs = [extension("questionnaire-minOccurs", "Integer", group.rows.least)] if group.rows.least else []
        if group.rows.most is not None:
            occurs.append(extension("questionnaire-maxOccurs", "Integer", group.rows.most))
        told["repeats"] = True
        told["required"] = group.rows.least > 0
        if occurs:
            told["extension"] = [*told.get("extension", []), *occurs]
    told["item"] = [
        *_help(form, group.id, group.key("help")),
        *(_item(form, item) for item in group.items),
        *(_group(form, below) for below in group.groups),
    ]
    return told


def _help(form: Form, link: str, key: str) -> Iterator[Json]:
    if key in form.wordings[SOURCE].texts:
        control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
        shown = [extension("questionnaire-itemControl", "CodeableConcept", control)]
        yield {"linkId": f"{link}.help", **worded(form, "text", key), "type": "display", "extension": shown}


def item_type(item: Item) -> str:
    """Return the type R4 calls an item."""
    return TYPES.get(item.type) or ("decimal" if item.decimals else "integer")


def _item(form: Form, item: Item) -> Json:
    told: Json = {
        "linkId": item.id,
        **worded(form, "text", item.key("text")),
        "type": item_type(item),
        **enabling(form, item.when),
        "required": item.required,
    }
    if item.type == "multi_choice":
        told["repeats"] = True
    if item.longest:
        told["maxLength"] = item.longest
    if item.type == "number":
        bounds = list(_bounds(form, item))
        if bounds:
            told["extension"] = [*told.get("extension", []), *bounds]
    if options := [*_steps(form, item), *_options(form, item)]:
        told["answerOption"] = options
    if help_ := list(_help(form, item.id, item.key("help"))):
        told["item"] = help_
    return told


def _bounds(form: Form, item: Item) -> Iterator[Json]:
    kind = "Decimal" if item.decimals else "Integer"
    for name, value in (("minValue", item.least), ("maxValue", item.most)):
        if value is not None:
            yield extension(name, kind, value if item.decimals else int(value))
    if item.decimals:
        yield extension("maxDecimalPlaces", "Integer", item.decimals)
    if item.key("unit") in form.wordings[SOURCE].texts:
        yield extension("questionnaire-unit", "Coding", worded(form, "display", item.key("unit")))


def _steps(form: Form, item: Item) -> Iterator[Json]:
    ends = {item.least: "least", item.most: "most"} if item.type == "scale" else {}
    for step in steps(item) if item.type == "scale" else ():
        told = step_coding(form, item, step)
        if step in ends:
            told |= worded(form, "display", item.key(ends[step]))
        yield {"valueCoding": {"extension": [extension("ordinalValue", "Decimal", step)], **told}}


def _options(form: Form, item: Item) -> Iterator[Json]:
    for option in item.options:
        told = coding(form, item, option, worded(form, "display", option.key))
        if option.value is not None:
            told = {"extension": [extension("ordinalValue", "Decimal", option.value)], **told}
        exclusive = [extension(HL7 + "questionnaire-optionExclusive", "Boolean", True)] if option.exclusive else []
        yield {**({"extension": exclusive} if exclusive else {}), "valueCoding": told}


def _score(form: Form, score: Scoring) -> Json:
    told: Json = {
        "linkId": f"score.{score.id}",
        **worded(form, "text", score.key("name")),
        "type": "decimal",
        "readOnly": True,
    }
    if score.bands:
        told["item"] = [{"linkId": f"score.{score.id}.band", "type": "string", "readOnly": True}]
    return told
