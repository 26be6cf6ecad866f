from django.urls import path

from matrikel.web import results

urlpatterns = [
    path("resultat/", results.overview, name="results"),
    path("resultat/korning/", results.run, name="results-run"),
    path("resultat/<slug:indicator>/", results.indicator, name="results-indicator"),
    path("resultat/<slug:indicator>/kalkylblad/", results.sheet, name="results-sheet"),
    path("resultat/<slug:indicator>/personer/", results.people_behind, name="results-people"),
    path("personer/<uuid:person_id>/mal/", results.standing, name="results-standing"),
]
