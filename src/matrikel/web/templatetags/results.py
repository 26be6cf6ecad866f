"""What the pages of results need beyond plain templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from matrikel.domain.figures.door import Definition, Seen
from matrikel.web.pictures.bars import Bars
from matrikel.web.results_tables import number_of

register = template.Library()


@register.filter
def of_key(found: dict[str, Any], key: str) -> Any:
    return found.get(key)


@register.filter
def bars_label(bars: Bars, name: str) -> str:
    """What the picture says, for those who hear it."""
    told = [f"{box.count.label} {box.count.value if box.count.value is not None else '··'}" for box in bars.counts]
    return f"{name}: {', '.join(told)}."


@register.simple_tag
def seen_number(definition: Definition, seen: Seen) -> SafeString:
    return SafeString(render_to_string("results/number.html", {"number": number_of(definition, seen)}))
