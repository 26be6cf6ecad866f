from django.urls import path

from matrikel.domain.casework.web import asking, views

urlpatterns = [
    path("nodoppna/", views.emergency, name="emergency-open"),
    path("personer/<uuid:person_id>/skriv-in/", views.enrol_person, name="casework-enrol"),
    path("enkater/<uuid:campaign_id>/mottagare/", asking.choose, name="surveys-recipients"),
    path("enkater/<uuid:campaign_id>/brev/", asking.letters, name="surveys-letters"),
    path("enkater/<uuid:campaign_id>/koder/", asking.invitations, name="surveys-invitations"),
]
