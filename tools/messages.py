"""The texts people read: `extract` prints those that lack their English, `python tools/messages.py`.

Message ids are Swedish (docs/decisions/0005). A text without translation makes this exit 1.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "src" / "matrikel" / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**/templates/**.html", "django"), ("**.py", "python")]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def untranslated() -> Iterator[str]:
    """Every text in source and templates that the English catalogue lacks."""
    catalogue = read_po(ENGLISH.open("rb"))
    options = {"**/templates/**.html": {"encoding": "utf-8"}}
    found = extract_from_dir(
        ROOT / "src" / "matrikel", method_map=METHODS, options_map=options, keywords=KEYWORDS, comment_tags=()
    )
    for name, line, text, _comments, context in found:
        message = catalogue.get(text, context) or catalogue.get(text)
        if message is None or not message.string or "" in (message.string if isinstance(text, tuple) else ()):
            yield f"{name}:{line}: {text[0] if isinstance(text, tuple) else text}"


def main() -> int:
    lacking = list(untranslated())
    print("\n".join(lacking) or "Every text has its English.")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
