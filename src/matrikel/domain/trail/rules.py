"""What a trail entry says and how entries are chained.

Law: SoL 14:7, lag (2001:454) 10 § (access by need, log, recurrent checks); HSLF-FS 2016:40 4:9 as the norm for content.
No names, no free text and no search terms in clear ever enter an entry.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

INSTALLATION = UUID(int=0)
"""The chain of what belongs to no board: log-ins, denials before a post is chosen, administration."""

GENESIS = "0" * 64
UNDO_MINUTES = 15


def canon(content: dict[str, Any]) -> str:
    """The one spelling of an entry that is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def link(previous: str, text: str) -> str:
    """Hash of an entry given the hash before it, as 64 hex digits."""
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()


def first_break(entries: Iterable[tuple[int, str, str]], head: tuple[int, str]) -> int | None:
    """Sequence number of the first entry that does not fit its chain, or None when the chain is whole.

    `entries` are (seq, canon, hash) in order from 1; `head` is the (seq, hash) that the chain claims to end with.
    """
    previous, expected = GENESIS, 1
    for seq, text, held in entries:
        if seq != expected or json.loads(text).get("seq") != seq or link(previous, text) != held:
            return expected
        previous, expected = held, expected + 1
    return None if (expected - 1, previous) == head else expected
