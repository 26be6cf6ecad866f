"""What is true of a person for a time and is not offered by the municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import spell_in_order
from matrikel.domain.access.door import BoardRow
from matrikel.domain.people.models.person import Person
from matrikel.domain.people.rules import Basis


class Registration(BoardRow):
    """Population registration in a municipality (folkbokföring). `moved_to` is set when it ended by a move out."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    municipality = models.CharField("kommun", max_length=4)
    start_date = models.DateField("från")
    end_date = models.DateField("till och med", null=True, blank=True)
    moved_to = models.CharField("flyttade till kommun", max_length=4, blank=True)
    moved_abroad = models.BooleanField("flyttade utomlands", default=False)

    class Meta(BoardRow.Meta):
        verbose_name = "folkbokföring"
        constraints = [spell_in_order("registration_in_order")]
        indexes = [models.Index(fields=["board", "person"], name="registration_by_person")]

    class Privacy:
        kind = "whereabouts"
        retention = "as the person"
        leaves = ("municipality", "start_date", "end_date", "moved_to", "moved_abroad")


class Permit(BoardRow):
    """Residence permit: ground from a code list, first and last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="permits")
    ground = models.CharField("grund", max_length=40)
    start_date = models.DateField("från")
    end_date = models.DateField("till och med", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "uppehållstillstånd"
        constraints = [spell_in_order("permit_in_order")]
        indexes = [models.Index(fields=["board", "person"], name="permit_by_person")]

    class Privacy:
        kind = "sensitive"
        retention = "as the person"
        leaves = ("ground", "start_date", "end_date")


class Activity(BoardRow):
    """Work, studies or a programme that the municipality neither offers nor pays; `kind` is from activities.csv."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField("slag", max_length=40)
    place = models.CharField("var", max_length=120, blank=True)
    extent = models.PositiveSmallIntegerField("omfattning i procent", null=True, blank=True)
    basis = models.CharField(
        "bygger på tidigare yrke", max_length=7, default=Basis.UNKNOWN,
        choices=[("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Okänt"))],
    )  # fmt: skip
    start_date = models.DateField("från")
    end_date = models.DateField("till och med", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "sysselsättning"
        constraints = [
            spell_in_order("activity_in_order"),
            models.CheckConstraint(
                name="activity_extent", condition=models.Q(extent=None) | models.Q(extent__range=(1, 100))
            ),
        ]
        indexes = [models.Index(fields=["board", "person"], name="activity_by_person")]

    class Privacy:
        kind = "case"
        retention = "as the person"
        leaves = ("kind", "basis", "extent", "start_date", "end_date")
