"""One counting of a board's register: asked for by a post, until a freeze date."""

from django.db import models

from matrikel.base.models import Walled
from matrikel.domain.access.door import Board, Post
from matrikel.domain.figures.rules import ACTIVE, Status
from matrikel.kernel import clock


class Run(Walled):
    """A run and how far it has come. `digest` names the extract it counted; `error` says in words what stopped it.

    `lacks` holds what lacked in the register by unit, numbers alone (`extract.quality`).
    Of a finished run `error` says which indicators were passed by, since the register has no data for them.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", editable=False)
    freeze = models.DateField("frysdag")
    status = models.CharField(max_length=7, default=Status.QUEUED, choices=[(s.value, s.value) for s in Status])
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    persons = models.PositiveIntegerField(null=True)
    figures = models.PositiveSmallIntegerField(null=True)
    digest = models.CharField(max_length=16, blank=True)
    lacks = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta(Walled.Meta):
        verbose_name = "körning"
        constraints = [
            models.UniqueConstraint(
                name="one_run_at_a_time", fields=["board"], condition=models.Q(status__in=[s.value for s in ACTIVE])
            ),
            models.CheckConstraint(name="run_progress", condition=models.Q(progress__range=(0, 100))),
            models.CheckConstraint(
                name="run_failed_with_reason", condition=~models.Q(status="failed") | ~models.Q(error="")
            ),
        ]
        indexes = [models.Index(fields=["board", "-asked_at"], name="run_by_time")]

    class Privacy:
        kind = "staff"
        retention = "for ever, without the post two years after it ended"
        leaves = ("freeze", "digest", "persons", "figures")

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE
