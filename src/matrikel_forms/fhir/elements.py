"""The small parts FHIR is made of: extensions, codings, texts with their translations, links."""

from collections.abc import Mapping
from typing import Any

from matrikel_forms.declared.form import Form, Item, Option
from matrikel_forms.declared.texts import SOURCE, text_of

Json = dict[str, Any]
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
BASE = "urn:matrikel"
SCORES = "$scores"
"""The link of the group of scores; no id of ours holds such a sign."""


def extension(url: str, kind: str, value: Any) -> Json:
    """Return one extension with a value of a kind, such as `Decimal`."""
    return {"url": url if ":" in url else HL7 + url, f"value{kind}": value}


def url_of(form: Form) -> str:
    """Return the canonical address of a form, without version."""
    return f"{BASE}:questionnaire:{form.id}"


def worded(form: Form, name: str, key: str) -> Json:
    """Return `{name: Swedish}` with every fresh translation. Drafts and stale ones could not be told apart there."""
    others = {lang: text_of(form, key, lang) for lang in sorted(form.wordings) if lang != SOURCE}
    translations = [
        {
            "url": HL7 + "translation",
            "extension": [
                {"url": "lang", "valueCode": lang},
                {"url": "content", "valueString": shown.text},
            ],
        }
        for lang, shown in others.items()
        if shown.state == "fresh"
    ]
    told: Json = {name: form.wordings[SOURCE].texts[key]}
    return told | ({f"_{name}": {"extension": translations}} if translations else {})


def coding(form: Form, item: Item, option: Option, display: Mapping[str, Any]) -> Json:
    """Return an option as a coding, in the code list it stems from or in one of its own."""
    return {"system": _system(form, item), "code": option.id, **display}


def step_coding(form: Form, item: Item, step: int) -> Json:
    """Return a step of a scale as a coding: its number, with the words at the ends."""
    return {"system": _system(form, item), "code": str(step), "display": str(step)}


def _system(form: Form, item: Item) -> str:
    return f"{BASE}:codes:{item.codes}" if item.codes else f"{url_of(form)}:{item.id}"


def steps(item: Item) -> range:
    """Return the steps of a scale."""
    return range(int(item.least or 0), int(item.most or 0) + 1)
