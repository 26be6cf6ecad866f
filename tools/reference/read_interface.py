"""The page of the read interface."""

from typing import Any

from tools.reference.markdown import code, codes, page, prose, table


def read_interface() -> str:
    from matrikel.api.urls import described
    from matrikel.api.v1 import INDICATORS, MOST, PACE
    from matrikel.domain.access.rules import KEY_DAYS

    schema = described()
    parts = []
    for address, operations in schema["paths"].items():
        operation = operations["get"]
        answer = operation["responses"][200]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        asked = [
            [code(each["name"]), "yes" if each["required"] else "", each["schema"].get("description", "")]
            for each in operation.get("parameters", [])
        ]
        parts += [f"## GET {address}\n", prose(f"{operation['description']} Answers [`{answer}`](#{answer.lower()}).")]
        parts += [table(["question", "required", "means"], asked)] if asked else []
    for name, shape in schema["components"]["schemas"].items():
        fields = [
            [code(key), shape_of(field), field.get("description", "")] for key, field in shape["properties"].items()
        ]
        parts += [f"### {name}\n", table(["field", "holds", "means"], fields)]
    return page(
        "The read interface", "`src/matrikel/api` by its OpenAPI description",
        prose(
            "Published figures for other programs, below `/api/v1/`. Only reading, with a key of a post that "
            "has the right `figure.read`, or with the session of somebody logged in to the web from such a "
            "post. The post decides what is seen, and small numbers are hidden as on the pages. Every answer of "
            "figures stands in the log. The description for programs is at `/api/v1/openapi.json`, the same as "
            "a page at `/api/v1/`."
        ),
        prose(
            "A key is made on the page *Nycklar för program* of the settings, is shown once, holds at most "
            f"{KEY_DAYS} days and can be revoked there. It is sent as `Authorization: Bearer` and the key, reads "
            "as its post but never with access to persons, and decides alone: a session beside it is not asked. "
            "Every use stands in the log. It ends with its post (decision 0055)."
        ),
        prose(
            f"At most {INDICATORS} measures in one question, {MOST} figures in one answer and {PACE} questions "
            "with a key or from a post; more are answered 429 with `Retry-After`. The pace is counted in each "
            "server process by itself, so with four of them four times as many may pass: a brake on mistakes, "
            "not a wall. A refusal is `application/problem+json` (RFC 9457) in the reader's language: 401 not "
            "logged in or a key that does not hold, 403 no right, 404 not there, 405 other than GET, 422 not "
            "readable."
        ),
        *parts,
    )  # fmt: skip


def shape_of(field: dict[str, Any]) -> str:
    """What a field holds: a type, a list of one, or another shape; or nothing."""
    if "anyOf" in field:
        return " or ".join(shape_of(each) for each in field["anyOf"])
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if field.get("type") == "array":
        return f"list of {shape_of(field['items'])}"
    if "enum" in field:
        return codes(each or "(empty)" for each in field["enum"])
    return str(field.get("type", field.get("const", "")))
