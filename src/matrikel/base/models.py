"""Rows of a board: scoped, versioned, dated twice, never deleted."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models

from matrikel.base import scope
from matrikel.kernel import clock


class WalledQuerySet(models.QuerySet[Any]):
    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Rows are voided through trail.Writing, never deleted.")


class WalledManager(models.Manager.from_queryset(WalledQuerySet)):  # type: ignore[misc]
    """Only rows of the acting post's board. Raises Unscoped when nobody acts."""

    def get_queryset(self) -> WalledQuerySet:
        return WalledQuerySet(self.model, using=self._db).filter(board_id=scope.current().board_id)


class StandingManager(WalledManager):
    """The same, without what has been voided."""

    def get_queryset(self) -> WalledQuerySet:
        return super().get_queryset().filter(voided_at=None)


class Walled(models.Model):
    """A row inside the wall of one board. Subclasses declare `board` or `board_id`, and `class Privacy`."""

    walled: ClassVar[bool] = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    objects: ClassVar[Any] = WalledManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"


class Recorded(Walled):
    """A walled row with the second time: when it was recorded, in which version, and whether it was taken back."""

    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = StandingManager()
    with_voided: ClassVar[Any] = WalledManager()

    class Meta(Walled.Meta):
        abstract = True

    def refreshed(self) -> Self:
        self.refresh_from_db()
        return self


def standing(*fields: str) -> dict[str, Any]:
    """Arguments of a unique constraint that counts only rows still standing and always names the board."""
    return {"fields": ["board", *fields], "condition": models.Q(voided_at=None)}


def spell_in_order(name: str) -> models.CheckConstraint:
    """First and last day in force; a one-day spell has both the same."""
    return models.CheckConstraint(
        name=name, condition=models.Q(end_date=None) | models.Q(end_date__gte=models.F("start_date"))
    )
