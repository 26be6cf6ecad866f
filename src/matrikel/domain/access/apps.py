from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "matrikel.domain.access"
    label = "access"
    verbose_name = "Behörighet"
