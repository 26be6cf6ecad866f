"""Small helps of the Today page."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django import template

from matrikel.web.templatetags.wording import locale_code

register = template.Library()


@register.filter
def of(rows: Mapping[UUID, Any], key: UUID) -> Any:
    """The row of an id; None when the reader may not see it."""
    return rows.get(key)


@register.filter
def weekday_date(value: date) -> str:
    """Torsdag 19 november."""
    text = format_date(value, "EEEE d MMMM", locale=locale_code())
    return text[:1].upper() + text[1:]
