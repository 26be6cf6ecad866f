"""Choosing a language before log-in: a cookie, nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from matrikel.domain.access.door import public


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        to = reverse("account_login")
    response = HttpResponseRedirect(to)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(
            "language", request.POST["language"], max_age=31536000, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    return response
