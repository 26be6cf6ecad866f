from django.urls import path

from matrikel.web import results, results_files, results_history

urlpatterns = [
    path("resultat/", results.overview, name="results"),
    path("resultat/korning/", results.run, name="results-run"),
    path("resultat/<slug:indicator>/", results.indicator, name="results-indicator"),
    path("resultat/<slug:indicator>/historik/", results_history.history, name="results-history"),
    path("resultat/<slug:indicator>/kalkylblad/", results_files.sheet, name="results-sheet"),
    path("resultat/<slug:indicator>/tabell/", results_files.table, name="results-table"),
    path("resultat/<slug:indicator>/struktur/", results_files.structure, name="results-structure"),
    path("resultat/<slug:indicator>/personer/", results.people_behind, name="results-people"),
    path("personer/<uuid:person_id>/mal/", results.standing, name="results-standing"),
]
