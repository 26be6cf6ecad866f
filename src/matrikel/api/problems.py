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
NO_KEY: Any = object()
"""Of a request that sent no key; one that sent a key which does not hold has None."""


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
        key = getattr(request, "key", NO_KEY)
        if not _for_programs(view):
            opens = key in (NO_KEY, None) or getattr(view, "right", None) is None
            return None if opens else problem(403, _("En nyckel öppnar bara läsgränssnittets adresser."))
        if key is None:
            return _log_in(_("Nyckeln gäller inte. Gör en ny i webbläsaren, under Nycklar för program."))
        if not request.user.is_authenticated:
            return _log_in(_("Logga in i webbläsaren, eller skicka en nyckel: Authorization: Bearer och nyckeln."))
        by = getattr(request, "by", None)
        if by is None or not by.may(view.right):
            match = request.resolver_match
            trail.deny("access.page.refused", by=by, reason=f"{match.view_name if match else ''}: right")
            return problem(403, _("Uppdraget ger inte rätt att läsa mått."))
        if not (access.is_demo() or is_mfa_enabled(request.user)):
            return problem(403, _("Slå på engångskoder i webbläsaren först."))
        if request.method != "GET":
            return problem(405, _("Här går det bara att läsa, med GET."))
        if key is not NO_KEY:
            trail.note("access.key.used", by=by, object=key.pk, of="access.key")
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


def _log_in(detail: str) -> HttpResponse:
    answer = problem(401, detail)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _for_programs(view: Any) -> bool:
    return bool(getattr(view, "for_programs", False))
