"""What a program is answered when something is refused: problem JSON (RFC 9457) in the reader's language."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.trail import door as trail
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken

TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An answer with `title`, `status` and `detail`. It never echoes what was asked for."""
    titles = {
        400: _("Frågan går inte att läsa"),
        401: _("Logga in först"),
        403: _("Det ingår inte i uppdraget"),
        404: _("Finns inte"),
        405: _("Bara läsning"),
        422: _("Frågan går inte att läsa"),
        429: _("För många frågor"),
        500: _("Något gick fel"),
    }
    plain = {
        "type": "about:blank",
        "title": titles.get(status, titles[500]),
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(plain, status=status, content_type=TYPE, json_dumps_params={"ensure_ascii": False})


class ProblemMiddleware:
    """Views that answer programs (`for_programs`) refuse in problem JSON; everything else goes on to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _for_programs(view):
            return None
        if not request.user.is_authenticated:
            return problem(401, _("Gränssnittet läses med den inloggning som gäller i webbläsaren."))
        by = getattr(request, "by", None)
        if by is None or not by.may(view.right):
            match = request.resolver_match
            trail.deny("access.page.refused", by=by, reason=f"{match.view_name if match else ''}: right")
            return problem(403, _("Uppdraget ger inte rätt att läsa mått."))
        if not (access.is_demo() or is_mfa_enabled(request.user)):
            return problem(403, _("Slå på engångskoder i webbläsaren först."))
        if request.method != "GET":
            return problem(405, _("Här går det bara att läsa, med GET."))
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not _for_programs(match.func):
            return None
        if isinstance(fault, Missing):
            return problem(404, _("Det du frågar efter finns inte, eller så når uppdraget det inte."))
        if isinstance(fault, NotAllowed):
            return problem(403, _("Uppdraget ger inte rätt att läsa mått."))
        if isinstance(fault, RuleBroken | Conflict):
            return problem(400, str(fault))
        return None


def _for_programs(view: Any) -> bool:
    return bool(getattr(view, "for_programs", False))
