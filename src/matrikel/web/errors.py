"""Error pages: what was not done, and what to do. They never echo what was asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from matrikel.kernel.errors import Conflict, RuleBroken


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = exception.message if isinstance(exception, RuleBroken) else None
    return render(request, "400.html", {"message": message}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def conflict(request: HttpRequest, exception: Conflict) -> HttpResponse:
    return render(request, "409.html", status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "csrf_failure.html", status=403)
