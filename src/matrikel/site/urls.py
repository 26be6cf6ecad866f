"""Where everything is mounted. Rooms are named by dotted string; the house knows them only here."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("matrikel.web.accounts_urls")),
    path("api/v1/", include("matrikel.api.urls")),
    path("", include("matrikel.web.urls")),
    path("", include("matrikel.domain.access.web.urls")),
    path("", include("matrikel.domain.trail.web.urls")),
    path("", include("matrikel.domain.people.web.urls")),
    path("", include("matrikel.domain.cases.web.urls")),
    path("", include("matrikel.domain.instruments.web.urls")),
    path("", include("matrikel.domain.services.web.urls")),
    path("", include("matrikel.domain.plans.web.urls")),
    path("", include("matrikel.domain.surveys.web.urls")),
    path("", include("matrikel.domain.casework.web.urls")),
    path("", include("matrikel.domain.figures.web.urls")),
    path("", include("matrikel.domain.exchange.web.urls")),
    path("", include("matrikel.domain.imports.web.urls")),
]

handler400 = "matrikel.web.errors.bad_request"
handler403 = "matrikel.web.errors.forbidden"
handler404 = "matrikel.web.errors.not_found"
handler500 = "matrikel.web.errors.server_error"
