"""Who is invited, and what has been answered: two tables that nothing joins where a survey is anonymous."""

from django.db import models

from matrikel.base.models import Walled
from matrikel.domain.access.door import Board
from matrikel.domain.surveys.models.campaign import Campaign


class Invitation(Walled):
    """One code. `digest` finds it without the code being kept; `recipient` is a person's id, empty for a handed code.

    That it has been used is kept, not when: a time would lead to the answer. Closing empties `recipient` of an
    anonymous survey. No foreign key to a person: this room knows none.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=8)
    recipient = models.UUIDField(null=True)
    groups = models.JSONField(default=dict)
    answered = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)

    class Meta(Walled.Meta):
        verbose_name = "inbjudan"
        constraints = [
            models.UniqueConstraint(name="a_code_once", fields=["board", "digest"]),
            models.UniqueConstraint(
                name="invited_once", fields=["board", "campaign", "recipient"],
                condition=models.Q(recipient__isnull=False),
            ),
        ]  # fmt: skip

    class Privacy:
        kind = "person"
        retention = "until the campaign closes if anonymous, else 24 months after"
        leaves: tuple[str, ...] = ()


class Answer(Walled):
    """One filled-in survey. Of an anonymous one no person, no invitation, no time and no place in an order.

    `groups` are coarse enough that several of the invited share them.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="answers")
    anonymous = models.BooleanField()
    recipient = models.UUIDField(null=True)
    language = models.CharField(max_length=20)
    groups = models.JSONField(default=dict)
    answers = models.JSONField()

    class Meta(Walled.Meta):
        verbose_name = "enkätsvar"
        constraints = [
            models.CheckConstraint(
                name="anonymous_answer_names_nobody", condition=models.Q(anonymous=False) | models.Q(recipient=None)
            ),
        ]

    class Privacy:
        kind = "sensitive"
        retention = "24 months after the campaign closed"
        leaves: tuple[str, ...] = ()
