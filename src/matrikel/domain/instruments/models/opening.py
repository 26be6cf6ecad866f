"""What an answer set in motion: somebody has to settle it. Nothing follows by itself."""

from django.db import models

from matrikel.base import codes
from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Post, Unit
from matrikel.domain.instruments.models.response import Response
from matrikel.domain.people.door import Person


class Opening(BoardRow):
    """A check that a signed response opened: `what` is a code of openings.csv, `source` the answer or band behind it.

    `outcome` is a code of opening_outcomes.csv.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("vad", max_length=40)
    source = models.CharField("grund", max_length=130)
    outcome = models.CharField("utfall", max_length=40, blank=True)
    reason = models.TextField("skäl", blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    class Meta(BoardRow.Meta):
        verbose_name = "kontroll"
        constraints = [
            models.UniqueConstraint(name="opened_once", **standing("response", "what")),
            models.CheckConstraint(
                name="settled_with_outcome_and_reason",
                condition=models.Q(settled_at=None, settled_by=None, outcome="", reason="")
                | models.Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~models.Q(outcome="") & ~models.Q(reason=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["board", "unit"], condition=models.Q(settled_at=None), name="opening_waiting"),
            models.Index(fields=["board", "person"], name="opening_by_person"),
        ]

    class Privacy:
        kind = "sensitive"
        retention = "as its response"
        leaves: tuple[str, ...] = ()

    @property
    def what_label(self) -> str:
        return codes.label("openings", self.what)

    @property
    def outcome_label(self) -> str:
        return codes.label("opening_outcomes", self.outcome)
