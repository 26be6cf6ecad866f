"""A program with a key: it acts from the key's post, with the right to read figures and no other (decision 0055)."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from matrikel.base import scope
from matrikel.domain.access import door as access
from matrikel.domain.trail import door as trail

ROOT = "/api/v1/"
SCHEME = "bearer"


class KeyMiddleware:
    """A key that is sent decides alone: a session beside it opens nothing, whether the key holds or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if request.path.startswith(ROOT) and scheme.lower() == SCHEME:
            request.key = self._key(request, secret.strip())  # type: ignore[attr-defined]
        return self.get_response(request)

    def _key(self, request: HttpRequest, secret: str) -> access.Key | None:
        request.by, request.user = None, AnonymousUser()  # type: ignore[attr-defined]
        key = access.key_of(secret)
        if key is None:
            return None
        by = access.acting_by_key(key)
        if key.closed:
            with scope.acting_as(by):
                trail.deny("access.key.refused", by=by, reason=key.closed)
            return None
        request.by, request.post_held, request.user = by, key.post, key.post.user  # type: ignore[attr-defined]
        return key
