"""The register of pages: a view that has not said what right it needs is refused.

Also the middleware that finds out who acts. One order holds: log-in, post, declared right, view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from matrikel.base import scope
from matrikel.domain.access.models import Post
from matrikel.domain.access.queries import acting, current_posts
from matrikel.domain.access.rules import Right
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed

View = TypeVar("View", bound=Callable[..., HttpResponse])
POST_KEY = "post"


class StaffRequest(HttpRequest):
    """A request from somebody who is logged in and acts from a post."""

    by: Acting
    post_held: Post
    htmx: Any


def page(right: Right, *methods: str) -> Callable[[View], View]:
    """Declare the right a view needs and the methods it answers (GET unless named)."""
    allowed = methods or ("GET",)

    def declare(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed and request.method != "HEAD":
                return HttpResponseNotAllowed(allowed)
            return view(request, *args, **kwargs)

        answered.right = right  # type: ignore[attr-defined]
        return cast(View, answered)

    return declare


def public(view: View) -> View:
    """Declare that a view shows no person and needs no log-in."""
    view.right = None  # type: ignore[attr-defined]
    return view


class ActingMiddleware:
    """Every request acts from one current post, or reaches only what is public or part of logging in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        post = self._post(request)
        if post is None:
            return self.get_response(request)
        request = cast(StaffRequest, request)
        request.by = acting(post).on_page(uuid4())
        request.post_held = post
        with scope.acting_as(request.by):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if _is_login(view) or getattr(view, "right", "undeclared") is None:
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
        by: Acting | None = getattr(request, "by", None)
        right = getattr(view, "right", None)
        if by is None or right is None or not by.may(right):
            self._deny(request, "right")
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> None:
        """Runs after the view's transaction is rolled back, so the denial survives it."""
        if isinstance(fault, Missing | NotAllowed):
            self._deny(request, type(fault).__name__.lower())

    def _deny(self, request: HttpRequest, reason: str) -> None:
        match = request.resolver_match
        trail.deny(match.view_name if match else "", by=getattr(request, "by", None), reason=reason)

    def _post(self, request: HttpRequest) -> Post | None:
        if not request.user.is_authenticated:
            return None
        posts = current_posts(request.user)
        chosen = request.session.get(POST_KEY)
        post = posts.filter(pk=chosen).first() if chosen else None
        if post is None:
            post = posts.first()
            request.session[POST_KEY] = str(post.pk) if post else None
        return post


def _is_login(view: Any) -> bool:
    """django-allauth guards its own pages; only the log-in and one-time-code pages are mounted."""
    return getattr(view, "__module__", "").startswith("allauth.")
