"""Forms as they were when somebody answered them, and what a unit has decided about their texts."""

from typing import Any, ClassVar

from django.db import models

from matrikel.base.models import WalledManager, standing
from matrikel.domain.access.door import BoardRow, Post, Unit


class FormVersion(BoardRow):
    """One version of a form with the texts that were shown, kept from the first answer on.

    A version has one logic hash for ever; a corrected text, another language beside, an approved translation is a row
    of its own: `text_hash` covers all words that were shown. A row stays in reach also when the act that stored it is
    undone: others may have answered it since.
    """

    form = models.CharField("formulär", max_length=60)
    number = models.PositiveIntegerField("version")
    name = models.CharField("namn", max_length=200)
    logic_hash = models.CharField(max_length=16)
    text_hash = models.CharField(max_length=16)
    snapshot = models.JSONField()

    objects: ClassVar[Any] = WalledManager()

    class Meta(BoardRow.Meta):
        verbose_name = "formulärversion"
        constraints = [
            models.UniqueConstraint(
                name="one_form_version_of_a_wording", fields=["board", "form", "number", "logic_hash", "text_hash"]
            ),
        ]

    class Privacy:
        kind = "none"
        retention = "as the answers to it"
        leaves = ("form", "number", "logic_hash", "text_hash")


class OfficialWording(BoardRow):
    """The official wording of a form in one language, which a unit has leave to use. Never part of the house itself."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    form = models.CharField("formulär", max_length=60)
    language = models.CharField("språk", max_length=20)
    licence = models.CharField("licens", max_length=300)
    texts = models.JSONField()
    made_from = models.JSONField(default=dict, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "officiell ordalydelse"
        constraints = [
            models.UniqueConstraint(name="one_official_wording", **standing("unit", "form", "language")),
        ]

    class Privacy:
        kind = "none"
        retention = "until another is loaded"
        leaves: tuple[str, ...] = ()


class Approval(BoardRow):
    """A named person has approved a translation as it reads now; a changed text is a draft again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    form = models.CharField("formulär", max_length=60)
    language = models.CharField("språk", max_length=20)
    text_hash = models.CharField(max_length=16)
    approved_by = models.CharField("godkänd av", max_length=120)
    noted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta(BoardRow.Meta):
        verbose_name = "godkänd översättning"
        constraints = [
            models.UniqueConstraint(name="one_approval", **standing("unit", "form", "language", "text_hash")),
        ]

    class Privacy:
        kind = "staff"
        retention = "as the answers to the form"
        leaves: tuple[str, ...] = ()
