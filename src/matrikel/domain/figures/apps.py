from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "matrikel.domain.figures"
    label = "figures"
    verbose_name = "Resultat"
