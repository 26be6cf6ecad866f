"""The register of pages: a view that has not said what right it needs is refused.

Also the middleware that finds out who acts. One order holds: log-in, post, declared right, view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

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


class PostMiddleware:
    """Finds the post a session acts from, and its user with it: one query where log-in and post would take two."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        post = self._chosen(request) or self._first(request)
        if post is not None:
            request = cast(StaffRequest, request)
            request.by = acting(post)
            request.post_held = post
        return self.get_response(request)

    def _chosen(self, request: HttpRequest) -> Post | None:
        """The post kept in the session, when it still holds and the session is still its user's."""
        chosen, user_id = request.session.get(POST_KEY), request.session.get(SESSION_KEY)
        post = current_posts(user_id).filter(pk=chosen).first() if chosen and user_id else None
        held = request.session.get(HASH_SESSION_KEY, "")
        if post is None or not constant_time_compare(held, post.user.get_session_auth_hash()):
            return None
        request._cached_user = post.user  # type: ignore[attr-defined]  # where Django's own middleware looks first
        return post

    def _first(self, request: HttpRequest) -> Post | None:
        if not request.user.is_authenticated:
            return None
        post = current_posts(request.user.pk).first()
        request.session[POST_KEY] = str(post.pk) if post else None
        return post


class ActingMiddleware:
    """Every request acts from one current post, or reaches only what is public or part of logging in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by = getattr(request, "by", None)
        if by is None:
            return self.get_response(request)
        with scope.acting_as(by):
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
        page_name = match.view_name if match else ""
        trail.deny("access.page.refused", by=getattr(request, "by", None), reason=f"{page_name}: {reason}")


def _is_login(view: Any) -> bool:
    """django-allauth guards its own pages; only the log-in and one-time-code pages are mounted."""
    return getattr(view, "__module__", "").startswith("allauth.")
