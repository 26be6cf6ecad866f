"""On paper: a template of typst and its data become a tagged PDF that a screen reader can read (PDF/UA-1)."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from matrikel.base import typefaces
from matrikel.kernel import clock
from matrikel.kernel.errors import RuleBroken

ROOT = Path(__file__).parents[2]
"""Templates lie beside their rooms and import `/base/paper/house.typ`."""
ETHIOPIC = frozenset({"ti", "am"})
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')


def pdf(template: str, data: dict[str, Any], *, lang: str = "sv") -> bytes:
    """Return the PDF of a template (its path below `src/matrikel`), which reads `data` as JSON from `sys.inputs.data`.

    `lang` is the language beside Swedish, if any. Raises RuleBroken("typeface_missing") where the letters of a
    language cannot be set, and RuleBroken("letters_missing") where some in the data cannot, such as an emoji, rather
    than printing empty boxes. A template that a screen reader could not read (without
    a title, a picture without its text) does not compile.
    """
    require_face(lang)
    try:
        made: bytes = _compiler().compile(
            ROOT / template,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "lang": lang},
            pdf_standards=["ua-1"],
            timestamp=int(clock.now().timestamp()),
        )
    except RuntimeError as fault:
        if lacking := _LACKING.search(str(fault)):
            raise RuleBroken(
                "letters_missing",
                _("”%(letters)s” kan inte sättas på papper. Skriv det på annat sätt i texten och försök igen.")
                % {"letters": lacking[1]},
            ) from fault
        raise
    return made


def require_face(lang: str) -> None:
    """Raise RuleBroken("typeface_missing") when a language's letters are not installed."""
    if lang in ETHIOPIC and not typefaces.ETHIOPIC.is_file():
        raise RuleBroken(
            "typeface_missing",
            _("Typsnittet för etiopisk skrift saknas. Be den som sköter systemet installera fonts-sil-abyssinica."),
        )


@cache
def _compiler() -> Any:
    import typst  # 80 MB that most processes never need

    return typst.Compiler(
        root=ROOT, font_paths=typst.Fonts(include_system_fonts=False, font_paths=list(typefaces.folders()))
    )
