from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "matrikel.domain.casework"
    label = "casework"
    verbose_name = "Handläggning"
