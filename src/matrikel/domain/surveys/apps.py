from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "matrikel.domain.surveys"
    label = "surveys"
    verbose_name = "Enkäter"
