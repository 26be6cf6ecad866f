"""A campaign: one survey to one population, from letters to results."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import standing
from matrikel.domain.access.door import Board, BoardRow, Unit
from matrikel.domain.surveys.rules import Kind


class Campaign(BoardRow):
    """A survey of a unit. The form is kept as it was when the campaign opened, in every language it is asked in.

    `population` says in words who was invited. `results` are worked out while it is open and kept when it closes.
    """

    KINDS = ((Kind.ANONYMOUS.value, _("anonym")), (Kind.CONFIDENTIAL.value, _("konfidentiell")))

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("namn", max_length=120)
    form = models.CharField("formulär", max_length=60)
    number = models.PositiveIntegerField("version", default=0)
    logic_hash = models.CharField(max_length=16, blank=True)
    kind = models.CharField("slag", max_length=12, choices=KINDS)
    population = models.CharField("vilka som tillfrågas", max_length=200, blank=True)
    languages = models.JSONField("språk", default=list)
    groups = models.JSONField("grupper", default=list, blank=True)
    threshold = models.PositiveSmallIntegerField("minsta grupp", default=10)
    closes_on = models.DateField("sista svarsdag")
    asked = models.JSONField(default=dict, blank=True, editable=False)
    slug = models.CharField(max_length=4, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    results = models.JSONField(null=True, editable=False)

    class Meta(BoardRow.Meta):
        verbose_name = "enkätomgång"
        indexes = [models.Index(fields=["board", "unit", "-recorded_at"], name="campaign_of_unit")]
        constraints = [
            models.CheckConstraint(
                name="closed_after_opening",
                condition=models.Q(closed_at=None) | models.Q(opened_at__isnull=False, results__isnull=False),
            ),
            models.CheckConstraint(name="campaign_hides_few", condition=models.Q(threshold__gte=5)),
        ]

    class Privacy:
        kind = "case"
        retention = "results for ever; answers 24 months after closing"
        leaves = ("title", "form", "number", "logic_hash", "kind", "population")

    @property
    def state(self) -> str:
        """`draft`, `open` or `closed`."""
        return "draft" if self.opened_at is None else "open" if self.closed_at is None else "closed"

    @property
    def is_anonymous(self) -> bool:
        return self.kind == Kind.ANONYMOUS


class Address(models.Model):
    """Leads from the first letters of a code to the campaign, before anybody acts. Says nothing about any person."""

    slug = models.CharField(primary_key=True, max_length=4)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    campaign_id = models.UUIDField()

    class Meta:
        verbose_name = "enkätadress"

    class Privacy:
        kind = "none"
        retention = "as its campaign"
        leaves: tuple[str, ...] = ()


class Reference(BoardRow):
    """A figure from elsewhere to hold a score against: another unit, the city, the country."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="references")
    label = models.CharField("varifrån", max_length=80)
    score = models.CharField("index", max_length=60)
    value = models.DecimalField("värde", max_digits=9, decimal_places=3)
    source = models.CharField("källa", max_length=200)

    class Meta(BoardRow.Meta):
        verbose_name = "jämförelsetal"
        constraints = [models.UniqueConstraint(name="one_reference", **standing("campaign", "label", "score"))]

    class Privacy:
        kind = "none"
        retention = "as its campaign"
        leaves = ("label", "score", "value", "source")
