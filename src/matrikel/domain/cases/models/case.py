"""A case, who works it, and where it was referred."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.base.models import spell_in_order
from matrikel.domain.access.door import BoardRow, Post, Unit
from matrikel.domain.people.door import Person


class Case(BoardRow):
    """A unit's case about a person. Enrolment is a case of kind introduction, discharge its closing with a reason."""

    KINDS = (("introduction", _("Introduktion")),)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=20, choices=KINDS, default="introduction")
    number = models.CharField("ärendenummer", max_length=20)
    series = models.CharField(max_length=10, editable=False)
    serial = models.PositiveIntegerField(editable=False)
    start_date = models.DateField("öppnat")
    end_date = models.DateField("avslutat", null=True, blank=True)
    close_reason = models.CharField("orsak", max_length=40, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "ärende"
        constraints = [
            spell_in_order("case_in_order"),
            # Over voided rows too: a number that has been on a paper is never given to somebody else.
            models.UniqueConstraint(name="case_number_once", fields=["board", "series", "serial"]),
            models.CheckConstraint(
                name="closed_with_reason",
                condition=models.Q(end_date=None, close_reason="")
                | models.Q(end_date__isnull=False) & ~models.Q(close_reason=""),
            ),
            models.UniqueConstraint(
                name="one_open_case_of_a_kind",
                fields=["board", "person", "unit", "kind"],
                condition=models.Q(voided_at=None, end_date=None),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["board", "person"], name="case_by_person"),
            models.Index(fields=["board", "unit", "end_date"], name="case_by_unit"),
        ]

    class Privacy:
        kind = "case"
        retention = "SoL 16:1"
        leaves = ("kind", "start_date", "end_date", "close_reason")

    @property
    def is_open(self) -> bool:
        return self.end_date is None

    @property
    def close_reason_label(self) -> str:
        return codes.label("close_reasons", self.close_reason)

    @property
    def caseworker(self) -> str:
        """Name of the one who answers for the case now; empty when nobody does."""
        if hasattr(self, "main_caseworker"):
            return self.main_caseworker or ""
        held = getattr(self, "working", None)
        if held is None:
            held = self.assignments.filter(end_date=None).select_related("post__user")
        return next((one.post.user.name for one in held if one.role == "main"), "")


class Assignment(BoardRow):
    """Who works a case, from and to which day."""

    ROLES = (("main", _("Ansvarig")), ("co", _("Medhandläggare")))

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("roll", max_length=4, choices=ROLES, default="main")
    start_date = models.DateField("från")
    end_date = models.DateField("till och med", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "handläggarskap"
        constraints = [
            spell_in_order("assignment_in_order"),
            models.UniqueConstraint(
                name="one_main_caseworker",
                fields=["board", "case"],
                condition=models.Q(voided_at=None, end_date=None, role="main"),
            ),
        ]
        indexes = [models.Index(fields=["board", "post", "end_date"], name="assignment_by_post")]

    class Privacy:
        kind = "case"
        retention = "as its case"
        leaves: tuple[str, ...] = ()


class Referral(BoardRow):
    """The person was referred onward, to a receiver of receivers.csv."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField("till", max_length=40)
    on = models.DateField("dag")

    class Meta(BoardRow.Meta):
        verbose_name = "hänvisning"
        indexes = [models.Index(fields=["board", "person"], name="referral_by_person")]

    class Privacy:
        kind = "case"
        retention = "as its case"
        leaves = ("receiver", "on")

    @property
    def receiver_label(self) -> str:
        return codes.label("receivers", self.receiver)
