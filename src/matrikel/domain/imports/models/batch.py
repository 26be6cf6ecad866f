"""One register handed in by a post: the file, how it is understood, and how far it has come."""

from django.db import models
from django.utils.translation import gettext as _

from matrikel.base.models import Walled
from matrikel.domain.access.door import Board, Post, Unit
from matrikel.domain.imports.rules import ACTIVE, OPEN, QUEUED_SECONDS, RESUMABLE, STALE_SECONDS, UNDOABLE, Status
from matrikel.kernel import clock


class Batch(Walled):
    """An import. `mapping` and `choices` are a human's answers; counts are of rows that have been dealt with.

    `stored` names the file in the folder of uploads. `total` is how many rows the file has, once it has been read
    through. `found` holds what the reading through met: unknown words with their number of rows. `runner` is the run
    that may write to it now.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", editable=False)
    file_name = models.CharField("fil", max_length=200)
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    register_date = models.DateField("registrets datum", null=True, blank=True)
    read_against = models.DateField(null=True)
    mapping = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    status = models.CharField(max_length=9, default=Status.UPLOADED, choices=[(s.value, s.value) for s in Status])
    total = models.PositiveIntegerField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    filled = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    error = models.TextField(blank=True)
    runner = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    heard_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta(Walled.Meta):
        verbose_name = "inläsning"
        indexes = [models.Index(fields=["board", "unit", "-made_at"], name="batch_by_time")]
        constraints = [
            models.CheckConstraint(
                name="batch_counts_every_row",
                condition=models.Q(
                    rows_read=models.F("good") + models.F("refused") + models.F("flagged") + models.F("skipped")
                ),
            ),
            models.CheckConstraint(
                name="batch_failed_with_reason", condition=~models.Q(status="failed") | ~models.Q(error="")
            ),
        ]

    class Privacy:
        kind = "person"
        retention = "the file 90 days after it was handed in; the rest as its rows"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_silent(self) -> bool:
        """Said to be running, but nothing has been heard of it for a while: the machine was stopped."""
        patience = QUEUED_SECONDS if self.status == Status.QUEUED else STALE_SECONDS
        return self.is_active and (clock.now() - self.heard_at).total_seconds() > patience

    @property
    def can_resume(self) -> bool:
        return bool(self.stored) and (self.status in RESUMABLE or self.is_silent)

    @property
    def can_undo(self) -> bool:
        return self.status in UNDOABLE and self.rows_read > 0

    @property
    def percent(self) -> int:
        return min(100, 100 * self.rows_read // self.total) if self.total else 0

    @property
    def to_write(self) -> int:
        """Rows that an import would take in."""
        return self.good + self.flagged

    @property
    def word(self) -> str:
        """How it stands, in a word or two."""
        if self.is_silent:
            return _("avbruten")
        return {
            Status.UPLOADED: _("inte granskad"),
            Status.PREVIEWED: _("väntar på dig"),
            Status.READING: _("granskas"),
            Status.QUEUED: _("på kö"),
            Status.RUNNING: _("läser in"),
            Status.STOPPED: _("stoppad"),
            Status.DONE: _("klar"),
            Status.UNDOING: _("ångras"),
            Status.UNDONE: _("ångrad"),
            Status.FAILED: _("avbruten"),
        }[Status(self.status)]

    @property
    def mark(self) -> str:
        """The status mark that goes with the word."""
        if self.is_silent:
            return "stop"
        return {
            Status.UPLOADED: "todo", Status.PREVIEWED: "todo", Status.READING: "doing", Status.QUEUED: "wait",
            Status.RUNNING: "doing", Status.STOPPED: "stop", Status.DONE: "done", Status.UNDOING: "doing",
            Status.UNDONE: "closed", Status.FAILED: "stop",
        }[Status(self.status)]  # fmt: skip
