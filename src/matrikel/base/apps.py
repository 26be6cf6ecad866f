from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "matrikel.base"
    label = "base"
