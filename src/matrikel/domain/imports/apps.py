from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "matrikel.domain.imports"
    label = "imports"
    verbose_name = "Inläsning"
