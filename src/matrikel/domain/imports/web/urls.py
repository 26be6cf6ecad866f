from django.urls import path

from matrikel.domain.imports.web import months, results, steps

urlpatterns = [
    path("inlasning/", results.listed, name="imports"),
    path("inlasning/ny/", steps.upload, name="imports-upload"),
    path("inlasning/bistand/", months.listed, name="imports-months"),
    path("inlasning/bistand/ny/", months.take_in, name="imports-months-new"),
    path("inlasning/bistand/<uuid:month_list_id>/ta-bort/", months.take_back, name="imports-months-take-back"),
    path("inlasning/<uuid:batch_id>/", results.batch, name="imports-batch"),
    path("inlasning/<uuid:batch_id>/para-ihop/", steps.mapping, name="imports-mapping"),
    path("inlasning/<uuid:batch_id>/granska/", steps.preview, name="imports-preview"),
    path("inlasning/<uuid:batch_id>/las-in/", steps.run, name="imports-run"),
    path("inlasning/<uuid:batch_id>/kasta/", steps.discard, name="imports-discard"),
    path("inlasning/<uuid:batch_id>/rader/", results.problems, name="imports-problems"),
    path("inlasning/<uuid:batch_id>/rader/fil/", results.problems_file, name="imports-problems-file"),
    path("inlasning/<uuid:batch_id>/stoppa/", results.stop, name="imports-stop"),
    path("inlasning/<uuid:batch_id>/ateruppta/", results.resume, name="imports-resume"),
    path("inlasning/<uuid:batch_id>/angra/", results.undo, name="imports-undo"),
]
