"""The pages of docs/reference made from the source: rights, data, log, pages, indicators, forms, codes,
settings, api.

    python tools/build_reference.py           writes them
    python tools/build_reference.py --check   names those that are out of date and exits with 1

What a page says stands in the code it is made from. One page, one module in `reference`.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))

from tools.reference.code_lists import code_lists  # noqa: E402
from tools.reference.data import data  # noqa: E402
from tools.reference.forms import forms  # noqa: E402
from tools.reference.indicators import indicators  # noqa: E402
from tools.reference.log import log  # noqa: E402
from tools.reference.pages import pages  # noqa: E402
from tools.reference.read_interface import read_interface  # noqa: E402
from tools.reference.rights import rights  # noqa: E402
from tools.reference.semantics import semantics  # noqa: E402
from tools.reference.settings import settings  # noqa: E402

PAGES: dict[str, Callable[[], str]] = {
    "semantics.md": semantics,
    "rights.md": rights,
    "data.md": data,
    "log.md": log,
    "pages.md": pages,
    "indicators.md": indicators,
    "forms.md": forms,
    "codes.md": code_lists,
    "api.md": read_interface,
    "settings.md": settings,
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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


if __name__ == "__main__":
    sys.exit(main())
