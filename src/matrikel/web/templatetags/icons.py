"""Icons of the kit: drawings in a 16 px box, stroked in the colour of the text beside them."""

from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS: Final[dict[str, str]] = {
    "add": '<path d="M8 3v10M3 8h10"/>',
    "aid": '<circle cx="8" cy="8" r="6"/><path d="M5.5 11V5M9.5 5l-4 4M7.3 7.3 10 11"/>',
    "arrow": '<path d="M2.5 8h11M9 3.5 13.5 8 9 12.5"/>',
    "back": '<path d="M13.5 8h-11M7 3.5 2.5 8 7 12.5"/>',
    "case": ('<path d="M1.5 4.5V13a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V5.5a1 1 0 0 0-1-1H8L6.5 2.5h-4a1 1 0 0 0-1 1z"/>'),
    "child": '<circle cx="8" cy="4" r="2"/><path d="M8 6v5M4.5 7.5 8 8.5l3.5-1M6 14.5 8 11l2 3.5"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "compare": (
        '<path d="M2 2v12h12"/>'
        '<circle cx="6" cy="9.5" r=".6"/>'
        '<circle cx="8.5" cy="5.5" r=".6"/>'
        '<circle cx="11" cy="8" r=".6"/>'
        '<circle cx="12.5" cy="4" r=".6"/>'
    ),
    "danger": '<path d="m8 1.5 6.5 6.5L8 14.5 1.5 8zM8 5v3.5M8 10.8v.1"/>',
    "document": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5M5.5 11h5"/>',
    "done": '<circle cx="8" cy="8" r="6"/><path d="m5 8.2 2.2 2.3L11 5.8"/>',
    "edit": '<path d="m3 11-.5 2.5L5 13l8-8-2-2zM9.5 4.5l2 2"/>',
    "eye": ('<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>'),
    "home": '<path d="m2 7.5 6-5 6 5M3.5 6.5V14h9V6.5M6.5 14v-4h3v4"/>',
    "import": '<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.5V11M8 5v.1"/>',
    "language": '<path d="M2 3h8v6H6l-2.5 2V9H2zM12 6h2v6h-1v1.8L11 12H7.5"/>',
    "leave": '<path d="M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "people": (
        '<circle cx="6" cy="5" r="2.5"/>'
        '<path d="M1.5 14c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5"/>'
        '<path d="M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.8c1.6.6 2.5 2 2.5 4.2"/>'
    ),
    "phone": (
        '<path d="M3 2.5h3l1 3-1.5 1.2a9 9 0 0 0 4 4L10.5 9l3 1v3c0 .6-.4 1-1 1C7.5 14 2 8.5 2 3.5c0-.6.4-1 1-1z"/>'
    ),
    "plan": '<path d="M3 2v12M3 4h8l-2 2.5L11 9H3"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5h-2v-5h11v5h-2M4.5 9.5h7V14h-7z"/>',
    "quality": ('<path d="M8 1.5 13.5 4v4c0 3.5-2.3 5.5-5.5 6.5C4.8 13.5 2.5 11.5 2.5 8V4zM5.5 8l2 2 3.5-4"/>'),
    "results": '<path d="M2 2v12h12M5 11V8M8.5 11V4.5M12 11V7"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>',
    "settings": (
        '<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"/>'
        '<circle cx="10" cy="4.5" r="2"/>'
        '<circle cx="6" cy="11.5" r="2"/>'
    ),
    "time": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>',
    "today": ('<rect x="2" y="3" width="12" height="11" rx="1.5"/><path d="M2 6.5h12M5 1.5v3M11 1.5v3M5 10h3"/>'),
    "undo": '<path d="M3 6.5h7a3.5 3.5 0 0 1 0 7H6M6 3 2.5 6.5 6 10"/>',
    "unit": (
        '<rect x="6" y="1.5" width="4" height="4" rx=".8"/>'
        '<rect x="1.5" y="10.5" width="4" height="4" rx=".8"/>'
        '<rect x="10.5" y="10.5" width="4" height="4" rx=".8"/>'
        '<path d="M8 5.5V8M3.5 10.5V8h9v2.5"/>'
    ),
    "warn": '<path d="M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.8v.1"/>',
}


@register.simple_tag
def icon_shapes(name: str) -> SafeString:
    """Drawing of an icon. KeyError for an unknown name: a missing icon is a mistake, not a blank."""
    return mark_safe(ICONS[name])  # noqa: S308 – constants of the code, no input
