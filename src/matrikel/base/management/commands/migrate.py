"""Django's migrate with the guard lifted: a table that is rebuilt is copied whole, for every board."""

from typing import Any

from django.core.management.commands import migrate

from matrikel.base import guard


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with guard.lifted():
            super().handle(*args, **options)
