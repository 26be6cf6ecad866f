"""Reading the log: who has seen a person, and whether the chain is whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from matrikel.domain.trail.models import Entry, Head, Receipt
from matrikel.domain.trail.rules import first_break
from matrikel.kernel.acting import Acting


@dataclass(frozen=True)
class Broken:
    chain: UUID
    seq: int


def of_person(person: UUID, *, by: Acting) -> QuerySet[Entry]:
    """What has been read and changed about a person inside the acting board, newest first."""
    return Entry.objects.filter(chain=by.board_id, person_id=person).order_by("-at", "-seq")


def changes_since(persons: Any, since: datetime, *, by: Acting) -> QuerySet[Entry]:
    """What colleagues changed about persons since a time, newest first. `persons` is a list or subquery of ids."""
    return (
        Entry.objects.filter(chain=by.board_id, person_id__in=persons, at__gte=since)
        .exclude(outcome__in=["read", "denied"])
        .exclude(post_id=by.post_id)
        .order_by("-at", "-seq")
    )


def undoable(*, by: Acting, since: datetime) -> QuerySet[Receipt]:
    """Receipts the acting post may still undo, newest first."""
    receipts: QuerySet[Receipt] = Receipt.objects.filter(post_id=by.post_id, at__gte=since, undone_at=None)
    return receipts.order_by("-at")


def broken_chains() -> list[Broken]:
    """Every chain that does not verify, with the first entry at fault."""
    faults = []
    for head in Head.objects.order_by("chain"):
        entries = Entry.objects.filter(chain=head.chain).order_by("seq").values_list("seq", "canon", "hash")
        seq = first_break(entries.iterator(chunk_size=5000), (head.seq, head.hash))
        if seq is not None:
            faults.append(Broken(head.chain, seq))
    return faults


def of_board(
    *, by: Acting, posts: list[UUID] | None = None, post: UUID | None = None, kind: str = ""
) -> QuerySet[Entry]:
    """The acting board's log, newest first: all of it, that of some posts, of one, or only denials or emergencies."""
    entries = Entry.objects.filter(chain=by.board_id)
    if posts is not None:
        entries = entries.filter(post_id__in=posts)
    if post is not None:
        entries = entries.filter(post_id=post)
    if kind == "denied":
        entries = entries.filter(outcome="denied")
    elif kind == "emergency":
        entries = entries.filter(action__startswith="access.emergency")
    return entries.order_by("-at", "-seq")
