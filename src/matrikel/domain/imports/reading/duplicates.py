"""Finding the same person on two rows without keeping the persons in memory."""

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .draft import Draft

_FULL_NUMBERS = ("personal", "coordination")


class SeenPersons:
    """Remembers who stood on which row as 64-bit fingerprints: some 20 bytes a row, in one open-addressed
    table.

    The same number is the same person. So are the same name and date of birth, unless both rows have numbers
    of the same kind that differ: many are registered as born on 1 January.
    """

    def __init__(self) -> None:
        self._prints = array("Q", bytes(8 * 1024))
        self._places = array("I", bytes(4 * 1024))
        self._count = 0

    def place_of(self, draft: "Draft", place: int) -> int | None:
        """The place (a number the caller gave) where the person stood before; remembers this one if it is
        new.
        """
        own, sought = _fingerprints(draft)
        for fingerprint in sought:
            if (before := self._get(fingerprint)) is not None:
                return before
        for fingerprint in own:
            self._put(fingerprint, place)
        return None

    def _slot(self, fingerprint: int) -> int:
        """The slot that holds the fingerprint, or the free one where it would be put."""
        prints = self._prints
        mask = len(prints) - 1
        slot = fingerprint & mask
        while (found := prints[slot]) and found != fingerprint:
            slot = (slot + 1) & mask
        return slot

    def _get(self, fingerprint: int) -> int | None:
        slot = self._slot(fingerprint)
        return self._places[slot] if self._prints[slot] else None

    def _put(self, fingerprint: int, place: int) -> None:
        if self._count * 10 > len(self._prints) * 6:
            self._grow()
        slot = self._slot(fingerprint)
        if not self._prints[slot]:
            self._prints[slot], self._places[slot] = fingerprint, place
            self._count += 1

    def _grow(self) -> None:
        prints, places = self._prints, self._places
        size = len(prints) * 2
        self._prints, self._places = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        for slot, fingerprint in enumerate(prints):
            if fingerprint:
                free = self._slot(fingerprint)
                self._prints[free], self._places[free] = fingerprint, places[slot]


def _fingerprints(draft: "Draft") -> tuple[list[int], list[int]]:
    """Under what the row is remembered, and what is sought to find the person on an earlier row."""
    own = [_fingerprint(number.kind, number.value) for number in draft.numbers]
    sought = own.copy()
    values = draft.values
    born = values.get("birth_date")
    name = f"{values.get('family_name', '')} {values.get('given_name', '')}".casefold().replace("-", " ").strip()
    if born is not None and name:
        identity = values.get("identity")
        kind = identity.kind if identity is not None and identity.kind in _FULL_NUMBERS else ""
        own.append(_fingerprint(kind, name, born.toordinal()))
        sought += [
            _fingerprint(other, name, born.toordinal()) for other in (*_FULL_NUMBERS, "") if other != kind or not kind
        ]
    return own, sought


def _fingerprint(*parts: object) -> int:
    return (hash(parts) & 0xFFFF_FFFF_FFFF_FFFF) or 1
