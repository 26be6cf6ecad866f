"""Free texts sorted under themes by those who read them."""

from django.db import models

from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Post
from matrikel.domain.surveys.models.answer import Answer
from matrikel.domain.surveys.models.campaign import Campaign


class Theme(BoardRow):
    """A heading that free texts of a campaign are sorted under."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="themes")
    name = models.CharField("tema", max_length=80)

    class Meta(BoardRow.Meta):
        verbose_name = "tema"
        constraints = [models.UniqueConstraint(name="one_theme_of_a_name", **standing("campaign", "name"))]

    class Privacy:
        kind = "case"
        retention = "as its campaign"
        leaves: tuple[str, ...] = ()


class Sorted(BoardRow):
    """One free text under one theme, by the post that read it. A text may stand under several."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="texts")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=130)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta(BoardRow.Meta):
        verbose_name = "sorterad fritext"
        constraints = [models.UniqueConstraint(name="sorted_once", **standing("theme", "answer", "item"))]

    class Privacy:
        kind = "case"
        retention = "as its answer"
        leaves: tuple[str, ...] = ()
