"""How every action writes: rows, log and undo together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from matrikel.base.models import Recorded
from matrikel.domain.trail.actions.record import append
from matrikel.domain.trail.models import Receipt
from matrikel.domain.trail.rules import UNDO_MINUTES
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, RuleBroken

Row = TypeVar("Row", bound=Recorded)
_open: ContextVar["Writing | None"] = ContextVar("writing", default=None)
_next_key: ContextVar[UUID | None] = ContextVar("key", default=None)


class Writing:
    """The rows one action changes. Reached through `writing(...)`; nothing else writes rows of a board."""

    def __init__(self, action: str, by: Acting, person: UUID | None, outer: "Writing | None") -> None:
        self.action, self.by, self.person = action, by, person
        self.receipt_id: UUID = outer.receipt_id if outer else (_next_key.get() or uuid4())
        self.steps: list[dict[str, Any]] = outer.steps if outer else []
        self.entries: list[dict[str, Any]] = outer.entries if outer else []

    def create(self, row: Row) -> Row:
        """Insert a new row."""
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save(force_insert=True)
        self._log(row, "created", [])
        self.steps.append({"model": row._meta.label_lower, "id": str(row.pk), "before": None, "version": row.version})
        return row

    def change(self, row: Row, **values: Any) -> Row:
        """Set fields of a row that nobody changed since it was read. Raises Conflict with both texts."""
        before = {name: _to_text(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        changed = [name for name in values if _to_text(row, name) != before[name]]
        if not changed:
            return row
        row.full_clean(validate_unique=False, validate_constraints=False)
        held = type(row).with_voided.filter(pk=row.pk, version=row.version)
        if not held.update(version=row.version + 1, **{name: getattr(row, name) for name in changed}):
            theirs = type(row).with_voided.get(pk=row.pk)
            raise Conflict(values, {name: getattr(theirs, name) for name in values})
        row.version += 1
        self._log(row, "changed", changed)
        self.steps.append(
            {
                "model": row._meta.label_lower, "id": str(row.pk), "version": row.version,
                "before": {name: before[name] for name in changed},
            }
        )  # fmt: skip
        return row

    def void(self, row: Row) -> Row:
        """Take a row back: it stays in the database and in the log, and nowhere else."""
        return self.change(row, voided_at=clock.now())

    def entry(self, **content: Any) -> None:
        """Say more about the act than which rows it changed (codes and dates only)."""
        self.entries.append({"action": self.action, "outcome": "done", "person": self.person, **content})

    def _log(self, row: models.Model, outcome: str, fields: list[str]) -> None:
        content = {"action": self.action, "outcome": outcome, "of": row._meta.label_lower, "object": row.pk}
        if fields:
            content["fields"] = fields
        person = self.person or getattr(row, "person_id", None)
        self.entries.append({**content, **({"person": person} if person else {})})


@contextmanager
def writing(action: str, *, by: Acting, person: UUID | None = None) -> Iterator[Writing]:
    """Write rows, log and receipt in one transaction. An action called by another joins its receipt."""
    outer = _open.get()
    with transaction.atomic():
        act = Writing(action, by, person, outer)
        token = _open.set(act)
        try:
            yield act
        finally:
            _open.reset(token)
        if outer is None and act.steps:
            Receipt(
                id=act.receipt_id, board_id=by.board_id, post_id=by.post_id, person_id=person,
                action=action, steps=act.steps,
            ).save(force_insert=True)  # fmt: skip
        if outer is None:
            append(act.entries, by=by)


@contextmanager
def once(key: UUID) -> Iterator[None]:
    """Do what a form asked at most once: the receipt of the first act inside takes this key.

    Raises RuleBroken("already_done") when the key has a receipt.
    """
    token = _next_key.set(key)
    try:
        if Receipt.objects.filter(pk=key).exists():
            raise RuleBroken("already_done", _("Det här är redan sparat."))
        yield
    except IntegrityError as fault:
        if Receipt.objects.filter(pk=key).exists():
            raise RuleBroken("already_done", _("Det här är redan sparat.")) from fault
        raise
    finally:
        _next_key.reset(token)


def undo(receipt_id: UUID, *, by: Acting, late: bool = False) -> Receipt:
    """Put back what one receipt changed, newest first, wholly or not at all.

    Raises Missing for another post's receipt, RuleBroken when it is too late (`late=True` lifts that for imports) or
    done already, Conflict when a row was changed since.
    """
    receipts = Receipt.objects.filter(pk=receipt_id)
    receipt: Receipt | None = (receipts if late else receipts.filter(post_id=by.post_id)).first()
    if receipt is None:
        raise Missing
    if receipt.undone_at is not None:
        raise RuleBroken("already_undone", _("Det här är redan ångrat."))
    if not late and clock.now() - receipt.at > timedelta(minutes=UNDO_MINUTES):
        raise RuleBroken(
            "too_late", _("Det går att ångra i %(minutes)s minuter. Rätta i stället uppgiften på personens sida.")
            % {"minutes": UNDO_MINUTES},
        )  # fmt: skip
    with writing("trail.receipt.undone", by=by, person=receipt.person_id) as act:
        untouched: set[str] = set()
        for step in reversed(receipt.steps):
            _step_back(act, step, verified=step["id"] in untouched)
            untouched.add(step["id"])
        Receipt.objects.filter(pk=receipt.pk).update(undone_at=clock.now())
    return receipt


def _step_back(act: Writing, step: dict[str, Any], *, verified: bool) -> None:
    model: Any = apps.get_model(step["model"])
    row = model.with_voided.get(pk=step["id"])
    if not verified and row.version != step["version"]:
        raise Conflict({}, {})
    if step["before"] is None:
        act.void(row)
    else:
        act.change(row, **{name: _from_text(row, name, text) for name, text in step["before"].items()})


def _to_text(row: models.Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row) if not field.is_relation else str(value)


def _from_text(row: models.Model, name: str, text: Any) -> Any:
    field: Any = row._meta.get_field(name)
    if text is None or isinstance(field, models.JSONField):
        return text
    if field.is_relation:
        return field.related_model._base_manager.get(pk=text)
    return field.to_python(text)
