from django.urls import path

from matrikel.domain.instruments.web import acts, reading, wordings

urlpatterns = [
    path("formular/person/<uuid:person_id>/", reading.panel, name="instruments-panel"),
    path("formular/person/<uuid:person_id>/nytt/", acts.choose, name="instruments-choose"),
    path("formular/<uuid:response_id>/", reading.read, name="instruments-response"),
    path("formular/<uuid:response_id>/fyll-i/", acts.fill, name="instruments-fill"),
    path("formular/<uuid:response_id>/spara/", acts.save, name="instruments-save"),
    path("formular/<uuid:response_id>/signera/", acts.sign_page, name="instruments-sign"),
    path("formular/<uuid:response_id>/ratta/", acts.replace_page, name="instruments-replace"),
    path("formular/<uuid:response_id>/kasta/", acts.discard_page, name="instruments-discard"),
    path("formular/<uuid:response_id>/pdf/", reading.on_paper, name="instruments-print"),
    path("formular/<uuid:response_id>/fhir/", reading.fhir, name="instruments-fhir"),
    path("formular/kontroll/<uuid:opening_id>/", acts.settle_page, name="instruments-settle"),
    path("formular/blankett/<slug:form_name>/", reading.blank, name="instruments-blank"),
    path("formular/blankett/<slug:form_name>/fhir/", reading.fhir_form, name="instruments-fhir-form"),
    path("formular/ord/", wordings.wordings, name="instruments-wordings"),
    path("formular/ord/<slug:form_name>/", wordings.wording, name="instruments-wording"),
    path("formular/ord/<slug:form_name>/<slug:tongue>/", wordings.approve, name="instruments-approve"),
]
