"""Rows of a board, and the relation that lets a unit or a post see a person."""

from django.db import models

from matrikel.base.models import Recorded
from matrikel.domain.access.models.organisation import Board, Unit
from matrikel.domain.access.models.staff import Post
from matrikel.domain.access.rules import Ground
from matrikel.kernel import clock


class BoardRow(Recorded):
    """The base of every row about a person: walled by board, versioned, dated twice."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta(Recorded.Meta):
        abstract = True


class Relation(BoardRow):
    """Why a unit (post empty) or one named post may see a person, from and until when.

    `person_id` is no foreign key: persons live in a room above. `source_id` is the case or row the relation comes from.
    """

    person_id = models.UUIDField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ground = models.CharField(max_length=12, choices=[(g.value, g.value) for g in Ground])
    source_id = models.UUIDField(null=True, blank=True)
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "relation"
        indexes = [
            models.Index(fields=["board", "unit", "person_id"], name="relation_of_unit"),
            models.Index(fields=["board", "person_id"], name="relation_to_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="emergency_names_post_and_end",
                condition=~models.Q(ground="emergency")
                | models.Q(post__isnull=False, until_at__isnull=False) & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="reviewed_by_and_at",
                condition=models.Q(reviewed_by=None, reviewed_at=None)
                | models.Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
        ]

    class Privacy:
        kind = "person"
        retention = "as the person"
        leaves: tuple[str, ...] = ()
