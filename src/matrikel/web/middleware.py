"""What holds for every answer: not stored, in the reader's language, refusals mapped once, a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from matrikel.domain.access import door as access
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from matrikel.web import errors

Answer = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    """No page with a person is kept by a browser or a proxy. Hashed static files are answered before this."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class LanguageMiddleware:
    """The language the member of staff has chosen; before log-in, the cookie of the log-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.user.language if request.user.is_authenticated else request.COOKIES.get("language", "sv")
        language = chosen if chosen in dict(settings.LANGUAGES) else "sv"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            return self.get_response(request)


class RefusalMiddleware:
    """Refusals of the domain become pages. Missing and not allowed look the same for an object."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, Missing):
            return errors.not_found(request, fault)
        if isinstance(fault, NotAllowed):
            return errors.forbidden(request, fault)
        if isinstance(fault, RuleBroken):
            return errors.bad_request(request, fault)
        if isinstance(fault, Conflict):
            return errors.conflict(request, fault)
        return None


class SecondFactorMiddleware:
    """A real installation asks every account for one-time codes before anything else is shown."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "right", None) is None or access.is_demo() or is_mfa_enabled(request.user):
            return None
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
