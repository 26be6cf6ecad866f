from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "matrikel.domain.exchange"
    label = "exchange"
    verbose_name = "Utbyte"
