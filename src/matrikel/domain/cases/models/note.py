"""The journal: drafts that only their author sees, notes that are signed, locked and at most struck through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.domain.access.door import BoardRow, Post
from matrikel.domain.cases.models.case import Case
from matrikel.domain.people.door import Person


class Note(BoardRow):
    """One journal note. SoL 14:3 and 14:6: once signed it is corrected by a new note, never changed.

    `written_in` is the open form that last saved the draft: a form never conflicts with its own autosave.
    """

    KINDS = (
        ("visit", _("besök")),
        ("phone", _("telefon")),
        ("letter", _("brev")),
        ("meeting", _("möte")),
        ("other", _("övrigt")),
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=8, choices=KINDS, default="other")
    happened_at = models.DateTimeField("när")
    text = models.TextField("anteckning")
    written_in = models.UUIDField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    struck_reason = models.CharField(max_length=200, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "anteckning"
        indexes = [models.Index(fields=["board", "case", "-happened_at"], name="note_by_case")]
        constraints = [
            models.CheckConstraint(
                name="struck_after_signing_with_reason",
                condition=models.Q(struck_at=None, struck_by=None)
                | models.Q(struck_at__isnull=False, struck_by__isnull=False, signed_at__isnull=False)
                & ~models.Q(struck_reason=""),
            ),
        ]

    class Privacy:
        kind = "text"
        retention = "as its case"
        leaves: tuple[str, ...] = ()
