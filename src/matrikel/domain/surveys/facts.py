"""What this room tells statistics: the numbers of closed surveys. Columns follow the dataset contract.

Whoever answered is a respondent of their own: no person of the register, and another one in each survey. Who was
invited and what was answered are different respondents, so that nothing joins them here either. All of a survey carry
the day it was closed. Free text and what gives no number are not told.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from matrikel.base.facts import Facts
from matrikel.domain.surveys.models import Answer, Campaign, Invitation
from matrikel.domain.surveys.queries import CHUNK, form_of
from matrikel.domain.surveys.rules import ANSWERED, numbers
from matrikel.kernel import clock


def respondents() -> Facts:
    """One row for each who was invited and one for each answer, with the sex the survey keeps of them, if any."""
    return Facts(("person_id", "sex", "unit", "municipality"), chain(_known(Invitation), _known(Answer)))


def responses() -> Facts:
    """`answered` for each who was invited, and a row for each question of an answer that gives a number."""
    columns = ("person_id", "instrument", "item", "date", "value", "unit", "municipality")
    return Facts(columns, chain(_invited(), _answers()))


def _known(model: type[Invitation] | type[Answer]) -> Iterator[tuple[Any, ...]]:
    columns = ("pk", "groups", "campaign__unit_id", "board__municipality_id")
    for who, groups, *place in _of_closed(model.objects.all(), *columns):
        yield who, groups.get("sex"), *place


def _invited() -> Iterator[tuple[Any, ...]]:
    columns = ("pk", "campaign__form", "campaign__closed_at", "answered", "campaign__unit_id", "board__municipality_id")
    for who, form, at, answered, *place in _of_closed(Invitation.objects.all(), *columns):
        yield who, form, ANSWERED, clock.day_of(at), str(int(answered)), *place


def _answers() -> Iterator[tuple[Any, ...]]:
    for campaign in Campaign.objects.filter(closed_at__isnull=False).select_related("board"):
        form, day = form_of(campaign), clock.day_of(campaign.closed_at)
        rows = Answer.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "answers")
        for who, answers in rows.iterator(chunk_size=CHUNK):
            for item, value in numbers(form, answers):
                yield who, campaign.form, item, day, value, campaign.unit_id, campaign.board.municipality_id


def _of_closed(rows: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    """In the order of ids drawn by chance, which tells nothing of who came first."""
    closed = rows.filter(campaign__closed_at__isnull=False).order_by("pk")
    return closed.values_list(*columns).iterator(chunk_size=CHUNK)
