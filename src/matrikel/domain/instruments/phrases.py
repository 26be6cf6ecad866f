"""Fixed phrases in the languages of clients, for paper and for their own pages."""

import tomllib
from collections.abc import Mapping
from functools import cache

from django.conf import settings


@cache
def phrases(lang: str) -> Mapping[str, str]:
    """Return the phrases of a language by name, in Swedish where it has none. `approved_by` is empty for a draft."""
    known = tomllib.loads((settings.DEFINITIONS / "phrases.toml").read_text(encoding="utf-8"))
    return {**known["sv"], **known.get(lang, {"approved_by": ""})}


def part_of(lang: str, number: int, of: int) -> str:
    """Where one is among the parts of a form, in a language."""
    return phrases(lang)["part"].replace("{n}", str(number)).replace("{of}", str(of))
