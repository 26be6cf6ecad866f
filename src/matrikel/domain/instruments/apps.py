from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "matrikel.domain.instruments"
    label = "instruments"
    verbose_name = "Formulär"
