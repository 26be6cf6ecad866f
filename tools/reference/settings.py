"""The page of settings."""

import ast
import re

from tools.reference.markdown import SOURCE, code, codes, page, prose, table

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
