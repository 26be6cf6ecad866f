from django.urls import path

from matrikel.domain.casework.web import views

urlpatterns = [
    path("nodoppna/", views.emergency, name="emergency-open"),
    path("personer/<uuid:person_id>/skriv-in/", views.enrol_person, name="casework-enrol"),
]
