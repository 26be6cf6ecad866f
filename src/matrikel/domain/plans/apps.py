from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "matrikel.domain.plans"
    label = "plans"
    verbose_name = "Planer"
