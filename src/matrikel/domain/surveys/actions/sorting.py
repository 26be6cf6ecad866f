"""Sorting free texts under themes."""

from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.surveys.models import Answer, Campaign, Sorted, Theme
from matrikel.domain.surveys.queries import form_of
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken


def add_theme(*, campaign: Campaign, name: str, by: Acting) -> Theme:
    """Begin a theme. Raises NotAllowed, RuleBroken: empty, theme_twice."""
    _require(by)
    if not name.strip():
        raise RuleBroken("empty", _("Skriv vad temat heter."), field="name")
    if Theme.objects.filter(campaign=campaign, name=name.strip()).exists():
        raise RuleBroken("theme_twice", _("Temat finns redan."), field="name")
    with trail.writing("surveys.theme.added", by=by) as act:
        return act.create(Theme(board_id=by.board_id, campaign=campaign, name=name.strip()[:80]))


def sort(*, campaign: Campaign, answer_id: UUID, item: str, themes: list[UUID], by: Acting) -> None:
    """Let a free text stand under these themes and no others. Raises NotAllowed, Missing."""
    _require(by)
    answer = Answer.objects.filter(campaign=campaign, pk=answer_id).first()
    known = {theme.pk: theme for theme in Theme.objects.filter(campaign=campaign)}
    free = form_of(campaign).items.get(item.rpartition("/")[2])
    if answer is None or free is None or item not in answer.answers or not set(themes) <= set(known):
        raise Missing
    held = {row.theme_id: row for row in Sorted.objects.filter(theme__in=known, answer=answer, item=item)}
    with trail.writing("surveys.text.sorted", by=by) as act:
        for theme in set(themes) - set(held):
            act.create(Sorted(board_id=by.board_id, theme=known[theme], answer=answer, item=item, post_id=by.post_id))
        for theme in set(held) - set(themes):
            act.void(held[theme])


def _require(by: Acting) -> None:
    if not by.may(Right.SURVEY_RUN):
        raise NotAllowed
