from django.urls import path

from matrikel.domain.services.web import acts, lists

urlpatterns = [
    path("insatser/sfi/vantar/", lists.waiting, name="services-waiting"),
    path("insatser/person/<uuid:person_id>/", lists.panel, name="services-panel"),
    path("insatser/person/<uuid:person_id>/<slug:kind>/ansokan/", acts.participation_apply, name="services-apply"),
    path("insatser/person/<uuid:person_id>/<slug:kind>/", acts.participation_begin, name="services-begin"),
    path("insatser/<uuid:participation_id>/start/", acts.participation_start, name="services-start"),
    path("insatser/<uuid:participation_id>/slut/", acts.participation_end, name="services-end"),
    path("insatser/<uuid:participation_id>/ratta/", acts.participation_correct, name="services-correct"),
    path("insatser/<uuid:participation_id>/ta-tillbaka/", acts.participation_withdraw, name="services-withdraw"),
]
