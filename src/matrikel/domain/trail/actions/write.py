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
from matrikel.domain.trail.actions import gather
from matrikel.domain.trail.actions.record import append
from matrikel.domain.trail.models import Receipt
from matrikel.domain.trail.rules import UNDO_MINUTES
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, RuleBroken

Row = TypeVar("Row", bound=Recorded)
_open: ContextVar["Writing | None"] = ContextVar("writing", default=None)
_next_key: ContextVar[UUID | None] = ContextVar("key", default=None)

NEW_BY = ("person_id", "case_id", "household_id")
"""What a row may be about; see `new_rows`."""


class Writing:
    """The rows one action changes. Reached through `writing(...)`; nothing else writes rows of a board."""

    def __init__(self, action: str, by: Acting, person: UUID | None, outer: "Writing | None") -> None:
        self.action, self.by, self.person = action, by, person
        self.outermost: Writing = outer.outermost if outer else self
        self.sealed = False
        self.receipt_id: UUID = outer.receipt_id if outer else (_next_key.get() or uuid4())
        self.steps: list[dict[str, Any]] = outer.steps if outer else []
        self.entries: list[dict[str, Any]] = outer.entries if outer else []
        self.new: dict[UUID, list[Recorded]] = outer.new if outer else {}
        self.reached: dict[UUID, set[UUID]] = outer.reached if outer else {}

    def create(self, row: Row) -> Row:
        """Insert a new row."""
        _check(row)
        if gathering := gather.current():
            gathering.hold(row)
        else:
            row.save(force_insert=True)
        self.new.setdefault(row.pk, []).append(row)
        for name in NEW_BY:
            if (about := getattr(row, name, None)) in self.new:
                self.new[about].append(row)
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
        _check(row, only=changed)
        gathering = gather.current()
        waits = gathering is not None and row.pk in self.new and gathering.holds(row)
        if not waits and not _update(row, changed):
            theirs = type(row).with_voided.get(pk=row.pk)
            raise Conflict(values, {name: getattr(theirs, name) for name in values}, theirs.version)
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

    def seal(self) -> None:
        """Make the whole act final: its receipt cannot be undone (a signature, for one)."""
        self.outermost.sealed = True

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
    outer, gathering = _open.get(), gather.current()
    with gathering.act() if gathering and not outer else transaction.atomic(savepoint=outer is None):
        act = Writing(action, by, person, outer)
        token = _open.set(act)
        try:
            yield act
        finally:
            _open.reset(token)
        if outer is not None:
            return
        receipt = Receipt(
            id=act.receipt_id, board_id=by.board_id, post_id=by.post_id, person_id=person,
            action=action, steps=[] if act.sealed else act.steps,
        )  # fmt: skip
        if gathering is not None:
            gathering.receipts += [receipt] if act.steps else []
            gathering.entries += act.entries
            return
        if act.steps:
            receipt.save(force_insert=True)
        append(act.entries, by=by)


def under_way() -> bool:
    """Whether an act is open. Once it is refused nothing more can be written until it is over."""
    return _open.get() is not None


def new_rows(model: type[Row], about: UUID) -> list[Row] | None:
    """Rows of a model about somebody or something that came into being in the open act: those that the act wrote.

    Nobody else can know of it yet, so there is nothing to ask the database. None when it was there before.
    """
    act = _open.get()
    if act is None or about not in act.new:
        return None
    return [row for row in act.new[about] if isinstance(row, model) and row.pk != about and row.voided_at is None]


def reached(by: Acting) -> set[UUID]:
    """Persons that the open act has already found within the post's reach; to be added to. Empty outside an act."""
    act = _open.get()
    return act.reached.setdefault(by.post_id, set()) if act else set()


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


def undo(receipt_id: UUID, *, by: Acting, late: bool = False, restored: dict[str, int] | None = None) -> Receipt:
    """Put back what one receipt changed, newest first, wholly or not at all.

    `restored` is shared by several receipts that are undone one after the other, newest first: it holds the versions in
    which rows were left by the undo itself, which is no change by somebody else.
    Raises Missing for another post's receipt, RuleBroken when it is too late (`late=True` lifts that for imports) or
    done already, Conflict when a row was changed since.
    """
    receipts = Receipt.objects.filter(pk=receipt_id)
    receipt: Receipt | None = (receipts if late else receipts.filter(post_id=by.post_id)).first()
    if receipt is None:
        raise Missing
    if receipt.undone_at is not None:
        raise RuleBroken("already_undone", _("Det här är redan ångrat."))
    if not receipt.steps:
        raise RuleBroken("sealed", _("Det här går inte att ångra."))
    if not late and clock.now() - receipt.at > timedelta(minutes=UNDO_MINUTES):
        raise RuleBroken(
            "too_late", _("Det går att ångra i %(minutes)s minuter. Rätta i stället uppgiften på personens sida.")
            % {"minutes": UNDO_MINUTES},
        )  # fmt: skip
    with writing("trail.receipt.undone", by=by, person=receipt.person_id) as act:
        left = {} if restored is None else restored
        for step in reversed(receipt.steps):
            left[step["id"]] = _step_back(act, step, left.get(step["id"]))
        Receipt.objects.filter(pk=receipt.pk).update(undone_at=clock.now())
    return receipt


def _check(row: Recorded, only: list[str] | None = None) -> None:
    """What the fields say of a row, or of those that changed.

    A row of the same board that is in hand is not looked up once more, and that a unit or a post exists the database
    itself sees to; only a bare id of a walled row is.
    """
    fields = row._meta.concrete_fields
    skipped = {field.name for field in fields if field.is_relation and _is_known(row, field)}
    if only is not None:
        skipped |= {field.name for field in fields if field.name not in only and field.attname not in only}
    row.full_clean(exclude=skipped, validate_unique=False, validate_constraints=False)


def _update(row: Recorded, changed: list[str]) -> bool:
    """The changed fields to the database; False when somebody else has changed the row since it was read."""
    held = type(row).with_voided.filter(pk=row.pk, version=row.version)
    return bool(held.update(version=row.version + 1, **{name: getattr(row, name) for name in changed}))


def _is_known(row: Recorded, field: Any) -> bool:
    if not getattr(field.related_model, "walled", False):
        return True
    held = field.get_cached_value(row, default=None)
    return held is not None and held.board_id == getattr(row, "board_id", None) and held.voided_at is None


def _step_back(act: Writing, step: dict[str, Any], restored: int | None) -> int:
    """Undo one step; the row's version afterwards."""
    model: Any = apps.get_model(step["model"])
    row = model.with_voided.get(pk=step["id"])
    if row.version not in (step["version"], restored):
        raise Conflict({}, {})
    if step["before"] is None:
        act.void(row)
    else:
        act.change(row, **{name: _from_text(row, name, text) for name, text in step["before"].items()})
    return int(row.version)


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
