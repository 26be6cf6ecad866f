"""Where programs read: `/api/v1/`. Each address is a page in the register of pages, with a right of its own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from matrikel.api.keys import ROOT
from matrikel.api.problems import problem
from matrikel.api.v1 import api
from matrikel.domain.access.door import Right, StaffRequest, page, public

WAYS_IN = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of a post: reads as the post does, without access to persons. Made and revoked on the "
        "settings page, shown once, dated.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": "Logged in to the web: reads as the acting post does.",
    },
}


def described() -> dict[str, Any]:
    """The OpenAPI description."""
    schema = dict(api.get_openapi_schema(path_prefix=ROOT))
    return schema | {
        "components": {**schema["components"], "securitySchemes": WAYS_IN},
        "security": [{name: []} for name in WAYS_IN],
    }


@page(Right.FIGURE_READ)
def openapi(request: StaffRequest) -> HttpResponse:
    return JsonResponse(described())


@page(Right.FIGURE_READ)
def about(request: StaffRequest) -> HttpResponse:
    """The description as a page, without scripts from elsewhere."""
    schema = described()
    paths = [
        {
            "address": address,
            "says": operation["description"],
            "asks": [
                {"name": each["name"], "required": each["required"], "says": each["schema"].get("description", "")}
                for each in operation.get("parameters", [])
            ],
        }
        for address, operations in schema["paths"].items()
        for operation in operations.values()
    ]
    return render(request, "results/api.html", {"paths": paths})


@public
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    return problem(404, _("Det du frågar efter finns inte, eller så når uppdraget det inte."))


def _for_programs(view: Any) -> Any:
    guarded = page(Right.FIGURE_READ)(view)
    guarded.for_programs = True  # type: ignore[attr-defined]
    return guarded


urlpatterns = [
    path("", about, name="results-api"),
    path("openapi.json", _for_programs(openapi), name="api-openapi"),
    *(
        path(str(entry.pattern), _for_programs(entry.callback), name=entry.name)  # type: ignore[union-attr]
        for entry in api.urls[0]
        if entry.name != "api-root"  # type: ignore[union-attr]
    ),
    path("<path:rest>", unknown, name="api-unknown"),
]
