"""What became of each row of a batch."""

from django.db import models

from matrikel.base.models import Walled
from matrikel.domain.access.door import Board
from matrikel.domain.imports.models.batch import Batch
from matrikel.domain.imports.rules import Effect


class Row(Walled):
    """One row that was dealt with; blank rows and sums are only counted.

    `place` is the row's place among all rows read, from 1. `digest` is a keyed digest of what the row says, empty for
    a refused row. `problems` are {kind, column, heading, severity, value, args}; ends of person numbers are hidden.
    `left` marks a row that an undo left as it was, because somebody had changed it since.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows", editable=False)
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=32, blank=True)
    source_number = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=7, choices=[(c, c) for c in ("good", "refused", "flagged")])
    effect = models.CharField(max_length=9, default=Effect.NONE, choices=[(e.value, e.value) for e in Effect])
    problems = models.JSONField(default=list)
    receipt_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    left = models.BooleanField(default=False)

    class Meta(Walled.Meta):
        verbose_name = "inläst rad"
        constraints = [models.UniqueConstraint(name="a_row_once", fields=["board", "batch", "place"])]
        indexes = [
            models.Index(fields=["board", "digest"], name="row_by_digest"),
            models.Index(fields=["board", "person_id"], name="row_by_person"),
            models.Index(fields=["board", "batch", "outcome", "place"], name="row_by_outcome"),
        ]

    class Privacy:
        kind = "person"
        retention = "90 days after the batch; source number and person as long as the person"
        leaves: tuple[str, ...] = ()
