from django.urls import path

from matrikel.web import results, results_files, results_history, results_quality

urlpatterns = [
    path("resultat/", results.overview, name="results"),
    path("resultat/korning/", results.run, name="results-run"),
    path("resultat/kvalitet/", results_quality.overview, name="results-quality"),
    path("resultat/kvalitet/<slug:lack>/", results_quality.lack, name="results-lack"),
    path("resultat/<slug:indicator>/", results.indicator, name="results-indicator"),
    path("resultat/<slug:indicator>/historik/", results_history.history, name="results-history"),
    path("resultat/<slug:indicator>/kalkylblad/", results_files.sheet, name="results-sheet"),
    path("resultat/<slug:indicator>/tabell/", results_files.table, name="results-table"),
    path("resultat/<slug:indicator>/struktur/", results_files.structure, name="results-structure"),
    path("resultat/<slug:indicator>/personer/", results.people_behind, name="results-people"),
    path("personer/<uuid:person_id>/mal/", results.standing, name="results-standing"),
]
