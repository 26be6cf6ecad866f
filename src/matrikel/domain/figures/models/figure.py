"""Published figures: count tables with what they were counted by. No row is about a person."""

import uuid

from django.db import models

from matrikel.base.models import Walled
from matrikel.domain.access.door import Board
from matrikel.domain.figures.models.run import Run
from matrikel.kernel import clock


class Figure(Walled):
    """One indicator of one run, for the board's own posts: the engine's result and its count tables, units included.

    `is_current` is the latest of its indicator. Small numbers stand as they are and are hidden when they are shown;
    `attacked` keeps what linear programs found must be held back besides.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    indicator = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    logic_hash = models.CharField(max_length=16)
    text_hash = models.CharField(max_length=16)
    kind = models.CharField(max_length=10)
    result = models.JSONField()
    tables = models.JSONField()
    attacked = models.JSONField(default=dict, blank=True, editable=False)
    is_current = models.BooleanField(default=True)

    class Meta(Walled.Meta):
        verbose_name = "mått"
        constraints = [
            models.UniqueConstraint(name="an_indicator_once_a_run", fields=["board", "run", "indicator"]),
            models.UniqueConstraint(
                name="one_current_figure", fields=["board", "indicator"], condition=models.Q(is_current=True)
            ),
        ]

    class Privacy:
        kind = "case"
        retention = "for ever"
        leaves = ("indicator", "version", "logic_hash", "text_hash", "kind")


class Published(models.Model):
    """What a board gives to the sum of its county: count tables without units and ages, the latest of a freeze date.

    Not walled, since a county is read across boards; `queries` is the only reader and hides small numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    run_id = models.UUIDField()
    freeze = models.DateField()
    indicator = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    logic_hash = models.CharField(max_length=16)
    tables = models.JSONField()
    attacked = models.JSONField(default=dict, blank=True, editable=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "publicerat mått"
        constraints = [
            models.UniqueConstraint(name="published_once_a_freeze", fields=["board", "freeze", "indicator"]),
        ]
        indexes = [models.Index(fields=["indicator", "logic_hash", "freeze"], name="published_by_freeze")]

    class Privacy:
        kind = "case"
        retention = "for ever"
        leaves = ("indicator", "version", "logic_hash", "freeze")
