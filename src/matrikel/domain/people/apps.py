from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "matrikel.domain.people"
    label = "people"
    verbose_name = "Personer"
