"""What surrounds every page: who acts, where, and the way to everywhere else."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import ROLES, Right

OVERVIEW = _("Överblick")
PLACES: tuple[tuple[str, Any, str, Right, Any], ...] = (
    ("today", _("Idag"), "today", Right.PERSON_SEARCH, ""),
    ("people", _("Personer"), "people", Right.PERSON_SEARCH, ""),
    ("cases", _("Ärenden"), "case", Right.PERSON_READ, ""),
    ("results", _("Resultat"), "results", Right.FIGURE_READ, OVERVIEW),
    ("surveys", _("Enkäter"), "quality", Right.SURVEY_RUN, OVERVIEW),
    ("imports", _("Inläsning"), "import", Right.IMPORT_RUN, OVERVIEW),
    ("log", _("Logg"), "quality", Right.LOG_READ, OVERVIEW),
    ("staff", _("Medarbetare"), "unit", Right.STAFF_WRITE, OVERVIEW),
)
"""URL name, label, icon, the right that shows it, group."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of `base.html`. Costs no query: the post is already read."""
    by = getattr(request, "by", None)
    if by is None:
        return {"demo": access.is_demo(), "prefs": {"language_url": reverse("language")}}
    post = request.post_held  # type: ignore[attr-defined]
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return {
        "by": by,
        "demo": access.is_demo(),
        "nav": [
            {"label": label, "url": reverse(name), "icon": icon, "current": _is_here(here, name), "group": group}
            for name, label, icon, right, group in PLACES
            if by.may(right)
        ],
        "place": {"municipality": post.unit.board.municipality.name, "board": post.unit.board.name},
        "search_url": reverse("people") if by.may(Right.PERSON_SEARCH) else "",
        "home_url": reverse("home"),
        "logout_url": reverse("account_logout"),
        "me": {
            "name": post.user.name,
            "post": f"{ROLES[post.role].label}, {post.unit.name}",
            "switch_url": reverse("post-choose"),
            "key": post.pk,
        },
        "prefs": {
            "url": reverse("preferences"),
            "theme": post.user.theme,
            "density": post.user.density,
            "shortcuts": "on" if post.user.single_keys else "off",
        },
    }


def _is_here(here: str, name: str) -> bool:
    return here == name or here.startswith(f"{name}-") or (name == "people" and here.startswith("person-"))
