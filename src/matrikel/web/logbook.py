"""Log entries in plain words. Each action a room can log has its sentence here; a test holds the list complete."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from matrikel.domain.access import door as access

SENTENCES: dict[str, Any] = {}


@dataclass(frozen=True)
class Told:
    """One line of the log as it is read."""

    at: datetime
    who: str
    where: str
    what: str
    read: bool
    denied: bool
    channel: str
    page_view: str
    person_id: UUID | None


def told(entries: Iterable[Any], *, latest_per_post: bool = False, each: bool = False) -> list[Told]:
    """Entries with names of staff and units; one line per page view, sentence and person.

    `latest_per_post` keeps only the latest line of each post, `each` every single entry.
    """
    rows = list(entries)
    posts = {post.pk: post for post in access.posts_of([row.post_id for row in rows if row.post_id])}
    lines: dict[tuple[Any, ...], Told] = {}
    for row in rows:
        content = json.loads(row.canon)
        post = posts.get(row.post_id)
        line = Told(
            at=row.at,
            who=post.user.name if post else "",
            where=post.unit.name if post else "",
            what=str(sentence(row.action)),
            read=row.outcome == "read",
            denied=row.outcome == "denied",
            channel=content.get("channel", ""),
            page_view=content.get("page_view", ""),
            person_id=row.person_id,
        )
        key: tuple[Any, ...] = (line.page_view, line.what, row.person_id)
        lines.setdefault((row.post_id,) if latest_per_post else (row.pk,) if each else key, line)
    return list(lines.values())


def sentence(action: str) -> Any:
    return SENTENCES.get(action, action)
