"""Adding to the log. Always the last thing a transaction does, always inside it."""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import transaction

from matrikel.domain.trail.models import Entry, Head
from matrikel.domain.trail.rules import INSTALLATION, canon, link
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting

kept_memo: ContextVar[dict[Any, Any] | None] = ContextVar("memo", default=None)


@transaction.atomic
def append(entries: Iterable[dict[str, Any]], *, by: Acting | None) -> None:
    """Chain entries to the acting board's log, or to the installation's when nobody acts.

    Each entry is a dict with `action` and `outcome`, and optionally `person`, `object`, `of`, `fields`, `ground`.
    """
    contents = list(entries)
    if not contents:
        return
    chain = by.board_id if by else INSTALLATION
    head = Head.objects.select_for_update().filter(chain=chain).first() or Head.objects.create(chain=chain)
    at = clock.now()
    rows = []
    for content in contents:
        head.seq += 1
        text = canon(
            {
                **_who(by),
                **content,
                "seq": head.seq,
                "chain": chain,
                "at": at.isoformat(timespec="milliseconds"),
            }
        )
        head.hash = link(head.hash, text)
        rows.append(
            Entry(
                chain=chain,
                seq=head.seq,
                at=at,
                person_id=content.get("person"),
                post_id=by.post_id if by else None,
                action=content["action"],
                outcome=content["outcome"],
                canon=text,
                hash=head.hash,
            )
        )
    Entry.objects.bulk_create(rows)
    head.save(update_fields=["seq", "hash"])


def take_turn(*, by: Acting) -> None:
    """Wait until no other transaction adds to the acting board's log, and keep others waiting until this one ends.

    For what must be numbered without doubles. It is the lock that every act takes last anyway, so it cannot deadlock.
    """
    held = memo()
    if ("turn", by.board_id) not in held:
        Head.objects.select_for_update().filter(chain=by.board_id).first()
        held["turn", by.board_id] = True


def memo() -> dict[Any, Any]:
    """What acts that share a transaction have looked up after `take_turn`: only they can change it before the end.

    Forgotten at once outside `together`.
    """
    held = kept_memo.get()
    return {} if held is None else held


def read(action: str, *, by: Acting, persons: Iterable[UUID], ground: str = "casework") -> None:
    """Log that persons were shown, once each whatever the number of rows on the page."""
    append(
        [
            {"action": action, "outcome": "read", "person": person, "ground": ground}
            for person in dict.fromkeys(persons)
        ],
        by=by,
    )


def deny(action: str, *, by: Acting | None, reason: str, user: UUID | None = None) -> None:
    """Log a refusal in a transaction of its own, so that it survives the rollback of what was refused."""
    append([{"action": action, "outcome": "denied", "ground": reason, **({"user": user} if user else {})}], by=by)


def note(action: str, *, by: Acting | None, **content: Any) -> None:
    """Log an act without a person: a log-in, a run of figures, a changed post."""
    append([{"action": action, "outcome": "done", **content}], by=by)


def _who(by: Acting | None) -> dict[str, Any]:
    if by is None:
        return {}
    return {
        "user": by.user_id, "post": by.post_id, "unit": by.unit_id, "role": by.role,
        "page_view": by.page_view, "channel": by.channel,
    }  # fmt: skip
