from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "matrikel.domain.trail"
    label = "trail"
    verbose_name = "Behandlingslogg"
