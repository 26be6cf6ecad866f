"""Log entries in plain words. Each action a room can log has its sentence here; a test holds the list complete."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from matrikel.domain.access import door as access
from matrikel.web.sentences import SENTENCES


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


def told(entries: Iterable[Any], *, one_per: Literal["entry", "act", "person", "post"] = "act") -> list[Told]:
    """Entries, newest first, in words and with the names of staff and units.

    One line per entry, per act (page view, sentence and person), per person in a page view (its first act stands for
    the rest), or per post (its latest).
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
            what=str(SENTENCES.get(row.action, row.action)),
            read=row.outcome == "read",
            denied=row.outcome == "denied",
            channel=content.get("channel", ""),
            page_view=content.get("page_view", ""),
            person_id=row.person_id,
        )
        keys: dict[str, tuple[Any, ...]] = {
            "entry": (row.pk,),
            "act": (line.page_view, line.what, row.person_id),
            "person": (line.page_view, row.person_id),
            "post": (row.post_id,),
        }
        key = keys[one_per]
        lines[key] = line if one_per == "person" else lines.get(key, line)
    return list(lines.values())
