"""What the shell and the components need beyond plain templates."""

from __future__ import annotations

from typing import Any, Protocol

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

UNDO = "undo:"


class Named(Protocol):
    protected: bool | None
    case_number: str
    name: str


@register.filter
def hides_name(person: Named) -> bool:
    """True for a protected person, and for whoever does not say whether they are."""
    return bool(getattr(person, "protected", True))


@register.filter
def person_name(person: Named) -> str:
    """The name, or for a protected person the case number, in lists, pictures and titles alike."""
    if hides_name(person):
        number = person.case_number
        return gettext("Person %(number)s") % {"number": number} if number else gettext("Skyddad person")
    return person.name


@register.filter
def key_caps(keys: str) -> list[str]:
    return [key.upper() if len(key) == 1 else key for key in keys.split()]


@register.filter
def undo_url(message: Message) -> str:
    """Where the change behind this message is undone, from `extra_tags=undo_tag(url)`; else empty."""
    tags = message.extra_tags or ""
    target = tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
    return target if target.startswith("/") and not target.startswith("//") else ""


def undo_tag(url: str) -> str:
    """The `extra_tags` of a message whose change can be undone by a POST to `url` (own host only)."""
    return UNDO + url


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """The same list with its filters kept, another page."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def tone(message: Message) -> str:
    names = {"error": "danger", "warning": "warn", "success": "ok"}
    return names.get(message.level_tag, "info")


@register.filter
def tone_icon(tone_name: str) -> str:
    names = {"ok": "done", "warn": "warn", "danger": "danger", "protect": "lock"}
    return names.get(tone_name, "info")


@register.filter
def field_kind(field: BoundField) -> str:
    """How the field component lays it out: group, check, area or line."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "area" if isinstance(widget, Textarea) else "line"


@register.simple_tag
def widget(field: BoundField, kind: str, size: str = "", hint: str = "") -> SafeString:
    """The field's own widget with the kit's class and the ids of its hint and errors, never a placeholder."""
    attrs: dict[str, Any] = {"placeholder": False}
    if kind in ("line", "area"):
        attrs["class"] = f"input {size}".strip()
    described = [f"{field.auto_id}-hint"] if hint or field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    if described and kind != "group":
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
