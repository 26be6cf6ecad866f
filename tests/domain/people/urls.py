"""The real addresses, and stand-ins for those that rooms above have not mounted."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from matrikel.domain.access.door import public
from matrikel.site.urls import urlpatterns as real

ABOVE = ("home", "today", "cases", "results", "imports", "log", "language")


@public
def nothing(request: HttpRequest, person_id: object = None) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [
    path("personer/<uuid:person_id>/", nothing, name="people-person"),
    *(path(f"ovan/{name}/", nothing, name=name) for name in ABOVE),
    *real,
]
handler404 = "matrikel.web.errors.not_found"
handler403 = "matrikel.web.errors.forbidden"
