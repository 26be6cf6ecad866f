"""A response (ifyllt formulär): a draft in sections until it is signed, then locked with its scores."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Post, Unit
from matrikel.domain.cases.door import Case
from matrikel.domain.instruments.models.form import FormVersion
from matrikel.domain.people.door import Person

SEXES = (("female", _("Kvinna")), ("male", _("Man")))


class Response(BoardRow):
    """A form filled in about a person in a case. Signed, it is locked; a new response that `replaces` it corrects it.

    `due_on` is the day it should be filled in anew. `limit_sex` and `limit_age` are what the assessor chose the limits
    of the scores by: legal sex, completed years.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="responses")
    form = models.CharField("formulär", max_length=60)
    is_sensitive = models.BooleanField(default=False)
    author = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    language = models.CharField("språk bredvid", max_length=20, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True, editable=False
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    limit_sex = models.CharField(max_length=6, choices=SEXES, blank=True)
    limit_age = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField("fylls i på nytt", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "ifyllt formulär"
        constraints = [
            models.CheckConstraint(
                name="response_signed_by_somebody",
                condition=models.Q(signed_at=None, signed_by=None)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_open_response_of_a_form",
                fields=["board", "case", "form", "author"],
                condition=models.Q(voided_at=None, signed_at=None),
            ),
            models.UniqueConstraint(name="replaced_once", **standing("replaces")),
        ]
        indexes = [
            models.Index(fields=["board", "person"], name="response_by_person"),
            models.Index(fields=["board", "case", "form"], name="response_by_case"),
        ]

    class Privacy:
        kind = "sensitive"
        retention = "as its case"
        leaves = ("form",)

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Section(BoardRow):
    """The answers of one part of a response, with a version of its own: two may write in different parts at once.

    `written_in` is the open page that last saved it: a page never conflicts with its own autosave.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="sections")
    section = models.CharField("avsnitt", max_length=60)
    answers = models.JSONField(default=dict, blank=True)
    written_in = models.UUIDField(null=True, editable=False)
    written_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    written_at = models.DateTimeField(null=True, editable=False)

    class Meta(BoardRow.Meta):
        verbose_name = "avsnitt"
        constraints = [models.UniqueConstraint(name="one_section", **standing("response", "section"))]

    class Privacy:
        kind = "text"
        retention = "as its response"
        leaves: tuple[str, ...] = ()


class Score(BoardRow):
    """A score as it was reckoned at signing, with its band and the limits it was read off; kept, never reckoned again.

    `value` is empty when there were too few answers.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="scores")
    scoring = models.CharField("poäng", max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    band = models.CharField("band", max_length=60, blank=True)
    limits = models.CharField("gräns", max_length=60, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "poäng"
        constraints = [models.UniqueConstraint(name="one_score", **standing("response", "scoring"))]

    class Privacy:
        kind = "sensitive"
        retention = "as its response"
        leaves = ("scoring", "value", "band")

    @property
    def figure(self) -> str:
        """The value without trailing noughts; empty when there is none."""
        return "" if self.value is None else plain(self.value)


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
