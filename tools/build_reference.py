"""The pages of docs/reference made from the source: rights, data, log, pages, indicators, codes, settings, api.

    python tools/build_reference.py           writes them
    python tools/build_reference.py --check   names those that are out of date and exits with 1

What a page says stands in the code it is made from. Only the words about rights stand here (RIGHTS).
"""

import ast
import csv
import inspect
import os
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "matrikel"
REFERENCE = ROOT / "docs" / "reference"
INDICATORS = ROOT / "definitions" / "indicators"
CODES = ROOT / "definitions" / "codes"
SPECS = ROOT / "tests" / "stats" / "spec" / "test_stats_semantics.py"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SHOWN_CODES = 40
"""A longer code list is told by its number of codes alone."""

ROOMS = sorted({"base", "demo", "web", *(path.parent.name for path in SOURCE.glob("domain/*/apps.py"))})
ACTION = re.compile(rf"^({'|'.join(ROOMS)})\.[a-z_]+\.[a-z_]+$")

RIGHTS = {
    "home": "Own settings and own posts.",
    "person.read": "Open a person within reach, with cases, journal and services.",
    "person.search": "Search, and see lists of persons within reach.",
    "person.write": "Register and correct persons, households, residence, work and studies.",
    "protection.write": "Say how a person's data are protected, and who belongs to the circle.",
    "case.write": "Enrol, open, close and refer; correct a reception.",
    "case.assign": "Give a case of the unit to another case worker; strike a colleague's note.",
    "note.write": "Write, sign and strike notes in the journal.",
    "service.write": "Register applications, starts, results and ends of services.",
    "import.run": "Read in a register for the own unit, and undo it.",
    "figure.read": "Read figures; small numbers are hidden.",
    "figure.run": "Count the figures of the board anew.",
    "figure.people": "See the persons behind a figure, those within reach, and the unit's small numbers.",
    "figure.exchange": "Give the board's figures as a signed package, and take in those of others.",
    "emergency.open": "Open one person outside the reach for an hour, with a reason.",
    "emergency.review": "Review emergency openings in the unit.",
    "log.read": "Read who has read and changed what.",
    "staff.write": "Set up units, accounts and posts.",
}
REACH = {"unit": "persons of the own unit", "board": "persons of the whole board", "none": "no persons"}
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
FIXED = {
    "SESSION_COOKIE_AGE": "seconds until a session ends",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": "a session also ends with the browser",
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": "seconds a repeated password is good for",
    "ACCOUNT_RATE_LIMITS": "failed log-ins before a pause",
    "ACCOUNT_EMAIL_VERIFICATION": "mail is not used for accounts",
    "MFA_SUPPORTED_TYPES": "second factors",
    "TIME_ZONE": "days begin and end by this clock",
    "LANGUAGE_CODE": "language until somebody chooses another",
    "DATA_UPLOAD_MAX_MEMORY_SIZE": "bytes of a form, files not counted",
    "X_FRAME_OPTIONS": "pages inside other pages",
}


def main() -> int:
    if set(sys.argv[1:]) - {"--check"}:
        raise SystemExit(__doc__)
    set_up()
    made = {REFERENCE / name: page() for name, page in PAGES.items()}
    old = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in old:
            print(f"{path.relative_to(ROOT)} is out of date. Run: .venv/bin/python tools/build_reference.py")
        return 1 if old else 0
    for path in old:
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def set_up() -> None:
    """Load the application with the settings of the tests, which need no installation."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


# ── writing Markdown ────────────────────────────────────────────────────────────────────────────────────────────────


def page(title: str, made_from: str, *parts: str) -> str:
    head = f"# {title}\n\n<!-- Made by tools/build_reference.py from {made_from}. Change it there. -->\n"
    return "\n".join([head, *(part.rstrip() + "\n" for part in parts if part.strip())])


def prose(text: str, first: str = "", further: str = "") -> str:
    """One paragraph, wrapped, with no link broken over lines."""
    whole = re.sub(r"\[[^]]+\]\(", lambda link: link[0].replace(" ", "\0"), " ".join(text.split()))
    lines = textwrap.wrap(
        whole, 120, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines).replace("\0", " ")


def item(text: str) -> str:
    return prose(text, "- ", "  ")


def table(heading: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    def line(cells: Iterable[Any]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    heading = list(heading)
    return "\n".join([line(heading), line(["---"] * len(heading)), *(line(row) for row in rows)])


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    return ", ".join(code(text) for text in texts)


@cache
def english() -> dict[str, str]:
    """The English catalogue by Swedish text; empty while there is none."""
    from babel.messages.pofile import read_po

    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        entries = list(read_po(file))
    return {
        one.id: one.string
        for one in entries
        if isinstance(one.id, str) and isinstance(one.string, str) and one.string and not one.fuzzy
    }


def swedish(text: object) -> str:
    """The message id behind a lazy text, or the text itself."""
    from django.utils import translation

    with translation.override(None):
        return str(text)


def in_english(text: object) -> str:
    return english().get(swedish(text), "") if text else ""


def both(text: object) -> str:
    """Swedish, and English where the catalogue has it."""
    other = in_english(text)
    return f"{swedish(text)} ({other})" if other else swedish(text)


# ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def rights() -> str:
    from matrikel.domain.access import rules

    if words := set(RIGHTS) ^ {right.value for right in rules.Right}:
        raise SystemExit(f"RIGHTS in {Path(__file__).name} and access.rules.Right differ: {sorted(words)}")
    roles = list(rules.ROLES.values())
    return page(
        "Roles and rights", "`src/matrikel/domain/access/rules.py`",
        prose(
            "A post has one role. The role says what kind of act the post may do; the relation to a person says to "
            "whom. Roles are code, and a change of them is reviewed like code."
        ),
        "## Roles\n",
        table(
            ["code", "Swedish", "what it is for", "reaches"],
            [[code(r.code), both(r.label), both(r.description), REACH[r.reach]] for r in roles],
        ),
        "## Rights\n",
        table(
            ["right", "what one may do", *(code(role.code) for role in roles)],
            [
                [code(right.value), RIGHTS[right.value], *("yes" if right in role.rights else "" for role in roles)]
                for right in rules.Right
            ],
        ),
        "## Other limits\n",
        "\n".join([
            item(f"An emergency opening lasts {rules.EMERGENCY_MINUTES} minutes, needs a reason of at least "
                 f"{rules.EMERGENCY_REASON_LENGTH} characters and is to be reviewed within "
                 f"{rules.EMERGENCY_REVIEW_WORKDAYS} working days."),
            item("Levels of protection, weakest first: "
                 + codes(sorted(rules.Protection, key=lambda level: rules.STRENGTH[level]))
                 + ". From `marked` on only the named circle sees the person."),
            item("Grounds for a relation: " + codes(rules.Ground) + "."),
            item("Which page needs which right: [pages](pages.md). What opens a person: "
                 "[walls and secrecy](../explanation/walls-and-secrecy.md)."),
        ]),
    )  # fmt: skip


# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── log ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def actions_in_source() -> set[str]:
    """Every text in the source that has the shape of an action, except in the table of sentences itself."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name != "sentences.py" and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.match(node.value):
                    found.add(node.value)
    return found


def log() -> str:
    from matrikel.web.sentences import SENTENCES

    names = sorted(set(SENTENCES) | actions_in_source())
    told = [[code(name), swedish(SENTENCES.get(name, "")), in_english(SENTENCES.get(name, ""))] for name in names]
    width = 3 if english() else 2
    return page(
        "The log's actions", "`src/matrikel/web/sentences.py`",
        prose(
            "An action is named `room.noun.verb`. The sentence follows a name: *Maria Lindqvist signerade en "
            "anteckning*. An entry holds action, outcome (`read`, `created`, `changed`, `done`, `denied`), person, "
            "post and time, and no names, texts or search terms."
        ),
        table(["action", "Swedish", "English"][:width], [row[:width] for row in told]),
    )  # fmt: skip


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def entries(resolver: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    from django.urls import URLResolver

    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from entries(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def methods(view: Any) -> str:
    """What `@page` was given; it keeps them in its closure."""
    allowed = inspect.getclosurevars(view).nonlocals.get("allowed")
    return " ".join(allowed) if allowed else "GET"


def pages() -> str:
    from django.urls import get_resolver

    guarded, others = [], []
    for route, entry in entries(get_resolver()):
        address, name, view = code(f"/{route}"), code(entry.name or ""), entry.callback
        if view.__module__.startswith("allauth."):
            others.append([address, name, "django-allauth: logging in and one's own account"])
        elif view.right is None:
            others.append([address, name, "public: shows no person"])
        else:
            guarded.append([address, name, code(view.right.value), methods(view)])
    return page(
        "Pages", "the addresses and what each view declares with `@page`",
        prose(
            "A view that has not said what right it needs is refused. The right is the first of the locks: a page "
            "about a person also needs a relation to that person, and answers *404* otherwise, as for an id that never "
            "existed."
        ),
        table(["address", "name", "right", "methods"], sorted(guarded)),
        "## Without a right\n",
        table(["address", "name", "why"], sorted(others)),
    )  # fmt: skip


# ── indicators ──────────────────────────────────────────────────────────────────────────────────────────────────────


def indicators() -> str:
    from matrikel_stats.declared.catalogue import load
    from matrikel_stats.telling.prose import target_prose

    definitions = load(INDICATORS)
    summary = [
        [f"[`{each.id}`](#{each.id})", each.text("en").name, each.text("sv").name, each.kind, target_prose(each, "en")]
        for each in definitions
    ]
    return page(
        "Indicators", "`definitions/indicators` with `matrikel_stats.explain`",
        prose(
            "The definitions that come along, in words rendered from what runs. Figures with the same logic hash are "
            "comparable; the text hash covers the wording. Why a goal is read the way it is: "
            "[decision 0022](../decisions/0022-readings-of-the-goals.md). How days, windows and leaving are counted: "
            "[statistics](statistics.md#how-things-are-counted)."
        ),
        table(["id", "English", "Swedish", "kind", "target"], summary),
        *(indicator_section(each) for each in definitions),
    )  # fmt: skip


def indicator_section(definition: Any) -> str:
    from matrikel_stats.telling.prose import explain

    name, _line, _empty, question, *rest = explain(definition, "en").splitlines()
    lines = [item(re.sub(r"^([A-Z][a-z A-Z]{2,20}): ", r"**\1** ", line)) for line in rest if line]
    place = Path(definition.path).resolve().relative_to(ROOT).as_posix()
    lines.append(item(f"**File** [{place}](../../{place})"))
    swedish_name = definition.text("sv").name
    return "\n".join([f"## {definition.id}", "", f"**{name}** / *{swedish_name}*", "", prose(question), "", *lines])


# ── semantics ──────────────────────────────────────────────────────────────────────────────────────────────────────


def semantics() -> str:
    """Return the rules of counting: each is the text of a test that holds it."""
    module = ast.parse(SPECS.read_text(encoding="utf-8"))
    tests = [each for each in module.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")]
    told = [(each, ast.get_docstring(each)) for each in tests]
    place = SPECS.relative_to(ROOT).as_posix()
    return page(
        "Semantics", f"the texts of the tests in `{place}`",
        prose(
            "How things are counted: what a definition means where it says nothing, and what it can say instead. Every "
            f"rule below is the text of a test in [{place}](../../{place}) that holds it on both engines. Why the "
            "defaults are what they are: [decision 0021](../decisions/0021-days-windows-ages.md) and "
            "[decision 0031](../decisions/0031-choices-of-a-time-to-event.md). The keys: [statistics](statistics.md)."
        ),
        *(rule(each, text) for each, text in told if text),
    )  # fmt: skip


def rule(test: ast.FunctionDef, text: str) -> str:
    first, *rest = text.split("\n\n")
    words = test.name.removeprefix("test_").replace("_", " ")
    return "\n".join([f"## {words[:1].upper()}{words[1:]}", "", prose(" ".join([first, *rest]))])


# ── codes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def code_lists() -> str:
    lists: dict[str, list[dict[str, str]]] = {}
    for path in sorted(CODES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            lists[path.stem] = list(csv.DictReader(lines))
    summary = [
        [f"[`{name}`](../../definitions/codes/{name}.csv)", len(rows), codes(sorted(meanings(rows))),
         sum(1 for row in rows if row["valid_to"])]
        for name, rows in lists.items()
    ]  # fmt: skip
    return page(
        "Code lists", "`definitions/codes`",
        prose(
            "Dated data with a source on every row. `counts_as` says how figures and pictures read a code, so that "
            "what counts as work or as a labour-market activity is changed here and not in the program. How to add "
            "one: [add a code value](../how-to/add-a-code-value.md)."
        ),
        table(["list", "codes", "count as", "with a last day"], summary),
        *(codes_section(name, rows) for name, rows in lists.items() if len(rows) <= SHOWN_CODES),
    )  # fmt: skip


def meanings(rows: Iterable[dict[str, str]]) -> set[str]:
    return {meaning for row in rows for meaning in (row.get("counts_as") or "").split()}


def codes_section(name: str, rows: list[dict[str, str]]) -> str:
    told = [
        [code(row["code"]), row["sv"], row["en"], codes((row.get("counts_as") or "").split()),
         "–".join(filter(None, (row["valid_from"], row["valid_to"]))), row["source"]]
        for row in rows
    ]  # fmt: skip
    return f"## {name}\n\n" + table(["code", "Swedish", "English", "counts as", "valid", "source"], told)


# ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def settings() -> str:
    from django.conf import settings as made

    text = ast.get_docstring(ast.parse((SOURCE / "site" / "settings.py").read_text(encoding="utf-8"))) or ""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| MATRIKEL_")]
    named = {row[0] for row in rows}
    read = {name: where for name, where in variables().items() if name not in named}
    return page(
        "Settings", "`src/matrikel/site/settings.py`",
        prose(
            "Everything that differs between installations comes from the environment. There is no settings file and "
            "no default secret: without one the program does not start."
        ),
        table(["variable", "meaning", "default"], [[code(row[0]), *row[1:]] for row in rows]),
        *(["## Read elsewhere\n", prose("See [commands](commands.md)."),
           table(["variable", "read by"], [[code(name), codes(where)] for name, where in sorted(read.items())])]
          if read else []),
        "## The same everywhere\n",
        prose("What an installation cannot change without changing the program, and may want to know."),
        table(
            ["setting", "value", "meaning"],
            [[code(name), code(getattr(made, name)), words] for name, words in FIXED.items()],
        ),
        "## What a browser may do\n",
        prose("The content security policy, the same on every page:"),
        table(["directive", "allows"], [
            [code(name), codes(value.strip("'") for value in allowed)]
            for name, allowed in sorted(made.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())
        ]),
    )  # fmt: skip


def variables() -> dict[str, list[str]]:
    """Variables of the environment named as a text of their own in the source, with the files that do."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        for name in sorted(texts):
            if re.fullmatch(r"MATRIKEL_[A-Z_]+", name):
                found.setdefault(name, []).append(path.relative_to(SOURCE).as_posix())
    return found


# ── the read interface ──────────────────────────────────────────────────────────────────────────────────────────────


def read_interface() -> str:
    from matrikel.api.urls import described
    from matrikel.api.v1 import INDICATORS, MOST, PACE

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
            "Published figures for other programs, below `/api/v1/`. Only reading, with the session of somebody who is "
            "logged in to the web and the right `figure.read`; the acting post decides what is seen, and small numbers "
            "are hidden as on the pages. Every answer of figures stands in the log. The description for programs is at "
            "`/api/v1/openapi.json`, the same as a page at `/api/v1/`."
        ),
        prose(
            f"At most {INDICATORS} measures in one question, {MOST} figures in one answer and {PACE} questions from a "
            "post; more are answered 429 with `Retry-After`. A refusal is `application/problem+json` (RFC 9457) in the "
            "reader's language: 401 not logged in, 403 no right, 404 not there, 405 other than GET, 422 not readable."
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


PAGES: dict[str, Callable[[], str]] = {
    "semantics.md": semantics,
    "rights.md": rights,
    "data.md": data,
    "log.md": log,
    "pages.md": pages,
    "indicators.md": indicators,
    "codes.md": code_lists,
    "api.md": read_interface,
    "settings.md": settings,
}


if __name__ == "__main__":
    sys.exit(main())
