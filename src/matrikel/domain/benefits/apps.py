from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "matrikel.domain.benefits"
    label = "benefits"
    verbose_name = "Bistånd"
