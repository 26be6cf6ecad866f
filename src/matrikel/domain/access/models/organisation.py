"""Municipality, board and unit: the walls, and what kind of installation this database is."""

import uuid

from django.db import models

from matrikel.kernel import clock


class Installation(models.Model):
    """The one row that says whether this database was created as a demo. It can never change its mind."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    is_demo = models.BooleanField(editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(name="one_installation", condition=models.Q(id=1))]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves = ("is_demo",)


class Municipality(models.Model):
    """A municipality by its SCB code."""

    code = models.CharField(primary_key=True, max_length=4)
    name = models.CharField("namn", max_length=60)
    county_code = models.CharField(max_length=2)
    county_name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "kommun"
        ordering = ["name"]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves = ("code", "name", "county_code", "county_name")

    def __str__(self) -> str:
        return self.name


class Board(models.Model):
    """A board (nämnd): its own controller, and the wall that row-level security stands on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="boards")
    name = models.CharField("namn", max_length=100)

    class Meta:
        verbose_name = "nämnd"
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="one_board_of_a_name")]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves = ("name",)

    def __str__(self) -> str:
        return f"{self.name}, {self.municipality.name}"


class Unit(models.Model):
    """A unit (enhet) of a board."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="units")
    name = models.CharField("namn", max_length=100)

    class Meta:
        verbose_name = "enhet"
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="one_unit_of_a_name")]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves = ("name",)

    def __str__(self) -> str:
        return self.name
