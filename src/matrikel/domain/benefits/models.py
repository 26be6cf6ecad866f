"""Months with economic assistance (SoL 2025:400 ch. 12), as the system that pays tells them."""

from django.db import models

from matrikel.base.models import Recorded, Walled, standing
from matrikel.domain.access.door import Board, Post, Unit
from matrikel.domain.people.door import Person


class MonthList(Recorded):
    """Who had assistance in one month, as a unit was told by one file. One stands for each unit and month.

    `month` is its first day. `unreached` rows of the file were about nobody within the unit's reach, and are not kept.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", editable=False)
    month = models.DateField("månad")
    file_name = models.CharField("fil", max_length=200)
    unreached = models.PositiveIntegerField("rader om andra", default=0)

    class Meta(Recorded.Meta):
        verbose_name = "månadslista"
        constraints = [
            models.UniqueConstraint(name="month_list_once", **standing("unit", "month")),
            models.CheckConstraint(name="month_list_by_month", condition=models.Q(month__day=1)),
        ]

    class Privacy:
        kind = "none"
        retention = "as its rows"
        leaves = ("month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class AssistanceMonth(Walled):
    """A person who had assistance in the month of a list. It stands as long as its list does.

    `household` is the same for those of one file who got it together, and says nothing else. `amount` is in kronor.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    month_list = models.ForeignKey(MonthList, on_delete=models.PROTECT, related_name="rows", editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    household = models.UUIDField("hushåll")
    amount = models.DecimalField("belopp", max_digits=16, decimal_places=2, null=True)

    class Meta(Walled.Meta):
        verbose_name = "biståndsmånad"
        constraints = [
            models.UniqueConstraint(name="assistance_month_once", fields=["board", "month_list", "person"]),
            models.CheckConstraint(
                name="assistance_amount_not_negative",
                condition=models.Q(amount=None) | models.Q(amount__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["board", "person"], name="assistance_by_person")]

    class Privacy:
        kind = "case"
        retention = "as the person"
        leaves = ("household", "amount")
