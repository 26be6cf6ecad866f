"""Reception: one per person and arrival. It is not the clock; each indicator names its own anchor."""

from django.db import models

from matrikel.base import codes
from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Unit
from matrikel.domain.people.door import Person


class Reception(BoardRow):
    """How and when a person came to the municipality. Codes from categories.csv and routes.csv."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("mottagen")
    category = models.CharField("kategori", max_length=40)
    route = models.CharField("väg", max_length=40, blank=True)
    previous_municipality = models.CharField("tidigare kommun", max_length=4, blank=True)
    allocation_number = models.CharField("anvisningsnummer", max_length=30, blank=True)
    allocated_on = models.DateField("anvisad", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "mottagande"
        constraints = [models.UniqueConstraint(name="one_reception_a_day", **standing("person", "received_on"))]
        indexes = [models.Index(fields=["board", "person"], name="reception_by_person")]

    class Privacy:
        kind = "case"
        retention = "as the person"
        leaves = ("received_on", "category", "route", "previous_municipality")

    @property
    def category_label(self) -> str:
        return codes.label("categories", self.category)

    @property
    def route_label(self) -> str:
        return codes.label("routes", self.route)

    @property
    def previous_municipality_label(self) -> str:
        return codes.label("municipalities", self.previous_municipality)
