"""The page of every model with its privacy."""

import inspect
from typing import Any

from tools.reference.markdown import code, codes, item, page, prose, table

PRIVACY = {
    "none": "about nobody",
    "log": "the log",
    "staff": "about staff",
    "person": "tells that a person is known",
    "identity": "who somebody is",
    "whereabouts": "where somebody is; hidden when protected or not yet checked",
    "case": "about the case work",
    "sensitive": "special categories under the data protection regulation",
    "text": "free text; never leaves",
}
HOLDS = {
    "Char": "text",
    "Text": "long text",
    "Email": "mail address",
    "UUID": "id",
    "DateTime": "time",
    "Date": "day",
    "Boolean": "yes or no",
    "JSON": "structure",
}


def our_models() -> list[Any]:
    from django.apps import apps

    return [model for model in apps.get_models() if model.__module__.startswith("matrikel.")]


def data() -> str:
    models = our_models()
    leaving = [model for model in models if model.Privacy.leaves]
    rooms: dict[str, list[Any]] = {}
    for model in models:
        rooms.setdefault(model._meta.app_label, []).append(model)
    return page(
        "Data", "the models and their `class Privacy`",
        prose(
            "Every model of the rooms, its fields, how private it is, how long it is kept, and which fields may leave "
            "in the extract that figures are counted from. Rows behind the wall of a board also carry `board`, "
            "`version`, `recorded_at` and `voided_at`; a voided row stays and is not shown."
        ),
        prose("Retention is what the model declares. The command that removes what is old is not built yet."),
        "## Kinds of privacy\n",
        table(["kind", "meaning", "models"], [
            [code(kind), words, codes(m._meta.label for m in models if m.Privacy.kind == kind) or "none"]
            for kind, words in PRIVACY.items()
        ]),
        "## What may leave in the extract\n",
        prose("Ids are replaced before anything leaves. What is not named here never does."),
        "\n".join(item(f"`{model._meta.label}`: {codes(model.Privacy.leaves)}") for model in leaving),
        *(part for room, found in rooms.items() for part in (f"## {room}\n", *map(model_section, found))),
    )  # fmt: skip


def model_section(model: Any) -> str:
    privacy = model.Privacy
    wall = "behind the wall of a board" if getattr(model, "walled", False) else "no wall"
    first = inspect.cleandoc(model.__doc__ or "").split("\n\n")[0]
    hidden = {"board", "version", "recorded_at", "voided_at"} if getattr(model, "walled", False) else set()
    rows = [
        [code(field.name), field_type(field), "yes" if may_be_empty(field) else "",
         "yes" if field.name in privacy.leaves else ""]
        for field in model._meta.local_fields
        if field.name not in hidden and field.column
    ]  # fmt: skip
    about = f"Privacy: `{privacy.kind}`. Kept: {privacy.retention}. {wall[0].upper()}{wall[1:]}."
    return "\n\n".join(
        [f"### {model.__name__}", prose(first), about, table(["field", "holds", "may be empty", "leaves"], rows)]
    )


def field_type(field: Any) -> str:
    from django.db import models

    if isinstance(field, models.ForeignKey):
        return f"{field.related_model._meta.label}"
    kind = field.get_internal_type().removesuffix("Field")
    words = "number" if "Integer" in kind or "Auto" in kind else HOLDS.get(kind, kind.lower())
    return f"{words}, at most {field.max_length}" if kind == "Char" and field.max_length else words


def may_be_empty(field: Any) -> bool:
    return bool(field.null or field.blank)
