from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "matrikel.domain.services"
    label = "services"
    verbose_name = "Insatser"
