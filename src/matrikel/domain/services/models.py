"""What the municipality offers or pays, and who took part in it when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.base.models import spell_in_order
from matrikel.domain.access.door import BoardRow, Unit
from matrikel.domain.people.door import Basis, Person
from matrikel.domain.services.rules import OFFERS


class Participation(BoardRow):
    """A person in a service (insats): applied for, started, ended, with a result. `kind` is a code of activities.csv.

    An SFI application that has not led to a start has `applied_on` and no `start_date`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=40)
    title = models.CharField("vad", max_length=120, blank=True)
    provider = models.CharField("hos", max_length=120, blank=True)
    extent = models.PositiveSmallIntegerField("omfattning i procent", null=True, blank=True)
    basis = models.CharField(
        "bygger på tidigare yrke", max_length=7, default=Basis.UNKNOWN,
        choices=[("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Okänt"))],
    )  # fmt: skip
    applied_on = models.DateField("ansökt", null=True, blank=True)
    start_date = models.DateField("från", null=True, blank=True)
    end_date = models.DateField("till och med", null=True, blank=True)
    result = models.CharField("resultat", max_length=20, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "deltagande"
        constraints = [
            spell_in_order("participation_in_order"),
            models.CheckConstraint(
                name="participation_applied_or_started",
                condition=models.Q(applied_on__isnull=False) | models.Q(start_date__isnull=False),
            ),
            models.CheckConstraint(
                name="participation_ends_after_it_started",
                condition=models.Q(end_date=None) | models.Q(start_date__isnull=False),
            ),
            models.CheckConstraint(
                name="participation_extent", condition=models.Q(extent=None) | models.Q(extent__range=(1, 100))
            ),
        ]
        indexes = [
            models.Index(fields=["board", "person"], name="participation_by_person"),
            models.Index(
                fields=["board", "unit", "kind"], condition=models.Q(start_date=None), name="participation_waiting"
            ),
        ]

    class Privacy:
        kind = "case"
        retention = "as the person"
        leaves = ("kind", "basis", "extent", "applied_on", "start_date", "end_date", "result")

    @property
    def kind_label(self) -> str:
        return codes.label("activities", self.kind)

    @property
    def result_label(self) -> str:
        return codes.label(OFFERS[self.kind].results, self.result) if self.result else ""
